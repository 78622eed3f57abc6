"""« Liste des pieces jointes »: each file of a dépôt, the name its usager gave it, where it stands in the zip, its digest."""

from collections.abc import Sequence
from datetime import datetime

from psl.langage.charger import Demarche
from psl.teledossiers.enveloppe import Enveloppe
from psl.teledossiers.rendus import pdf
from psl.teledossiers.rendus.documents import PLATEFORME, size_in_words
from psl.teledossiers.rendus.pdf import Ligne, Piece, Section


def render(demarche: Demarche, enveloppe: Enveloppe, fichiers: Sequence[str], *, at: datetime) -> bytes:
    """Return the PDF; `fichiers` are the members' names, in the order of the pieces. In French: it is the service's."""
    intitules = {piece.code: piece.libelle for piece in demarche.pieces}
    lignes = [
        Ligne(
            intitules.get(piece.code, piece.code),
            f"{piece.nom} ({size_in_words(piece.taille)})\n{fichier}\nSHA-256 :\n{piece.sha256[:32]}\n{piece.sha256[32:]}",
        )
        for piece, fichier in zip(enveloppe.pieces, fichiers, strict=True)
    ]
    textes = [] if lignes else ["L'usager n'a joint aucun fichier."]
    piece = Piece(
        titre="Liste des pièces jointes",
        entete=PLATEFORME,
        pied=enveloppe.numero,
        encadre=[Ligne("Numéro de dossier", enveloppe.numero), Ligne("Démarche", demarche.titre_of(enveloppe.valeurs))],
        sections=[Section("Fichiers", textes, lignes)],
    )
    return pdf.render(piece, at=at)
