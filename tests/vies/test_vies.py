"""The four lives, each by its clock: nothing in clear while it lives, nothing at all afterwards, and a journal that still verifies."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from psl.instruction import queries as instruction
from psl.journal import purges
from psl.journal import queries as journal
from psl.periodiques import PURGES
from psl.routage.operations import mot_de_passe
from psl.saisie.models import Brouillon
from psl.saisie.operations import send_link
from psl.socle import cles
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import queries as suivi
from psl.suivi.operations import porteur
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.saisie import gestes as saisie
from tests.vies.gestes import MOTS, Lieu, affectation_of, begin, day, decide, exchange, file, night

CONTENU = (
    "teledossiers_document", "routage_copie", "routage_mot", "instruction_message", "instruction_demande", "instruction_decision",
    "pieces_fichier", "courriers_contact", "courriers_envoi", "socle_cle", "saisie_brouillon",
)  # fmt: skip
TRACE = ("teledossiers_teledossier", "teledossiers_depot", "routage_affectation", "routage_acces_service", "instruction_instruction")


def bodies(*sujets: UUID) -> set[str]:
    """Return the kinds of faits whose body is still there."""
    with scope(SYSTEME):
        return {fait.sorte for sujet in sujets for fait in journal.of(sujet) if fait.corps is not None or fait.sel is not None}


def test_a_brouillon_lives_thirty_days_after_its_last_save(lieu: Lieu) -> None:
    brouillon = begin(day(0))
    saisie.fill(brouillon, "demande", now=day(1))
    assert (lieu.leaks(), len(lieu.files())) == ([], 1)
    assert night(day(25)) == []
    travaux.drain(day(25))
    assert (saisie.see(brouillon).document.reponses["identite1_nomFamille"], lieu.leaks()) == (MOTS["nom"], [])
    assert night(day(30.9)) == []
    assert Brouillon.objects.count() == 1
    assert night(day(31.1)) == []
    assert lieu.counts(*CONTENU) == dict.fromkeys(CONTENU, 0)
    assert (lieu.files(), lieu.leaks()) == ([], [])
    assert saisie.kinds(brouillon) == ["brouillon.commence", "piece.ajoutee", "brouillon.purge"]
    assert bodies(brouillon) == set()
    assert night(day(400)) == []


def test_a_notice_leaves_the_draft_as_old_as_it_was(lieu: Lieu) -> None:
    brouillon = begin(day(0))
    assert night(day(24)) == []
    assert Brouillon.objects.get(id=brouillon).prevenu_at == day(24)
    night(day(30.1))
    assert Brouillon.objects.count() == 0


def test_d9_e8_a_request_lives_until_the_time_for_appeal_is_over_then_its_trace_three_years(
    lieu: Lieu, monde: Monde, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    depose = file(day(0))
    code = str(depose.code)
    assert lieu.leaks(code, code.replace("-", "")) == []
    affectation = exchange(depose, monde, day(2))
    with scope(SYSTEME):
        passe = mot_de_passe(affectation, now=day(2))
    assert lieu.leaks(code, passe) == []
    decide(affectation, monde.camille, day(10))
    assert lieu.leaks(code) == []

    # Content and contact: a year after the answer, to the day.
    assert night(day(10 + 365)) == []
    with scope(porteur(depose.teledossier)):
        vue = suivi.dossier(depose.teledossier)
        assert ({message.texte for message in vue.messages}, len(vue.documents)) == ({MOTS["message"], MOTS["reponse"]}, 4)
    assert (len(lieu.files()), lieu.leaks(code)) == (2, [])
    assert night(day(10 + 367)) == []
    assert lieu.counts(*CONTENU) == dict.fromkeys(CONTENU, 0)
    assert (lieu.files(), lieu.leaks(code)) == ([], [])
    assert bodies(depose.teledossier, affectation) == set()

    # The trace: the number, the states, the digests; nothing to read any more, by anybody.
    assert lieu.counts(*TRACE) == dict(zip(TRACE, (1, 2, 1, 1, 1), strict=True))
    with scope(SYSTEME):
        assert (teledossiers.get_teledossier(depose.teledossier).numero, instruction.state(affectation)) == (depose.numero, "refuse")
        assert teledossiers.find_by_code(depose.numero, code.replace("-", "")) is not None
    with scope(monde.camille):
        trace = instruction.dossier(affectation, acteur=monde.camille, now=day(380))
        assert (trace.lu, trace.usager, trace.etat, trace.affectation.numero) == (None, "", "refuse", depose.numero)
    with scope(porteur(depose.teledossier)), pytest.raises(Refus) as refus:
        suivi.dossier(depose.teledossier)
    assert (refus.value.code, refus.value.statut) == ("detruit", 410)
    assert {"purge.contenu", "purge.contact"} <= set(saisie.kinds(depose.teledossier))

    assert [mot for mot in (*MOTS.values(), code, depose.numero) if mot in caplog.text] == []

    # Three years after the answer: leaves without a name.
    assert night(day(10 + 3 * 365)) == []
    assert lieu.counts(*TRACE) == dict(zip(TRACE, (1, 2, 1, 1, 1), strict=True))
    assert night(day(10 + 3 * 365 + 2)) == []
    assert lieu.counts(*TRACE) == dict.fromkeys(TRACE, 0)
    assert lieu.leaks(depose.numero, depose.numero.replace("-", "")) == []
    assert saisie.kinds(depose.teledossier)[-1] == "purge.trace"
    assert night(day(5000)) == []


def test_what_a_service_has_not_answered_is_never_purged(lieu: Lieu, monde: Monde) -> None:
    depose = file(day(0))
    exchange(depose, monde, day(2))
    assert night(day(3000)) == []
    with scope(porteur(depose.teledossier)):
        assert suivi.dossier(depose.teledossier).numero == depose.numero
    assert (len(lieu.files()), lieu.leaks()) == (2, [])


def test_what_no_service_holds_goes_after_thirty_days(lieu: Lieu) -> None:
    depose = file(day(0), communeConcerne={"code": "33063", "libelle": "Bordeaux", "code_postal": ""})
    assert night(day(29)) == []
    with scope(porteur(depose.teledossier)):
        assert suivi.dossier(depose.teledossier).accuse.consignes != ()
    assert night(day(31)) == []
    assert lieu.counts(*CONTENU) == dict.fromkeys(CONTENU, 0)
    assert (lieu.files(), lieu.leaks()) == ([], [])
    assert night(day(30 + 3 * 365)) == []
    assert night(day(3 * 365 + 40)) == []
    assert lieu.counts(*TRACE) == dict.fromkeys(TRACE, 0)


def test_only_what_is_due_goes(lieu: Lieu, monde: Monde) -> None:
    """Two requests and two brouillons, of different ages: the older ones go, and nothing of the younger."""
    vieux, jeune = file(day(0)), file(day(300))
    decide_after_taking(vieux, monde, day(1))
    decide_after_taking(jeune, monde, day(301))
    begin(day(340))
    begin(day(367))
    assert night(day(371)) == []
    with scope(SYSTEME):
        with pytest.raises(Refus):
            teledossiers.read_depot(vieux.teledossier, 1)
        assert teledossiers.read_depot(jeune.teledossier, 1).valeurs["identite1_nomFamille"] == MOTS["nom"]
    assert (Brouillon.objects.filter(scelle_at=None).count(), len(lieu.files())) == (1, 2)


def decide_after_taking(depose: object, monde: Monde, now: datetime) -> None:
    affectation = affectation_of(depose)
    monde.take(affectation)
    decide(affectation, monde.camille, now)


def test_a_second_run_does_nothing(lieu: Lieu, monde: Monde) -> None:
    decide_after_taking(file(day(0)), monde, day(1))
    begin(day(0))
    night(day(400))
    assert [removed for _, removed, _ in purges.each(day(400))] == [0] * len(PURGES)


def test_e6_an_old_backup_cannot_be_read_once_its_period_is_over(lieu: Lieu) -> None:
    """Keys still living are wrapped anew; the period's key is destroyed: what a dump of that month holds is lost, purged or not."""
    depose, brouillon = file(datetime(2026, 11, 5, tzinfo=UTC)), begin(datetime(2026, 11, 6, tzinfo=UTC))
    with scope(SYSTEME):
        stolen = [(bytes(boite), periode) for boite, periode in cles.Cle.objects.values_list("boite", "periode")]
    assert {periode for _, periode in stolen} == {"2026-11"}
    assert cles.rotate(datetime(2026, 12, 20, tzinfo=UTC)) == []
    assert saisie.see(brouillon).document.reponses["identite1_nomFamille"] == MOTS["nom"]
    assert cles.rotate(datetime(2027, 1, 2, tzinfo=UTC)) == ["2026-11"]
    with scope(SYSTEME):
        assert teledossiers.read_depot(depose.teledossier, 1).valeurs["identite1_nomFamille"] == MOTS["nom"]
    refusals = []
    for boite, periode in stolen:
        with pytest.raises(Refus) as refus:
            cles.unwrap(boite, periode)
        refusals.append(refus.value.code)
    assert refusals == ["detruit"] * len(stolen)
    assert not (lieu.etat / "cles" / "periode-2026-11").exists()


def test_a_link_asked_again_keeps_no_second_address(lieu: Lieu) -> None:
    brouillon = begin(day(0))
    send_link(brouillon, courriel="canariautre@exemple.example.org", now=day(1))
    travaux.drain(day(1))
    assert lieu.counts("courriers_contact") == {"courriers_contact": 1}
    assert lieu.leaks("canariautre") == []
