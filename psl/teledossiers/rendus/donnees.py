"""The data of a dépôt as JSON (pure): canonical, the same dépôt gives the same bytes. Its schema is derived from the démarche.

Never the keys of the files, nor who else received it.
"""

from dataclasses import asdict

import orjson

from psl.langage.charger import Demarche
from psl.teledossiers.enveloppe import Enveloppe

FORMAT = 1


def dump(demarche: Demarche, enveloppe: Enveloppe) -> bytes:
    """Return the JSON of a dépôt, or of a recipient's copy of it: UTF-8, keys sorted, no space."""
    contenu = {
        "format": FORMAT,
        "numero": enveloppe.numero,
        "rang": enveloppe.rang,
        "demarche": {"slug": demarche.slug, "code": demarche.codes.psl, "digest": enveloppe.digest},
        "depose_at": enveloppe.depose_at,
        "langue": enveloppe.langue,
        "silence": enveloppe.silence,
        "valeurs": enveloppe.valeurs,
        "provenance": enveloppe.provenance,
        "pieces": [{cle: valeur for cle, valeur in asdict(piece).items() if cle != "id"} for piece in enveloppe.pieces],
        "declarations": enveloppe.declarations,
    }
    return orjson.dumps(contenu, option=orjson.OPT_SORT_KEYS)
