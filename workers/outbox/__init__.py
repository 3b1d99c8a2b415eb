"""The outbox: mails and webhook calls that wait to be sent."""
