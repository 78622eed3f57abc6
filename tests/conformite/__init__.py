"""The compatibility kit of DMN, run on our FEEL: `make conformite TCK=path`. The kit is not in this tree."""
