"""Intake: a submission becomes a draft, is checked and is stored."""
