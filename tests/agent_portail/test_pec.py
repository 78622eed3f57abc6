"""The PEC zip as the agent of La Rochelle downloads it: of the first dépôt, of a complément; nobody else's; the same bytes each time."""

import io
import zipfile
from uuid import UUID
from xml.dom import minidom

from psl.routage import operations as routage
from psl.routage import queries as affectations
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from tests.agent_portail.test_complement_recu import _answer as answer
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF


def _numero(affectation: UUID) -> str:
    with scope(SYSTEME):
        return affectations.get_affectation(affectation).numero


def _download(monde: Monde, affectation: UUID, rang: int = 1) -> tuple[str, bytes]:
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/pec/{rang}.zip")
    assert (reponse.status_code, reponse.headers["Content-Type"], reponse.headers["Cache-Control"]) == (200, "application/zip", "no-store")
    return reponse.headers["Content-Disposition"], b"".join(reponse.streaming_content)


def _texts(octets: bytes, *noms: str) -> list[str]:
    """Return the texts of elements as a reader that knows nothing of namespaces finds them: by tagName."""
    document = minidom.parseString(octets)
    found = []
    for nom in noms:
        element = document.getElementsByTagName(nom)[0]
        found.append("".join(enfant.data for enfant in element.childNodes))
    return found


def test_the_agent_downloads_what_their_software_reads(monde: Monde, affectation: UUID) -> None:
    numero = _numero(affectation)
    entete, octets = _download(monde, affectation)
    archive = zipfile.ZipFile(io.BytesIO(octets))
    racine = f"{numero}-EtatCivil"
    assert entete == f'attachment; filename="{racine}-1.zip"'
    assert [info.filename for info in archive.infolist()] == [
        "message.xml",
        f"{racine}-ent-1.xml",
        f"{racine}-doc-ActeEtatCivil-XML-1-1.xml",
        f"{racine}-doc-recapPDF-1-1.pdf",
        f"{racine}-doc-Liste des pieces jointes-1-1.pdf",
        f"{racine}-pj-pieceIdentite-1-1.pdf",
    ]
    assert archive.read(f"{racine}-pj-pieceIdentite-1-1.pdf") == PDF
    message = archive.read("message.xml")
    [code, fichier, lu, mot_de_passe] = _texts(message, "Code", "FichierDonnees", "NumeroTeledemarche", "MotDePasse")
    assert (code, fichier, lu) == ("pieceIdentite", f"{racine}-doc-ActeEtatCivil-XML-1-1.xml", numero)
    with scope(monde.camille):
        assert mot_de_passe == routage.mot_de_passe(affectation, now=clock.now())
    assert _texts(archive.read(f"{racine}-ent-1.xml"), "MotDePasse", "NumeroTeledemarche") == [mot_de_passe, numero]


def test_it_is_the_same_bytes_each_time_and_each_reading_is_noted(monde: Monde, affectation: UUID) -> None:
    assert _download(monde, affectation) == _download(monde, affectation)
    assert monde.sortes(affectation) == ["affectation.creee", "consultation", "affectation.acces_cree", "consultation"]


def test_a_complement_has_its_own_zip_with_its_own_files(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, champs=("dateMariage",))
    premier = _download(monde, affectation)
    answer(monde, affectation)
    assert _download(monde, affectation) == premier
    _, octets = _download(monde, affectation, 2)
    archive = zipfile.ZipFile(io.BytesIO(octets))
    racine = f"{_numero(affectation)}-EtatCivil"
    assert [nom for nom in archive.namelist() if "-pj-" in nom] == [f"{racine}-pj-pieceIdentite-1-2.png"]
    assert _texts(archive.read(f"{racine}-doc-ActeEtatCivil-XML-1-2.xml"), "DateActe") == ["1998-06-28"]
    assert _texts(archive.read("message.xml"), "MotDePasse") == _texts(
        zipfile.ZipFile(io.BytesIO(premier[1])).read("message.xml"), "MotDePasse"
    )


def test_a3_nobody_else_has_it_and_a_depot_that_is_not_there_has_none(monde: Monde, affectation: UUID) -> None:
    def status(client_of: str, rang: int) -> int:
        return monde.client(getattr(monde, client_of)).get(f"/agent/dossier/{affectation}/pec/{rang}.zip").status_code

    assert [status("yanis", 1), status("ines", 1), status("camille", 2), status("camille", 0)] == [200, 404, 404, 404]


def test_the_page_of_the_dossier_leads_to_it(monde: Monde, affectation: UUID) -> None:
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}").content.decode()
    assert f'href="/agent/dossier/{affectation}/pec/1.zip"' in page
