"""A document that a service joins: examined and scanned like a usager's file, without being kept here."""

from collections.abc import Iterable

from psl.pieces import noms, refus
from psl.pieces.antivirus import Avis, antivirus
from psl.pieces.examen.constat import Examen
from psl.pieces.examen.detection import PDF
from psl.pieces.regles import Regles


def sane_pdf(nom: str, chunks: Iterable[bytes], taille_max: int) -> tuple[bytes, str]:
    """Return the bytes of a PDF found sane, and its safe name.

    Refuses: fichier-vide, fichier-trop-gros, fichier-type, fichier-abime, fichier-double, fichier-chiffre, fichier-complexe,
    fichier-virus, antivirus-absent.
    """
    examen, gardes = Examen(), bytearray()
    for chunk in chunks:
        examen.feed(chunk)
        if examen.taille > taille_max:
            break
        gardes += chunk
    regles = Regles(taille_max, types=(PDF.mime,))
    if non := refus.why_not(examen.conclude(), noms.show(nom), regles):
        raise non
    verdict = antivirus().scan([bytes(gardes)])
    if verdict.avis is Avis.INFECTE:
        raise refus.infected(noms.show(nom))
    if verdict.avis is not Avis.SAIN:
        raise refus.not_scanned(noms.show(nom))
    return bytes(gardes), noms.clean(nom, PDF.extension)
