"""The refusals of this room: each says what is wrong with the file, the limit, and what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from psl.pieces.examen.constat import Constat, Soupcon
from psl.pieces.regles import Regles, list_types, weight
from psl.socle.errors import Refus


def none_chosen() -> Refus:
    return Refus("fichier-absent", _("Choisissez un fichier avant de l'ajouter."), statut=422)


def empty(nom: str) -> Refus:
    return Refus("fichier-vide", _("Le fichier « %(nom)s » est vide. Vérifiez-le, puis envoyez-le de nouveau.") % {"nom": nom}, statut=422)


def too_big(nom: str, limite: int) -> Refus:
    phrase = _(
        "Le fichier « %(nom)s » dépasse la taille permise : %(limite)s. "
        "Réduisez-le, par exemple en baissant la qualité de la photo, ou envoyez-le en plusieurs fichiers."
    )
    return Refus("fichier-trop-gros", phrase % {"nom": nom, "limite": weight(limite)}, statut=413)


def body_too_big(limite: int) -> Refus:
    phrase = _("Cet envoi dépasse la taille permise : %(limite)s par fichier. Réduisez le fichier ou envoyez-le en plusieurs fois.")
    return Refus("fichier-trop-gros", phrase % {"limite": weight(limite)}, statut=413)


def wrong_type(nom: str, description: str, types: Sequence[str]) -> Refus:
    phrase = _("Le fichier « %(nom)s » est %(description)s. Envoyez un fichier %(types)s.")
    return Refus("fichier-type", phrase % {"nom": nom, "description": _(description), "types": list_types(types, _("ou"))}, statut=415)


def suspect(nom: str, soupcon: Soupcon) -> Refus:
    phrases = {
        Soupcon.ABIME: _(
            "Le fichier « %(nom)s » est incomplet ou abîmé. Ouvrez-le pour le vérifier, enregistrez-le de nouveau, puis renvoyez-le."
        ),
        Soupcon.DOUBLE: _(
            "Le fichier « %(nom)s » contient aussi autre chose que ce qu'il montre : par sécurité, il n'est pas accepté. "
            "Ouvrez-le, enregistrez-le de nouveau ou imprimez-le en PDF, puis renvoyez-le."
        ),
        Soupcon.CHIFFRE: _(
            "Le PDF « %(nom)s » est protégé par un mot de passe ou des restrictions : le service ne pourrait pas l'ouvrir. "
            "Enregistrez-le sans protection ou imprimez-le en PDF, puis renvoyez-le."
        ),
        Soupcon.COMPLEXE: _("Le PDF « %(nom)s » est trop complexe pour être contrôlé. Imprimez-le en PDF, puis renvoyez-le."),
        Soupcon.DEMESURE: _("L'image « %(nom)s » a trop de pixels. Réduisez ses dimensions, puis renvoyez-la."),
    }
    return Refus(f"fichier-{soupcon}", phrases[soupcon] % {"nom": nom}, statut=422)


def infected(nom: str) -> Refus:
    phrase = _(
        "L'antivirus a trouvé un virus dans le fichier « %(nom)s » : il n'est pas joint à votre demande, et personne ne l'ouvrira. "
        "Envoyez un autre fichier."
    )
    return Refus("fichier-virus", phrase % {"nom": nom}, statut=422)


def not_scanned(nom: str) -> Refus:
    phrase = _("Le contrôle antivirus ne répond pas : le fichier « %(nom)s » n'a pas été gardé. Réessayez dans quelques minutes.")
    return Refus("antivirus-absent", phrase % {"nom": nom}, statut=503)


def not_stored() -> Refus:
    phrase = _("Les fichiers ne peuvent pas être gardés en ce moment. Réessayez dans quelques minutes.")
    return Refus("stockage-absent", phrase, statut=503)


def too_many(regles: Regles) -> Refus:
    phrase = _("Vous avez déjà joint %(nombre)d fichiers, le maximum pour cette pièce. Retirez-en un pour en ajouter un autre.")
    return Refus("fichiers-trop-nombreux", phrase % {"nombre": regles.fichiers_max}, statut=409)


def total_over(regles: Regles) -> Refus:
    phrase = _("Vos fichiers dépassent ensemble %(limite)s, le maximum pour une demande. Réduisez-les ou retirez-en.")
    return Refus("fichiers-trop-gros", phrase % {"limite": weight(regles.total_max)}, statut=413)


def unknown() -> Refus:
    return Refus("fichier-inconnu", _("Ce fichier n'est pas, ou n'est plus, dans votre demande."), statut=404)


def broken_off() -> Refus:
    return Refus("envoi-interrompu", _("L'envoi du fichier s'est interrompu. Rien n'a été gardé : envoyez-le de nouveau."), statut=400)


def too_slow() -> Refus:
    phrase = _(
        "L'envoi du fichier prend trop de temps. Rien n'a été gardé : réessayez avec une meilleure connexion ou un fichier plus petit."
    )
    return Refus("envoi-trop-lent", phrase, statut=408)


def why_not(constat: Constat, nom: str, regles: Regles) -> Refus | None:
    """Return why an examined file is refused under these rules, or None."""
    if constat.taille == 0:
        return empty(nom)
    if constat.taille > regles.taille_max:
        return too_big(nom, regles.taille_max)
    if constat.mime not in regles.types:
        return wrong_type(nom, constat.description, regles.types)
    return suspect(nom, constat.soupcon) if constat.soupcon else None
