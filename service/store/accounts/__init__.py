"""Accounts of moderators, and API keys of programs."""
