"""Take a site's comments out and in."""
