"""What `bin/lancer` is made of: environment, PostgreSQL, processes, screen. Standard library only, Python 3.9 and later."""
