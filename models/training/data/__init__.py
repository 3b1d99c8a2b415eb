"""Training data: labelled rows and our own sentences become arrays."""
