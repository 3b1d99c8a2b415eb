"""Export and import of a site's comments."""
