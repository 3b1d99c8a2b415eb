"""The desk's data: queues, claims, notes, undo, labels."""
