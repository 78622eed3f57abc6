"""The one screen that `make run` shows when everything is up."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from lanceur.environnement import RACINE

if TYPE_CHECKING:
    from lanceur.etat import Etat


def show(etat: Etat, port: int) -> None:
    """Print where each portal is, who one may be, where e-mails are read, how to stop."""
    adresse = f"http://127.0.0.1:{port}"
    lignes = [
        "",
        "  PSL tourne (démonstration).",
        "",
        f"  Usagers        {adresse}/",
        f"  Suivi          {adresse}/suivi",
        f"  Agents         {adresse}/agent/",
        f"  Exploitant     {adresse}/sante, et la ligne de commande bin/psl",
        f"  Courriels      http://127.0.0.1:{port + 1}/",
        "",
        *workshop(etat, adresse),
        *(f"  {ligne}" for ligne in identities(etat)),
        "",
        f"  Journaux       {etat.journaux}",
        "  Arrêter        Ctrl-C, ou « make arret »",
        "",
    ]
    print("\n".join(lignes), flush=True)


def workshop(etat: Etat, adresse: str) -> list[str]:
    """Return where the démarche being written is seen, when one is followed."""
    slug = os.environ.get("PSL_ATELIER")
    if not slug:
        return []
    ecrite = (RACINE / "catalogue" / slug / "demarche.yaml").read_text(encoding="utf-8")
    code = re.search(r"\bpsl: *([\w-]+)", ecrite)
    return [
        f"  « {slug} » : {adresse}/mademarche/{code.group(1) if code else slug}/demarche",
        "  Enregistrez un fichier : la page change seule, et dit les défauts.",
        f"  Ce qui est publié, ou refusé : {etat.journaux / 'demarche.log'}",
        "",
    ]


def identities(etat: Etat) -> list[str]:
    """Return what `bin/psl demonstration` said of the identities it made."""
    journal = etat.journaux / "demonstration.log"
    return journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
