"""From files to checked data: strict YAML with its lines, the shapes data must have, and what is said of what is wrong."""
