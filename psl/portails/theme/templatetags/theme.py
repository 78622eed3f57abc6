"""Tags and filters of every page: addresses of assets, the theme's name, restricted Markdown, sizes and dates in words."""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from psl.langage import texte
from psl.langage.texte import Prose
from psl.portails.theme import assets, champs
from psl.socle import dates

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of an asset: `{% asset 'psl.css' %}`."""
    return assets.address(name)


@register.simple_tag
def is_state() -> bool:
    """Tell whether the State's brand is shown: `{% is_state as etat %}`."""
    return str(settings.THEME) == "etat"


@register.filter
def markdown(text: str | Prose) -> SafeString:
    """Return restricted Markdown (psl.langage.texte) as HTML paragraphs and lists."""
    return mark_safe(_prose(text).html())  # noqa: S308 - written by psl.langage.texte


@register.filter
def inline(text: str | Prose) -> SafeString:
    """Return restricted Markdown as HTML; a single paragraph loses its tags, to stand inside a sentence or a hint."""
    html = _prose(text).html()
    return mark_safe(html[3:-4] if html.startswith("<p>") and html.find("<p>", 3) < 0 and html.endswith("</p>") else html)  # noqa: S308


def _prose(text: str | Prose) -> Prose:
    return text if isinstance(text, Prose) else texte.parse(text or "")


@register.filter
def size(octets: int) -> str:
    """Return a size in words: « 1,2 Mo »."""
    return champs.size_in_words(octets)


@register.filter
def day(moment: date | datetime) -> str:
    """Return a day in words: « lundi 13 juillet 2026 »."""
    shown = localtime(moment).date() if isinstance(moment, datetime) else moment
    return dates.date_in_words(shown, get_language() or "fr")


@register.filter
def instant(moment: datetime) -> str:
    """Return a moment in words: « lundi 13 juillet 2026, 14 h 05 »."""
    return dates.in_words(moment, get_language() or "fr")


@register.filter
def hour(moment: datetime) -> str:
    """Return an hour in words: « 14 h 05 »."""
    return dates.time_in_words(moment, get_language() or "fr")


@register.inclusion_tag("theme/resume_erreurs.html")
def error_summary(erreurs: Mapping[str, str] | None) -> dict[str, object]:
    """Show the errors of a form, each linked to its field: `{% error_summary erreurs %}` (keys are the names of the fields)."""
    return champs.summary_context(erreurs or {})


@register.simple_tag
def page_title(titre: str, erreurs: Mapping[str, str] | None = None) -> str:
    """Return the title of a page, which says first that there are errors."""
    return gettext("Erreur : %(titre)s") % {"titre": titre} if erreurs else titre


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()
