"""Routes of the agent portal."""

from django.urls import path

from psl.instruction.droits import Acte
from psl.portails.agent import actes, bannette, compte, connexion, dossier, sans_compte

app_name = "agent"
_DOSSIER = "dossier/<uuid:affectation_id>"
_SERVICE = "gestionnaire-de-suivi"
urlpatterns = [
    path("", bannette.listing, name="bannette"),
    path(_DOSSIER, dossier.show, name="dossier"),
    path(f"{_DOSSIER}/recapitulatif.pdf", dossier.recap, name="recapitulatif"),
    path(f"{_DOSSIER}/lettre.pdf", dossier.letter, name="lettre"),
    path(f"{_DOSSIER}/document-<int:rang>.pdf", dossier.foreseen, name="document"),
    path(f"{_DOSSIER}/fichier/<uuid:fichier_id>", dossier.file, name="fichier"),
    path(f"{_DOSSIER}/pec/<int:rang>.zip", dossier.pec, name="pec"),
    path(f"{_DOSSIER}/fichier/<uuid:fichier_id>/page/<int:rang>", dossier.preview, name="apercu"),
    path(f"{_DOSSIER}/fichier/<uuid:fichier_id>/image/<int:rang>", dossier.picture, name="image"),
    path(f"{_DOSSIER}/prise", actes.take, name="prise"),
    path(f"{_DOSSIER}/remise", actes.release, name="remise"),
    path(f"{_DOSSIER}/attribution", actes.assign, name="attribution"),
    path(f"{_DOSSIER}/message", actes.write, name="message"),
    path(f"{_DOSSIER}/complement", actes.ask, name="complement"),
    path(f"{_DOSSIER}/acceptation", actes.answer, {"acte": Acte.ACCEPT}, name="acceptation"),
    path(f"{_DOSSIER}/refus", actes.answer, {"acte": Acte.REFUSE}, name="refus"),
    path(f"{_DOSSIER}/non-recevable", actes.answer, {"acte": Acte.REJECT}, name="non-recevable"),
    path(f"{_DOSSIER}/sans-suite", actes.answer, {"acte": Acte.CLOSE}, name="sans-suite"),
    path(_SERVICE, sans_compte.enter, name="service"),
    path(f"{_SERVICE}/dossier", sans_compte.show, name="service-dossier"),
    path(f"{_SERVICE}/etat", sans_compte.change, name="service-etat"),
    path(f"{_SERVICE}/complement", sans_compte.ask, name="service-complement"),
    path(f"{_SERVICE}/message", sans_compte.write, name="service-message"),
    path(f"{_SERVICE}/document", sans_compte.join, name="service-document"),
    path(f"{_SERVICE}/fichier/<uuid:fichier_id>", sans_compte.file, name="service-fichier"),
    path(f"{_SERVICE}/recapitulatif.pdf", sans_compte.recap, name="service-recap"),
    path(f"{_SERVICE}/fermer", sans_compte.leave, name="service-fermer"),
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
