"""Training and measuring of models; nothing here is loaded when comments are scored."""
