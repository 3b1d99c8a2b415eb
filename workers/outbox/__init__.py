"""The outbox: letters and webhooks that wait to be sent."""
