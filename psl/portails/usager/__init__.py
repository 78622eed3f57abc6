"""Filling, filing and following: for the usager."""
