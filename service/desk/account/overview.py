"""Content of the account page: a moderator's own account and those that an owner manages."""

from dataclasses import dataclass
from datetime import datetime

from service.core import Core
from service.desk.account.factors import has_any
from service.desk.account.sessions import is_idle
from service.domain.moderator import Moderator
from service.domain.session import Session
from service.domain.site import Site
from service.store.accounts import factors, moderators, passkeys, sessions
from service.store.accounts.passkeys import Passkey
from service.store.site import sites


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """A moderator's ways to sign in, and their sessions, most recently used first."""

    has_app: bool
    passkeys: list[Passkey]
    codes_left: int
    sessions: list[Session]


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """An account as owners see it; `seen` is when it was last used, None without a session."""

    account: Moderator
    has_second_factor: bool
    seen: datetime | None


def own_account(core: Core, moderator: Moderator) -> OwnAccount:
    """Read the factors and sessions of a moderator's own account."""
    return OwnAccount(
        has_app=factors.app(core.redis, moderator.name) is not None,
        passkeys=passkeys.of(core.redis, moderator.name),
        codes_left=factors.codes_left(core.redis, moderator.name),
        sessions=[
            session
            for session in sessions.every(core.redis, moderator.name)
            if not is_idle(core, session)
        ],
    )


def managed_accounts(core: Core, owner: Moderator) -> list[ManagedAccount]:
    """List the accounts that an owner may manage, by name."""
    accounts = moderators.every(core.redis)
    return [_managed(core, account) for account in accounts if owner.may_manage(account.sites)]


def visible_sites(core: Core, moderator: Moderator) -> list[Site]:
    """List the sites that a moderator may see, by name."""
    return [site for site in sites.every(core.redis) if moderator.may_see(site.name)]


def _managed(core: Core, account: Moderator) -> ManagedAccount:
    open_sessions = sessions.every(core.redis, account.name)
    seen = open_sessions[0].seen if open_sessions else None
    return ManagedAccount(account, has_any(core, account), seen)
