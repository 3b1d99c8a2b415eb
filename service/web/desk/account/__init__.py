"""Pages to come in by, and of one's own account; and who may open which page."""
