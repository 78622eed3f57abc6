"""Connecteurs of the port Coffre."""
