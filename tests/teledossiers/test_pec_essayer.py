"""The zips of the essais: every one is what partners' software reads, its XML follows its schema, its data theirs."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.dom import minidom
from zipfile import ZipFile

import jsonschema_rs
import orjson
from lxml import etree

from psl.langage.derives import donnees, xsd
from psl.socle.reference import check
from psl.teledossiers.rendus.donnees import dump
from tests.teledossiers import pec_gestes as gestes

DEBUT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><ns2:Message xmlns:ns2="http://finances.gouv.fr/dgme/pec/message/v1" '
    'xmlns="http://finances.gouv.fr/dgme/gf/composants/teledemarchexml/donnee/metier">'
)
LIEU = '<ns2:Location xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ns2:Location_FR">'

VIDE = {"PATH": "/usr/bin:/bin", "PSL_ESPACES_INSECABLES": "non"}  # typst sets the same spaces as tests/reglages.py


def test_every_essai_that_leads_to_a_filing_has_its_zip_and_every_zip_is_sound() -> None:
    zips = gestes.every()
    assert len(zips) >= 30
    assert {nom: gestes.faults(octets, paquet.nom) for nom, octets, paquet in zips} == {nom: [] for nom, _, _ in zips}


def test_every_essai_s_xml_follows_the_schema() -> None:
    schema = etree.XMLSchema(etree.fromstring(xsd.write(gestes.aec()).encode()))
    wrong = {}
    for nom, octets, _ in gestes.every():
        flux = next(contenu for membre, contenu in gestes.members(octets).items() if "-doc-ActeEtatCivil-XML-" in membre)
        if not schema.validate(etree.fromstring(flux)):
            wrong[nom] = str(schema.error_log)
    assert wrong == {}


def test_every_essai_s_data_follow_their_schema() -> None:
    schema = jsonschema_rs.validator_for(donnees.schema(gestes.aec()))
    lues = [orjson.loads(dump(remise.demarche, remise.enveloppe)) for _, remise in gestes.deliveries()]
    assert [str(erreur) for lue in lues for erreur in schema.iter_errors(lue)] == []
    assert schema.is_valid({**lues[0], "valeurs": {"inconnue": 1}}) is False


def test_a_reader_that_knows_nothing_of_namespaces_finds_code_document_number_and_date() -> None:
    """As RIEAU does: minidom by tagName, and the first `Document` is the form."""
    for _, octets, paquet in gestes.every():
        dom = minidom.parseString(ZipFile(io.BytesIO(octets)).read("message.xml"))
        documents = dom.getElementsByTagName("Document")
        premier = {nom: documents[0].getElementsByTagName(nom)[0].firstChild.data for nom in ("Code", "FichierDonnees")}
        numero = dom.getElementsByTagName("NumeroTeledemarche")[0].firstChild.data
        assert premier == {"Code": "ActeEtatCivil-XML", "FichierDonnees": f"{numero}-EtatCivil-doc-ActeEtatCivil-XML-1-1.xml"}
        assert (check(numero), paquet.nom) == (numero, f"{numero}-EtatCivil-1.zip")


def test_plain_paths_without_prefix_find_them_too() -> None:
    """`//*/Teledemarche/Date` on a tree whose names are those written, prefixes and all."""
    message = gestes.members(gestes.sample())["message.xml"].decode()
    nu = etree.fromstring(re.sub(r'\sxmlns="[^"]*"', "", message.partition("?>")[2]).encode())
    assert [
        len(nu.findall(f".//{chemin}")) for chemin in ("Teledemarche/Date", "Teledemarche/NumeroTeledemarche", "Routage/Donnee/Valeur")
    ] == [1, 1, 1]
    assert nu.findtext(".//Teledemarche/Date") == "2026-11-23T10:00:00.000+01:00"


def test_the_message_is_written_to_the_byte_as_the_real_one() -> None:
    message = gestes.members(gestes.sample())["message.xml"].decode()
    assert message.startswith(f"{DEBUT}<ns2:Header><ns2:Routing><ns2:MessageId>A-")
    assert "\n" not in message
    assert re.findall(r"<[A-Za-z0-9:]+/>", message) == []
    assert (message.count("<Suivi></Suivi>"), message.count("<ns2:Guichet></ns2:Guichet>"), message.count(LIEU)) == (1, 2, 3)
    order = re.findall(r"<ns2:(\w+)", message)
    assert order == [
        "Message", "Header", "Routing", "MessageId", "FlowType", "Sender", "Country", "Location", "Siret", "Service", "Guichet",
        "Recipients", "Recipient", "Country", "Location", "Siret", "Service", "AckRequired", "AckType", "AckType", "AckTo", "Country",
        "Location", "Siret", "Service", "Guichet", "Security", "Horodatage", "DateTime", "Rejeu", "NbRejeu", "Delais", "Extras",
        "EmailConfiguration", "From", "Subject", "Body", "Body", "Content", "Aller",
    ]  # fmt: skip
    assert re.search(r"<ns2:MessageId>A-\d-\w{8} \d{1,7} Principal \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d</ns2:MessageId>", message)
    assert "<ns2:NbRejeu>3</ns2:NbRejeu><ns2:Delais>1</ns2:Delais>" in message
    assert "<ns2:AckType>AVL</ns2:AckType><ns2:AckType>ANL</ns2:AckType>" in message
    assert re.search(r"<ns2:Subject>EtatCivil - A-\d-\w{8} : dossier à traiter</ns2:Subject>", message)


def test_the_header_file_says_what_aller_says() -> None:
    membres = gestes.members(gestes.sample())
    entete = next(octets for nom, octets in membres.items() if "-ent-" in nom).decode()
    aller = membres["message.xml"].decode().partition("<ns2:Aller>")[2].partition("</ns2:Aller>")[0]
    assert entete.partition(">")[2].partition(">")[2].removesuffix("</EnteteMetierEnveloppe>") == aller


def test_the_command_writes_them_without_a_server_and_reads_them(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        ligne = [sys.executable, "-m", "psl.commandes", "pec", *arguments]
        return subprocess.run(ligne, capture_output=True, text=True, check=False, env=VIDE | {"PSL_ETAT": str(tmp_path)})

    demarche = tmp_path / "catalogue" / "acte-etat-civil"
    shutil.copytree(gestes.AEC, demarche)
    for essai in sorted((demarche / "essais").glob("*.yaml")):
        if essai.stem != "naissance-sans-filiation":
            essai.unlink()
    catalogue = ["--catalogue", str(demarche.parent)]
    ecrit = run("essayer", str(tmp_path / "zips"), *catalogue)
    assert (ecrit.returncode, ecrit.stderr) == (0, "")
    assert sorted(path.suffix for path in (tmp_path / "zips").iterdir()) == [".json", ".xsd", ".zip"]
    [fichier] = (tmp_path / "zips").glob("*.zip")
    assert fichier.read_bytes() in [octets for _, octets, _ in gestes.every()]
    lu = run("lire", str(fichier), *catalogue)
    assert (lu.returncode, lu.stdout.splitlines()[-1].endswith(" fichiers."), lu.stderr) == (0, True, "")
    assert run("lire", str(tmp_path)).returncode == 2
