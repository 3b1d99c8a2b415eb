"""A moderator works through a queue: look, claim, decide, take back. One file a noun."""
