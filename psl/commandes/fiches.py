"""The content of service-public.fr: import a delivery, verify that all of it renders, say what the last one was."""

import argparse
import time
from pathlib import Path

from psl.fiches import operations, queries, verification
from psl.fiches.operations import Rapport
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a verb: importer, verifier, etat."""
    verbs = parser.add_subparsers(dest="verbe", required=True)
    importer = verbs.add_parser("importer", help="importer une livraison : .tgz de npm, .zip de la DILA, dossier ou fichier seul")
    importer.add_argument("fichier", type=Path)
    importer.add_argument("--audience", default="", choices=["", "particuliers", "professionnels", "associations"])
    importer.add_argument("--partiel", action="store_true", help="ne rien retirer de ce que la livraison n'a pas")
    importer.add_argument("--retirer", action="store_true", help="retirer même si plus d'un cinquième du contenu disparaît")
    importer.add_argument("--json", action="store_true", help="donner le rapport en JSON")
    verbs.add_parser("verifier", help="rendre tous les documents de la base, suivre toutes les recherches guidées, dire les fautes")
    verbs.add_parser("etat", help="dire la dernière livraison")


def run(args: argparse.Namespace) -> int:
    return {"importer": _import, "verifier": _verify, "etat": _state}[args.verbe](args)


def _import(args: argparse.Namespace) -> int:
    start = time.monotonic()
    complet = False if args.partiel else None
    rapport = operations.import_file(args.fichier, audience=args.audience, complet=complet, retirer=args.retirer, now=clock.now())
    print(operations.dump(rapport) if args.json else "\n".join(_lines(rapport, time.monotonic() - start)))
    return 1 if rapport.cassees else 0


def _lines(rapport: Rapport, seconds: float) -> list[str]:
    counts = {
        "lues": rapport.lues, "inchangées": rapport.inchangees, "ajoutées": len(rapport.ajoutees), "modifiées": len(rapport.modifiees),
        "retirées": len(rapport.retirees), "plus anciennes que les nôtres, laissées": rapport.anciennes,
        "à retirer mais retenues (--retirer)": len(rapport.retenues), "illisibles": len(rapport.cassees),
        "éléments inconnus": rapport.inconnus.total(), "adresses refusées": rapport.refusees.total(),
        "liens cassés": len(rapport.liens_casses),
    }  # fmt: skip
    lines = [f"Import {'complet' if rapport.complet else 'partiel'} en {seconds:.1f} s"]
    lines += [f"  {count:>6} {name}" for name, count in counts.items()]
    details = [*rapport.cassees, *(f"inconnu : {name} ({n} fois)" for name, n in rapport.inconnus.most_common(20))]
    details += [f"adresse refusée : {url} ({n} fois)" for url, n in rapport.refusees.most_common(20)]
    details += [f"lien cassé : {lien}" for lien in rapport.liens_casses[:20]]
    return [*lines, *(f"  - {detail}" for detail in details)]


def _verify(args: argparse.Namespace) -> int:
    start = time.monotonic()
    rendus, faults = verification.render_all()
    print(f"{rendus} documents rendus, {len(faults)} en faute, en {time.monotonic() - start:.1f} s")
    print("\n".join(f"  - {fault}" for fault in faults[:100]))
    return 1 if faults else 0


def _state(args: argparse.Namespace) -> int:
    etat = queries.state()
    print(f"{etat.source or 'aucune livraison'} ; contenu du {etat.contenu_on} ; {etat.licence} ; importée le {etat.importee_at}")
    return 0
