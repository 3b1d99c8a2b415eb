"""Scoring: features become probabilities, and the words that speak for them."""
