"""Measuring: how good a model is, told in numbers, curves and a card."""
