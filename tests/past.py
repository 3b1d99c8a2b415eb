"""The history of a newsroom in the store, for tests and screenshots of the office."""

import random
from datetime import timedelta

from service.core import Core
from service.domain.ids import new_id
from service.domain.moments import to_ms
from service.domain.site import Site
from service.domain.thread import thread_id
from service.store.codec import ATTRIBUTES

ARTICLES = (
    ("tram-bridge", "Council votes for the tram bridge, by one voice"),
    ("library-seeds", "The library now lends seeds"),
    ("night-market", "Night market may stay open until two"),
    ("swimming-lake", "Blue algae: the swimming lake stays closed"),
    ("school-bus", "No driver, no bus: what the county plans"),
    ("bakery", "After 94 years the bakery in Mill Street closes"),
)
PEOPLE = ("ines", "jonas", "marta")
WHY = ("Insulting or hateful", "Off topic", "Advertising", "Private details of somebody")
BATCH = 2000


class Past:
    """Writes the log of a site, hour by hour up to now."""

    def __init__(self, core: Core, site: Site, url: str = "https://news.example/", seed: int = 1):
        self._record = core.at(site.name)
        self._policy, self._url = site.policy, url
        self._random = random.Random(seed)
        self._now, self._sent = core.now(), 0
        self._last = {}

    def happen(self, comments: int, days: float) -> None:
        """Log comments over some days, with verdicts, many with decisions of people."""
        moments = sorted(
            self._now - timedelta(days=days * self._random.random() ** 1.2) for _ in range(comments)
        )
        rows = []
        for moment in moments:
            rows += self._story(moment)
        rows.sort(key=lambda row: row[0])
        for start in range(0, len(rows), BATCH):
            self._write(rows[start : start + BATCH])

    def _story(self, moment):
        made = new_id(moment, self._random.randbytes(10))
        worst = min(0.999, self._random.betavariate(0.6, 3.2))
        scores = {n: worst * self._random.uniform(0.3, 1) for n in ATTRIBUTES} | {
            "TOXICITY": worst,
            "SPAM": self._random.betavariate(0.4, 6),
        }
        new = "approved"
        reasons = ""
        for name, score in scores.items():
            threshold = self._policy.thresholds[name]
            if score >= threshold.hold:
                kind = "spam" if name == "SPAM" else "toxicity"
                new = "rejected" if score >= threshold.reject or new == "rejected" else "held"
                reasons = reasons or f"{kind}/{name.lower().replace('_', '-')}"
        first = (to_ms(moment), made, "", new, "machine", "", scores, reasons)
        rows = [first]
        if new == "held" or self._random.random() < 0.05:
            wait = timedelta(minutes=self._random.lognormvariate(3.2, 1.1))
            if moment + wait < self._now - timedelta(minutes=1):
                bad = self._random.random() < worst * 1.1
                after = "rejected" if bad else "approved"
                why = self._random.choice(WHY) if bad else ""
                if after != new:
                    rows.append(
                        (
                            to_ms(moment + wait),
                            made,
                            new,
                            after,
                            self._random.choices(PEOPLE, (5, 3, 2))[0],
                            why,
                            None,
                            "",
                        )
                    )
        return rows

    def _write(self, rows):
        with self._record.redis.pipeline(transaction=False) as pipe:
            for at, made, old, new, by, why, scores, reasons in rows:
                self._sent += 1
                place = f"{at}-{self._sent}"
                packed = (
                    ",".join(str(round(scores[n] * 1000)) for n in ATTRIBUTES) if scores else ""
                )
                pipe.xadd(
                    self._record.keys.log(),
                    {
                        "comment": made,
                        "old": old,
                        "new": new,
                        "by": by,
                        "why": why,
                        "scores": packed,
                        "reasons": reasons,
                        "model": "test-1",
                        "prev": self._last.get(made, ""),
                    },
                    id=place,
                )
                self._last[made] = place
                # The comments of the log exist, with as few fields as possible.
                pipe.hset(self._record.keys.comment(made), mapping={"s": new, "l": place})
                if not old:
                    path, title = ARTICLES[min(5, int(self._random.expovariate(0.6)))]
                    thread = thread_id(self._url + path)
                    somebody = {"t": thread, "a": "somebody", "n": "Somebody"}
                    pipe.hset(self._record.keys.comment(made), mapping=somebody)
                    pipe.hset(
                        self._record.keys.thread(thread),
                        mapping={"url": self._url + path, "title": title},
                    )
            pipe.execute()
