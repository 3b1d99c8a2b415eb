"""Near-duplicates: which of the latest texts are nearly the same."""
