"""The HTTP API for the widget and for other programs."""
