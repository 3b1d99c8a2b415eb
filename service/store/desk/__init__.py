"""What moderators work with: queues, claims, notes, undo, labels."""
