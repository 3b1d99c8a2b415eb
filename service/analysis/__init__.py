"""Analysis: scoring texts that are not submitted as comments, for several protocols."""
