"""The checks of a submission, one file a check."""
