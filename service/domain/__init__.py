"""The words of the field, as plain Python: no clock, no socket, no environment."""
