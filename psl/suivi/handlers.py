"""What following owes to the faits: the accusé as PDF, an e-mail at each change. Each may run twice; each runs under the system's scope."""

from datetime import datetime

from psl.courriers import operations as courriers
from psl.journal.models import Fait
from psl.suivi import accuse
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers


def acknowledge(fait: Fait, *, now: datetime) -> None:
    """Make the accusé as PDF, without the code, and send it to the e-mail given: to the first filing, then to each complément."""
    rang = (fait.corps or {})["rang"]
    vu = dossiers.get_teledossier(fait.sujet)
    vue = accuse.of_depot(vu.id, vu.numero, rang, None)
    document = teledossiers.keep_document(vu.id, "accuse", accuse.pdf_of(vue), nom=accuse.file_name(vue), rang=rang, now=now)
    if vue.courriel:
        courriers.send(
            "accuse" if rang == 1 else "complete",
            vu.id,
            contexte={"numero": vu.numero, "titre": vue.titre, "service": ", ".join(r.nom for r in vue.repondants)},
            unique=f"accuse:{vu.id}:{rang}",
            pieces=[("psl.suivi.queries.accuse_bytes", str(document))],
            now=now,
        )
