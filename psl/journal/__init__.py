"""What happened: append-only facts chained per subject, their treatments, the sealer and the verifier."""
