"""Filters of the agents' templates."""
