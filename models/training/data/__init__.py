"""Data: labelled rows and sentences of our own become arrays to learn from."""
