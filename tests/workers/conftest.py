"""Fixtures of the workers' tests."""

from tests.workers.outbox import a_delivery, held, hook, inbox, later

__all__ = ["a_delivery", "held", "hook", "inbox", "later"]
