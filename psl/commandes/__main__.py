"""The dispatcher: `bin/psl <commande> …`, or `python -m psl.commandes <commande> …`."""

import argparse
import ast
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from django.db import OperationalError

from psl.commandes import PURES, ROLES, set_up
from psl.langage.source.defauts import DefinitionInvalide
from psl.socle.errors import Refus

ICI = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Run one command; what a person can put right is said in one sentence, without a traceback."""
    noms = sorted(path.stem for path in ICI.glob("*.py") if not path.stem.startswith("_"))
    nom = arguments[0].replace("-", "_") if arguments else ""
    if nom not in noms:
        return _list(noms, wanted=nom)
    try:
        return _run(nom, arguments[1:])
    except Refus as refus:
        print(refus.phrase, file=sys.stderr)
    except DefinitionInvalide as invalide:
        print(invalide, file=sys.stderr)
    except OperationalError as error:
        cause = str(error).partition("\n")[0]
        print(f"La base ne répond pas ({cause}) : lancez la plateforme (make run) ou donnez DATABASE_URL.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _run(nom: str, arguments: Sequence[str]) -> int:
    if nom not in PURES:
        set_up(ROLES.get(nom, "application"))
    module = importlib.import_module(f"psl.commandes.{nom}")
    parser = argparse.ArgumentParser(prog=f"psl {nom}", description=module.__doc__)
    module.configure(parser)
    code: int = module.run(parser.parse_args(arguments))
    return code


def _list(noms: list[str], *, wanted: str) -> int:
    if is_unknown := wanted not in {"", "__help", "_h", "aide"}:
        print(f"« {wanted} » n'est pas une commande.", file=sys.stderr)
    print("bin/psl <commande> [--help]\n", file=sys.stderr if is_unknown else sys.stdout)
    for nom in noms:
        doc = ast.get_docstring(ast.parse((ICI / f"{nom}.py").read_text(encoding="utf-8"))) or ""
        print(f"  {nom:<16} {doc.splitlines()[0] if doc else ''}", file=sys.stderr if is_unknown else sys.stdout)
    return 2 if is_unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
