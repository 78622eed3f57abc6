"""Brouillon: start, fill, attach, resume."""
