"""Fitting: recipes, heads and their calibration."""
