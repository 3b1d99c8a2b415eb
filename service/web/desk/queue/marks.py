"""Comment texts with the words marked that raised a score."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from service.scoring import Share

GAP = re.compile(r"\n\s*\n")
# Words below a fifth of the strongest word's share are not worth marking.
FAINT = 0.2
LEVELS = 3


def marked(body: str, shares: Sequence[Share]) -> Markup:
    """Convert plain text to paragraphs with the words marked that raise a score.

    The stronger a word's contribution, the higher its level, 1 to 3.
    """
    raising = [share for share in shares if share.contribution > 0 and _is_word(body, share)]
    most = max((share.contribution for share in raising), default=0.0)
    strong = [share for share in raising if share.contribution >= most * FAINT]
    levels = [(s.start, s.end, 1 + min(int(s.contribution / most * LEVELS), 2)) for s in strong]
    return Markup("").join(_paragraphs(body, sorted(levels)))


def _is_word(body: str, share: Share) -> bool:
    # Features of the whole text (capitals, signs) have no place in it.
    return share.end > share.start and (share.end - share.start) < max(len(body), 2)


def _paragraphs(body: str, levels: list[tuple[int, int, int]]) -> list[Markup]:
    paragraphs, start = [], 0
    for gap in [*GAP.finditer(body), None]:
        end = gap.start() if gap else len(body)
        if body[start:end].strip():
            paragraphs.append(Markup("<p>{}</p>").format(_stretch(body, start, end, levels)))
        start = gap.end() if gap else end
    return paragraphs


def _stretch(body: str, start: int, end: int, levels: list[tuple[int, int, int]]) -> Markup:
    parts, done = [], start
    for first, last, level in levels:
        first, last = max(first, done), min(last, end)
        if first < last:
            parts.append(_plain(body[done:first]))
            parts.append(
                Markup('<mark class="level-{}">{}</mark>').format(level, _plain(body[first:last]))
            )
            done = last
    return Markup("").join([*parts, _plain(body[done:end])])


def _plain(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
