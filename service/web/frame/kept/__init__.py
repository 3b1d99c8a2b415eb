"""Pages that everybody sees alike: what they depend on, and what is left open in them."""
