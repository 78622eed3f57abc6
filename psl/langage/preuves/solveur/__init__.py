"""The solver: the only place where z3 is imported, and only once a proof needs it (`psl.langage.preuves.preuve`)."""
