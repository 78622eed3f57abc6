"""Bad input: a clear sentence, a 4xx or nothing, nothing lost, never a 500."""

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from psl.saisie import acces
from psl.saisie.models import Brouillon
from psl.socle.reference import draw
from psl.suivi import acces as suivis
from tests.saisie import gestes as saisie
from tests.suivi.gestes import signed
from tests.teledossiers.gestes import file
from tests.usager import gestes
from tests.usager.gestes import ACTE, COORDONNEES, PERSONNES

pytestmark = pytest.mark.django_db
BALISES = re.compile(r"<script.*?</script>|<[^>]+>", re.S)


def sentence(reponse: HttpResponse) -> str:
    """Return the words of a page."""
    return " ".join(unescape(BALISES.sub(" ", reponse.content.decode())).split())


def is_said(reponse: HttpResponse, statut: int, *phrases: str) -> None:
    lue = sentence(reponse)
    assert (reponse.status_code, [phrase for phrase in phrases if phrase not in lue]) == (statut, [])
    assert "<h1" in reponse.content.decode()
    assert [mot for mot in ("Traceback", "psycopg", "Exception", "/psl/") if mot in lue] == []


@pytest.fixture
def brouillon(client: Client) -> UUID:
    """A brouillon of this browser, whose pages are done up to the last."""
    id_ = gestes.start(client, action="MARIAGE")
    saisie.write(id_, saisie.REPONSES)
    return id_


def reponses(brouillon: UUID) -> dict[str, Any]:
    return saisie.see(brouillon).document.reponses


# — answers


@pytest.mark.parametrize(
    ("jour", "mois", "annee", "phrase"),
    [
        ("31", "2", "1998", "le 31/2/1998 n'existe pas"),
        ("29", "2", "1900", "le 29/2/1900 n'existe pas"),
        ("0", "0", "0", "écrivez l'année avec 4 chiffres"),
        ("27", "13", "1998", "il n'y a pas de mois 13"),
        ("27", "6", "98", "écrivez l'année avec 4 chiffres"),
        ("27", "6", "2099", "cette date est dans le futur"),
        ("27", "", "1998", "Il manque le mois"),
        ("²⁷", "6", "1998", "écrivez la date en chiffres"),
        ("-1", "6", "1998", "écrivez la date en chiffres"),
        ("27" * 3000, "6", "1998", "écrivez la date en chiffres"),
    ],
)
def test_dates_that_are_none(client: Client, brouillon: UUID, jour: str, mois: str, annee: str, phrase: str) -> None:
    dates = {"dateMariage.jour": jour, "dateMariage.mois": mois, "dateMariage.annee": annee}
    reponse = gestes.fill(client, brouillon, "personnes", {**PERSONNES, **dates})
    is_said(reponse, 422, "Erreur :", phrase)
    document = saisie.see(brouillon).document
    assert document.bruts["dateMariage"] == {"jour": jour, "mois": mois, "annee": annee}
    assert document.reponses["identite2_prenoms"] == "Éloïse"


def test_a_name_of_256_letters_with_accents_and_apostrophes(client: Client, brouillon: UUID) -> None:
    nom = ("É'ï-ø ç" * 40)[:256]
    assert gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": nom}).status_code == 302
    assert reponses(brouillon)["identite1_nomFamille"] == nom
    decompose = "e\u0301" * 256
    assert gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": decompose}).status_code == 302
    assert reponses(brouillon)["identite1_nomFamille"] == "é" * 256
    recap = client.get(f"/ma-demande/{brouillon}/recapitulatif")
    assert "é" * 256 in recap.content.decode()


