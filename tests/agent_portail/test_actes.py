"""The acts through HTTP: forms that propose, refuse by field, keep what was typed, and tell who acted first."""

from uuid import UUID

from django.test import Client

from psl.instruction import operations, queries
from psl.instruction.etats import Etat
from psl.socle import clock
from psl.socle.acteur import scope
from tests.harnais import travaux
from tests.instruction.monde import Monde

COMPLEMENT = {
    "piece": ["pieceIdentite"],
    "champ": ["dateMariage"],
    "motif": "La photo est trop sombre.",
    "echeance.jour": "15",
    "echeance.mois": "1",
    "echeance.annee": "2027",
}


def _post(client: Client, affectation: UUID, acte: str, version: int, **donnees: object) -> object:
    return client.post(f"/agent/dossier/{affectation}/{acte}", {"version": version, **donnees})


def _taken(monde: Monde, affectation: UUID) -> Client:
    monde.take(affectation)
    return monde.client(monde.camille)


def test_take_then_back_to_the_dossier_which_says_so(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    reponse = client.post(f"/agent/dossier/{affectation}/prise", {"version": "1", "suite": "prise"}, follow=True)
    assert reponse.redirect_chain == [(f"/agent/dossier/{affectation}?fait=prise", 302)]
    assert "Cette demande est à vous." in reponse.content.decode()
    assert monde.see(affectation).etat == Etat.EN_INSTRUCTION


def test_an_old_page_is_refused_with_the_name_of_who_acted(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    reponse = monde.client(monde.yanis).post(f"/agent/dossier/{affectation}/prise", {"version": "1"})
    assert (reponse.status_code, "Camille Rivière a pris cette demande" in reponse.content.decode()) == (409, True)


def test_a_page_without_a_version_is_an_old_page(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    assert {client.post(f"/agent/dossier/{affectation}/prise", {"version": v}).status_code for v in ("", "x", "9" * 30, "0")} == {409}


def test_the_complement_page_offers_every_question_and_piece(monde: Monde, affectation: UUID) -> None:
    page = _taken(monde, affectation).get(f"/agent/dossier/{affectation}/complement").content.decode()
    offered = [f'name="champ" value="{cle}"' in page for cle in ("dateMariage", "identite1_nomFamille", "adresse", "commentaire")]
    offered += [f'name="piece" value="{code}"' in page for code in ("pieceIdentite", "preuveFiliation", "justificatifQualite")]
    assert offered == [True] * 7


def test_ask_re_opens_what_is_ticked(monde: Monde, affectation: UUID) -> None:
    reponse = _post(_taken(monde, affectation), affectation, "complement", 2, **COMPLEMENT)
    assert reponse["Location"] == f"/agent/dossier/{affectation}?fait=complement"
    demande = monde.demande(affectation)
    assert demande is not None
    assert (demande.champs, demande.pieces, demande.motif, str(demande.echeance_on)) == (
        ("dateMariage",),
        ("pieceIdentite",),
        "La photo est trop sombre.",
        "2027-01-15",
    )


def test_ask_refuses_by_field_and_keeps_what_was_typed(monde: Monde, affectation: UUID) -> None:
    faux = {"champ": ["dateMariage"], "motif": "", "echeance.jour": "31", "echeance.mois": "2", "echeance.annee": "2027"}
    reponse = _post(_taken(monde, affectation), affectation, "complement", 2, **faux)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    said = {
        "<title>Erreur :": True,
        'href="#c-motif"': True,
        'href="#c-echeance"': True,
        'value="31"': True,
        'value="dateMariage" checked': True,
        'id="c-motif-erreur"': True,
    }
    assert {texte: texte in page for texte in said} == said
    assert monde.see(affectation).etat == Etat.EN_INSTRUCTION


def test_accept_proposes_a_letter_filled_in(monde: Monde, affectation: UUID) -> None:
    page = _taken(monde, affectation).get(f"/agent/dossier/{affectation}/acceptation").content.decode()
    said = {"Copie intégrale, pour Camille Zoé Dupré": True, "en 2 exemplaire(s)": True, "{{": False}
    assert {texte: texte in page for texte in said} == said


def test_accept_with_the_letter_as_edited(monde: Monde, affectation: UUID) -> None:
    reponse = _post(_taken(monde, affectation), affectation, "acceptation", 2, lettre="Voici votre acte.")
    assert reponse["Location"] == f"/agent/dossier/{affectation}?fait=reponse"
    travaux.drain()
    with scope(monde.usager(affectation)):
        decision = queries.decision(affectation)
    assert decision is not None
    assert (decision.etat, decision.lettre, decision.motif, decision.recours) == (Etat.ACCEPTE, "Voici votre acte.", "", "")
    lettre = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/lettre.pdf")
    assert (lettre.status_code, lettre.content[:5]) == (200, b"%PDF-")


def test_refuse_without_a_reason_keeps_the_letter(monde: Monde, affectation: UUID) -> None:
    reponse = _post(_taken(monde, affectation), affectation, "refus", 2, lettre="Ma lettre à moi.", motif=" ")
    page = reponse.content.decode()
    said = {"Ma lettre à moi.": True, 'id="c-motif-erreur"': True, "Les moyens de contester": True}
    assert (reponse.status_code, {texte: texte in page for texte in said}) == (422, said)


def test_a_race_keeps_the_letter_and_says_who_acted(monde: Monde, affectation: UUID) -> None:
    client = _taken(monde, affectation)
    monde.take(affectation, monde.yanis)
    reponse = _post(client, affectation, "acceptation", 2, lettre="Ma lettre à moi.")
    page = reponse.content.decode()
    said = {"Ma lettre à moi.": True, "Yanis Moreau a repris cette demande": True}
    assert (reponse.status_code, {texte: texte in page for texte in said}) == (409, said)


def test_non_recevable_at_once_and_sans_suite_once_taken(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    reponse = _post(client, affectation, "non-recevable", 1, lettre="Lettre.", motif="La commune n'est pas la nôtre.")
    assert (reponse.status_code, monde.see(affectation).etat, monde.see(affectation).agent) == (302, Etat.NON_RECEVABLE, monde.camille.id)
    autre = monde.file()
    monde.take(autre)
    reponse = _post(client, autre, "sans-suite", 2, lettre="Lettre.", motif="Sans réponse.")
    assert (reponse.status_code, monde.see(autre).etat) == (302, Etat.SANS_SUITE)


def test_the_form_of_an_impossible_act_is_refused(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    reponse = client.get(f"/agent/dossier/{affectation}/acceptation")
    assert (reponse.status_code, "Prenez d&#x27;abord cette demande." in reponse.content.decode()) == (409, True)


def test_release_and_assign(monde: Monde, affectation: UUID) -> None:
    client = _taken(monde, affectation)
    assert _post(client, affectation, "remise", 2)["Location"].endswith("?fait=remise")
    chef = monde.client(monde.helene)
    assert "Attribuer à" in chef.get(f"/agent/dossier/{affectation}").content.decode()
    assert _post(chef, affectation, "attribution", 3, agent="").status_code == 422
    assert _post(chef, affectation, "attribution", 3, agent=str(monde.yanis.id))["Location"].endswith("?fait=attribution")
    assert monde.see(affectation).agent == monde.yanis.id


def test_a_message_goes_or_comes_back_with_its_error(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    assert client.post(f"/agent/dossier/{affectation}/message", {"texte": " "}).status_code == 422
    long = client.post(f"/agent/dossier/{affectation}/message", {"texte": "é" * 4_001})
    assert (long.status_code, "Retirez 1 caractère." in long.content.decode(), "é" * 4_001 in long.content.decode()) == (422, True, True)
    reponse = client.post(f"/agent/dossier/{affectation}/message", {"texte": "<b>Bonjour</b>"}, follow=True)
    assert ("&lt;b&gt;Bonjour&lt;/b&gt;" in reponse.content.decode(), "<b>Bonjour" in reponse.content.decode()) == (True, False)


def test_a_decided_dossier_says_so_and_lets_write(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    operations.accept(affectation, lettre="Voici.", acteur=monde.camille, version=2, now=clock.now())
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}").content.decode()
    said = {"Cette demande est terminée": True, "Écrire à l'usager": True, "/complement": False, "Voici.": True}
    assert {texte: texte in page for texte in said} == said
