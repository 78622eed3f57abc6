"""Affectation: one per recipient, from what was sealed in the dépôt."""
