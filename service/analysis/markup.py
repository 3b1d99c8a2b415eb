"""Removal of markup from texts; link addresses are kept, since they may hide spam."""

import html
import re

# Tags that comment editors produce. Any other tag may be an insult in angle brackets and stays.
BLOCKS = re.compile("blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|img|li|ol|p|pre|t[dr]|table|ul")
INLINE = re.compile("a|abbr|b|code|del|em|font|i|ins|mark|s|small|span|strike|strong|sub|sup|u")
USUAL = re.compile("alt|class|color|dir|height|id|lang|rel|size|style|target|title|width|href|src")
# No part of a tag crosses the next angle bracket, and none is tried twice (possessive), so every
# text takes linear time; the standard library's parser takes minutes for some.
ATTRIBUTE = re.compile(
    r"""\s++([a-z-]{1,20}+)(?:\s*+=\s*+(?:"([^"<>]*+)"|'([^'<>]*+)'|([^\s"'<>=]++)))?+""",
    re.IGNORECASE,
)
TAG = re.compile(
    rf"<(/?+)([a-z][a-z0-9]{{0,9}}+)((?:{ATTRIBUTE.pattern})*+)\s*+/?+>", re.IGNORECASE
)


def plain(text: str) -> str:
    """Remove HTML from a text; a text without any is returned unchanged."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(TAG.sub(_without, text)).strip()


def _without(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    attributes = ATTRIBUTE.findall(tag[3])
    is_usual = all(USUAL.fullmatch(attribute[0].lower()) for attribute in attributes)
    if not is_usual or not (BLOCKS.fullmatch(name) or INLINE.fullmatch(name)):
        return tag[0]
    # A link's address counts more than its text.
    links = (max(values) for key, *values in attributes if key.lower() in ("href", "src"))
    return ("\n" if BLOCKS.fullmatch(name) else "") + "".join(f" {link} " for link in links)
