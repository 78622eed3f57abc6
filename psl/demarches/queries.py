"""Reading the published démarches: the current version of a code, the compiled form of a digest, the list, what a search reads of it."""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from psl.demarches.models import Fermeture, VersionDemarche
from psl.langage import charger
from psl.langage.charger import Demarche
from psl.socle.errors import Refus

FRAICHEUR = 5.0  # seconds a process may go on with the list it knows, so that a page of a form asks nothing of the database for it


@dataclass(frozen=True, slots=True)
class DemarcheVue:
    """What lists and searches show of a démarche: `url` is relative and names the action when there is one."""

    slug: str
    code: str
    titre: str
    resume: str
    publics: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]
    url: str


@lru_cache(maxsize=512)
def _compiled(digest: str) -> Demarche:
    version = VersionDemarche.objects.filter(digest=digest).only("source").first()
    if version is None:
        raise Refus("demarche-inconnue", _("Cette démarche n'existe pas, ou n'existe plus."), statut=404)
    return charger.compile_canonical(bytes(version.source))


@lru_cache(maxsize=1024)
def compiled(digest: str, langue: str = "fr") -> Demarche:
    """Return the compiled démarche of a digest in a language; compiled once per process."""
    demarche = _compiled(digest)
    return demarche if langue == "fr" else demarche.localize(langue)


class _Courantes:
    """The current version of each code, read again at most every FRAICHEUR seconds."""

    def __init__(self) -> None:
        self.lue = float("-inf")
        self.imposees: dict[str, str] = {}
        self.par_code: dict[str, str] = {}
        self.fermees: dict[str, str] = {}
        self.porteuses: dict[str, str] = {}  # by slug, the digest of a current version that takes over the brouillons of the others

    def fresh(self) -> "_Courantes":
        if time.monotonic() - self.lue > FRAICHEUR:
            rows = VersionDemarche.objects.order_by("code", "-numero").distinct("code").values_list("code", "slug", "digest", "brouillons")
            self.par_code = {code: self.imposees.get(code, digest) for code, _, digest, _ in rows}
            self.porteuses = {slug: self.par_code[code] for code, slug, _, brouillons in rows if brouillons == "porter"}
            self.fermees = dict(Fermeture.objects.values_list("slug", "motif"))
            self.lue = time.monotonic()
        return self


_courantes = _Courantes()


def forget() -> None:
    """Forget what this process knows of the current versions (after a publication, and between tests)."""
    _courantes.lue = float("-inf")


def impose(code: str, digest: str) -> None:
    """Serve one published version of a code whatever came after it (the workshop, where a content may come back to what it was)."""
    _courantes.imposees[code] = digest
    forget()


def by_code(code: str, langue: str = "fr") -> Demarche:
    """Return the current version of a démarche by its PSL code; Refus 404 when there is none."""
    digest = _courantes.fresh().par_code.get(code)
    if digest is None:
        raise Refus("demarche-inconnue", _("Cette démarche n'existe pas, ou n'existe plus."), statut=404)
    return compiled(digest, langue)


def successor(slug: str, digest: str) -> str | None:
    """Return the digest of the version to which brouillons of this one are carried, or None when they finish where they are."""
    porteuse = _courantes.fresh().porteuses.get(slug)
    return porteuse if porteuse != digest else None


def version(slug: str, numero: int) -> Demarche:
    """Return a published version by its number; Refus 404 when there is none."""
    digest = VersionDemarche.objects.filter(slug=slug, numero=numero).values_list("digest", flat=True).first()
    if digest is None:
        raise Refus(
            "version-inconnue",
            _("La démarche « %(slug)s » n'a pas de version %(numero)s publiée.") % {"slug": slug, "numero": numero},
            statut=404,
        )
    return compiled(digest)


def last_version(slug: str) -> tuple[int, Demarche] | None:
    """Return the number of the last published version of a démarche, and that version; None when it was never published."""
    row = VersionDemarche.objects.filter(slug=slug).order_by("-numero").values_list("numero", "digest").first()
    return (row[0], compiled(row[1])) if row else None


def why_not_start(demarche: Demarche) -> Refus | None:
    """Return why no télédossier may be filed for this démarche now, or None."""
    motif = _courantes.fresh().fermees.get(demarche.slug)
    return Refus("demarche-close", motif, statut=410) if motif else None


def _vues(langue: str) -> list[tuple[DemarcheVue, Demarche]]:
    return [(_vue(demarche), demarche) for demarche in (compiled(d, langue) for d in _courantes.fresh().par_code.values())]


def _vue(demarche: Demarche) -> DemarcheVue:
    return DemarcheVue(
        slug=demarche.slug,
        code=demarche.codes.psl,
        titre=demarche.titre,
        resume=demarche.resume,
        publics=tuple(demarche.publics),
        actions=tuple((action.valeur, action.titre) for action in demarche.actions),
        url=f"/mademarche/{demarche.codes.psl}/demarche",
    )


def listing(public: str | None = None, langue: str = "fr") -> list[DemarcheVue]:
    """Return the démarches open to an audience (all when None), by title."""
    vues = [vue for vue, _ in _vues(langue) if public is None or public in vue.publics]
    return sorted(vues, key=lambda vue: vue.titre)


def about(ident: str, langue: str = "fr") -> list[DemarcheVue]:
    """Return the démarches that say they answer a document of service-public.fr, by title."""
    return sorted((vue for vue, demarche in _vues(langue) if ident in demarche.fiches), key=lambda vue: vue.titre)


@dataclass(frozen=True, slots=True)
class Cherchable:
    """A démarche, or one action of it (empty for the whole): where it starts and the everyday words that mean it."""

    code: str
    action: str
    url: str
    titre: str
    resume: str
    publics: tuple[str, ...]
    mots: tuple[str, ...]


def searchable(langue: str = "fr") -> list[Cherchable]:
    """Return every démarche and every action, as a search looks at them in a language."""
    rows = []
    for vue, demarche in _vues(langue):
        rows.append(Cherchable(vue.code, "", vue.url, vue.titre, vue.resume, vue.publics, tuple(demarche.mots)))
        rows += [
            Cherchable(
                vue.code,
                action.valeur,
                f"{vue.url}?{demarche.parametre_action}={action.valeur}",
                action.titre,
                vue.resume,
                vue.publics,
                tuple(action.mots),
            )
            for action in demarche.actions
        ]
    return rows


def published() -> tuple[str, ...]:
    """Return the digests of the current versions: they change when what may be found changes."""
    return tuple(sorted(_courantes.fresh().par_code.values()))
