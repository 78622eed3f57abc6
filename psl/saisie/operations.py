"""What is done to a brouillon: start, save a page, attach, leave a way back, reopen, forget."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.courriers import operations as courriers
from psl.demarches import queries as demarches
from psl.journal import operations as journal
from psl.langage import lecture
from psl.langage.charger import Demarche
from psl.langage.composants import Contexte, Invalide
from psl.langage.composants.courriel import Courriel
from psl.langage.evaluation import Situation
from psl.pieces import operations as pieces
from psl.pieces import queries as fichiers
from psl.pieces.queries import FichierVu
from psl.pieces.regles import Regles
from psl.saisie import acces, communes, document, parcours, portage, queries, transmis
from psl.saisie.document import Document
from psl.saisie.models import Brouillon
from psl.saisie.queries import BrouillonOuvert
from psl.saisie.transmis import Transmis
from psl.socle import cles, clock, crypto, limites
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.postgresql.rows import insert
from psl.socle.uuid7 import uuid7

_UPDATE = "UPDATE saisie_brouillon SET document = %s, revision = revision + 1, enregistre_at = %s, prevenu_at = NULL WHERE id = %s"
_CARRY = "UPDATE saisie_brouillon SET document = %s, digest = %s, revision = revision + 1 WHERE id = %s"
_EMPTY = "UPDATE saisie_brouillon SET document = '', scelle_at = %s WHERE id = %s"


def porteur(brouillon_id: UUID) -> Acteur:
    """Return who holds a brouillon without an account."""
    return Acteur("porteur", brouillon_id, sujet=brouillon_id)


def start(demarche: Demarche, *, parametres: dict[str, str], langue: str, now: datetime, depuis: Transmis | None = None) -> UUID:
    """Open a brouillon of the current version, with the answers that the entry address gives and what a page handed over.

    Refuses: demarche-close. Records: brouillon.commence.
    """
    if refus := demarches.why_not_start(demarche):
        raise refus
    contenu = Document(origine=transmis.origin(depuis))
    for nom, texte in (transmis.entries(depuis, demarche) | parametres if depuis else parametres).items():
        if (valeur := transmis.value_of(demarche, nom, texte)) is not None:
            cle = demarche.entree[nom]
            contenu.reponses[cle] = valeur
            contenu.provenance[cle] = "adresse"
    return _create(demarche, contenu, langue=langue, now=now)


def reopen(demarche: Demarche, contenu: Document, *, teledossier: UUID, masque: dict[str, Any], langue: str, now: datetime) -> UUID:
    """Open the brouillon of a complément: every answer is there, only what `masque` names may change.

    Returns the one already open for the same request, if any. Records: brouillon.commence.
    """
    deja = Brouillon.objects.filter(teledossier=teledossier, masque=masque, scelle_at=None).values_list("id", flat=True).first()
    return deja or _create(demarche, contenu, langue=langue, now=now, teledossier=teledossier, masque=masque)


def _create(
    demarche: Demarche,
    contenu: Document,
    *,
    langue: str,
    now: datetime,
    teledossier: UUID | None = None,
    masque: dict[str, Any] | None = None,
) -> UUID:
    id_ = uuid7(now)
    with scope(porteur(id_)):
        cle = cles.create("brouillon", id_, sujet=id_, now=now)
        insert(
            Brouillon,
            id=id_,
            slug=demarche.slug,
            digest=demarche.digest,
            langue=langue,
            document=crypto.encrypt(cle, document.dump(contenu), id_.bytes),
            revision=0,
            teledossier=teledossier,
            masque=masque,
            commence_at=now,
            enregistre_at=now,
        )
        journal.record("brouillon.commence", id_, by=porteur(id_), at=now, corps={"demarche": demarche.slug})
    return id_


def save(brouillon: BrouillonOuvert, *, now: datetime) -> None:
    """Write the document of a brouillon that this transaction holds locked."""
    boite = crypto.encrypt(brouillon.cle, document.dump(brouillon.document), brouillon.id.bytes)
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [boite, now, brouillon.id])


def open_locked(brouillon_id: UUID) -> BrouillonOuvert:
    """Return a brouillon to change, its row locked until the transaction ends.

    Refuses: brouillon-inconnu, deja-envoyee. Locks: the brouillon.
    """
    brouillon = queries.get_brouillon(brouillon_id, lock=True)
    if brouillon.scelle_at is not None:
        raise Refus("deja-envoyee", _("Cette demande a déjà été envoyée : elle ne peut plus changer."), statut=409)
    return brouillon


def carry_over(brouillon_id: UUID, *, now: datetime) -> BrouillonOuvert:
    """Bring a brouillon to the version that its publication says; one that is there, sealed or a complément stays as it is.

    Refuses: brouillon-inconnu, deja-envoyee. Records: brouillon.porte. Locks: the brouillon.
    """
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        if (digest := queries.successor(brouillon)) is None:
            return brouillon
        apres = demarches.compiled(digest, brouillon.langue)
        contenu = brouillon.document
        contenu.changees = list(
            portage.carry(contenu, brouillon.demarche, apres, aujourdhui=clock.local_date(now), referentiels=annuaire.referentiels)
        )
        with connection.cursor() as cursor:
            boite = crypto.encrypt(brouillon.cle, document.dump(contenu), brouillon.id.bytes)
            cursor.execute(_CARRY, [boite, digest, brouillon.id])
        corps = {"de": brouillon.digest, "vers": digest, "questions": contenu.changees}
        journal.record("brouillon.porte", brouillon.id, by=porteur(brouillon.id), at=now, corps=corps)
        brouillon.digest = digest
    return brouillon


def read_changes(brouillon_id: UUID, *, now: datetime) -> None:
    """Forget the list of the questions that changed: it was read. Refuses: brouillon-inconnu, deja-envoyee. Locks: the brouillon."""
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        brouillon.document.changees = []
        save(brouillon, now=now)


@dataclass(frozen=True, slots=True)
class Rempli:
    """What came of a page: where to go next; or the page to show again, with its errors or the questions that appeared."""

    brouillon: BrouillonOuvert
    situation: Situation
    suite: str | None
    erreurs: dict[str, str]
    details: Mapping[str, str]
    apparues: tuple[str, ...] = ()
    commune: str | None = None


def fill(brouillon_id: UUID, page: str, post: Mapping[str, list[str]], *, now: datetime) -> Rempli:
    """Save what was typed in a page, valid or not, and say what comes next.

    Refuses: brouillon-inconnu, deja-envoyee, page-inconnue. Records: nothing (a draft's save). Locks: the brouillon.
    """
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        avant = brouillon.situation(now)
        vue = parcours.page_of(avant, page)
        if vue is None:
            raise Refus("page-inconnue", _("Cette étape n'existe pas, ou vos réponses l'ont fait disparaître."), statut=404)
        ambigues = communes.complete(vue, post := dict(post))
        lu = lecture.read(vue, avant, post, referentiels=annuaire.referentiels)
        erreurs = lu.erreurs | _missing_pieces(brouillon.id, lu.situation, page)
        is_done = not erreurs and not lu.nouveaux and "lignes" not in post
        # Whoever adds a row has not finished: what they typed is kept, nothing is held against them yet.
        notees = dict.fromkeys(lu.erreurs, "") if "lignes" in post else lu.erreurs
        brouillon.document.merge(page, lu.cles, lu.valeurs, lu.brut, notees, is_done=is_done)
        save(brouillon, now=now)
    return Rempli(
        brouillon,
        lu.situation,
        parcours.parcours(lu.situation, brouillon.document).after(page) if is_done else None,
        erreurs,
        lu.details,
        lu.nouveaux,
        communes.only_fault(ambigues, lu.erreurs, lu.details),
    )


def _missing_pieces(brouillon_id: UUID, situation: Situation, page: str) -> dict[str, str]:
    """Return what to say at each required document of a page that has no file."""
    if not any(attendue.obligatoire and attendue.piece.page == page for attendue in situation.pieces):
        return {}
    presentes = frozenset(fichier.piece for fichier in fichiers.of(brouillon_id))
    return {manque.cle: manque.message for manque in situation.missing_pieces(presentes) if manque.page == page}


def choose_commune(brouillon_id: UUID, cle: str, code: str, *, now: datetime) -> str:
    """Keep the commune chosen on the search step and return the page it belongs to. Refuses: commune-inconnue. Locks: the brouillon."""
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        vue = communes.page_with(brouillon.situation(now), cle)
        commune = annuaire.referentiels.commune(code)
        if vue is None or commune is None:
            raise Refus(
                "commune-inconnue", _("Cette commune n'est pas dans notre liste. Choisissez-en une parmi celles proposées."), statut=404
            )
        brouillon.document.choose_commune(cle, commune)
        save(brouillon, now=now)
    return vue.page.cle


def attach(brouillon_id: UUID, code: str, *, nom: str, chunks: Iterable[bytes], now: datetime) -> FichierVu:
    """Keep a file for a piece that the brouillon asks now; no lock is held while its bytes pass.

    Refuses: brouillon-inconnu, deja-envoyee, piece-inconnue, and what psl.pieces refuses. Records: piece.ajoutee.
    """
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        piece = next((a.piece for a in brouillon.situation(now).pieces if a.piece.code == code), None)
    if piece is None:
        raise Refus("piece-inconnue", _("Ce document n'est pas demandé ici. Rechargez la page pour voir ceux qui le sont."), statut=404)
    regles = Regles.build(types=piece.types, max_mo=piece.max_mo, max_fichiers=piece.max_fichiers, plafond=settings.TAILLE_FICHIER_MAX)
    fichier = pieces.receive(brouillon_id, code, nom=nom, chunks=chunks, regles=regles, now=now)
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        journal.record("piece.ajoutee", brouillon_id, by=porteur(brouillon_id), at=now, corps={"piece": code, "fichier": str(fichier.id)})
        save(brouillon, now=now)
    return fichier


def detach(brouillon_id: UUID, fichier_id: UUID, *, now: datetime) -> None:
    """Remove a file from a brouillon. Refuses: fichier-inconnu. Records: piece.retiree. Locks: the brouillon."""
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        if fichier_id not in {fichier.id for fichier in fichiers.of(brouillon.id)}:
            raise Refus("fichier-inconnu", _("Ce fichier n'est pas, ou n'est plus, dans votre demande."), statut=404)
        pieces.remove(fichier_id, now=now)
        journal.record("piece.retiree", brouillon.id, by=porteur(brouillon.id), at=now, corps={"fichier": str(fichier_id)})
        save(brouillon, now=now)


def send_link(brouillon_id: UUID, *, courriel: str, now: datetime) -> None:
    """Send the private link by e-mail; the resume code stays on the screen.

    Refuses: trop-de-tentatives, courriel-errone. Records: nothing (a save).
    """
    limites.hit("reprise-envoi", brouillon_id.hex, limite=5, fenetre=timedelta(hours=1), now=now)
    limites.hit("reprise-adresse", _box(courriel), limite=10, fenetre=timedelta(days=1), now=now)
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        adresse = _address(courriel, brouillon.langue, now)
        courriers.keep_contact(brouillon.id, courriel=adresse, telephone="", langue=brouillon.langue, now=now)
        courriers.send(
            "reprise",
            brouillon.id,
            contexte={"titre": brouillon.demarche.titre, "lien": acces.resume_path(brouillon.id)},
            unique=f"reprise:{brouillon.id}:{now.isoformat()}:{adresse}",
            now=now,
        )


def _box(courriel: str) -> str:
    """Return the mailbox that an address names: who sends links from many brouillons, or after many "+", bombs one person."""
    nom, _sep, domaine = courriel.strip().casefold().rpartition("@")
    return f"{nom.partition('+')[0]}@{domaine}"


def _address(courriel: str, langue: str, now: datetime) -> str:
    contexte = Contexte(_("Adresse électronique"), "nom@exemple.fr", langue, clock.local_date(now))
    try:
        adresse = Courriel().read(courriel, contexte)
    except Invalide as invalide:
        raise Refus("courriel-errone", invalide.message, statut=422) from invalide
    if adresse is None:
        raise Refus("courriel-errone", _("Écrivez votre adresse électronique. Exemple : nom@exemple.fr"), statut=422)
    return str(adresse)


def resume(jeton: str, code: str, *, ip: str, now: datetime) -> BrouillonOuvert:
    """Give a brouillon back to whoever brings its link and its second fact (the resume code shown on screen).

    Refuses: trop-de-tentatives, reprise-refusee. Records: brouillon.repris.
    """
    brouillon_id = acces.check_link(jeton, code, ip=ip, now=now)
    with scope(porteur(brouillon_id)):
        brouillon = open_locked(brouillon_id)
        journal.record("brouillon.repris", brouillon.id, by=porteur(brouillon.id), at=now)
    return brouillon


def empty(brouillon: BrouillonOuvert, *, now: datetime) -> None:
    """Empty a brouillon that has just been sealed: its key is destroyed with its content."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [now, brouillon.id])
    cles.destroy("brouillon", [brouillon.id])


def warn_expiring(*, now: datetime, age: timedelta = timedelta(days=23)) -> int:
    """Tell, once, those who left an e-mail that their brouillon goes in a week. Returns how many. May run twice."""
    dits = 0
    for brouillon in Brouillon.objects.filter(enregistre_at__lt=now - age, prevenu_at=None, scelle_at=None)[:500]:
        with scope(SYSTEME):
            courriers.send(
                "expiration",
                brouillon.id,
                contexte={"lien": acces.resume_path(brouillon.id), "titre": demarches.compiled(brouillon.digest, brouillon.langue).titre},
                unique=f"expiration:{brouillon.id}:{brouillon.revision}",
                now=now,
            )
            Brouillon.objects.filter(id=brouillon.id).update(prevenu_at=now)
            dits += 1
    return dits
