"""Who may reach the agents' routes: anybody to log in, an agent in an open session for the rest."""

from psl.portails.theme.acces import Acces

_AGENT = ("deconnexion", "compte", "mot-de-passe", "secours", "sessions", "fermer-session")
_DOSSIERS = (
    "bannette", "dossier", "recapitulatif", "lettre", "fichier", "pec", "prise", "remise", "attribution", "message", "complement",
    "acceptation", "refus", "non-recevable", "sans-suite", "reorientation",
)  # fmt: skip
REGLES = {
    **{nom: Acces("public") for nom in ("connexion", "verification")},
    **{nom: Acces("agent") for nom in (*_AGENT, *_DOSSIERS)},
}
