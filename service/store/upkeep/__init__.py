"""Upkeep: walks through the whole store for maintenance, backup and removal."""
