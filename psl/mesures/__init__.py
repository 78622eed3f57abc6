"""Counts without personal data: what readers say of pages. Nothing here names who said it."""
