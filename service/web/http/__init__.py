"""Shared by all routes: caller, guards, problems, language and caching."""
