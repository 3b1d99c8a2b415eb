"""Scoring: features become probabilities, explained word by word."""
