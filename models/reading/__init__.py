"""Reading: a text becomes plain words, in the way of its language."""
