"""Zips that come from anywhere: each trap has its sentence, none is followed; what partners really write is understood."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from lxml import etree

from psl.langage.derives import xsd
from psl.teledossiers.rendus.pec import lecture
from psl.teledossiers.rendus.pec.controle import DEFAUTS_MAX, check
from tests.teledossiers import pec_gestes as gestes
from tests.teledossiers.pec_gestes import announced, changed, faults, members, rebuilt, sample

DOCTYPE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
XXE = DOCTYPE + '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RIRES = DOCTYPE + '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PAS_LU = "déclare un type de document ou des entités (DOCTYPE) : c'est ainsi que l'on attaque un lecteur, il n'est pas lu."


def test_another_s_software_writes_the_same_zip_and_it_is_sound() -> None:
    assert faults(rebuilt(members(sample()))) == []


@pytest.mark.parametrize("debut", [XXE, RIRES], ids=["XXE", "rires"])
def test_c6_a_message_that_declares_entities_is_not_read(debut: str) -> None:
    assert f"« message.xml » {PAS_LU}" in faults(changed(DOCTYPE, debut))


def test_entities_in_a_document_are_not_read_either() -> None:
    octets = changed(DOCTYPE, RIRES, where="-doc-ActeEtatCivil-XML-")
    assert [phrase.partition(" » ")[2] for phrase in faults(octets)] == [PAS_LU]


def test_an_encoding_that_hides_the_markup_is_refused() -> None:
    membres = members(sample())
    membres["message.xml"] = membres["message.xml"].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert "« message.xml » n'est pas en UTF-8 : le format le demande." in faults(rebuilt(membres))


@pytest.mark.parametrize(
    "nom", ["../../etc/cron.d/x", "/etc/passwd", "C:\\windows\\x.exe", "a/../../x", "..\\x", "\\\\serveur\\x", "a//b", "./x"]
)
def test_d1_a_name_that_leads_outside_is_said(nom: str) -> None:
    found = faults(rebuilt([*members(sample()).items(), (nom, b"x")]))
    assert f"Le nom « {nom} » mène hors du dossier : il n'est pas suivi." in found


def test_folders_invisible_signs_and_long_names_are_said() -> None:
    noms = ["dossier/", "x\u202egpj.exe", "n" * 300]
    found = faults(rebuilt([*members(sample()).items(), *((nom, b"x" if nom[-1] != "/" else b"") for nom in noms)]))
    assert "« dossier/ » est dans un dossier : tout doit être à la racine du zip." in found
    assert "Le nom « x�gpj.exe » est vide, ou contient des signes invisibles." in found
    assert f"Le nom « {'n' * 79}… » dépasse 255 signes." in found


def test_two_members_of_one_name_are_said() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        octets = rebuilt([*members(sample()).items(), ("message.xml", b"<autre></autre>"), ("MESSAGE.XML", b"<autre></autre>")])
    assert sum(phrase.startswith("Deux fichiers s'appellent « ") for phrase in faults(octets)) == 2


def test_d4_a_bomb_is_not_inflated() -> None:
    octets = rebuilt([*members(sample()).items(), ("bombe.xml", b" " * 40_000_000)])
    tracemalloc.start()
    before = time.process_time()
    found = faults(octets)
    spent, (_, peak) = time.process_time() - before, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "« bombe.xml » se gonflerait plus de 200 fois : c'est une bombe, il n'est pas lu." in found
    assert (spent < 2, peak < 20_000_000) == (True, True)


def test_a_bomb_that_lies_about_its_size_stops_where_it_said() -> None:
    octets = announced(
        rebuilt([*members(sample()).items(), ("bombe.txt", b" " * 50_000_000)]), "bombe.txt", decalage=24, forme="<I", valeur=900
    )
    assert "« bombe.txt » est abîmé : son contenu n'est pas celui que le zip annonce." in faults(octets)


def test_members_over_one_another_are_a_bomb() -> None:
    octets = rebuilt([*members(sample()).items(), ("a.txt", b"a" * 900), ("b.txt", b"b" * 900)])
    place = struct.unpack_from("<I", octets, octets.rindex(b"a.txt") - 46 + 42)[0]
    [phrase] = faults(announced(octets, "b.txt", decalage=42, forme="<I", valeur=place))
    assert phrase.endswith("recouvre un autre fichier du zip : c'est une bombe, il n'est pas lu.")


def test_a_total_past_four_gibibytes_is_not_read() -> None:
    octets = rebuilt([*members(sample()).items(), ("a.txt", b"a"), ("b.txt", b"b")])
    for nom in ("a.txt", "b.txt"):
        octets = announced(octets, nom, decalage=24, forme="<I", valeur=0xFFFFFFF0)
    assert faults(octets) == ["Décompressé, ce zip dépasserait 4 Gio : il n'est pas lu."]


def test_d4_a_hundred_thousand_members_are_not_even_listed() -> None:
    nombre, ligne = 100_000, struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 45, 45, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    table = ligne * nombre
    octets = table + struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, nombre, nombre, len(table), 0)
    octets += struct.pack("<4sIQI", b"PK\x06\x07", 0, len(table), 1)
    octets += struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    before = time.process_time()
    assert faults(octets) == ["Ce zip annonce 100000 fichiers ; 2000 au plus sont lus."]
    assert time.process_time() - before < 0.5


def test_an_encrypted_member_and_an_unknown_method_are_said() -> None:
    octets = rebuilt([*members(sample()).items(), ("secret.txt", b"abc"), ("etrange.txt", b"abc")])
    octets = announced(announced(octets, "secret.txt", decalage=8, forme="<H", valeur=1), "etrange.txt", decalage=10, forme="<H", valeur=99)
    found = faults(octets)
    assert "« secret.txt » est chiffré par un mot de passe : il ne peut pas être lu." in found
    assert "« etrange.txt » est compressé par une méthode inconnue (99)." in found


@pytest.mark.parametrize("avant", [b"#!/bin/sh\nrm -rf /\n", b"%PDF-1.7\n", b"MZ\x90"], ids=["script", "PDF", "programme"])
def test_a_file_that_is_a_zip_and_something_else_is_said(avant: bytes) -> None:
    assert faults(avant + sample()) == ["La table de ce zip n'est pas là où il le dit : il est abîmé, ou autre chose y est caché."]
    with zipfile.ZipFile(tampon := io.BytesIO(avant), "a") as archive:  # offsets right, bytes before the first member
        archive.writestr("message.xml", b"<a></a>")
    assert faults(tampon.getvalue())[0].startswith("Des octets qui ne sont à aucun fichier précèdent « message.xml »")


def test_another_name_in_the_member_s_own_header_is_said() -> None:
    octets = rebuilt([("message.xml", b"<a></a>"), ("b.txt", b"b")]).replace(b"b.txt", b"c.txt", 1)
    assert any(phrase.startswith("« b.txt » porte un autre nom à sa place") for phrase in faults(octets))


def test_what_is_not_a_zip_or_is_cut_is_said() -> None:
    coupe = "Ce fichier n'est pas un zip, ou il est coupé avant sa fin."
    assert [faults(octets) for octets in (b"", b"PK", b"bonjour" * 100, sample()[:-1], sample()[: len(sample()) // 2])] == [[coupe]] * 5


def test_a_byte_changed_in_a_file_is_said() -> None:
    octets = bytearray(sample())
    place = octets.index(b"recapPDF-1-1.pdf") + 2_000
    octets[place] ^= 0xFF
    assert [phrase.endswith("est abîmé : son contenu n'est pas celui que le zip annonce.") for phrase in faults(bytes(octets))] == [True]


METIER = "http://finances.gouv.fr/dgme/gf/composants/teledemarchexml/donnee/metier"
MESSAGES = {
    "numéro": ("<NumeroTeledemarche>A-", "<NumeroTeledemarche>B-", "message.xml : le numéro de télédossier « B-"),
    "date": ("<Date>2026", "<Date>26", "message.xml : la date du télédossier « 26-"),
    "date impossible": ("<Date>2026-11-23", "<Date>2026-02-30", "message.xml : la date du télédossier « 2026-02-30"),
    "mot de passe": ("<MotDePasse>", "<MotDePasse>x", "message.xml : MotDePasse n'a pas dix caractères visibles."),
    "territoire": ("<Valeur>17300</Valeur>", "<Valeur></Valeur>", "message.xml : Routage ne dit pas pour quel territoire."),
    "accusé": ("AVL</ns2:AckType>", "XYZ</ns2:AckType>", "message.xml : AckType « XYZ » est inconnu"),
    "rejeu": ("<ns2:NbRejeu>3", "<ns2:NbRejeu>trois", "message.xml : Rejeu/NbRejeu doit être un nombre entier."),
    "flux": ("<ns2:FlowType>EtatCivil", "<ns2:FlowType>RCO", "message.xml : FlowType (« RCO ») n'est pas la démarche (« EtatCivil »)."),
    "préfixe": ("<Suivi></Suivi>", f'<m:Suivi xmlns:m="{METIER}"/>', "Message/Body/Content/Aller/Teledemarche/Suivi a un préfixe"),
    "ordre": ("<Suivi></Suivi>", "", "Message/Body/Content/Aller/Teledemarche doit contenir, dans l'ordre : NumeroTeledemarche"),
    "élément inconnu": ("<Suivi></Suivi>", "<Suivi></Suivi><Porte></Porte>", "Message/Body/Content/Aller/Teledemarche doit contenir"),
    "référence": ("recapPDF-1-1.pdf</", "recapPDF-9-1.pdf</", "message.xml nomme « A-"),
    "mal formé": ("</ns2:Message>", "", "« message.xml » n'est pas un XML bien formé (ligne 1)."),
}  # fmt: skip


@pytest.mark.parametrize("cas", MESSAGES)
def test_what_is_wrong_in_the_message_is_said(cas: str) -> None:
    avant, apres, attendu = MESSAGES[cas]
    assert [phrase for phrase in faults(changed(avant, apres)) if phrase.startswith(attendu)] != []


def test_references_both_ways_are_checked() -> None:
    membres = members(sample())
    piece = next(nom for nom in membres if "-pj-" in nom)
    sans = {nom: octets for nom, octets in membres.items() if nom != piece}
    assert faults(rebuilt(sans)) == [f"message.xml nomme « {piece} », qui n'est pas dans le zip."]
    autre = piece.replace("-1-1.", "-7-1.")
    assert faults(rebuilt({**membres, autre: membres[piece]})) == [f"« {autre} » est dans le zip et message.xml ne le nomme pas."]


def test_message_first_header_file_once_and_one_sequence() -> None:
    membres = members(sample())
    ent = next(nom for nom in membres if "-ent-" in nom)
    assert faults(rebuilt(list(membres.items())[::-1])) == ["message.xml n'est pas le premier fichier du zip."]
    assert faults(rebuilt({nom: octets for nom, octets in membres.items() if nom != "message.xml"})) == [
        "Il n'y a pas de message.xml à la racine du zip : ce n'est pas un télédossier de la PEC."
    ]
    assert faults(rebuilt({nom: octets for nom, octets in membres.items() if nom != ent})) == [
        "Il faut un fichier d'en-tête « …-ent-<séq>.xml » et un seul ; il y en a 0."
    ]
    assert faults(changed("<Email>", "<Email>autre.", where="-ent-")) == [f"« {ent} » ne dit pas la même chose que message.xml."]


def test_the_file_s_own_name_plain_or_wrapped_must_agree() -> None:
    nom = next(paquet.nom for _, octets, paquet in gestes.every() if octets == sample())
    enveloppe = f"RitaGS.2026-11-23T16_26_40.674661355.{nom.removesuffix('.zip')}.ADER.ftp.zip"
    assert [faults(sample(), autre) for autre in (nom, enveloppe, "telechargement.zip")] == [[], [], []]
    [phrase] = faults(sample(), nom.replace("-1.zip", "-2.zip"))
    assert phrase == "Le zip porte le numéro d'envoi 2, ses fichiers le 1."
    assert faults(sample(), "A-0-00000000-RCO-1.zip")[0].startswith("Le zip s'appelle « A-0-00000000-RCO-1.zip »")


def test_a_file_that_is_not_what_its_name_says_is_told() -> None:
    membres = members(sample())
    piece = next(nom for nom in membres if "-pj-" in nom)
    assert faults(rebuilt({**membres, piece: b"<html><script>"})) == [f"« {piece} » n'est pas un fichier PDF, malgré son nom."]


def test_a_number_from_elsewhere_is_no_fault() -> None:
    numero = next(paquet.message.numero for _, octets, paquet in gestes.every() if octets == sample())
    ailleurs = {
        nom.replace(numero, "A-9-X3UGO4V7"): octets.replace(numero.encode(), b"A-9-X3UGO4V7") for nom, octets in members(sample()).items()
    }
    constat = gestes.read(rebuilt(ailleurs))
    assert (constat.defauts, [phrase[:42] for phrase in constat.remarques]) == ([], ["La clé de contrôle de A-9-X3UGO4V7 n'est p"])


def test_xml_that_breaks_the_schema_is_said() -> None:
    schema = etree.XMLSchema(etree.fromstring(xsd.write(gestes.aec()).encode()))
    octets = changed("<NombreExemplaires>", "<NombreExemplaires>beaucoup", where="-doc-ActeEtatCivil-XML-")
    [phrase] = check(io.BytesIO(octets), schemas=lambda demarche, code: schema).defauts
    assert phrase.endswith("ne suit pas le schéma de la démarche (ligne 1, /EnveloppeMetierType/DemandeActe/NombreExemplaires).")


def test_a_hundred_thousand_elements_are_read_in_no_time_and_faults_are_bounded() -> None:
    vides = "<PieceJointe><Intitule></Intitule><Code></Code><Fichier></Fichier></PieceJointe>" * 50_000
    before = time.process_time()
    found = faults(changed("<PieceJointe>", vides + "<PieceJointe>"))
    assert (len(found) <= DEFAUTS_MAX + 1, time.process_time() - before < 5) == (True, True)


def test_limits_are_those_the_guide_says() -> None:
    assert (lecture.MEMBRES_MAX, lecture.TOTAL_MAX, lecture.RAPPORT_MAX, lecture.NOM_MAX) == (2_000, 4 * 1024**3, 200, 255)
