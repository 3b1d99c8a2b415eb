"""Fitting: linear heads and their calibration."""
