# The commands. `make run` and `make test` need nothing else than a Python (3.9 or later) to begin with.
PYTHON ?= $(shell command -v python3 || command -v python)
DEV = @$(PYTHON) bin/lancer dev

.PHONY: run arret neuf demarche test check fmt banc banc-long conformite
run:  ## the whole platform, on 127.0.0.1:8000 (PORT= moves it)
	@exec $(PYTHON) bin/lancer lancer

arret:  ## stops what `make run` started
	@$(PYTHON) bin/lancer arreter

neuf:  ## forgets the demonstration's base, files and keys
	@$(PYTHON) bin/lancer oublier

demarche:  ## the platform around one démarche, which shows each change and each fault at once: make demarche slug=ma-demarche
	@exec $(PYTHON) bin/lancer demarche $(or $(slug),$(error make demarche slug=le nom de la démarche))

test:  ## everything, browser included
	@$(PYTHON) bin/lancer essais

check:  ## form, types, layers, pure tests: under a minute
	$(DEV) ruff format --check .
	$(DEV) ruff check .
	$(DEV) mypy
	$(DEV) lint-imports
	$(DEV) pytest -n 2 -m "not base and not navigateur"

fmt:  ## puts the code in form
	$(DEV) ruff format .
	$(DEV) ruff check --fix .

banc:  ## the benchmarks: a table, and build/bancs.json
	$(DEV) python -m tests.bancs

banc-long:  ## those under load and kills too
	$(DEV) python -m tests.bancs --long

conformite:  ## FEEL against the compatibility kit of DMN: make conformite TCK=the kit's folder or archive
	$(DEV) python -m tests.conformite $(or $(TCK),$(error make conformite TCK=chemin du kit))
