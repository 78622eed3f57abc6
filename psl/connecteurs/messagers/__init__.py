"""Connecteurs of the port Messager."""
