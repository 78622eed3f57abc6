"""Directories of offices."""
