"""Routes of the agent portal."""

from django.urls import path

from psl.instruction.droits import Acte
from psl.portails.agent import actes, bannette, compte, connexion, dossier

app_name = "agent"
_DOSSIER = "dossier/<uuid:affectation_id>"
urlpatterns = [
    path("", bannette.listing, name="bannette"),
    path(_DOSSIER, dossier.show, name="dossier"),
    path(f"{_DOSSIER}/recapitulatif.pdf", dossier.recap, name="recapitulatif"),
    path(f"{_DOSSIER}/lettre.pdf", dossier.letter, name="lettre"),
    path(f"{_DOSSIER}/fichier/<uuid:fichier_id>", dossier.file, name="fichier"),
    path(f"{_DOSSIER}/pec/<int:rang>.zip", dossier.pec, name="pec"),
    path(f"{_DOSSIER}/prise", actes.take, name="prise"),
    path(f"{_DOSSIER}/remise", actes.release, name="remise"),
    path(f"{_DOSSIER}/attribution", actes.assign, name="attribution"),
    path(f"{_DOSSIER}/message", actes.write, name="message"),
    path(f"{_DOSSIER}/complement", actes.ask, name="complement"),
    path(f"{_DOSSIER}/acceptation", actes.answer, {"acte": Acte.ACCEPT}, name="acceptation"),
    path(f"{_DOSSIER}/refus", actes.answer, {"acte": Acte.REFUSE}, name="refus"),
    path(f"{_DOSSIER}/non-recevable", actes.answer, {"acte": Acte.REJECT}, name="non-recevable"),
    path(f"{_DOSSIER}/sans-suite", actes.answer, {"acte": Acte.CLOSE}, name="sans-suite"),
    path(f"{_DOSSIER}/reorientation", actes.send_on, name="reorientation"),
    path("connexion", connexion.connexion, name="connexion"),
    path("verification", connexion.verification, name="verification"),
    path("deconnexion", connexion.deconnexion, name="deconnexion"),
    path("compte", compte.compte, name="compte"),
    path("compte/mot-de-passe", compte.mot_de_passe, name="mot-de-passe"),
    path("compte/secours", compte.secours, name="secours"),
    path("sessions", compte.sessions, name="sessions"),
    path("sessions/<uuid:session_id>/fermer", compte.fermer_session, name="fermer-session"),
]
