"""Pure judging: a case goes in, a verdict comes out, the same for every caller."""
