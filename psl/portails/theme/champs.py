"""The fields of a form as HTML: one template per kind of component, the same for every portal.

Label above; hint and error both referenced by aria-describedby; « (facultatif) » said; nothing that HTML itself would validate.
Values are texts put in named slots: an ordinary rendering escapes them there, squelettes.py renders once with marks instead.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from psl.langage.composants import proximite

type Textes = Mapping[str, str]
"""The text of each slot, not escaped: a `Slots`, or the `Marks` of squelettes.py."""


class Slots(dict[str, str]):
    """The texts of a field; a slot that nothing fills is empty."""

    def __missing__(self, name: str) -> str:
        return ""


class OptionVue(Protocol):
    """One answer of a choice, as psl.langage gives it."""

    @property
    def valeur(self) -> str: ...
    @property
    def libelle(self) -> str: ...
    @property
    def aide(self) -> str: ...


class ChampVu(Protocol):
    """What is read here of a champ of psl.langage (FORMAT: champs)."""

    @property
    def cle(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def libelle(self) -> str: ...
    @property
    def aide(self) -> str: ...
    @property
    def exemple(self) -> str: ...
    @property
    def autocomplete(self) -> str: ...
    @property
    def presentation(self) -> str: ...
    @property
    def niveau(self) -> str: ...
    @property
    def texte(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Etat:
    """How a field is shown: required, in error, already filled by a source, with which options."""

    requis: bool = True
    erreur: str = ""
    options: Sequence[OptionVue] = ()
    source: str = ""
    pays: Sequence[OptionVue] = ()
    details: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """An option made here, not by a définition."""

    valeur: str
    libelle: str
    aide: str = ""


SAISIES = {"nombre": "text", "courriel": "email", "telephone": "tel"}
# The template of a type that has none of its own name; a text of one line for those that are not here.
GABARITS = {
    "oui_non": "radio", "rendez_vous": "radio", "choix_multiple": "cases", "declaration_honneur": "declaration",
    "pays": "liste", "departement": "liste", "region": "liste", "nationalite": "liste", "epci": "suggestions", "recherche": "suggestions",
    "date_partielle": "date", "trace": "texte_long",
}  # fmt: skip
PROPRES = frozenset({"texte_long", "date", "case", "commune", "adresse", "information"})
# The list of options that a type shows, by the name `psl.annuaire` gives it: the same object each time, for the skeletons.
LISTES = {
    "pays": "pays", "adresse": "pays", "departement": "departements", "region": "regions", "nationalite": "nationalites", "epci": "epci",
}  # fmt: skip
CHIFFRES = frozenset({"nombre", "siret", "siren", "numero_fiscal"})
CASES = frozenset({"case", "declaration_honneur"})
SANS_CORRECTION = frozenset({"texte", "courriel", "nir", "iban", "rna", "immatriculation", "lien_teledossier", "point", "trace"})
PRESENTATIONS = {"liste": "liste", "recherche": "suggestions"}
COMPLETIONS = {"courriel": "email", "telephone": "tel"}
PARTIES_DATE = ("jour", "mois", "annee")
LARGEURS = dict.fromkeys(("nombre", "montant", "heure"), " psl-court")
LARGEURS |= dict.fromkeys(
    ("telephone", "immatriculation", "nir", "numero_fiscal", "siret", "siren", "rna", "lien_teledossier"), " psl-moyen"
)
PREMIERS = {"date": "-jour", "radio": "-0", "cases": "-0", "adresse": "-est_france-0"}
_NAISSANCE = {"jour": "bday-day", "mois": "bday-month", "annee": "bday-year"}


def field_id(cle: str) -> str:
    """Return the id of a field's control, or of its group."""
    return f"c-{cle.replace('.', '-')}"


def first_id(champ: ChampVu) -> str:
    """Return the id that the error summary links to: the first control of the field."""
    id_ = field_id(champ.cle)
    kind = template_name(champ)
    return id_ + PREMIERS.get(kind, "")


def template_name(champ: ChampVu) -> str:
    """Return the name of the template of a champ."""
    if champ.type == "choix":
        return PRESENTATIONS.get(champ.presentation, "radio")
    return GABARITS.get(champ.type) or (champ.type if champ.type in PROPRES else "texte")


def render_control(champ: ChampVu, etat: Etat, textes: Textes) -> SafeString:
    """Return the HTML of a field with these texts in its slots."""
    name = template_name(champ)
    context = _context(champ, etat, textes)
    _BUILDERS.get(name, _add_nothing)(context, champ, etat, textes)
    return render_to_string(f"champs/{name}.html", {"c": context})


