"""Feature extraction: words become hashed features."""
