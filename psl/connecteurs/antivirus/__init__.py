"""Connecteurs of the port Antivirus."""
