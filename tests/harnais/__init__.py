"""What the tests stand on: a PostgreSQL, its bases, the whole platform running, a browser."""
