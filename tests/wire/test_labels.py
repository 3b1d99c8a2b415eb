"""Labels of other systems are stored, the latest of each, limited in number and time."""

from datetime import timedelta

import pytest

from service.domain.label import Label
from service.store.desk import labels
from tests.factories import NOON


def a_label(number, **changes):
    return Label(
        **{"text": f"text {number}", "scores": {"TOXICITY": 1.0}, "token": str(number)} | changes
    )


def kept(redis):
    return [label.token for label in labels.every(redis, "news")]


def test_the_latest_of_each_is_kept_in_the_order_they_came(redis):
    for number, minute in ((1, 0), (2, 1), (1, 2)):
        received_at = NOON + timedelta(minutes=minute)
        labels.put(redis, "news", a_label(number, scores={"TOXICITY": minute / 2}), now=received_at)
    assert kept(redis) == ["2", "1"]
    assert [label.scores["TOXICITY"] for label in labels.every(redis, "news")] == [0.5, 1.0]


def test_the_oldest_go_when_there_are_too_many(redis, monkeypatch):
    monkeypatch.setattr(labels, "MOST", 3)
    for number in range(5):
        labels.put(redis, "news", a_label(number), now=NOON + timedelta(minutes=number))
    assert kept(redis) == ["2", "3", "4"]
    assert redis.hlen("fm:{news}:labels") == 3


def test_a_label_goes_after_a_year(redis):
    labels.put(redis, "news", a_label(1), now=NOON)
    labels.put(redis, "news", a_label(2), now=NOON + timedelta(days=366))
    assert kept(redis) == ["2"]


@pytest.mark.parametrize("change", [{"community": "other"}, {"token": "other"}])
def test_another_thing_has_another_label(redis, change):
    labels.put(redis, "news", a_label(1), now=NOON)
    labels.put(redis, "news", a_label(1, **change), now=NOON + timedelta(minutes=1))
    assert len(kept(redis)) == 2


def test_without_a_token_the_text_tells_them_apart(redis):
    for text in ("one", "two", "one"):
        labels.put(redis, "news", a_label(1, token="", text=text), now=NOON)
    assert sorted(label.text for label in labels.every(redis, "news")) == ["one", "two"]
