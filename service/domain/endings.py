"""Endings: the last labels of real hosts, by which a host in a text is told from other words."""

from functools import cache, lru_cache
from importlib.resources import files

from service.domain.hosts import ascii_host

# Reserved (RFC 2606, RFC 7686), but written like any other.
RESERVED = frozenset({"example", "onion"})
# Endings of countries or companies that are more often something else in a text: the next
# sentence after a forgotten space ("went home.it was late"), a file, a field of a program.
ALSO_WORDS = (
    "as at be by call day do here how in is it like man me men my name new next no now one place "
    "play read show so to us work world you"
)
ALSO_FILES = (
    "ac am app bar bz cab data foo id java la map md ml mm mov pl ps pub py rs sh st tf vi zip"
)
DOUBTFUL = frozenset(f"{ALSO_WORDS} {ALSO_FILES}".split())
# Never the beginning of a sentence, however it is written.
FAMILIAR = frozenset({"com", "net", "org", "info", "biz", "edu", "gov", "ru", "de", "fr", "uk"})


@cache
def known() -> frozenset[str]:
    """List the last labels of the Public Suffix List in ASCII."""
    rules = (files("publicsuffixlist") / "public_suffix_list.dat").read_text("utf-8").splitlines()
    endings = {
        rule.split()[0].rpartition(".")[2] for rule in rules if rule and not rule.startswith("//")
    }
    return RESERVED | {ending if ending.isascii() else ascii_host(ending) for ending in endings}


@lru_cache(maxsize=4096)
def is_known(ending: str) -> bool:
    """Return whether hosts end with this label, in any spelling."""
    try:
        return ascii_host(ending) in known()
    except ValueError:
        return False


def is_plain(host: str) -> bool:
    """Return whether a host that a text names without `https://` or path is meant as one.

    "went home.it was" or "config.py" are not; "my-home.it" and "www.config.py" are.
    """
    first, _, ending = host.rpartition(".")
    if ending[:1].isupper() and not host.isupper() and ending.lower() not in FAMILIAR:
        return False
    return ending.lower() not in DOUBTFUL or not first.isalpha()
