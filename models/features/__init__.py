"""Features: words become hashed features."""
