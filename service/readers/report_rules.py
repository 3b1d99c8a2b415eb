"""Rules for reports: few, except that a notice of illegal content must meet the law.

Article 16 of the EU's Digital Services Act requires the reason why it is illegal, its exact
location, the name and e-mail address of the person reporting (except for sexual abuse of children),
and a statement of good faith.
"""

from service.domain import text
from service.domain.errors import Fault
from service.domain.flag import Flag, Notice
from service.domain.sentences import counted, said
from service.readers.intake.checks.email import email_faults

MAX_NOTE = 1000
MAX_PLACE = 2000
MAX_NAME = 200


def report_faults(flag: Flag) -> tuple[Fault, ...]:
    """Find the faults of a report, with the stricter rules for a notice of illegal content."""
    faults = _length_faults("note", flag.note, MAX_NOTE)
    if flag.notice is None:
        return faults
    if text.is_blank(flag.note):
        faults = (Fault("note", "empty", "Please say why you think that this is illegal."),)
    return (*faults, *_notice_faults(flag.notice))


def _notice_faults(notice: Notice) -> tuple[Fault, ...]:
    faults = (
        *_length_faults("place", notice.place, MAX_PLACE),
        *_length_faults("name", notice.name, MAX_NAME),
        *email_faults(notice.email or None),
    )
    if not notice.place:
        faults += (Fault("place", "empty", "Please give the address of the comment."),)
    if not notice.name and not notice.minors:
        faults += (Fault("name", "empty", "Please give your name."),)
    if not notice.email and not notice.minors:
        faults += (Fault("email", "empty", "Please give your e-mail address."),)
    if not notice.good_faith:
        sure = said("Please confirm that you believe what you report to be correct and complete.")
        faults += (Fault("good_faith", "missing", sure),)
    return faults


def _length_faults(field: str, value: str, most: int) -> tuple[Fault, ...]:
    if len(value) <= most:
        return ()
    long = counted(
        "At most %(count)s character; this has %(has)s.",
        "At most %(count)s characters; this has %(has)s.",
        most,
        has=len(value),
    )
    return (Fault(field, "too-long", long),)
