"""Actions of readers: comment, follow a conversation, vote, report and appeal."""
