"""Accounts of the desk: managing them and signing in."""
