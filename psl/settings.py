"""The settings: one file, typed readers of the environment.

The four platforms (integration, recette, preproduction, production) and the demonstration differ by their environment only.
"""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

RACINE = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """Return a text setting; `NAME_FILE` names a file that holds it instead (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    value = env(name).lower()
    if value in {"", "0", "1", "non", "oui"}:
        return {"": default, "0": False, "non": False, "1": True, "oui": True}[value]
    raise ImproperlyConfigured(f"{name} vaut {value!r} : écrivez 1, 0, oui ou non.")


def env_int(name: str, default: int) -> int:
    value = env(name, str(default))
    if not value.lstrip("-").isdecimal():
        raise ImproperlyConfigured(f"{name} vaut {value!r} : écrivez un nombre entier.")
    return int(value)


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return networks: "10.0.0.0/8, 2001:db8::/32"; an address alone is a network of one."""
    try:
        return tuple(ip_network(part) for part in env_list(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} : {error}. Écrivez des adresses ou des réseaux : 10.0.0.0/8, 2001:db8::/32.") from error


PLATEFORMES = ("demonstration", "integration", "recette", "preproduction", "production")
PLATEFORME = env("PSL_PLATEFORME", "demonstration")
if PLATEFORME not in PLATEFORMES:
    raise ImproperlyConfigured(f"PSL_PLATEFORME vaut {PLATEFORME!r} : écrivez l'un de {', '.join(PLATEFORMES)}.")
EST_DEMONSTRATION = PLATEFORME == "demonstration"

# Where the running platform keeps what is not in the database: files, keys of the demonstration, built assets.
ETAT = Path(env("PSL_ETAT", str(RACINE / ".psl")))
ASSETS = Path(env("PSL_ASSETS", str(RACINE / "build" / "assets")))
CATALOGUE = Path(env("PSL_CATALOGUE", str(RACINE / "catalogue")))
ATELIER = env("PSL_ATELIER", "") if EST_DEMONSTRATION else ""  # the démarche that `make demarche` follows
ADRESSE_PUBLIQUE = env("PSL_ADRESSE", "http://127.0.0.1:8000").rstrip("/")
EST_HTTPS = ADRESSE_PUBLIQUE.startswith("https://")

SECRET_KEY = env("PSL_SECRET", "demonstration-seulement" * 3 if EST_DEMONSTRATION else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("PSL_SECRET manque : donnez au moins 50 caractères tirés au hasard.")
DEBUG = False
ALLOWED_HOSTS = env_list("PSL_HOTES", "127.0.0.1,localhost,[::1]" if EST_DEMONSTRATION else urlsplit(ADRESSE_PUBLIQUE).hostname or "")

# Three roles: the owner migrates, the application lives under row-level security and cannot change a table, the purge removes
# what the four lives say. One login may stand for the three on a small server: the role is then taken at connection.
ROLES = {"application": "psl_application", "proprietaire": "psl_proprietaire", "purge": "psl_purge"}


def database(url: str, role: str) -> dict[str, object]:
    """Return Django's settings for a PostgreSQL address (`postgresql://user:secret@host:port/name?host=/socket`) under a role."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    user = unquote(parts.username or "")
    role_option = "" if user == ROLES[role] or not url else f"-c role={ROLES[role]} "
    options: dict[str, object] = {
        "options": f"{role_option}-c timezone=UTC -c lock_timeout=5s -c statement_timeout={env_int('PSL_SQL_MS', 15000)}",
        "connect_timeout": 5,
        "application_name": f"psl-{role}",
        "server_side_binding": True,
        "prepare_threshold": env_int("PSL_SQL_PREPARE", 5) or None,  # 0 behind a pooler that shares connections between transactions
    }
    return {
        "ENGINE": "psl.socle.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "psl",
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": query.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": env_int("PSL_SQL_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


_URL = env("DATABASE_URL", "postgresql://psl_application@/psl")
_ROLE = env("PSL_ROLE", "application")
DATABASES = {
    "default": database(env("DATABASE_URL_PROPRIETAIRE", _URL) if _ROLE == "proprietaire" else _URL, _ROLE),
    "purge": database(env("DATABASE_URL_PURGE", _URL), "purge"),
}

INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "psl.socle",
    "psl.journal",
    "psl.annuaire",
    "psl.courriers",
    "psl.pieces",
    "psl.demarches",
    "psl.fiches",
    "psl.saisie",
    "psl.teledossiers",
    "psl.routage",
    "psl.instruction",
    "psl.suivi",
    "psl.mesures",
    "psl.portails.theme",
    "psl.portails.public",
    "psl.portails.usager",
    "psl.portails.agent",
    "psl.portails.exploitant",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "psl.portails.theme.middleware.CompressPages",
    "psl.portails.theme.middleware.AddHeaders",
    "django.middleware.locale.LocaleMiddleware",
    "psl.portails.theme.middleware.SpaceFrench",
    "django.middleware.csrf.CsrfViewMiddleware",
    "psl.portails.theme.middleware.ExplainRefus",
    *(["psl.portails.usager.atelier.Atelier"] if ATELIER else []),
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "psl.portails.theme.contexte.add_theme",
            ],
        },
    }
]

ROOT_URLCONF = "psl.urls"
WSGI_APPLICATION = "psl.wsgi.application"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [RACINE / "psl" / "portails" / "theme" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = ASSETS
STATICFILES_DIRS: list[str] = []
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"  # names tell the content (psl.portails.theme.assets)
THEME = env("PSL_THEME", "etat")
ESPACES_INSECABLES = env_bool("PSL_ESPACES_INSECABLES", default=True)  # in French texts shown: pages, e-mails, PDF
COMPRIMER = env_bool("PSL_COMPRIMER", default=True)  # "non" behind a proxy that compresses pages

# Security. The session cookies of each portal are its own (portails/*/): Django's sessions and users are not installed.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if EST_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = EST_HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if EST_HTTPS else None
X_FRAME_OPTIONS = "DENY"
# The proxies that may say, in X-Forwarded-For, whose request they carry; none unless named: anybody can write that header.
MANDATAIRES = env_networks("PSL_MANDATAIRES")
COOKIE_PREFIXE = "__Host-" if EST_HTTPS else ""
CSRF_COOKIE_NAME = f"{COOKIE_PREFIXE}csrf"
CSRF_COOKIE_SECURE = EST_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "psl.portails.theme.erreurs.csrf_failure"
LANGUAGE_COOKIE_NAME = "langue"
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
PASSWORD_HASHERS = ["psl.annuaire.mots_de_passe.Argon2"]

# Bodies: answers are small, files are streamed to the Stockage by psl.pieces and never kept by Django.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# What follows what, and when: two tables at the top of the house, named here so that lower rooms need not import them.
ENCHAINEMENTS = "psl.enchainements.ENCHAINEMENTS"
PERIODIQUES = "psl.periodiques.PERIODIQUES"
PURGES = "psl.periodiques.PURGES"

# The workers: jobs at once per process, patience between tries (1 = minutes to a day), seconds after which a silent worker is dead.
OUVRIER_SIMULTANES = env_int("PSL_OUVRIER_SIMULTANES", 2)
OUVRIER_SILENCE = env_int("PSL_OUVRIER_SILENCE", 20)
ECHELLE_RELANCES = env_int("PSL_RELANCES_MILLIEMES", 1000) / 1000

# Connecteurs, by dotted path: nobody imports them.
COFFRE = env("PSL_COFFRE", "psl.connecteurs.coffres.fichier.CoffreFichier")
HORODATEUR = env("PSL_HORODATEUR", "psl.connecteurs.horodateurs.demonstration.HorodateurDemonstration")
HORODATEUR_ADRESSE = env("PSL_HORODATEUR_ADRESSE")  # of a timestamp authority (RFC 3161), for connecteurs.horodateurs.rfc3161
HORODATEUR_AC = env("PSL_HORODATEUR_AC")  # the file of the certificates that may issue its tokens, PEM
STOCKAGE = env("PSL_STOCKAGE", "psl.connecteurs.stockage.disque.StockageDisque")
ANTIVIRUS = env("PSL_ANTIVIRUS", "psl.connecteurs.antivirus.demonstration.AntivirusDemonstration")
ANTIVIRUS_ADRESSE = env("PSL_ANTIVIRUS_ADRESSE", "tcp://127.0.0.1:3310")
REFERENTIEL = env("PSL_REFERENTIEL", "psl.connecteurs.referentiels.demonstration.ReferentielDemonstration")
REFERENTIEL_ADRESSE = env("PSL_REFERENTIEL_ADRESSE")  # of the service that keeps the lists, for connecteurs.referentiels.http
GUICHETS = env("PSL_GUICHETS", "psl.connecteurs.guichets.demonstration.GuichetsDemonstration")
MESSAGER = env("PSL_MESSAGER", "psl.connecteurs.messagers.smtp.MessagerSMTP")
SMTP_HOTE = env("PSL_SMTP_HOTE", "127.0.0.1")
SMTP_PORT = env_int("PSL_SMTP_PORT", 8002)
SMTP_CHIFFREMENT = env("PSL_SMTP_CHIFFREMENT")  # starttls, tls or nothing
SMTP_UTILISATEUR = env("PSL_SMTP_UTILISATEUR")
SMTP_MOT_DE_PASSE = env("PSL_SMTP_MOT_DE_PASSE")
COURRIEL_EXPEDITEUR = env("PSL_EXPEDITEUR", "ne-pas-repondre@psl.example.org")
TAILLE_FICHIER_MAX = env_int("PSL_FICHIER_MO", 20) * 1_000_000
QUARANTAINE_JOURS = env_int("PSL_QUARANTAINE_JOURS", 30)  # how long an infected file is kept, encrypted, before it is destroyed
SUIVI_SERVICE_JOURS = env_int("PSL_SUIVI_SERVICE_JOURS", 30)  # how long after its end a dossier is followed with its password

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"()": "psl.socle.errors.OneLine"}},
    "handlers": {"sortie": {"class": "logging.StreamHandler", "formatter": "ligne"}},
    "root": {"handlers": ["sortie"], "level": env("PSL_LOG", "WARNING")},
    "loggers": {"psl": {"level": env("PSL_LOG", "INFO")}, "django.request": {"level": "ERROR"}},
}
