"""Following through the pages: the proofs, how long they last, how they end; nothing tells which numbers exist."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from psl.socle import clock
from psl.socle.reference import draw
from psl.suivi import acces
from psl.suivi.acces import ETAPES
from tests.suivi.gestes import COURRIEL, codes
from tests.teledossiers.gestes import Depose, file
from tests.usager.test_mauvaises_saisies import is_said, sentence

pytestmark = pytest.mark.django_db
NAISSANCE = {"naissance.jour": "14", "naissance.mois": "2", "naissance.annee": "1970"}


@pytest.fixture
def depose(db: None) -> Depose:
    return file(now=clock.now(), qualiteDemandeur="PersonneConcernee", identite1_dateNaissance="1970-02-14")


def prove(client: Client, depose: Depose) -> None:
    assert client.post("/suivi", {"numero": depose.numero, "code": depose.code})["Location"] == "/suivi/verification"
    assert client.post("/suivi/verification", NAISSANCE)["Location"] == "/suivi/dossier"


def test_the_two_halves_open_and_closing_closes(client: Client, depose: Depose) -> None:
    assert client.get("/suivi/dossier")["Location"] == "/suivi"
    prove(client, depose)
    is_said(client.get("/suivi/dossier"), 200, f"Dossier {depose.numero}", "Vous avez envoyé votre demande.")
    cookie = client.cookies[acces.cookie_name("ouvert")]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert client.post("/suivi/fermer")["Location"] == "/suivi"
    assert client.get("/suivi/dossier")["Location"] == "/suivi"


def test_the_number_and_the_code_are_not_enough(client: Client, depose: Depose) -> None:
    client.post("/suivi", {"numero": depose.numero, "code": depose.code})
    assert client.get("/suivi/dossier")["Location"] == "/suivi"
    client.cookies[acces.cookie_name("ouvert")] = client.cookies[acces.cookie_name("numero")].value
    assert client.get("/suivi/dossier")["Location"] == "/suivi"


def test_by_the_code_sent_to_the_address(client: Client, depose: Depose) -> None:
    client.post("/suivi", {"numero": depose.numero, "code": depose.code})
    is_said(client.post("/suivi/verification", {"envoyer": "1"}), 200, "Un code à 6 chiffres vient de partir")
    [code] = codes(depose.teledossier)
    assert client.post("/suivi/verification", {"code": code})["Location"] == "/suivi/dossier"


def test_the_proofs_last_a_quarter_of_an_hour_then_an_hour_from_the_last_page(client: Client, depose: Depose) -> None:
    debut = clock.now()
    with time_machine.travel(debut, tick=False) as temps:
        client.post("/suivi", {"numero": depose.numero, "code": depose.code})
        temps.shift(ETAPES["numero"] + timedelta(seconds=1))
        assert client.get("/suivi/verification")["Location"] == "/suivi"
        prove(client, depose)
        for _ in range(3):
            temps.shift(timedelta(minutes=50))
            assert client.get("/suivi/dossier").status_code == 200
        temps.shift(ETAPES["ouvert"] + timedelta(seconds=1))
        assert client.get("/suivi/dossier")["Location"] == "/suivi"


def test_a_brouillon_is_this_browser_s_for_twelve_hours(client: Client) -> None:
    with time_machine.travel(clock.now(), tick=False) as temps:
        chemin = client.post("/mademarche/EtatCivil/commencer", {"action": "MARIAGE"})["Location"]
        temps.shift(timedelta(hours=11, minutes=59))
        assert client.get(chemin).status_code == 200
        temps.shift(timedelta(hours=12, seconds=1))
        is_said(client.get(chemin), 404, "Si vous avez noté votre lien de reprise, utilisez-le pour la retrouver.")


def test_a_lost_code_asked_looks_the_same_whether_the_number_exists(depose: Depose) -> None:
    seen = []
    for numero, courriel in ((depose.numero, COURRIEL), (depose.numero, "autre@exemple.fr"), (draw(), COURRIEL)):
        client = Client()
        reponse = client.post("/suivi/code-perdu", {"numero": numero, "courriel": courriel})
        valeur = client.cookies[acces.cookie_name("perdu")].value
        faux = client.post("/suivi/code-perdu", {"code": "000000"})
        seen.append((reponse.status_code, sentence(reponse), len(valeur), faux.status_code, sentence(faux), len(faux.headers)))
    assert seen == [seen[0]] * 3
    assert (seen[0][0], seen[0][3], "Si ce numéro et cette adresse vont ensemble" in seen[0][1]) == (200, 403, True)


def test_a_new_code_ends_what_the_old_one_opened(client: Client, depose: Depose) -> None:
    prove(client, depose)
    autre = Client()
    autre.post("/suivi/code-perdu", {"numero": depose.numero, "courriel": COURRIEL})
    assert client.get("/suivi/dossier").status_code == 200
    autre.post("/suivi/code-perdu", {"code": codes(depose.teledossier)[-1]})
    assert [client.get(f"/suivi/{page}")["Location"] for page in ("dossier", "verification")] == ["/suivi", "/suivi"]


def test_a_lost_code_is_given_again(client: Client, depose: Depose) -> None:
    client.post("/suivi/code-perdu", {"numero": depose.numero, "courriel": COURRIEL})
    [code] = codes(depose.teledossier)
    page = client.post("/suivi/code-perdu", {"code": code})
    is_said(page, 200, depose.numero, "L'ancien ne marche plus.")
    is_said(client.post("/suivi", {"numero": depose.numero, "code": depose.code}), 403)
    nouveau = page.content.decode().split('psl-code">')[1].split("<")[0]
    assert client.post("/suivi", {"numero": depose.numero, "code": nouveau})["Location"] == "/suivi/verification"


def test_without_any_second_fact_one_is_told_to_call(client: Client) -> None:
    sans = file(now=clock.now(), contact_email="")
    client.post("/suivi", {"numero": sans.numero, "code": sans.code})
    is_said(client.get("/suivi/verification"), 200, "Téléphonez au service qui traite votre demande")
