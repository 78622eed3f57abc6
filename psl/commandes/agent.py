"""Open, enrol, habilitate and revoke the accounts of agents; in the demonstration, give the code of the moment."""

import argparse

from psl.annuaire import agents, queries
from psl.annuaire.operations import agents as operations
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    creer = actions.add_parser("creer", help="ouvrir un compte et donner, une fois, de quoi se connecter")
    creer.add_argument("courriel")
    creer.add_argument("nom")
    for action, phrase in (
        ("habiliter", "donner un rôle dans un service"),
        ("retirer", "retirer d'un service, tout de suite"),
    ):
        un = actions.add_parser(action, help=phrase)
        un.add_argument("courriel")
        un.add_argument("service", help="clé du service (bin/psl agent services)")
        if action == "habiliter":
            un.add_argument("--responsable", action="store_true")
    for action, phrase in (
        ("enroler", "donner un nouveau mot de passe, un nouveau secret et de nouveaux codes de secours"),
        ("revoquer", "fermer un compte et ses sessions, tout de suite"),
        ("code", "dire le code à six chiffres du moment (démonstration seulement)"),
    ):
        actions.add_parser(action, help=phrase).add_argument("courriel")
    actions.add_parser("services", help="lister les services et leur clé")


def run(args: argparse.Namespace) -> int:
    ACTIONS[args.action](args)
    return 0


def create(args: argparse.Namespace) -> None:
    show(operations.create_agent(args.courriel, args.nom, now=clock.now()))


def enrol(args: argparse.Namespace) -> None:
    show(operations.enrol(args.courriel, now=clock.now()))


def show(enrolement: operations.Enrolement) -> None:
    print(f"Mot de passe     {enrolement.mot_de_passe}")
    print(f"Secret           {enrolement.secret}")
    print(f"Application      {enrolement.adresse}")
    print("Codes de secours " + "\n                 ".join(enrolement.codes))
    print("Ces informations ne seront plus montrées : remettez-les à l'agent en main propre.")


def habilitate(args: argparse.Namespace) -> None:
    role = "responsable" if args.responsable else "agent"
    operations.habilitate(args.courriel, [queries.service_of(args.service)], role=role, now=clock.now())


def withdraw(args: argparse.Namespace) -> None:
    operations.withdraw(args.courriel, queries.service_of(args.service), now=clock.now())


def revoke(args: argparse.Namespace) -> None:
    operations.revoke(args.courriel, now=clock.now())


def code(args: argparse.Namespace) -> None:
    print(agents.current_code(args.courriel, now=clock.now()))


def list_services(args: argparse.Namespace) -> None:
    for cle, nom in queries.all_services():
        print(f"{cle:<32} {nom}")


ACTIONS = {
    "creer": create,
    "enroler": enrol,
    "habiliter": habilitate,
    "retirer": withdraw,
    "revoquer": revoke,
    "code": code,
    "services": list_services,
}
