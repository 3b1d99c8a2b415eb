"""Captions: the scores of names and titles, which are short and come again and again."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from service.blocklist import blocked_in
from service.domain import links
from service.domain.policy import Policy
from service.judging.case import Caption
from service.scoring import Scorer, Scores

KEPT = 20_000
# Of more words nobody's name consists, as a rule.
NAME_LENGTH = 3
# Names that the model takes for foul words, as it never saw them as names.
NAMESAKES = frozenset({"Cox", "Crook", "Dick", "Fanny", "Peter", "Pinto", "Randy"})


class CaptionScores:
    """This process's memory of the scores of captions, by model."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._scores: OrderedDict[tuple[str, str], Scores] = OrderedDict()

    def of(self, scorer: Scorer, captions: Sequence[str]) -> dict[str, Scores]:
        """Return the scores of captions, with one scoring for those that are new.

        :raises NotScored: there is no model, or it failed.
        """
        wanted = dict.fromkeys(captions)
        new = [caption for caption in wanted if (scorer.model, caption) not in self._scores]
        if new:
            # Names need not be in the language of the page, and are remembered for all sites. An
            # encoder, which knows sentences, would find something in most of them.
            names = scorer.naming_none().reading_once()
            scores = names.score([_scorable(caption) for caption in new])
            for caption, score in zip(new, scores, strict=True):
                self._scores[scorer.model, caption] = score
        found = {caption: self._scores[scorer.model, caption] for caption in wanted}
        for caption in wanted:
            self._scores.move_to_end((scorer.model, caption))
        while len(self._scores) > self._kept:
            self._scores.popitem(last=False)
        return found


def gather(
    scorer: Scorer, memory: CaptionScores, policy: Policy, captions: Iterable[str]
) -> dict[str, Caption]:
    """Gather the evidence about captions."""
    return {
        words: Caption(
            words=words,
            scores=scores,
            blocked=blocked_in(words, policy.blocked_words),
            domains=links.hosts_linked(words),
            mentions=links.hosts_named(words),
        )
        for words, scores in memory.of(scorer, list(captions)).items()
    }


def _scorable(caption: str) -> str:
    """Leave out links, which are judged by their hosts, and namesakes where they can be names."""
    words = links.without_links(caption).split()
    rest = [word for word in words if word.strip(".,") not in NAMESAKES]
    return " ".join(rest if len(words) <= NAME_LENGTH else words)
