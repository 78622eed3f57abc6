"""The access rule of each route of the public portal: anybody."""

from psl.portails.public.urls import urlpatterns
from psl.portails.theme.acces import Acces

REGLES = {str(route.name): Acces("public") for route in urlpatterns}
