"""The checks that a comment must pass before it is accepted, one per file.

A check returns the faults it finds in a draft; all faults are reported at once. To add a check,
write its file and insert it below where it belongs.
"""

from collections.abc import Callable, Sequence

from service.core import Core
from service.domain.errors import Fault
from service.domain.site import Site
from service.readers.intake.checks.article import check_article
from service.readers.intake.checks.author import check_author
from service.readers.intake.checks.badge import check_badge
from service.readers.intake.checks.body import check_body
from service.readers.intake.checks.captcha import check_captcha
from service.readers.intake.checks.email import check_email
from service.readers.intake.checks.name import check_name
from service.readers.intake.checks.parent import check_parent
from service.readers.intake.checks.reserved_name import check_reserved_name
from service.readers.intake.draft import CommentDraft

Check = Callable[[Core, Site, CommentDraft], Sequence[Fault]]

# For submissions by readers.
CHECKS: tuple[Check, ...] = (
    check_article,
    check_parent,
    check_name,
    check_reserved_name,
    check_email,
    check_body,
    check_badge,
    check_author,
    check_captcha,
)
# For submissions with the newsroom's key and for moderators' answers: they may use any name and
# wear a badge, cannot be banned, and need no captcha.
TRUSTED_CHECKS: tuple[Check, ...] = (
    check_article,
    check_parent,
    check_name,
    check_email,
    check_body,
)
