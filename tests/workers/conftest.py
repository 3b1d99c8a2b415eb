"""What the workers' tests share."""

from tests.workers.post import held, hook, inbox, later, postman

__all__ = ["held", "hook", "inbox", "later", "postman"]
