"""Who works at the desk: accounts, and how their owners sign in."""
