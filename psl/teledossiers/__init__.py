"""Teledossier and its sealed dépôts; what is made of them (accusé, recap)."""
