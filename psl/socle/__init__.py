"""The ground: errors, clock, keys, references, who acts, rate limits. Knows nothing of the domain."""
