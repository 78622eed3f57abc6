"""Published versions of démarches, immutable, compiled once per process."""
