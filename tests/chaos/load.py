"""Readers who write and vote steadily, and retry each action until it is acknowledged."""

import json
import random
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote

from service.domain import moments
from service.domain.policy import Policy
from service.domain.site import CaptchaStrategy, Site
from service.domain.thread import Thread, thread_id
from service.store.comments import comments, intakes
from service.store.site import sites
from tests.chaos import invariants
from tests.conftest import wait_for
from tests.factories import a_comment, a_verdict, an_intake

ORIGIN = "https://news.example"
ARTICLES = [f"{ORIGIN}/{name}" for name in ("tram", "bridge", "river")]
# Pause between two actions of one reader: a small, steady load, since the machine may be busy.
PAUSE = 0.05
PATIENCE = 90
DIRECTIONS = {"up": 1, "down": -1, "none": 0}


@contextmanager
def under_load(running, site):
    """Run readers on an installation; at the end the record must match what they saw."""
    with Load(running.url, running.core, site) as load:
        yield load
    load.settles()
    load.verify()
    print(f"{site}: {load}")  # `pytest -rP` shows how long the readers waited


class Load:
    """A few writers and voters on one site; `acknowledged` and `votes` are what they got back."""

    def __init__(self, url, core, site, *, writers=2, voters=2):
        self.url, self.core, self.site = url, core, site
        self.acknowledged = defaultdict(set)
        self.votes = {}
        self.refused = Counter()
        self._heard = []
        self._over = threading.Event()
        self._faults = []
        self.seeds = self._prepare()
        self._readers = [self._thread(self._write, n) for n in range(writers)]
        self._readers += [self._thread(self._vote, n) for n in range(voters)]

    def __enter__(self):
        for reader in self._readers:
            reader.start()
        self.goes_on("the load to begin", 15)
        return self

    def __exit__(self, *error):
        self._over.set()
        for reader in self._readers:
            reader.join(PATIENCE)
        assert error[0] or not self._faults, self._faults

    def __str__(self):
        counts = f"{len(self.acknowledged)} comments, {len(self.votes)} votes"
        return f"{counts}, longest silence {self.outage()} s, refused {dict(self.refused)}"

    def goes_on(self, what, more=25, seconds=60):
        """Wait until more comments have been acknowledged than at the call."""
        enough = len(self.acknowledged) + more
        wait_for(what, lambda: self._faults or len(self.acknowledged) >= enough, seconds)

    def outage(self):
        """Return the longest time, in seconds, without an acknowledgement."""
        steps = zip(self._heard, self._heard[1:], strict=False)
        return round(max((later - earlier for earlier, later in steps), default=0), 1)

    def settles(self):
        """Wait until every comment is judged.

        The leases of dead workers end here at once; test_leases.py tests waiting for their end.
        """
        record = self.core.at(self.site)
        freed = set()

        def is_quiet():
            for id_ in set(record.redis.zrange(record.keys.unjudged(), 0, -1)) - freed:
                long_due = moments.to_ms(self.core.now()) - 5000
                record.redis.zadd(record.keys.unjudged(), {id_: long_due}, xx=True)
                freed.add(id_)
            return not invariants.unfinished(self.core, self.site)

        try:
            wait_for("every comment to be judged", is_quiet, 60)
        except AssertionError:
            raise AssertionError(invariants.unfinished(self.core, self.site)) from None

    def verify(self):
        """Assert that the record is consistent and matches the answers to the readers."""
        assert self.acknowledged
        assert self.votes
        assert invariants.unlike(self.core, self.site, self) == []
        assert invariants.broken(self.core, self.site) == []

    def _prepare(self):
        record = self.core.at(self.site)
        policy = Policy(comments_per_minute=0)
        off = CaptchaStrategy.OFF
        sites.put(record.redis, Site(name=self.site, origins=(ORIGIN,), captcha=off, policy=policy))
        made = []
        for url in ARTICLES:
            thread = Thread(id=thread_id(url), url=url)
            comment = a_comment(thread=thread.id, author="seed", created_at=self.core.now())
            intakes.accept(record, an_intake(comment, thread=thread))
            comments.judge(record, comment, a_verdict(), now=self.core.now())
            made.append(comment.id)
        return made

    def _thread(self, deed, number):
        def go():
            try:
                deed(number)
            except Exception as error:
                self._faults.append(repr(error))

        return threading.Thread(target=go, daemon=True)

    def _write(self, writer):
        number = 0
        while not self._over.wait(PAUSE):
            number += 1
            key = f"{self.site}-{writer}-{number}"
            body = f"Reader {writer} says in comment {number}: the tram is late, and dear."
            sent = {"thread": ARTICLES[number % 3], "name": f"Reader {writer}", "body": body}
            headers = {"Idempotency-Key": key}
            answer = self._until_heard("POST", "/comments", sent, headers)
            self.acknowledged[key].add(answer["id"])
            self._heard.append(time.monotonic())

    def _vote(self, voter):
        dice = random.Random(voter)
        token = self._until_heard("POST", "/readers", {}, {})["token"]
        reader = self.core.signer.reader(self.site, token)
        number = 0
        while not self._over.wait(PAUSE):
            number += 1
            # Each vote comes from another provider: no allowance interferes, none is set apart.
            house = f"{number % 89 + 11}.{(voter * 100 + number // 89) % 250}.0.1"
            headers = {"Folkmoot-Reader": token, "X-Forwarded-For": house}
            target, path = dice.choice(self._targets())
            name = dice.choice(list(DIRECTIONS))
            self._until_heard("PUT", path, {"direction": name}, headers)
            self.votes[target, reader] = DIRECTIONS[name]

    def _targets(self):
        of_comments = [(id_, f"/comments/{id_}/vote") for id_ in self.seeds]
        return of_comments + [(thread_id(u), f"/vote?thread={quote(u, safe='')}") for u in ARTICLES]

    def _until_heard(self, method, path, body, headers):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return self._call(method, path, body, headers)
            except HTTPError as error:
                self.refused[error.code] += 1
                if error.code != 503:
                    raise
            except (OSError, HTTPException) as error:
                self.refused[type(error).__name__] += 1
            time.sleep(PAUSE)
        raise AssertionError(f"{method} {path} was not heard in {PATIENCE} s: {self.refused}")

    def _call(self, method, path, body, headers):
        request = urllib.request.Request(
            f"{self.url}/api/v1/sites/{self.site}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"} | headers,
            method=method,
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.loads(response.read())
