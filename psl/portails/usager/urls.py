"""Routes of the usager portal."""

from django.urls import URLPattern

app_name = "usager"
urlpatterns: list[URLPattern] = []
