"""The PDF of the civil status request, without base nor server: the accusé and the recap, in CPU time of the process.

The baseline is a document of one line: what the engine costs before any word of ours.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")

import django

django.setup()

from psl.langage import charger  # noqa: E402
from psl.langage.evaluation import evaluate  # noqa: E402
from psl.teledossiers.enveloppe import DestinataireScelle, Enveloppe, PieceDeposee  # noqa: E402
from psl.teledossiers.rendus import documents, pdf  # noqa: E402
from psl.teledossiers.rendus.documents import Repondant  # noqa: E402
from psl.teledossiers.rendus.pdf import Piece  # noqa: E402
from tests.bancs.mesure import Mesure  # noqa: E402
from tests.langage.temoin import CATALOGUE  # noqa: E402
from tests.saisie.gestes import REPONSES  # noqa: E402

QUAND = datetime(2026, 11, 23, 10, tzinfo=UTC)
MAIRIE = Repondant(
    "Mairie de La Rochelle, Service de l'état civil", "Place de l'Hôtel de ville | 17000 La Rochelle", "05 36 49 17 30", "", True
)
FOIS = 12


def measure() -> Iterator[Mesure]:
    demarche = charger.load(CATALOGUE / "acte-etat-civil")
    situation = evaluate(demarche, REPONSES, aujourdhui=date(2026, 11, 23))
    enveloppe = Enveloppe(
        numero="A-1-7K2M9QXD",
        rang=1,
        slug=demarche.slug,
        digest=demarche.digest,
        langue="fr",
        depose_at=QUAND.isoformat(timespec="milliseconds"),
        valeurs=dict(REPONSES),
        provenance={},
        pieces=[PieceDeposee("1", "pieceIdentite", "carte d'identité.pdf", "application/pdf", 812_345, "ab" * 32)],
        destinataires=[DestinataireScelle(d.cle, "Mairie", d.territoire, d.motif, None) for d in situation.destinataires],
        declarations=["exactitude"],
    )
    jointe = enveloppe.dump().decode()
    reference = cpu(lambda n: pdf.render(Piece(titre=f"Essai {n}", entete="PSL", pied="essai"), at=QUAND))

    def accuse(n: int) -> bytes:
        titre = f"{demarche.titre_of(enveloppe.valeurs)} {n}"  # other words each time: the engine keeps what it has just made
        return pdf.render(
            documents.accuse(demarche, enveloppe, [MAIRIE], titre=titre, code="ABCD-EFGH-JKMN-PQRS", empreinte="ab" * 32), at=QUAND
        )

    def recap(n: int) -> bytes:
        return pdf.render(documents.recap(demarche, situation, enveloppe, jointe=f'{jointe[:-1]},"n":{n}}}'), at=QUAND)

    for nom, make in (("accusé", accuse), ("récapitulatif", recap)):
        valeur = cpu(make)
        yield Mesure(f"PDF : {nom}, CPU", valeur, "ms", 60, ratio=valeur / reference)


def cpu(make: Callable[[int], bytes]) -> float:
    """Return the median CPU time (ms, all threads) of one document, once the fonts are read."""
    make(-1)
    temps = []
    for n in range(FOIS):
        debut = time.process_time()
        make(n)
        temps.append((time.process_time() - debut) * 1000)
    return sorted(temps)[FOIS // 2]
