"""bin/psl: one file per command."""
