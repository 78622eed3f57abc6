"""What is PostgreSQL's own: the engine that Django is given, rows in plain statements, grants and guards for migrations."""
