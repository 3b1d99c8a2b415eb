"""Near-duplicate detection among the latest texts of a site."""
