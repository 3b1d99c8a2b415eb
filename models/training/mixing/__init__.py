"""Mixing: how much an encoder counts beside the linear model, and the model of both."""
