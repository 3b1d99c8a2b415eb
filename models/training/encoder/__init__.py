"""Fine-tuning of the encoders that read a comment as a whole."""
