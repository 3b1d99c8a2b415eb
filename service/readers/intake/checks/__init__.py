"""The checks that a comment must pass before it is taken in, one file a check.

A check finds what is wrong with a draft and says it in faults; all faults are told at once. To add
one, write its file and put it where it belongs below.
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

# What readers send.
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
# What is sent with the newsroom's key, and what moderators answer: they may take any name and
# wear a badge, cannot be banned, and solve no captcha.
TRUSTED_CHECKS: tuple[Check, ...] = (
    check_article,
    check_parent,
    check_name,
    check_email,
    check_body,
)
