"""Text normalization: a text becomes plain words by the rules of its language."""
