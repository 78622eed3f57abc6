"""The same submission twice at once, 200 times: one dépôt each, one answer for both."""

from functools import partial

from django.db import connection

from psl.enchainements import ENCHAINEMENTS
from psl.saisie.operations import porteur
from psl.teledossiers.operations import Depose, submit
from tests.harnais.base import BaseReelle
from tests.harnais.ensemble import at_once
from tests.saisie import gestes
from tests.teledossiers.gestes import DECLARATIONS, NOW, sealed, send

PAIRES = 200


def test_two_hundred_pairs(base_reelle: BaseReelle) -> None:
    brouillons = [gestes.ready() for _ in range(PAIRES)]
    suite = [partial(submit, id_, declarations=DECLARATIONS, acteur=porteur(id_), now=NOW) for id_ in brouillons]
    unes, autres = at_once(suite, suite)
    assert unes == autres
    assert {type(depose) for depose in unes} == {Depose}
    counts = {
        "teledossiers_teledossier": PAIRES,
        "teledossiers_depot": PAIRES,
        "journal_fait WHERE sorte = 'teledossier.depose'": PAIRES,
        "procrastinate_jobs": len(ENCHAINEMENTS["teledossier.depose"]) * PAIRES,
        "courriers_contact": PAIRES,
    }
    with connection.cursor() as cursor:
        found = {}
        for place in counts:
            cursor.execute(f"SELECT count(*) FROM {place}")
            found[place] = cursor.fetchone()[0]
    assert found == counts


def test_what_is_saved_at_the_same_instant_is_filed_or_refused(base_reelle: BaseReelle) -> None:
    brouillons = [gestes.ready() for _ in range(20)]
    personnes = {**gestes.ETAPES["personnes"], "identite1_nomFamille": "Autre"}
    sent, saved = at_once(
        [partial(send, id_) for id_ in brouillons], [partial(gestes.fill, id_, "personnes", personnes) for id_ in brouillons]
    )
    noms = [sealed(depose.teledossier).valeurs["identite1_nomFamille"] for depose in sent if isinstance(depose, Depose)]
    assert noms == ["Dupré" if rempli == "deja-envoyee" else "Autre" for rempli in saved]


def test_a_file_joined_at_the_same_instant_is_filed_or_refused(base_reelle: BaseReelle) -> None:
    brouillons = [gestes.ready() for _ in range(10)]
    sent, joined = at_once([partial(send, id_) for id_ in brouillons], [partial(gestes.attach, id_) for id_ in brouillons])
    filed = [[piece.id for piece in sealed(depose.teledossier).pieces] for depose in sent if isinstance(depose, Depose)]
    assert [ids for ids, fichier in zip(filed, joined, strict=True) if fichier != "deja-envoyee" and ids != [str(fichier)]] == []
