"""What the workers' tests share."""

from tests.workers.outbox import a_delivery, held, hook, inbox, later

__all__ = ["a_delivery", "held", "hook", "inbox", "later"]
