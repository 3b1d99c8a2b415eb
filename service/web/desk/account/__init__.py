"""Pages for signing in and for accounts, and the access rights of all pages."""
