"""Measuring: the quality of a model in numbers, curves and a model card."""
