"""Proposals: the titles that comments propose for their article, judged before the comments are."""

from collections.abc import Sequence

from service.domain.comment import Comment
from service.domain.site import Site
from service.judging.case import Caption
from service.judging.phases.name import doubt
from service.scoring import Scorer
from service.store.comments import titles
from service.store.comments.titles import Fitness
from service.store.record import Record
from workers import captions
from workers.captions import CaptionScores


def judge(
    record: Record, scorer: Scorer, memory: CaptionScores, site: Site, batch: Sequence[Comment]
) -> None:
    """Judge the titles that a batch proposes; doubtful ones wait for the desk."""
    proposed = titles.proposed(record, [comment.id for comment in batch])
    if not proposed:
        return
    judged = captions.gather(scorer, memory, site.policy, proposed.values())
    rated = {id_: (title, _fitness(site, judged[title])) for id_, title in proposed.items()}
    titles.rate(record, rated)


def _fitness(site: Site, caption: Caption) -> Fitness:
    if doubt(site.policy, caption):
        return Fitness.WAITS
    is_scored = any(score is not None for score in caption.scores.values())
    return Fitness.FIT if is_scored else Fitness.FOR_PERSONS
