"""Judge by the classifier's spam score."""

from service.domain.attribute import Attribute
from service.domain.verdict import Opinion
from service.judging.case import Case
from service.judging.phases.score import opinions_on


def spam(case: Case) -> Opinion | None:
    """Ask for the outcome that the spam score reaches under the site's thresholds."""
    return next(iter(opinions_on(case, [Attribute.SPAM])), None)
