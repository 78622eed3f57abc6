"""The abuse cases, each by its code: which tests try it, what remains."""
