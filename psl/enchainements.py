"""What follows what: each kind of fait and the handlers it owes, in one table.

A fait with no consequence has an empty list: tests assert that every kind recorded anywhere has its row here.
"""

ENCHAINEMENTS: dict[str, list[str]] = {
    "brouillon.commence": [],
    "brouillon.repris": [],
    "brouillon.purge": [],
    "piece.ajoutee": [],
    "piece.retiree": [],
    "teledossier.depose": ["psl.routage.handlers.route_new", "psl.suivi.handlers.acknowledge"],
    "teledossier.complete": ["psl.routage.handlers.route_complement", "psl.suivi.handlers.acknowledge"],
    "affectation.sans_service": [],
    "document.produit": [],
    "courriel.rebond": [],
    "suivi.ouvert": [],
    "suivi.code_renouvele": [],
    "agent.cree": [],
    "agent.enrole": [],
    "agent.habilite": [],
    "agent.habilitation_retiree": [],
    "agent.revoque": [],
    "agent.connecte": [],
    "agent.refuse": [],
    "agent.session_fermee": [],
    "agent.mot_de_passe_change": [],
    "agent.codes_renouveles": [],
    "purge.contenu": [],
    "purge.contact": [],
    "purge.trace": [],
}
