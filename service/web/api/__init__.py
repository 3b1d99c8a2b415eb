"""The HTTP API for readers’ widgets and for other programs."""
