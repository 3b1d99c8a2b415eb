"""How a model is made and measured; nothing here is loaded when comments are scored."""
