"""Corrections of scores by people of another system; the latest one counts."""

from dataclasses import replace

from service.analysis.analyst import Analyst
from service.analysis.strictness import UNDETECTED
from service.domain.errors import NotScored
from service.domain.key import ApiKey
from service.domain.label import LONGEST, Label
from service.store.desk import labels


def correct(analyst: Analyst, key: ApiKey, label: Label) -> str:
    """Store a label under its key's site, and return the text's language."""
    core = analyst.core
    labels.put(
        core.redis,
        key.site,
        replace(label, text=label.text[:LONGEST], key=key.id, at=core.now()),
        now=core.now(),
    )
    try:
        return analyst.scorer(key).language(label.text)
    except NotScored:
        return UNDETECTED