def test_a_name_too_long_is_kept_to_be_shortened(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": "É" * 257})
    is_said(reponse, 422, "votre réponse a 257 caractères, il en faut 256 au plus")
    assert f'value="{"É" * 257}"' in reponse.content.decode()


@pytest.mark.parametrize(
    ("tape", "garde"),
    [
        ("Dup\x00ré", "Dupré"),
        ("Du\x1b[31mpré\x07", "Du[31mpré"),
        ("Dup\u202eér", "Dupér"),
        ("\u2066Dupré\u2069\ufeff", "Dupré"),
        ("Dup\u200bré\r\nBcc: x", "Dupré Bcc: x"),
        ("D" + "e" + "\u0301" * 50, "Dé" + "\u0301" * 4),
        ("\ud7ff\ue000Dupré\U000e0001", "Dupré"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7 * 7 }}{% csrf_token %}", "{{ 7 * 7 }}{% csrf_token %}"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_c7_control_bidi_and_hostile_characters(client: Client, brouillon: UUID, tape: str, garde: str) -> None:
    reponse = gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": tape})
    assert reponse.status_code == 302
    assert reponses(brouillon)["identite1_nomFamille"] == garde
    page = client.get(f"/ma-demande/{brouillon}/recapitulatif").content.decode()
    assert ("<script>alert" in page, ">49" in page) == (False, False)
    gestes.send(client, brouillon)
    for chemin in ("accuse", "accuse.pdf", "demande.pdf"):
        assert client.get(f"/ma-demande/{brouillon}/{chemin}").status_code == 200


def test_only_invisible_characters_are_no_answer(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": "\u200b\x00\u202e"})
    is_said(reponse, 422, "Nom de")


@pytest.mark.parametrize("code", ["99999", "17300'", "17300\x00", "٣", "x" * 9000])
def test_an_unknown_commune(client: Client, brouillon: UUID, code: str) -> None:
    envoi = {**ACTE, "communeConcerne": "Zzyzxville", "communeConcerne.code": code}
    reponse = gestes.fill(client, brouillon, "acte", envoi)
    assert reponse["Location"] == f"/ma-demande/{brouillon}/commune/communeConcerne"
    page = client.get(reponse["Location"])
    is_said(page, 200, "Aucune commune ne répond à ce nom")
    assert 'value="Zzyzxville"' in page.content.decode()
    is_said(client.post(reponse["Location"], {"code": code}), 404, "Cette commune n'est pas dans notre liste.")
    is_said(client.get(f"/ma-demande/{brouillon}/etape/acte"), 200, "choisissez la commune dans la liste proposée")


def test_choices_and_numbers_that_are_not_offered(client: Client, brouillon: UUID) -> None:
    envoi = {**ACTE, "natureActe": "EXTRAIT", "motif": "CNI", "nombreExemplaire": "9999999999999999999999"}
    is_said(
        gestes.fill(client, brouillon, "acte", envoi),
        422,
        "Choisissez une réponse à",
        "Combien d'exemplaires voulez-vous ? » : écrivez un nombre",
    )
    for faux in ("6", "0", "-1", "2,5", "1e3", "NaN", "٣"):
        assert gestes.fill(client, brouillon, "acte", {**ACTE, "nombreExemplaire": faux}).status_code == 422


def test_a12_fields_unknown_hidden_or_repeated(client: Client, brouillon: UUID) -> None:
    intrus = {
        "inconnu": "x",
        "dateDeces.jour": "1",
        "id": str(uuid4()),
        "scelle_at": "2026-01-01",
        "teledossier": str(uuid4()),
        "masque": "{}",
    }
    avant = reponses(brouillon)
    assert gestes.fill(client, brouillon, "qualite", {"qualiteDemandeur": ["Mandataire", "Enfant"], **intrus}).status_code == 302
    assert (reponses(brouillon), saisie.see(brouillon).teledossier) == (avant, None)


def test_an_address_with_everything_wrong(client: Client, brouillon: UUID) -> None:
    faux = {"adresse.est_france": "peut-être", "adresse.voie": "x" * 500, "adresse.pays": "99100"}
    is_said(gestes.fill(client, brouillon, "coordonnees", {**COORDONNEES, **faux, "contact_email": "a@b@c"}), 422, "Erreur :")
    etranger = {"adresse.est_france": "non", "adresse.etranger": "a\n" * 20, "adresse.pays": "00000"}
    is_said(gestes.fill(client, brouillon, "coordonnees", {**COORDONNEES, **etranger}), 422, "sur 6 lignes au plus")
    assert reponses(brouillon)["demandeur_prenoms"] == "Noé"


# — steps


def test_a_step_that_is_none(client: Client, brouillon: UUID) -> None:
    assert client.get(f"/ma-demande/{brouillon}/etape/inconnue")["Location"] == f"/ma-demande/{brouillon}/recapitulatif"
    is_said(client.post(f"/ma-demande/{brouillon}/etape/inconnue"), 404, "Cette étape n'existe pas")
    for chemin in ("/ma-demande/pas-un-identifiant", f"/ma-demande/{brouillon}/etape/À", f"/ma-demande/{brouillon}/etape/../..", "/accuse"):
        is_said(client.get(chemin), 404, "Page introuvable")


def test_steps_skipped_are_sent_back_with_what_they_hold(client: Client) -> None:
    brouillon = gestes.start(client, action="MARIAGE")
    debut = f"/ma-demande/{brouillon}/etape/demande"
    for page in ("acte", "coordonnees", "pieces"):
        assert client.get(f"/ma-demande/{brouillon}/etape/{page}")["Location"] == debut
    assert gestes.fill(client, brouillon, "coordonnees").status_code == 302
    assert reponses(brouillon)["demandeur_prenoms"] == "Noé"
    assert client.get(f"/ma-demande/{brouillon}")["Location"] == debut
    assert gestes.send(client, brouillon)["Location"] == debut


def test_other_buttons_with_nonsense(client: Client, brouillon: UUID) -> None:
    for plus in ({"aller": "ailleurs"}, {"aller": "https://exemple.fr"}, {"chercher": "a/../b"}, {"chercher": "inconnu"}, {"rester": "1"}):
        reponse = gestes.fill(client, brouillon, "acte", {**ACTE, **plus})
        assert (reponse.status_code, reponse["Location"]) == (302, f"/ma-demande/{brouillon}/etape/qualite")
    for champ in ("inconnu", "identite1_nomFamille", "adresse.voie", "%00", "x" * 3000):
        is_said(client.get(f"/ma-demande/{brouillon}/commune/{champ}"), 404, "Aucune commune n'est demandée ici")


def test_b3_what_was_sent_does_not_change(client: Client, brouillon: UUID) -> None:
    gestes.send(client, brouillon)
    is_said(gestes.fill(client, brouillon, "acte"), 409, "Cette demande a déjà été envoyée")
    assert client.get(f"/ma-demande/{brouillon}/etape/acte")["Location"] == f"/ma-demande/{brouillon}/accuse"
    is_said(client.post(f"/ma-demande/{brouillon}/plus-tard", {"courriel": "a@exemple.fr"}), 409, "déjà été envoyée")


# — links, numbers, codes


def test_links_forged_or_expired(client: Client, brouillon: UUID) -> None:
    chemin = client.get(f"/ma-demande/{brouillon}/plus-tard").content.decode().split('href="/reprendre/')[1].split('"')[0]
    for jeton in (chemin[:-2] + "xx", "x", "%00", "é" * 40, "a" * 5000):
        is_said(Client().get(f"/reprendre/{jeton}"), 200, "Votre code de reprise")
        is_said(Client().post(f"/reprendre/{jeton}", {"code": "0000-0000"}), 403, "Ce lien et ce code ne vont pas ensemble")
    is_said(Client().post(f"/reprendre/{chemin}", {"code": "\x00" * 9}), 403, "Ce lien et ce code ne vont pas ensemble")
    Brouillon.objects.filter(id=brouillon).delete()
    code = acces.resume_code(brouillon)
    is_said(Client().post(f"/reprendre/{chemin}", {"code": code}), 404, "n'existe pas")
    is_said(client.get(f"/ma-demande/{brouillon}"), 404, "Cette demande n'existe pas, a été envoyée ou n'est plus ouverte")


def test_numbers_tampered(client: Client) -> None:
    depose = file()
    faux = [depose.numero[:-1] + ("0" if depose.numero[-1] != "0" else "1"), "", "\x00", "A-1-" + "É" * 8, "x" * 5000]
    for numero in faux:
        for chemin in ("/suivi", "/suivi/code-perdu"):
            reponse = client.post(chemin, {"numero": numero, **({"code": "x"} if chemin == "/suivi" else {"courriel": "a@exemple.fr"})})
            is_said(reponse, 404, "Ce numéro n’existe pas")
    is_said(client.post("/suivi", {"numero": draw(), "code": str(depose.code)}), 403, "Ce numéro et ce code ne vont pas ensemble")
    is_said(client.get("/suivi", {"numero": '"><script>'}), 200, "Suivre ma demande")
    assert client.post("/suivi/verification", {"code": "000000"})["Location"] == "/suivi"


def test_second_facts_made_up(client: Client) -> None:
    depose = file(qualiteDemandeur="PersonneConcernee", identite1_dateNaissance="1970-02-14")
    assert client.post("/suivi", {"numero": depose.numero, "code": depose.code})["Location"] == "/suivi/verification"
    for faux in ({"code": "abc"}, {"code": "\x00"}, {"naissance.jour": "31", "naissance.mois": "2", "naissance.annee": "1970"}, {"x": "y"}):
        is_said(client.post("/suivi/verification", faux), 403, "Cette réponse ne va pas avec ce dossier")
    juste = {"naissance.jour": "14", "naissance.mois": "2", "naissance.annee": "1970"}
    assert client.post("/suivi/verification", juste)["Location"] == "/suivi/dossier"
    is_said(client.get(f"/suivi/document/{uuid4()}"), 404, "Ce document n'est pas, ou n'est plus, dans votre dossier.")
    is_said(client.post(f"/suivi/dossier/{uuid4()}/completer"), 404)
    is_said(client.post(f"/suivi/dossier/{uuid4()}/message", {"texte": "x"}), 404)


def test_too_many_tries_say_when_to_come_back(client: Client) -> None:
    depose = file()
    for _ in range(10):
        client.post("/suivi", {"numero": depose.numero, "code": "faux"})
    is_said(client.post("/suivi", {"numero": depose.numero, "code": str(depose.code)}), 429, "réessayez dans")


def seconds(reponse: HttpResponse) -> bool:
    """Say whether an answer is a 429 that tells when to try again, within the hour."""
    return reponse.status_code == 429 and 0 < int(reponse.headers["Retry-After"]) <= 3600


def test_every_refusal_for_too_many_tries_says_after_how_long(client: Client, brouillon: UUID) -> None:
    depose = file()
    numero, code, sujet = depose.numero, str(depose.code), depose.teledossier
    lien = acces.resume_path(brouillon)
    for etape in ("numero", "ouvert", "perdu"):
        client.cookies[suivis.cookie_name(etape)] = signed(etape, sujet)
    affectation = uuid4()
    essais = {
        "/suivi": {"numero": numero, "code": "faux"},
        "/suivi/verification": {"code": "000000"},
        "/suivi/code-perdu": {"numero": numero, "courriel": "x@exemple.example.org"},
        f"/ma-demande/{brouillon}/plus-tard": {"courriel": "x"},
        lien: {"code": "0000-0000"},
        "/agent/connexion": {"courriel": "x@exemple.example.org", "mot_de_passe": "x"},
        f"/suivi/dossier/{affectation}/message": {"texte": "x"},
    }
    dits = {chemin: any(seconds(client.post(chemin, donnees)) for _ in range(31)) for chemin, donnees in essais.items()}
    assert dits == dict.fromkeys(essais, True)
    assert code


def test_the_summary_says_in_which_bloc_a_repeated_question_is(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "personnes", {**PERSONNES, "identite1_nomFamille": "", "identite2_nomFamille": ""})
    resume = reponse.content.decode().partition('id="erreurs"')[2].partition("</ul>")[0]
    lignes = [ligne.partition("<")[0] for ligne in resume.split('">')[2:] if "Nom de" in ligne.partition("<")[0]]
    blocs, dits = {ligne.partition(" – ")[0] for ligne in lignes}, {ligne.partition(" – ")[2] for ligne in lignes}
    assert (len(lignes), len(blocs), len(dits)) == (2, 2, 1)


def test_an_ambiguous_commune_hides_no_other_error(client: Client, brouillon: UUID) -> None:
    envoi = {**ACTE, "communeConcerne": "Sainte-Colombe", "communeConcerne.code": "", "motif": ""}
    reponse = gestes.fill(client, brouillon, "acte", envoi)
    is_said(reponse, 422, "Erreur :", "choisissez la commune dans la liste proposée")
    assert 'value="Sainte-Colombe"' in reponse.content.decode()
    assert reponse.content.decode().count('href="#c-') == 2
    seule = gestes.fill(client, brouillon, "acte", {**envoi, "motif": ACTE["motif"]})
    assert seule["Location"] == f"/ma-demande/{brouillon}/commune/communeConcerne"


# — the request itself


def test_c18_a_form_without_its_proof() -> None:
    client = Client(enforce_csrf_checks=True)
    brouillon = saisie.start()
    client.cookies[acces.cookie_name(brouillon)] = acces.sign(brouillon)
    for chemin in (
        f"/ma-demande/{brouillon}/etape/demande",
        f"/ma-demande/{brouillon}/envoyer",
        "/mademarche/EtatCivil/commencer",
        "/suivi",
    ):
        is_said(client.post(chemin, {"action": "MARIAGE"}), 403, "Cette page est restée ouverte trop longtemps", "rechargez-la")
    assert reponses(brouillon) == {}
    client.cookies["csrf"] = "x" * 32
    is_said(client.post("/suivi", {"csrfmiddlewaretoken": "y" * 32}), 403, "trop longtemps")


@pytest.mark.parametrize("methode", ["put", "delete", "patch"])
def test_wrong_methods(client: Client, brouillon: UUID, methode: str) -> None:
    for chemin in (f"/ma-demande/{brouillon}/etape/acte", f"/ma-demande/{brouillon}/envoyer", "/suivi", "/", "/reprendre/x"):
        is_said(getattr(client, methode)(chemin), 405, "Cette page ne s'ouvre pas ainsi")
    is_said(client.get(f"/ma-demande/{brouillon}/envoyer"), 405, "Cette page ne s'ouvre pas ainsi")


def test_bodies_too_big_too_many_or_broken(client: Client, brouillon: UUID) -> None:
    chemin = f"/ma-demande/{brouillon}/etape/acte"
    is_said(client.post(chemin, {**ACTE, "commentaire": "x" * 2_000_000}), 413, "Rien de ce qui était enregistré n'est perdu.")
    is_said(client.post(chemin, {**ACTE, "commentaire": "x" * 500_000}), 422, "caractères, il en faut 255 au plus")
    is_said(client.post(chemin, "a=" + "x" * 2_000_000, content_type="application/x-www-form-urlencoded"), 413, "trop lourd")
    is_said(client.post(chemin, {f"champ{n}": "x" for n in range(2500)}), 400, "Nous n'avons pas compris cette demande")
    for corps, sorte in (
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "multipart/form-data"),
        (b"\xff\xfe%zz=%ff", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"{", "application/json"),
    ):
        assert client.generic("POST", chemin, corps, content_type=sorte).status_code in {302, 400, 415, 422}
    assert reponses(brouillon)["identite1_nomFamille"] == "Dupré"


def test_c17_a_host_that_is_not_ours_is_nowhere_repeated(client: Client, brouillon: UUID) -> None:
    pirate = {"host": "pirate.example.org", "x-forwarded-host": "pirate.example.org"}
    chemins = ("/", "/suivi", f"/ma-demande/{brouillon}/plus-tard", f"/ma-demande/{brouillon}/recapitulatif")
    assert [chemin for chemin in chemins if "pirate" in client.get(chemin, headers=pirate).content.decode()] == []
    assert gestes.send(client, brouillon)["Location"].startswith("/")


def test_cookies_made_up(client: Client) -> None:
    brouillon = saisie.start()
    for valeur in ("x", "\x00", "é" * 500, f"{brouillon.hex}.0:x:y", f"{brouillon.hex}.0"):
        client.cookies[f"d-{brouillon.hex}"] = valeur
        is_said(client.get(f"/ma-demande/{brouillon}"), 404, "n'est plus ouverte dans ce navigateur")
