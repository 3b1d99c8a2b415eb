"""Take a site's comments out, and in again or from elsewhere."""
