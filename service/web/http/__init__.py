"""What every page and route shares: who calls, guards, problems, language, caching."""
