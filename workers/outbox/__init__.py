"""The outbox: sends waiting mails and webhook calls."""
