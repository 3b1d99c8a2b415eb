"""No text, however constructed, takes more time than its length justifies."""

import pytest

from service.analysis import markup, spans
from service.domain import links, names, text
from service.domain.reserved import RESERVED_NAMES
from service.likeness.signature import signature
from service.web.api import present
from tests.hostile import FRAMES, UNITS, is_linear

READERS = {
    "clean": text.clean_body,
    "name": names.looks,
    "reserved": lambda name: names.is_reserved(name, RESERVED_NAMES, own="a-b"),
    "links": links.links_in,
    "hosts": links.hosts_named,
    "shown": present.html,
    "likeness": signature,
    "sentences": spans.sentences,
    "markup": markup.plain,
}


@pytest.mark.parametrize("reader", READERS)
def test_the_time_grows_with_the_length_and_no_faster(reader):
    slow = [
        (unit, frame)
        for unit in UNITS
        for frame in FRAMES
        if not is_linear(READERS[reader], unit, frame)
    ]
    assert slow == []
