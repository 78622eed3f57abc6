"""Routes of the usager portal."""

from django.urls import path

from psl.portails.usager import envoi, etapes, pieces, reprise, suivi

app_name = "usager"
urlpatterns = [
    path("mademarche/<slug:code>/commencer", etapes.start, name="commencer"),
    path("ma-demande/<uuid:brouillon_id>", reprise.current, name="reprise"),
    path("ma-demande/<uuid:brouillon_id>/etape/<slug:page>", etapes.step, name="etape"),
    path("ma-demande/<uuid:brouillon_id>/piece/<uuid:fichier_id>/retirer", pieces.remove, name="retirer"),
    path("ma-demande/<uuid:brouillon_id>/commune/<str:champ>", reprise.commune, name="commune"),
    path("ma-demande/<uuid:brouillon_id>/autre-service", reprise.way_out, name="sortie"),
    path("ma-demande/<uuid:brouillon_id>/changements", reprise.changes, name="changements"),
    path("ma-demande/<uuid:brouillon_id>/plus-tard", reprise.later, name="plus-tard"),
    path("ma-demande/<uuid:brouillon_id>/recapitulatif", envoi.recap, name="recapitulatif"),
    path("ma-demande/<uuid:brouillon_id>/envoyer", envoi.send, name="envoyer"),
    path("ma-demande/<uuid:brouillon_id>/accuse", envoi.accuse, name="accuse"),
    path("ma-demande/<uuid:brouillon_id>/accuse.pdf", envoi.accuse_pdf, name="accuse-pdf"),
    path("ma-demande/<uuid:brouillon_id>/demande.pdf", envoi.recap_pdf, name="recap-pdf"),
    path("reprendre/<str:jeton>", reprise.resume, name="reprendre"),
    path("suivi", suivi.ask, name="suivi"),
    path("suivi/verification", suivi.verify, name="verification"),
    path("suivi/code-perdu", suivi.lost_code, name="code-perdu"),
    path("suivi/dossier", suivi.dossier, name="dossier"),
    path("suivi/dossier/<uuid:affectation_id>/completer", suivi.complete, name="completer"),
    path("suivi/dossier/<uuid:affectation_id>/message", suivi.message, name="message"),
    path("suivi/retirer", suivi.withdraw, name="retrait"),
    path("suivi/document/<uuid:document_id>", suivi.document, name="document"),
    path("suivi/preuve", suivi.proof, name="preuve"),
    path("suivi/certificats.pem", suivi.certificates, name="certificats"),
    path("suivi/fermer", suivi.close, name="fermer"),
]
