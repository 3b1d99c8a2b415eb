"""The shadow: Perspective is asked too, while it still answers, and both scores are kept.

Nobody waits for it: texts that come while it is busy are left out, so that a small quota suffices.
"""

import json
import math
import urllib.request
from collections.abc import Mapping
from queue import Full, Queue
from threading import Lock, Thread
from typing import Any

import structlog

from service.analysis import attributes
from service.analysis.perspective import Analysis
from service.analysis.strictness import AnalysisRequest
from service.core import Core
from service.outages import StoreError
from service.store.desk import shadows

log = structlog.get_logger(__name__)

# Seconds to wait for an answer; texts that may wait; bytes of an answer.
PATIENCE, WAITING, LONGEST = 5.0, 20, 1024 * 1024

Wish = tuple[AnalysisRequest, Mapping[str, float]]


class Shadow:
    """Asks Perspective about texts that were scored, in a thread of its own."""

    def __init__(self, core: Core, address: str) -> None:
        """Take the address of Perspective's method, with its key; nothing is asked yet."""
        self._core, self._address = core, address
        self._wishes: Queue[Wish] = Queue(WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def watch(self, request: AnalysisRequest, analysis: Analysis) -> None:
        """Have Perspective score a text too, unless it is busy or we have no scores of our own."""
        ours = {
            name: score.value
            for name, score in analysis.attributes.items()
            if name not in analysis.substituted
        }
        if not ours:
            return
        try:
            self._wishes.put_nowait((request, ours))
        except Full:
            return
        self._start()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="shadow", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            request, ours = self._wishes.get()
            try:
                self._compare(request, ours)
            # Whatever is wrong over there, and while our store is away: no text is worth a retry.
            except (OSError, ValueError, StoreError) as error:
                log.info("shadow not answered", error=type(error).__name__)

    def _compare(self, request: AnalysisRequest, ours: Mapping[str, float]) -> None:
        theirs = _values(self._ask(request, list(ours)))
        pairs = {
            attributes.plain(name): (score, theirs[name])
            for name, score in ours.items()
            if name in theirs
        }
        if pairs:
            shadows.add(self._core.redis, pairs)

    def _ask(self, request: AnalysisRequest, names: list[str]) -> Any:
        body: dict[str, Any] = {
            "comment": {"text": request.text},
            "requestedAttributes": {name: {} for name in names},
            "doNotStore": True,
            "dropUnsupportedAttributes": True,
        }
        if request.languages:
            body["languages"] = list(request.languages)
        wish = urllib.request.Request(  # noqa: S310  # the operator's own setting, checked there
            self._address, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(wish, timeout=PATIENCE) as answer:  # noqa: S310  # likewise
            return json.loads(answer.read(LONGEST))


def _values(answer: Any) -> dict[str, float]:
    """Read the summary scores of an answer; what has another shape is left out.

    :raises ValueError: the answer is no object.
    """
    if not isinstance(answer, dict):
        raise ValueError("no object")
    scores = answer.get("attributeScores")
    found = scores.items() if isinstance(scores, dict) else ()
    return {name: value for name, score in found if (value := _value(score)) is not None}


def _value(score: Any) -> float | None:
    summary = score.get("summaryScore") if isinstance(score, dict) else None
    value = summary.get("value") if isinstance(summary, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
