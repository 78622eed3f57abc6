"""Who serves whom: administrations, services instructeurs, agents, territories."""
