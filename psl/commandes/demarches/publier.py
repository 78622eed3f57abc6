"""Publier une démarche : la vérifier, jouer ses essais, dire ce qui change, puis seulement en faire une version.

Une version publiée ne change plus. En production, une démarche qui a des faits à confirmer est refusée.
"""

import argparse
from pathlib import Path

from psl.commandes import set_up
from psl.commandes.demarches.catalogue import DEFAUTS, REUSSI, catalogue_of, folder
from psl.langage import essais
from psl.langage.charger import Definition, Demarche, read_definition
from psl.langage.definition.coherence import each_champ
from psl.langage.derives import differences
from psl.langage.preuves import verify
from psl.socle import clock

AIDE = "publier une nouvelle version d'une démarche"
SUITE = """brouillons en cours :
  --brouillons finir   ils se terminent sur la version où ils ont commencé (par défaut)
  --brouillons porter  ils passent à la nouvelle version ; l'usager lit quelles questions ont changé
code de sortie : 0 publiée (ou déjà publiée), 1 des défauts ou des pertes (rien n'est publié), 2 mauvais usage"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the démarche, what becomes of brouillons, and the consent to lose answers."""
    parser.add_argument("demarche", metavar="SLUG", help="démarche du catalogue, ou chemin d'un dossier")
    parser.add_argument("--brouillons", choices=("porter", "finir"), default="finir", help="ce que deviennent les brouillons en cours")
    parser.add_argument("--accepter-les-pertes", action="store_true", help="publier même si des réponses des brouillons se perdent")


def run(args: argparse.Namespace) -> int:
    """Check, try, compare, then publish: nothing is written before all of it is said to be right."""
    dossier = folder(args.demarche, catalogue_of(args.catalogue))
    definition = read_definition(dossier)
    demarche = definition.compile()
    if why := _faults(definition, demarche, dossier):
        print(*why, f"{dossier.name} : rien n'est publié.", sep="\n")
        return DEFAUTS
    set_up()
    return _publish(definition, demarche, args)


def _faults(definition: Definition, demarche: Demarche, dossier: Path) -> list[str]:
    found = [str(defaut) for defaut in verify(definition)]
    for resultat in essais.run_all(demarche, dossier):
        found += [f"essais/{resultat.fichier} : {ecart}" for ecart in resultat.ecarts]
    return found


def _publish(definition: Definition, demarche: Demarche, args: argparse.Namespace) -> int:
    from psl.demarches import operations, queries  # noqa: PLC0415 - needs the base, which is set up by now

    if last := queries.last_version(demarche.slug):
        numero, avant = last
        changements = differences.compare(avant, demarche)
        print(differences.write(changements, f"{demarche.slug} : ce qui change depuis la version {numero}"), end="")
        pertes = differences.losses(changements)
        if pertes and not args.accepter_les_pertes:
            print(*_renamings(avant, definition, demarche), sep="\n", end="\n" * bool(differences.renamed(avant, demarche)))
            print(f"{demarche.slug} : {len(pertes)} perte(s), rien n'est publié. Corrigez, ou ajoutez --accepter-les-pertes.")
            return DEFAUTS
    version = operations.publish(demarche, now=clock.now(), brouillons=args.brouillons)
    print(f"{version.slug} : version {version.numero} publiée, brouillons : {version.brouillons}.")
    return REUSSI


def _renamings(avant: Demarche, definition: Definition, demarche: Demarche) -> list[str]:
    """Say each renamed key at its line, with what to write instead."""
    lignes = {champ["cle"]: definition.arbre.line(chemin) for chemin, champ in each_champ(definition.expandee)}
    fichier = definition.arbre.fichier
    return [
        f"{fichier}:{lignes.get(cle, 1)} : La clé « {ancien} » est devenue « {cle} ». Écrivez de nouveau cle: {ancien}."
        for cle, ancien in differences.renamed(avant, demarche).items()
    ]
