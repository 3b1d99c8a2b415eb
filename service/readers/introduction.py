"""Introduction of a new reader, who gets a token to vote, report and comment with."""

from service import networks
from service.core import Core
from service.domain.site import Site
from service.store.people.allowances import Rate

TOKEN_BYTES = 12
# A whole class may begin to read an article at once.
RATE = Rate(per_minute=10, burst=30)


def introduce(core: Core, site: Site, address: str) -> str:
    """Make a token for a new reader.

    :raises TooMany: too many new readers came from this address, or from the networks around it.
    """
    networks.charge(core, site.name, "reader", RATE, address)
    return make_token(core, site)


def make_token(core: Core, site: Site) -> str:
    """Make a token for a reader whose comment is charged to an allowance itself."""
    return core.signer.reader_token(site.name, core.random(TOKEN_BYTES))
