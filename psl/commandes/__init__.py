"""bin/psl: one file per command.

A command is a module with `configure(parser)` and `run(args) -> int`; its docstring's first line is its help. It is found by its
presence here. Django is set up before it is imported, unless it stands in PURES.
"""

# Commands that read files only: no Django, no base, quick.
PURES = frozenset({"demarche", "essais"})

# Commands that do not live under the application's role.
ROLES = {"migrer": "proprietaire"}
