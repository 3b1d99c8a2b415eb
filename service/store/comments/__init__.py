"""Comments: how they come in, move, are ordered and are found."""
