"""Routes of the agent portal."""

from django.urls import path

from psl.portails.agent import compte, connexion

app_name = "agent"
urlpatterns = [
    path("connexion", connexion.connexion, name="connexion"),
    path("verification", connexion.verification, name="verification"),
    path("deconnexion", connexion.deconnexion, name="deconnexion"),
    path("compte", compte.compte, name="compte"),
    path("compte/mot-de-passe", compte.mot_de_passe, name="mot-de-passe"),
    path("compte/secours", compte.secours, name="secours"),
    path("sessions", compte.sessions, name="sessions"),
    path("sessions/<uuid:session_id>/fermer", compte.fermer_session, name="fermer-session"),
]
