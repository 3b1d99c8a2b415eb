"""Other programs that call us: their API keys, quotas and usage."""
