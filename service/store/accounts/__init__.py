"""Accounts of moderators, and keys of programs."""
