"""Search over fiches and démarches: an index in the memory of each process, made from the published content."""
