"""What a service does of an affectation: take, ask, answer, decide."""
