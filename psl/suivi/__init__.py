"""What the usager sees of their télédossier, and how they prove it is theirs."""
