"""Pages by audience; strangers to one another, except theme."""