def _context(champ: ChampVu, etat: Etat, textes: Textes) -> dict[str, Any]:
    id_ = field_id(champ.cle)
    described = [
        f"{id_}-{suffix}"
        for suffix, shown in (("aide", champ.aide or champ.exemple), ("source", etat.source), ("erreur", etat.erreur and not etat.details))
        if shown
    ]
    is_radio = template_name(champ) == "radio"
    return {
        "id": id_,
        "nom": champ.cle,
        "libelle": champ.libelle,
        "aide": champ.aide,
        "exemple": champ.exemple,
        "facultatif": not etat.requis and champ.type not in CASES,  # a box may always be left unticked
        "erreur": etat.erreur,
        "details": etat.details,
        "source": etat.source,
        "v": textes,
        "saisie": SAISIES.get(champ.type, "text"),
        "largeur": LARGEURS.get(champ.type, ""),
        "decrit": attributes({"aria-describedby": " ".join(described)}),
        "attributs": attributes(
            {
                "aria-describedby": " ".join(described),
                "aria-required": "true" if etat.requis else "",
                "aria-invalid": "true" if etat.erreur else "",
                "autocomplete": "" if is_radio or champ.type in CASES else champ.autocomplete or COMPLETIONS.get(champ.type, ""),
                "inputmode": "numeric" if champ.type in CHIFFRES else "decimal" if champ.type == "montant" else "",
                "spellcheck": "false" if champ.type in SANS_CORRECTION else "",
            }
        ),
    }


def attributes(pairs: Mapping[str, str]) -> SafeString:
    """Return HTML attributes, each with its leading space; those without a value are left out."""
    return mark_safe("".join(f' {name}="{escape(value)}"' for name, value in pairs.items() if value))  # noqa: S308 - escaped


def _add_nothing(_context: dict[str, Any], _champ: ChampVu, _etat: Etat, _textes: Textes) -> None: ...


