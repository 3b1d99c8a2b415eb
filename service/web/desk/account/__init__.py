"""Signing in, a moderator's own account, the accounts of others; and who may open which page."""
