"""Moderators' accounts: invite by a one-time link, change role and sites, reset, remove."""

import secrets
from dataclasses import replace

from service.core import Core
from service.domain.errors import Fault, Invalid, LastOwner, ModeratorNotFound, NotAllowed
from service.domain.moderator import MAX_NAME, Moderator, Role
from service.staff import factors, passwords
from service.store import acts, moderators, sessions, sites

COMMAND = "command line"
MIN_PASSWORD = passwords.MIN_PASSWORD


def invite(core: Core, moderator: Moderator, by: str = COMMAND) -> str:
    """Make a one-time link for a new moderator, or for one who has lost his password."""
    if moderators.find(core.redis, moderator.name) is None:
        moderators.put(core.redis, moderator)
        _note(core, "invited", by, moderator.name, new=_rights(moderator))
    token = secrets.token_urlsafe(24)
    moderators.invite(core.redis, token, moderator.name)
    return f"{core.public_url}/review/welcome/{token}"


def add(core: Core, by: Moderator, moderator: Moderator) -> str:
    """Invite somebody new, as an owner does at the desk.

    :raises Invalid: the name is taken or no name, or a site is unknown.
    :raises NotAllowed: he may not give as much.
    """
    if not is_name(moderator.name):
        raise Invalid(_wrong("name", "format", f"1 to {MAX_NAME} printable characters."))
    if moderators.find(core.redis, moderator.name):
        raise Invalid(_wrong("name", "taken", "There is an account of that name."))
    _admit(core, by, moderator)
    return invite(core, moderator, by.name)


def welcome(core: Core, token: str, password: str) -> Moderator:
    """Use a one-time link: set the password; whoever was signed in before is out.

    :raises InvitationOver: the link was used or is too old.
    :raises Invalid: the password is too short.
    """
    kept = passwords.digest(password)
    moderator = replace(moderators.redeem(core.redis, token), password=kept)
    moderators.put(core.redis, moderator)
    sessions.end_all(core.redis, moderator.name)
    _note(core, "joined", moderator.name, moderator.name)
    return moderator


def change(core: Core, by: Moderator, name: str, role: Role, only: tuple[str, ...]) -> Moderator:
    """Change what somebody may do and where; open sessions follow with their next request.

    :raises ModeratorNotFound: there is no such account.
    :raises LastOwner: nobody else would own the installation.
    :raises NotAllowed: he may not have to do with this account, or not give as much.
    """
    known = _managed(core, by, name)
    wanted = replace(known, role=role, sites=only)
    _admit(core, by, wanted)
    if not wanted.may_rule:
        _keep_an_owner(core, known)
    moderators.put(core.redis, wanted)
    _note(core, "changed", by.name, name, old=_rights(known), new=_rights(wanted))
    return wanted


def reset(core: Core, name: str, by: Moderator | None = None) -> str:
    """Take password, second factors and sessions from an account, and make a new link to it.

    :raises ModeratorNotFound: there is no such account.
    """
    known = _managed(core, by, name)
    moderators.put(core.redis, replace(known, password=None))
    factors.forget(core, known)
    sessions.end_all(core.redis, name)
    _note(core, "reset", by.name if by else COMMAND, name)
    return invite(core, known)


def remove(core: Core, name: str, by: Moderator | None = None) -> None:
    """Remove an account with its sessions and second factors.

    :raises ModeratorNotFound: there is no such account.
    :raises LastOwner: nobody else would own the installation.
    """
    known = _managed(core, by, name)
    if by is not None:
        _keep_an_owner(core, known)
    sessions.end_all(core.redis, name)
    factors.forget(core, known)
    moderators.remove(core.redis, name)
    _note(core, "removed", by.name if by else COMMAND, name, old=_rights(known))


def is_name(name: str) -> bool:
    """Tell whether an account can be called so."""
    return bool(name.strip()) and len(name) <= MAX_NAME and name.isprintable()


def _managed(core: Core, by: Moderator | None, name: str) -> Moderator:
    known = moderators.find(core.redis, name)
    if known is None:
        raise ModeratorNotFound(name)
    if by is not None and not by.may_manage(known.sites):
        raise NotAllowed
    return known


def _admit(core: Core, by: Moderator, wanted: Moderator) -> None:
    if not by.may_manage(wanted.sites):
        raise NotAllowed
    for site in wanted.sites:
        sites.get(core.redis, site)


def _keep_an_owner(core: Core, leaving: Moderator) -> None:
    owners = [one.name for one in moderators.every(core.redis) if one.may_rule and one.password]
    if leaving.may_rule and set(owners) <= {leaving.name}:
        raise LastOwner


def _rights(of: Moderator) -> str:
    return f"{of.role.value}, {', '.join(of.sites) or 'all sites'}"


def _note(core: Core, what: str, by: str, about: str, old: str = "", new: str = "") -> None:
    acts.write(core.redis, None, what, by=by, about=about, old=old, new=new)


def _wrong(field: str, code: str, sentence: str) -> Fault:
    return Fault(field, code, sentence)
