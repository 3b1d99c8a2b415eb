"""Use cases of the desk, where moderators, analysts and owners work."""
