"""Routes of the agent portal."""

from django.urls import URLPattern

app_name = "agent"
urlpatterns: list[URLPattern] = []
