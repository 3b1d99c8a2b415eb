"""Sites and their settings, what is mailed for them, and who works for them."""
