"""Connecteurs of the port Stockage."""
