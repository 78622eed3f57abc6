"""Who may reach the usager's routes: anybody to start, the holder of the brouillon to fill, whoever proved it to follow."""

from psl.portails.theme.acces import Acces

_PORTEUR = (
    "reprise",
    "etape",
    "retirer",
    "commune",
    "sortie",
    "changements",
    "plus-tard",
    "recapitulatif",
    "envoyer",
    "accuse",
    "accuse-pdf",
    "recap-pdf",
)
_SUIVI = ("dossier", "retrait", "completer", "message", "document", "preuve")
_PUBLIC = ("commencer", "reprendre", "suivi", "verification", "code-perdu", "fermer", "certificats")
REGLES = dict.fromkeys(_PORTEUR, Acces("porteur")) | dict.fromkeys(_SUIVI, Acces("suivi")) | dict.fromkeys(_PUBLIC, Acces("public"))
