"""Where to go: the offices near a commune, their hours, where they stand on a map."""