def _add_options(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    context["en_ligne"] = champ.type == "oui_non"
    context["options"] = [
        {"id": f"{context['id']}-{rank}", "valeur": o.valeur, "libelle": o.libelle, "aide": o.aide or "", "coche": textes[f"o{rank}"]}
        for rank, o in enumerate(options_of(champ, etat))
    ]


def options_of(champ: ChampVu, etat: Etat) -> Sequence[OptionVue]:
    """Return the options shown for a choice, a country or a yes/no."""
    if champ.type == "oui_non":
        return (Option("oui", gettext("Oui")), Option("non", gettext("Non")))
    return etat.pays if champ.type in LISTES else etat.options


def _add_suggestions(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    """Add the options to search in; what was typed and refused brings those near it, to be chosen without script."""
    _add_options(context, champ, etat, textes)
    context["proches"] = proximite.near(textes["valeur"], options_of(champ, etat)) if etat.erreur else ()
    context["attributs"] = mark_safe(context["attributs"].replace(' autocomplete="', ' data-autocomplete="') + ' autocomplete="off"')  # noqa: S308


def _add_date(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    names = {"jour": gettext("Jour"), "mois": gettext("Mois"), "annee": gettext("Année")}
    context["parties"] = [
        {
            "cle": partie,
            "libelle": names[partie],
            "valeur": textes[partie],
            "attributs": attributes(
                {
                    "aria-required": "true" if etat.requis else "",
                    "aria-invalid": "true" if etat.erreur else "",
                    "autocomplete": _NAISSANCE[partie] if champ.autocomplete == "bday" else "",
                }
            ),
        }
        for partie in PARTIES_DATE
    ]


def _add_commune(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    context["attributs"] = mark_safe(context["attributs"].replace(' autocomplete="', ' data-autocomplete="') + ' autocomplete="off"')  # noqa: S308


def _add_information(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    context.update(niveau=champ.niveau, texte=champ.texte)


def _add_declaration(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    described = [f"{context['id']}-{suffix}" for suffix in ("texte", *["erreur"] * bool(etat.erreur))]
    context.update(texte=champ.texte, attributs=attributes({"aria-describedby": " ".join(described)}))


@dataclass(frozen=True, slots=True)
class _Partie:
    """A member of an address, shown by the template of its kind."""

    cle: str
    type: str
    libelle: str
    autocomplete: str = ""
    aide: str = ""
    exemple: str = ""
    presentation: str = ""
    niveau: str = ""
    texte: str = ""


def _add_adresse(context: dict[str, Any], champ: ChampVu, etat: Etat, textes: Textes) -> None:
    def part(cle: str, type_: str, libelle: str, autocomplete: str = "", *, requis: bool = True, **slots: str) -> SafeString:
        member = _Partie(f"{champ.cle}.{cle}", type_, libelle, autocomplete)
        own = {own: textes[name] for own, name in slots.items()} or textes
        return render_control(member, Etat(requis=requis, erreur=etat.details.get(member.cle, ""), options=ou), own)

    ou = (Option("oui", gettext("En France")), Option("non", gettext("À l'étranger")))
    context["ou"] = part("est_france", "choix", gettext("Où se trouve cette adresse ?"))
    context["france"] = mark_safe(  # noqa: S308 - made of templates
        part("voie", "texte", gettext("Numéro et voie"), "address-line1", valeur="voie")
        + part("complement", "texte", gettext("Appartement, étage, bâtiment"), "address-line2", requis=False, valeur="complement")
        + part("lieu_dit", "texte", gettext("Lieu-dit ou boîte postale"), "address-line3", requis=False, valeur="lieu_dit")
        + part("commune", "commune", gettext("Commune"), valeur="commune", code="commune.code")
    )
    pays = _Partie(f"{champ.cle}.pays", "pays", gettext("Pays"), "country")
    context["etranger"] = mark_safe(  # noqa: S308 - made of templates
        part("etranger", "texte_long", gettext("Adresse complète"), "street-address", valeur="etranger")
        + render_control(pays, Etat(erreur=etat.details.get(pays.cle, ""), pays=etat.pays), _Prefixed(textes, "p"))
    )


class _Prefixed(dict[str, str]):
    """Slots whose names have a prefix in the whole: the countries of an address beside its own options."""

    def __init__(self, textes: Textes, prefix: str) -> None:
        super().__init__()
        self.textes, self.prefix = textes, prefix

    def __missing__(self, name: str) -> str:
        return self.textes[self.prefix + name]


_BUILDERS: dict[str, Callable[[dict[str, Any], ChampVu, Etat, Textes], None]] = {
    "radio": _add_options,
    "liste": _add_options,
    "cases": _add_options,
    "suggestions": _add_suggestions,
    "declaration": _add_declaration,
    "date": _add_date,
    "commune": _add_commune,
    "adresse": _add_adresse,
    "information": _add_information,
}


def summary_context(erreurs: Mapping[str, str], ancres: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return what the error summary shows: each message once, linked to the first control of its field."""
    ancres = ancres or {}
    return {"erreurs": [{"ancre": ancres.get(cle, field_id(cle)) if cle else "", "message": message} for cle, message in erreurs.items()]}


def render_summary(erreurs: Mapping[str, str], champs: Iterable[ChampVu] = ()) -> SafeString:
    """Return the error summary: it takes the focus, says how many errors, links each to its field in the order given."""
    if not erreurs:
        return SafeString("")
    ancres = {champ.cle: first_id(champ) for champ in champs}
    return render_to_string("theme/resume_erreurs.html", summary_context(erreurs, ancres))


def size_in_words(octets: int) -> str:
    """Return a size as people read it: « 640 ko », « 1,2 Mo »."""
    if octets < 1_000_000:
        return gettext("%(n)s ko") % {"n": max(1, round(octets / 1000))}
    return gettext("%(n)s Mo") % {"n": number_format(round(octets / 1_000_000, 1)).removesuffix(",0").removesuffix(".0")}


class PieceVue(Protocol):
    """What is read here of a piece of psl.langage (FORMAT: pieces)."""

    @property
    def code(self) -> str: ...
    @property
    def libelle(self) -> str: ...
    @property
    def aide(self) -> str: ...
    @property
    def types(self) -> Sequence[str]: ...
    @property
    def max_mo(self) -> int: ...
    @property
    def max_fichiers(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FichierVu:
    """A file already given: its name, its size in bytes, where its « Retirer » button posts."""

    nom: str
    taille: int
    url_retirer: str


TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


def render_piece(
    piece: PieceVue,
    *,
    fichiers: Sequence[FichierVu],
    url_ajouter: str,
    requis: bool = True,
    erreur: str = "",
    nom: str = "",
    langue: str = "fr",
) -> SafeString:
    """Return the HTML of a piece: the files given, each with « Retirer », and the field to add others.

    Its buttons carry `formaction`: they post the form around them, which must be multipart. The files come under `nom`
    (default: the piece's code).
    """
    with translation.override(langue):
        id_ = field_id(piece.code)
        context = {
            "id": id_,
            "nom": nom or piece.code,
            "libelle": piece.libelle,
            "aide": "",
            "facultatif": not requis,
            "erreur": erreur,
            "limites": piece_limits(piece),
            "texte": piece.aide,
            "fichiers": fichiers,
            "reste": piece.max_fichiers - len(fichiers) > 0,
            "accepte": ",".join(piece.types),
            "url_ajouter": url_ajouter,
            "attributs": attributes(
                {
                    "aria-describedby": f"{id_}-aide" + (f" {id_}-erreur" if erreur else ""),
                    "aria-required": "true" if requis and not fichiers else "",
                    "aria-invalid": "true" if erreur else "",
                }
            ),
        }
        return render_to_string("champs/piece.html", {"c": context})


def piece_limits(piece: PieceVue) -> str:
    """Return in one sentence what a piece accepts."""
    types = ", ".join(TYPES.get(type_, type_.rpartition("/")[2].upper()) for type_ in piece.types)
    values = {"types": types, "mo": piece.max_mo, "n": piece.max_fichiers}
    return gettext("Formats acceptés : %(types)s. Taille maximale : %(mo)s Mo par fichier. Nombre maximal de fichiers : %(n)s.") % values
