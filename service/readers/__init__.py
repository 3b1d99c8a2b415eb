"""What readers do: comment, follow a conversation, vote, report, appeal."""
