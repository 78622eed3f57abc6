"""Sending a request on to the service that is competent: it goes whole, with its dates and its reason; the first service is done."""

import re
from uuid import UUID

import pytest
from django.test import Client

from psl.annuaire.operations.competences import give_competences, keep_administration, keep_service
from psl.instruction import operations, queries
from psl.instruction.etats import Etat
from psl.pieces import operations as pieces
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import acces as suivis
from psl.suivi import queries as suivi
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.suivi.gestes import signed

MOTIF = "Les registres de 1998 sont à Rochefort."


def send_on(monde: Monde, affectation: UUID, **changes: str) -> UUID:
    choix = {"service": "rochefort-etat-civil", "motif": MOTIF, **changes}
    nouvelle = operations.redirect(affectation, **choix, acteur=monde.camille, version=monde.version(affectation), now=clock.now())
    travaux.drain()
    return nouvelle


def see(affectation: UUID) -> AffectationVue:
    with scope(SYSTEME):
        return routage.get_affectation(affectation)


def test_the_other_service_receives_all_of_it_with_its_dates(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    nouvelle = send_on(monde, affectation)
    avant, apres = see(affectation), see(nouvelle)
    assert (apres.service, apres.motif, apres.silence_on, apres.numero) == (monde.rochefort, MOTIF, avant.silence_on, avant.numero)
    assert (monde.see(nouvelle).recu_at, monde.see(nouvelle).etat) == (monde.see(affectation).recu_at, Etat.DEPOSE)
    with scope(monde.ines):
        recu = routage.read_content(nouvelle)
        trouvees = routage.found_by("dupré", monde.rochefort)
        piece = recu.pieces[0]
        octets = b"".join(pieces.read(UUID(piece["id"]), cle=bytes.fromhex(piece["cle"])))
    with scope(monde.camille):
        envoye = routage.read_content(affectation)
    assert (recu.valeurs, recu.pieces, len(octets)) == (envoye.valeurs, envoye.pieces, piece["taille"])
    assert trouvees == [nouvelle]


def test_the_first_service_is_done_and_sees_nothing_of_what_follows(monde: Monde, affectation: UUID) -> None:
    nouvelle = send_on(monde, affectation)
    row = monde.see(affectation)
    assert (row.etat, row.contenu_jusqu_on is not None, monde.sortes(affectation)[-1]) == (Etat.REORIENTE, True, "instruction.reorientee")
    with scope(monde.camille), pytest.raises(Refus) as refus:
        routage.get_affectation(nouvelle)
    assert refus.value.statut == 404
    with scope(monde.ines), pytest.raises(Refus):
        routage.get_affectation(affectation)


def test_the_usager_is_told_where_and_why(monde: Monde, affectation: UUID, client: Client) -> None:
    send_on(monde, affectation)
    sujet = monde.see(affectation).teledossier
    with scope(monde.usager(affectation)):
        vue = suivi.dossier(sujet)
    assert [(s.service, s.raison, s.est_final) for s in vue.suivis] == [("Mairie de Rochefort, Service de l'état civil", MOTIF, False)]
    phrases = [ligne.phrase for ligne in vue.lignes]
    assert "Mairie de La Rochelle, Service de l'état civil a transmis votre demande au service compétent." in phrases
    client.cookies[suivis.cookie_name("ouvert")] = signed("ouvert", sujet)
    assert MOTIF.encode() in client.get("/suivi/dossier").content.replace(b"&#x27;", b"'")


@pytest.mark.parametrize(
    ("choix", "champs"),
    [
        ({"service": ""}, {"service"}),
        ({"service": "n-existe-pas"}, {"service"}),
        ({"service": "la-rochelle-etat-civil"}, {"service"}),
        ({"motif": " \u200b"}, {"motif"}),
        ({"motif": "x" * 201}, {"motif"}),
    ],
)
def test_what_is_missing_is_said_at_its_field(monde: Monde, affectation: UUID, choix: dict[str, str], champs: set[str]) -> None:
    with pytest.raises(Refus) as refus:
        send_on(monde, affectation, **choix)
    assert (refus.value.code, set(refus.value.champs), monde.see(affectation).etat) == ("reorientation-incomplete", champs, Etat.DEPOSE)


def test_it_is_not_sent_back(monde: Monde, affectation: UUID) -> None:
    nouvelle = send_on(monde, affectation)
    with pytest.raises(Refus) as refus:
        operations.redirect(
            nouvelle, service="la-rochelle-etat-civil", motif=MOTIF, acteur=monde.ines, version=monde.version(nouvelle), now=clock.now()
        )
    assert refus.value.champs == {"service": "Ce service a déjà eu cette demande. Choisissez-en un autre, ou répondez à l'usager."}


def test_an_agent_does_it_from_the_page(monde: Monde, affectation: UUID) -> None:
    client, chemin = monde.client(monde.camille), f"/agent/dossier/{affectation}/reorientation"
    version = str(monde.version(affectation))
    assert chemin.encode() in client.get(f"/agent/dossier/{affectation}").content
    vide = client.post(chemin, {"version": version, "service": "rochefort-etat-civil"})
    assert (vide.status_code, b"rochefort-etat-civil" in vide.content) == (422, True)
    fait = client.post(chemin, {"version": version, "service": "rochefort-etat-civil", "motif": MOTIF})
    assert (fait.status_code, fait["Location"]) == (302, f"/agent/dossier/{affectation}?fait=reorientation")
    travaux.drain()
    assert client.get(fait["Location"]).status_code == 200
    with scope(monde.ines):
        vus = queries.listing(queries.Filtres(), acteur=monde.ines, now=clock.now()).lignes
    assert [ligne.numero for ligne in vus] == [see(affectation).numero]


def test_only_a_service_that_answers_the_same_demarche_is_offered(monde: Monde, affectation: UUID) -> None:
    la_rochelle, nantes = (keep_administration(cle, nom) for cle, nom in (("la-rochelle", "Mairie de La Rochelle"), ("nantes", "Nantes")))
    connu = {"adresse": "1 rue | 17000 La Rochelle", "telephone": "", "courriel": "a@example.org"}
    keep_service("la-rochelle-annexe", la_rochelle, nom="Mairie annexe", **connu)
    keep_service("nantes-annexe", nantes, nom="Mairie annexe", **connu)
    urbanisme = keep_service("la-rochelle-urbanisme", la_rochelle, nom="Urbanisme", **connu)
    give_competences(urbanisme, "ouverture-chantier", ["17300"])
    with scope(monde.camille):
        offerts = [cle for cle, _nom in operations.others(affectation)]
    assert offerts == ["la-rochelle-annexe", "rochefort-etat-civil"]
    with pytest.raises(Refus) as refus:
        send_on(monde, affectation, service="la-rochelle-urbanisme")
    assert (refus.value.code, set(refus.value.champs)) == ("reorientation-incomplete", {"service"})
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/reorientation").content.decode()
    assert re.findall(r'<option value="([^"]+)"', page) == offerts
