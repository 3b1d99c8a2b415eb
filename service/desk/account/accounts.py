"""Moderators' accounts: invite by one-time link, change role and sites, reset and remove."""

import secrets
from dataclasses import replace

from service.core import Core
from service.desk.account import factors, passwords
from service.domain import actor
from service.domain.errors import Fault, Invalid, LastOwner, ModeratorNotFound, NotAllowed
from service.domain.moderator import MAX_NAME, Moderator, Role
from service.store.accounts import moderators, sessions
from service.store.desk import acts
from service.store.site import sites

COMMAND = "command line"
NAMES = f"1 to {MAX_NAME} printable characters, and not a name that the log reserves."
MIN_PASSWORD = passwords.MIN_PASSWORD


def invite(core: Core, moderator: Moderator, by: str = COMMAND) -> str:
    """Create a one-time link for a new moderator, or for one who has lost their password."""
    _create(core, moderator, by)
    return _link(core, moderator.name)


def add(core: Core, by: Moderator, moderator: Moderator) -> str:
    """Invite a new moderator on behalf of an owner at the desk.

    :raises Invalid: the name is taken or malformed, or a site is unknown.
    :raises NotAllowed: `by` may not grant these rights.
    """
    if not is_name(moderator.name):
        raise Invalid(_wrong("name", "format", NAMES))
    _check_may_give(core, by, moderator)
    if not _create(core, moderator, by.name):
        raise Invalid(_wrong("name", "taken", "There is an account of that name."))
    return _link(core, moderator.name)


def welcome(core: Core, token: str, password: str) -> Moderator:
    """Redeem a one-time link: set the password and end all earlier sessions and factors.

    :raises InvitationOver: the link was used or is too old.
    :raises Invalid: the password is too short, or easy to guess.
    :raises Busy: too many passwords are being hashed at the same time; the link stays valid.
    """
    # The link first: whoever has none gets nothing that costs.
    account = moderators.invited(core.redis, token)
    passwords.check(password, passwords.obvious(account, core.public_url))
    digest = passwords.digest(password)
    name = moderators.redeem(core.redis, token).name
    _, moderator = moderators.revise(
        core.redis, name, lambda account: replace(account, password=digest)
    )
    _take_away(core, moderator)
    _note(core, "joined", name, name)
    return moderator


def change(
    core: Core, by: Moderator, name: str, role: Role, site_names: tuple[str, ...]
) -> Moderator:
    """Change an account's role and sites; open sessions follow with their next request.

    :raises ModeratorNotFound: there is no such account.
    :raises LastOwner: nobody else would own the installation.
    :raises NotAllowed: `by` may not manage this account, or not grant these rights.
    """

    def revised(account: Moderator) -> Moderator:
        new = replace(account, role=role, sites=site_names)
        _check_may_give(core, _managing(by, account), new)
        if not new.may_rule:
            _keep_an_owner(core, account)
        return new

    old, new = moderators.revise(core.redis, name, revised)
    if old.may_rule and not _owners(core):
        # Two owners have demoted each other at the same moment.
        moderators.revise(core.redis, name, lambda _: old)
        raise LastOwner
    _note(core, "changed", by.name, name, old=_rights(old), new=_rights(new))
    return new


def reset(core: Core, name: str, by: Moderator | None = None) -> str:
    """Clear an account's password, second factors and sessions, and create a new link to it.

    :raises ModeratorNotFound: there is no such account.
    """

    def without_password(account: Moderator) -> Moderator:
        if by is not None:
            _managing(by, account)
        return replace(account, password=None)

    _, account = moderators.revise(core.redis, name, without_password)
    _take_away(core, account)
    _note(core, "reset", by.name if by else COMMAND, name)
    return _link(core, name)


def remove(core: Core, name: str, by: Moderator | None = None) -> None:
    """Remove an account with its sessions and second factors.

    :raises ModeratorNotFound: there is no such account.
    :raises LastOwner: nobody else would own the installation.
    """
    account = moderators.find(core.redis, name)
    if account is None:
        raise ModeratorNotFound(name)
    if by is not None:
        _managing(by, account)
        _keep_an_owner(core, account)
    moderators.remove(core.redis, name)
    if by is not None and account.may_rule and not _owners(core):
        moderators.add(core.redis, account)
        raise LastOwner
    _take_away(core, account)
    _note(core, "removed", by.name if by else COMMAND, name, old=_rights(account))


def invited(core: Core, token: str) -> Moderator:
    """Return the account that a one-time link opens, without using the link up.

    :raises InvitationOver: the link was used or is too old.
    """
    return moderators.invited(core.redis, token)


def is_name(name: str) -> bool:
    """Tell whether an account may have this name."""
    is_free = not actor.is_reserved(name) and name.strip().casefold() != COMMAND
    return is_free and bool(name.strip()) and len(name) <= MAX_NAME and name.isprintable()


def _create(core: Core, moderator: Moderator, by: str) -> bool:
    """Store a new account and log it; return False if the name is taken."""
    is_new = moderators.add(core.redis, moderator)
    if is_new:
        _note(core, "invited", by, moderator.name, new=_rights(moderator))
    return is_new


def _link(core: Core, name: str) -> str:
    token = secrets.token_urlsafe(24)
    moderators.invite(core.redis, token, name)
    return f"{core.public_url}/review/welcome/{token}"


def _managing(by: Moderator, account: Moderator) -> Moderator:
    """Return who manages an account; for one's own account, the current version.

    :raises NotAllowed: `by` may not manage this account.
    """
    ruler = account if account.name == by.name else by
    if not ruler.may_manage(account.sites):
        raise NotAllowed
    return ruler


def _take_away(core: Core, moderator: Moderator) -> None:
    """Delete an account's factors and sessions; change the account itself before."""
    factors.forget(core, moderator)
    sessions.end_all(core.redis, moderator.name)


def _check_may_give(core: Core, by: Moderator, account: Moderator) -> None:
    if not by.may_manage(account.sites):
        raise NotAllowed
    for site in account.sites:
        sites.get(core.redis, site)


def _keep_an_owner(core: Core, leaving: Moderator) -> None:
    if leaving.may_rule and _owners(core) <= {leaving.name}:
        raise LastOwner


def _owners(core: Core) -> set[str]:
    """Return the names of those who can manage the whole installation now."""
    accounts = moderators.every(core.redis)
    return {account.name for account in accounts if account.may_rule and account.password}


def _rights(account: Moderator) -> str:
    return f"{account.role.value}, {', '.join(account.sites) or 'all sites'}"


def _note(core: Core, act: str, by: str, about: str, old: str = "", new: str = "") -> None:
    acts.write(core.redis, act, by=by, about=about, old=old, new=new)


def _wrong(field: str, code: str, sentence: str) -> Fault:
    return Fault(field, code, sentence)
