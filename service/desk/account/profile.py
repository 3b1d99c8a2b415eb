"""Settings of moderators' own accounts, and the installation's rule on second factors."""

from collections.abc import Callable
from dataclasses import replace

from service.core import Core
from service.desk.account import passwords
from service.domain.errors import Fault, Invalid, ModeratorNotFound, NotAllowed, NotSignedIn
from service.domain.moderator import Letters, Moderator
from service.store.accounts import moderators, sessions
from service.store.desk import acts
from service.store.site import wishes


def change_password(core: Core, moderator: Moderator, old: str, new: str, session: str) -> None:
    """Change a moderator's own password; every other session ends.

    :raises Invalid: the old password is wrong, or the new one too short, too long or easy to guess.
    :raises Busy: too many passwords are being hashed at the same time.
    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    if not passwords.fits(moderator.password, old):
        raise Invalid(_wrong("old", "wrong", "This is not your password."))
    passwords.check(new, passwords.obvious(moderator, core.public_url))
    digest = passwords.digest(new)
    _revise_own(core, moderator, lambda account: replace(account, password=digest))
    sessions.end_all(core.redis, moderator.name, but=session)
    _note(core, "password", moderator.name, moderator.name)


def want_letters(core: Core, moderator: Moderator, email: str, kinds: tuple[Letters, ...]) -> None:
    """Store a moderator's e-mail address and the kinds of mail they subscribe to.

    :raises Invalid: the address is malformed, or missing although mail is requested.
    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    address = email.strip()
    looks_right = len(address) <= 254 and address.isascii() and address.isprintable()
    local, _, host = address.partition("@")
    if address and not (looks_right and local and "." in host and not set(address) & set(" ,<>")):
        raise Invalid(_wrong("email", "format", "This is not an e-mail address."))
    if kinds and not address:
        raise Invalid(_wrong("email", "missing", "Please give an address for the mails."))
    _revise_own(core, moderator, lambda account: replace(account, email=address, letters=kinds))


def require_second_factor(core: Core, by: Moderator, is_required: bool) -> None:
    """Make a second factor required or optional for everybody.

    :raises NotAllowed: `by` does not own the whole installation.
    """
    if not by.may_rule:
        raise NotAllowed
    was_required = requires_second_factor(core)
    wishes.want_second_factor(core.redis, is_required)
    words = {True: "required", False: "optional"}
    _note(
        core, "second-factor", by.name, "everybody", old=words[was_required], new=words[is_required]
    )


def requires_second_factor(core: Core) -> bool:
    """Tell whether everybody needs a second factor."""
    return wishes.wants_second_factor(core.redis)


def check_password(moderator: Moderator, typed: str) -> None:
    """Check that the caller knows the account's password.

    :raises Invalid: the password is wrong.
    """
    if not passwords.fits(moderator.password, typed):
        raise Invalid(_wrong("password", "wrong", "This is not your password."))


def _revise_own(core: Core, moderator: Moderator, change: Callable[[Moderator], Moderator]) -> None:
    """Change a moderator's own account, based on its current version, if it is still theirs."""

    def revised(account: Moderator) -> Moderator:
        # A new password ends all sessions, even one opened a moment before.
        if account.password != moderator.password:
            raise NotSignedIn
        return change(account)

    try:
        moderators.revise(core.redis, moderator.name, revised)
    except ModeratorNotFound:
        raise NotSignedIn from None


def _note(core: Core, act: str, by: str, about: str, old: str = "", new: str = "") -> None:
    acts.write(core.redis, act, by=by, about=about, old=old, new=new)


def _wrong(field: str, code: str, sentence: str) -> Fault:
    return Fault(field, code, sentence)
