"""The queue's pages: look, claim, decide, take back. One file a noun."""
