"""The domain errors, each with a docstring that readers and moderators see as its explanation."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """An invalid field, with a code for programs and a sentence for people."""

    field: str
    code: str
    sentence: str | Sentence

    @property
    def detail(self) -> str:
        """The sentence in English."""
        return str(self.sentence)


class DomainError(Exception):
    """The base of every error that this project raises on purpose."""


class Invalid(DomainError):
    """The input has faults; all of them are listed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


class SiteNotFound(DomainError):
    """There is no site by that name."""


class CommentNotFound(DomainError):
    """There is no such comment, or the caller may not see it."""


class CaptchaNotFound(DomainError):
    """There is no such captcha, or it has expired."""


class CaptchaOff(DomainError):
    """This site asks for no captcha."""


class ForeignOrigin(DomainError):
    """The request comes from a page that does not belong to the site."""


class NotVotable(DomainError):
    """Only an approved comment takes votes, and never its author's."""


class NotFlaggable(DomainError):
    """Only an approved comment takes flags."""


class ReaderUnknown(DomainError):
    """The reader's token is missing or was not issued here."""


class ReceiptRefused(DomainError):
    """The receipt is missing or belongs to another comment."""


class EditWindowOver(DomainError):
    """The author may no longer change this comment."""


class MayBeHeld(DomainError):
    """The comment is likely to be held for its tone; `insist` sends it as it is."""


class NotAppealable(DomainError):
    """Only a refusal takes an appeal, once and within the site's time."""


class AppealNotFound(DomainError):
    """There is no appeal against this decision."""


class KeyReused(DomainError):
    """The idempotency key was used before, for another comment or by another author."""


class TooMany(DomainError):
    """The caller has used up their allowance; `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"again in {retry_after:.0f} s")
        self.retry_after = retry_after


class Busy(DomainError):
    """Too many are doing this at the same time. Nothing was changed; please try again."""


class StaleStatus(DomainError):
    """Somebody else decided first."""

    def __init__(self, status: str, by: str = "", at: datetime | None = None) -> None:
        super().__init__(f"already {status}")
        self.status, self.by, self.at = status, by, at


class ChangedMeanwhile(DomainError):
    """Somebody else changed this at the same time. Nothing was saved; please try again."""


class UndoOver(DomainError):
    """A decision can be taken back for ten minutes, by the one who made it."""


class NotSignedIn(DomainError):
    """This page is for moderators; the session is missing or over."""


class NotAllowed(DomainError):
    """The moderator's role or sites do not cover this."""


class InvitationOver(DomainError):
    """The one-time link was used already or is too old."""


class WrongPassword(DomainError):
    """Name and password do not belong together."""


class WrongCode(DomainError):
    """The code is not the one of the app, nor a recovery code, or it was used before."""


class AppThere(DomainError):
    """An authenticator app is set up already; stop using that one first."""


class PasskeyRefused(DomainError):
    """The passkey is not known here, or took too long; please try again."""


class ModeratorNotFound(DomainError):
    """There is no account by that name."""


class LastOwner(DomainError):
    """Somebody must own the installation; make somebody else an owner first."""


class KeyRefused(DomainError):
    """The API key is missing, not one of ours, or revoked."""


class ScopeMissing(DomainError):
    """The API key is genuine, but does not cover this, or not on this site."""


class NotScored(DomainError):
    """The classifier cannot be used at the moment."""


class SchemaMismatch(DomainError):
    """The store was written by another version of this program."""


class StoreUnsafe(DomainError):
    """The store is set up in a way that loses what was accepted."""


class StoreAway(DomainError):
    """The store cannot be reached at the moment."""
