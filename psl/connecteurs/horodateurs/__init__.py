"""Connecteurs of the port Horodateur."""
