"""The WSGI door: `granian --interface wsgi psl.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")
application = get_wsgi_application()
