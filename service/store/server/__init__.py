"""The server: where it is, whether it keeps its promises, and how it is started."""
