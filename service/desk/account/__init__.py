"""Who works at the desk: accounts, and how their owners come in."""
