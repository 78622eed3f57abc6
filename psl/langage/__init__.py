"""The language of démarches: pure, no Django. Reads a definition, evaluates it, explains it."""
