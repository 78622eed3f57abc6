"""The WSGI door: `granian --interface wsgi psl.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")
application = get_wsgi_application()

from psl.fiches.recherche import courant  # noqa: E402 -- once the applications are there

# Before the first reader: the pages of every portal, the index of the search.
get_resolver().url_patterns  # noqa: B018
courant.warm()

# What was loaded stays for the life of the process: the collector need not look at it again. A page makes thousands of objects that
# die at once without it; the usual 700 would have it run several times in each request.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
