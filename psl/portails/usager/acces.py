"""Who may reach the usager's routes: anybody to start, the holder of the brouillon to fill, whoever proved it to follow."""

from psl.portails.theme.acces import Acces

_PORTEUR = (
    "reprise",
    "etape",
    "retirer",
    "commune",
    "sortie",
    "plus-tard",
    "recapitulatif",
    "envoyer",
    "accuse",
    "accuse-pdf",
    "recap-pdf",
)
_SUIVI = ("dossier", "completer", "message", "document")
_PUBLIC = ("commencer", "reprendre", "suivi", "verification", "code-perdu", "fermer")
REGLES = {nom: Acces(qui) for qui, noms in (("porteur", _PORTEUR), ("suivi", _SUIVI), ("public", _PUBLIC)) for nom in noms}
