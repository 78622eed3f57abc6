"""Who may reach the agents' routes: anybody to log in, an agent in an open session, or a service that proved one dossier."""

from psl.portails.theme.acces import Acces

_AGENT = ("deconnexion", "compte", "mot-de-passe", "secours", "sessions", "fermer-session")
_DOSSIERS = (
    "bannette", "dossier", "recapitulatif", "lettre", "document", "fichier", "apercu", "image", "pec", "prise", "remise", "attribution",
    "message", "complement",
    "acceptation", "refus", "non-recevable", "sans-suite", "reorientation",
)  # fmt: skip
_SERVICE = (
    "service-dossier", "service-etat", "service-complement", "service-message", "service-document", "service-fichier", "service-recap",
)  # fmt: skip
REGLES = {
    **{nom: Acces("public") for nom in ("connexion", "verification", "service", "service-fermer")},
    **{nom: Acces("service") for nom in _SERVICE},
    **{nom: Acces("agent") for nom in (*_AGENT, *_DOSSIERS)},
}
