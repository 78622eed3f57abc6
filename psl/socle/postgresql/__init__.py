"""Django's PostgreSQL engine, told to see a closed connection without asking the server."""
