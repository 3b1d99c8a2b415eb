"""Judging: a case in, a verdict out; pure, and the same for every caller."""
