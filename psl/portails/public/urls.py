"""Routes of the public portal."""

from django.urls import path

from psl.portails.public import recherche, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="accueil"),
    path("demarches/<slug:public>", views.audience, name="rubrique"),
    path("recherche", recherche.results, name="recherche"),
    path("suggestions", recherche.suggestions, name="suggestions"),
    path("mademarche/<slug:code>/demarche", views.start_page, name="depart"),
    path("langue", views.language, name="langue"),
    path("communes", views.communes, name="communes"),
    *(path(page, views.text, {"page": page}, name=page) for page in views.TEXTES),
]
