"""The platform's settings, with the tiny site alone and short patience."""

from psl.pieces.televersement import veille
from psl.settings import *  # noqa: F403

ROOT_URLCONF = "tests.pieces.essai.site"
WSGI_APPLICATION = "tests.pieces.essai.porte.application"
INSTALLED_APPS = ["psl.socle", "psl.pieces"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware", "tests.pieces.essai.site.ExplainRefus"]
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

veille.SILENCE_MAX = 2.0
