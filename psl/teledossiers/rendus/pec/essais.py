"""PEC zips of télédossiers that never were: made from the essais of a démarche, people invented, pieces drawn here."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from psl.langage.charger import Demarche
from psl.langage.essais import play
from psl.langage.evaluation import Destinataire, Situation, evaluate
from psl.langage.source import yaml_strict
from psl.socle import reference
from psl.teledossiers.enveloppe import Enveloppe, PieceDeposee
from psl.teledossiers.rendus import documents, donnees, pdf
from psl.teledossiers.rendus.pdf import Ligne, Piece, Section
from psl.teledossiers.rendus.pec.paquet import Paquet, Remise, pack

HEURE = time(10, 0)
EXPEDITEUR = "ne-pas-repondre@psl.example.org"
ZONE = ZoneInfo("Europe/Paris")
_SIGNES = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!#$%*+-=?@"


def packs(demarche: Demarche, dossier: Path) -> Iterator[tuple[str, Paquet]]:
    """Yield the name of each essai that leads to a filing, with its zip; one for each recipient. The same essai gives the same bytes."""
    for nom, remise in deliveries(demarche, dossier):
        yield nom, pack(remise)


def deliveries(demarche: Demarche, dossier: Path) -> Iterator[tuple[str, Remise]]:
    """Yield the name of each essai that leads to a filing, with what its zip is made of."""
    for fichier in sorted(dossier.glob("essais/*.yaml")):
        essai = yaml_strict.read(fichier, nom=f"essais/{fichier.name}").donnees
        situation, erreurs = play(demarche, essai)
        if not erreurs and not situation.manques and not situation.erreurs:
            for destinataire in situation.destinataires:
                yield essai["nom"], make(demarche, situation, destinataire, graine=f"{demarche.slug}/{fichier.stem}/{destinataire.cle}")


def lacking(demarche: Demarche, dossier: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each essai that leads to a filing without naming its required pieces, with their codes."""
    for fichier in sorted(dossier.glob("essais/*.yaml")):
        essai = yaml_strict.read(fichier, nom=f"essais/{fichier.name}").donnees
        situation, erreurs = play(demarche, essai)
        dites = essai["attendu"].get("pieces", {})
        codes = [vue.piece.code for vue in situation.pieces if vue.obligatoire and vue.piece.code not in dites]
        if codes and not erreurs and not situation.manques and not situation.erreurs and situation.destinataires:
            yield essai["nom"], codes


def make(demarche: Demarche, situation: Situation, destinataire: Destinataire, *, graine: str) -> Remise:
    """Return what a recipient would receive of a situation; number, password and pieces are drawn from `graine`."""
    tirage = hashlib.sha256(graine.encode()).digest()
    numero = _number(tirage)
    at = datetime.combine(situation.aujourdhui, HEURE, ZONE)
    valeurs = situation.copy_for(destinataire)
    recue = evaluate(demarche, valeurs, aujourdhui=situation.aujourdhui)
    fichiers = dict(_pieces(situation, destinataire, numero, at))
    enveloppe = _envelope(demarche, valeurs, numero, at, list(fichiers.values()))
    jointe = donnees.dump(demarche, enveloppe).decode()
    octets = {piece.id: contenu for contenu, piece in fichiers.items()}
    return Remise(
        demarche=demarche,
        situation=recue,
        enveloppe=enveloppe,
        recap=pdf.render(documents.recap(demarche, recue, enveloppe, jointe=jointe), at=at),
        lire=lambda piece: [octets[piece.id]],
        interne=int.from_bytes(tirage[:4]),
        territoire=destinataire.territoire,
        mot_de_passe="".join(_SIGNES[signe % len(_SIGNES)] for signe in tirage[4:14]),
        expediteur=EXPEDITEUR,
    )


def _number(tirage: bytes) -> str:
    corps = f"{tirage[14] % 10}{int.from_bytes(tirage[15:20]) % 10**7:07d}"
    return f"A-{corps[0]}-{corps[1:]}{reference.check_character(corps)}"


def _envelope(demarche: Demarche, valeurs: Mapping[str, Any], numero: str, at: datetime, pieces: list[PieceDeposee]) -> Enveloppe:
    return Enveloppe(
        numero=numero,
        rang=1,
        slug=demarche.slug,
        digest=demarche.digest,
        langue="fr",
        depose_at=at.isoformat(),
        valeurs=dict(valeurs),
        provenance={},
        pieces=pieces,
        destinataires=[],
        declarations=[declaration.cle for declaration in demarche.declarations],
    )


def _pieces(situation: Situation, destinataire: Destinataire, numero: str, at: datetime) -> Iterator[tuple[bytes, PieceDeposee]]:
    """Yield a document of one page for each piece asked, required or not."""
    for attendue in situation.pieces:
        piece = attendue.piece
        if destinataire.recoit is not None and piece.code not in destinataire.recoit:
            continue
        lignes = [Ligne("Pièce", piece.libelle), Ligne("Télédossier", numero)]
        page = Piece(
            titre="Pièce d'essai",
            entete="Spécimen",
            pied=numero,
            sections=[Section("Ce document n'existe pas", ["Il a été inventé pour essayer les logiciels."], lignes)],
        )
        octets = pdf.render(page, at=at)
        yield octets, PieceDeposee(piece.code, piece.code, f"{piece.code}.pdf", "application/pdf", len(octets), _digest(octets))


def _digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
