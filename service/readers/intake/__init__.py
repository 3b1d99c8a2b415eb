"""A comment comes in: it is made into a draft, checked, and kept."""
