"""Pages of the queue: view, claim, decide and undo."""
