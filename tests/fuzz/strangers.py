"""What strangers may send: any text, texts made of touchy characters, nearly valid values."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.honest import SENTENCES
from tests.hostile import UNITS

FUZZ = settings(database=None, suppress_health_check=list(HealthCheck))
TOUCHY = (
    *("\x00", "\ud800", "\udfff", "\ufeff", "\u202e", "\u200d", "\ufe0f", "\U000e0067", "\ue000"),
    *("İ", "ß", "ﬁ", "\u0301", "\u0327", "\u0f73", "\uff9e", "٤", "²", "，", "。", "％", "\u2028"),
    *("{", "}", ":", "/", "\\", "%", "%00", "%ff", "..", "?", "#", "@", "[", "]", "~", "|", "-"),
    *("1e999", "NaN", "-1", "9" * 30, "0x", "null", '"', "'", "\r\n", "\t", ";q=", ",", "*"),
)
anything = st.text(st.characters(exclude_categories=()), max_size=80)
touchy = st.lists(st.sampled_from([*TOUCHY, *UNITS]), max_size=30).map("".join)
honest = st.sampled_from(sorted(SENTENCES.values()))
texts = anything | touchy | st.tuples(honest, touchy).map("".join)


def nearly(valid: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Valid values in which a piece is replaced."""
    return st.tuples(valid, touchy, st.integers(0, 60), st.integers(0, 4)).map(
        lambda made: made[0][: made[2]] + made[1] + made[0][made[2] + made[3] :]
    )
