"""Sealing: what is filed, what is not, what is refused, and once only."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from psl.courriers import queries as courriers
from psl.enchainements import ENCHAINEMENTS
from psl.journal import queries as journal
from psl.pieces import queries as fichiers
from psl.pieces.models import Fichier
from psl.saisie.models import Brouillon
from psl.socle import reference
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.teledossiers import queries
from psl.teledossiers.enveloppe import digest
from psl.teledossiers.models import Depot, Teledossier
from tests.harnais import travaux
from tests.saisie import gestes
from tests.teledossiers.gestes import NOW, file, sealed, send
from tests.usager.gestes import COORDONNEES

pytestmark = pytest.mark.django_db


def refused(brouillon: UUID, **envoi: Any) -> Refus:
    with pytest.raises(Refus) as refus:
        send(brouillon, **envoi)
    assert (Depot.objects.count(), Teledossier.objects.count()) == (0, 0)
    return refus.value


def test_a_number_a_code_and_the_sealed_bytes() -> None:
    depose = file()
    with scope(SYSTEME):
        depot = Depot.objects.get(teledossier=depose.teledossier)
        enveloppe = sealed(depose.teledossier)
        assert bytes(depot.digest) == digest(enveloppe.dump())
        assert [fait.corps for fait in journal.of(depose.teledossier)] == [
            {
                "numero": depose.numero,
                "demarche": "acte-etat-civil",
                "digest": gestes.demarche().digest,
                "rang": 1,
                "sha256": queries.digest_of(depose.teledossier, 1),
            }
        ]
    assert (reference.check(depose.numero), depose.rang, len(depose.code or "")) == (depose.numero, 1, 19)
    assert (enveloppe.numero, enveloppe.rang, enveloppe.date, enveloppe.langue) == (depose.numero, 1, NOW, "fr")
    assert enveloppe.valeurs == gestes.REPONSES
    assert enveloppe.declarations == ["exactitude"]
    assert [(d.cle, d.territoire, d.motif, d.recoit) for d in enveloppe.destinataires] == [("mairie", "17300", "commune de l'acte", None)]
    assert gestes.kinds(depose.teledossier) == ["teledossier.depose"]


def test_its_jobs_are_in_the_same_commit() -> None:
    file()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'handler' FROM procrastinate_jobs WHERE args ? 'handler' ORDER BY id")
        assert [handler for (handler,) in cursor.fetchall()] == ENCHAINEMENTS["teledossier.depose"]


def test_the_brouillon_is_emptied_and_the_contact_kept_apart() -> None:
    brouillon = gestes.ready()
    depose = send(brouillon)
    row = Brouillon.objects.get(id=brouillon)
    assert (bytes(row.document), row.scelle_at) == (b"", NOW)
    with scope(SYSTEME):
        contact = courriers.contact(depose.teledossier)
        assert sorted(Cle.objects.values_list("objet", "vie")) == [("contact", "contact"), ("depot", "contenu")]
    assert contact is not None
    assert (contact.courriel, contact.telephone, contact.langue) == ("noe@exemple.example.org", "+33639981234", "fr")


def test_b1_a_second_call_returns_the_first_one_s() -> None:
    brouillon = gestes.ready()
    premier = send(brouillon)
    assert send(brouillon, declarations=[], now=NOW + timedelta(hours=23)) == premier
    dernier = send(brouillon, now=NOW + timedelta(hours=25))
    assert (dernier.teledossier, dernier.numero, dernier.code) == (premier.teledossier, premier.numero, None)
    assert (Depot.objects.count(), gestes.kinds(premier.teledossier)) == (1, ["teledossier.depose"])


def test_hidden_answers_are_not_filed() -> None:
    caches = dict.fromkeys(("motifPrecision", "qualitePrecision", "intrus"), "CACHE")
    depose = file(dateDeces="2019-06-27", natureActe="EXTRAIT-SANS-FILIATION", **caches)
    valeurs = sealed(depose.teledossier).valeurs
    assert "CACHE" not in valeurs.values()
    assert set(gestes.REPONSES) - set(valeurs) == {"qualiteDemandeur", *(cle for cle in gestes.REPONSES if cle.startswith("filiation"))}
    assert set(valeurs) - set(gestes.REPONSES) == set()


def test_only_the_declarations_of_the_demarche_are_filed() -> None:
    depose = send(gestes.ready(), declarations=["exactitude", "inventee", "exactitude"])
    assert sealed(depose.teledossier).declarations == ["exactitude"]


def test_files_follow_and_those_no_longer_asked_go() -> None:
    brouillon = gestes.ready()
    gardee = gestes.attach(brouillon)
    laissee = gestes.attach(brouillon, "preuveFiliation")
    gestes.write(brouillon, {"qualiteDemandeur": "PersonneConcernee", "identite1_dateNaissance": "1970-02-14"})
    depose = send(brouillon)
    assert [(piece.id, piece.code) for piece in sealed(depose.teledossier).pieces] == [(str(gardee), "pieceIdentite")]
    with scope(SYSTEME):
        assert [f.id for f in fichiers.of(depose.teledossier)] == [gardee]
        assert list(Fichier.objects.values_list("id", flat=True)) == [gardee]
        assert Cle.objects.filter(objet_id=laissee).count() == 0
    travaux.drain(NOW)
    assert [path.name for path in (settings.ETAT / "fichiers").rglob(laissee.hex)] == []


def test_what_is_missing_is_named() -> None:
    refus = refused(gestes.ready(dateMariage=None, demandeur_prenoms=None))
    assert (refus.code, refus.statut) == ("incomplet", 422)
    assert refus.phrase == "Il manque encore : Date du mariage, Prénoms."


def test_a_piece_that_is_missing_is_named() -> None:
    brouillon = gestes.ready(qualiteDemandeur="Mandataire")
    refus = refused(brouillon)
    assert (refus.code, refus.phrase) == ("incomplet", "Il manque encore : Le document qui vous autorise à agir.")
    gestes.attach(brouillon, "justificatifQualite")
    assert send(brouillon).rang == 1


def test_a_page_never_seen_is_missing() -> None:
    refus = refused(gestes.ready(faites=gestes.PAGES[:-1]))
    assert (refus.code, refus.phrase) == ("incomplet", "Il manque encore : Vos justificatifs.")


def test_what_was_typed_wrong_is_not_silently_left_out() -> None:
    brouillon = gestes.ready()
    gestes.fill(brouillon, "coordonnees", {**COORDONNEES, "contact_telephone": "12"})
    refus = refused(brouillon)
    assert (refus.code, refus.phrase) == ("incomplet", "Il manque encore : Votre numéro de téléphone.")


def test_the_declarations_must_be_ticked() -> None:
    refus = refused(gestes.ready(), declarations=["autre"])
    assert (refus.code, refus.statut, list(refus.champs)) == ("declarations", 422, ["exactitude"])


def test_a_way_out_is_no_filing() -> None:
    refus = refused(gestes.ready(lieuEvenement="ETRANGER"))
    assert (refus.code, refus.statut) == ("sortie", 409)


def test_a_demarche_closed_meanwhile(fermee: str) -> None:
    teledossier = uuid4()
    with pytest.raises(Refus):
        gestes.start()
    complement = gestes.complement({"champs": ["motif"], "pieces": [], "affectations": []}, teledossier=teledossier)
    Brouillon.objects.filter(id=complement).update(teledossier=None, masque=None)
    gestes.write(complement, {})
    refus = refused(complement)
    assert (refus.code, refus.phrase) == ("demarche-close", fermee)


def test_an_unknown_brouillon() -> None:
    assert refused(uuid4()).statut == 404


def test_no_answer_is_in_clear_in_what_is_kept() -> None:
    depose = file(identite1_nomFamille="CANARI", contact_email="canari@exemple.example.org", pieces=1)
    seen = b""
    for modele in (Teledossier, Depot):
        for row in modele.objects.values_list():
            seen += b"".join(bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row)
    assert (b"CANARI" in seen, b"canari@" in seen, str(depose.code).encode() in seen) == (False, False, False)


def test_second_facts_are_kept_as_fingerprints() -> None:
    sans, avec = file(), file(qualiteDemandeur="PersonneConcernee", identite1_dateNaissance="1970-02-14")
    assert [queries.second_facts(d.teledossier) for d in (sans, avec)] == [["courriel"], ["courriel", "naissance"]]
    assert [queries.is_second_fact(avec.teledossier, "naissance", jour) for jour in ("1970-02-14", "1970-02-15")] == [True, False]
    assert [queries.is_second_fact(sans.teledossier, "courriel", c) for c in (" NOE@exemple.example.org", "autre@x.fr")] == [True, False]
