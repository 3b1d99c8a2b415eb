"""Use cases of moderators at a queue: view, claim, decide and undo."""
