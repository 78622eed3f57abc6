"""From goals to findings, in words: the roots only, each with its line, what to do, and answers that show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psl.langage.composants import Valeur
from psl.langage.preuves.buts import But
from psl.langage.preuves.observation import Vue
from psl.langage.preuves.simulation import Simulation
from psl.langage.source.defauts import Defaut

PROUVE, CONTRE_EXEMPLE, CE_JOUR = "prouvé", "contre-exemple", "ce jour-là"


@dataclass(frozen=True, slots=True)
class Constat:
    """A finding: the fault, how it is known, answers that show it, how many others come from the same cause."""

    defaut: Defaut
    nature: str
    verdict: str
    exemple: Mapping[str, Valeur]
    suites: int = 0


@dataclass(frozen=True, slots=True)
class Indecis:
    """A goal that nothing decided, and why."""

    sujet: str
    ligne: int
    raison: str


# What is said of a goal that no answers reach: the sentence, the remedy.
_JAMAIS = {
    "page": ("{sujet} n'est jamais montrée : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-la."),
    "bloc": ("{sujet} n'est jamais montré : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-le."),
    "champ": ("{sujet} n'est jamais posée : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-la."),
    "option": ("{sujet} n'est jamais proposée : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-la."),
    "piece": ("{sujet} n'est jamais demandée : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-la."),
    "requis": ("{sujet} n'est jamais exigée : « {condition} » n'est jamais vrai.", "Écrivez requis: false, ou corrigez la condition."),
    "libelle": ("{sujet} n'est jamais choisi : « {condition} » n'est jamais vrai ici.", "Corrigez sa condition, l'ordre, ou retirez-le."),
    "sortie": ("{sujet} n'est jamais prise : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-la."),
    "controle": (
        "{sujet} ne dit jamais rien : « {condition} » n'est jamais vrai quand la question est montrée.",
        "Corrigez-le, ou retirez-le.",
    ),
    "destinataire": ("{sujet} ne reçoit jamais rien : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-le."),
    "regle": ("{sujet} ne sert jamais.", "Corrigez-la, remontez-la, ou retirez-la : la première règle vraie l'emporte."),
    "suite": ("{sujet} ne suit jamais une demande : « {condition} » n'est jamais vrai.", "Corrigez sa condition, ou retirez-le."),
    "condition": ("{sujet} n'est jamais vrai.", "Corrigez cette condition, ou simplifiez le calcul."),
    "rangee": ("{sujet} ne sert jamais.", "Corrigez ses tests, remontez-la, ou retirez-la."),
    "fin": ("{sujet} ne mène jamais au bout : ni envoi, ni sortie.", "Corrigez ce qui est exigé ou refusé ensuite."),
    "passe": (
        "On ne peut jamais passer {sujet} : ce qu'elle exige se contredit{cause}.",
        "Corrigez l'une de ces questions ou l'un de leurs contrôles.",
    ),
}
_TOUJOURS = ("{sujet} : « {condition} » est toujours vrai.", "Retirez cette condition, ou corrigez-la.")
_FAUTES = {
    "bloque": ("{sujet} peut être exigée sans qu'aucune réponse soit possible.", "Ouvrez ses options ou ses dates, ou ne la posez pas."),
    "sans_destinataire": ("Une demande peut être envoyée sans que personne ne la reçoive.", "Ajoutez une règle qui tienne dans ce cas."),
    "trou": ("{sujet} n'a de ligne pour aucune valeur dans ce cas.", "Ajoutez une ligne, ou sinon: …"),
    "double": ("{sujet} a plusieurs lignes qui conviennent et se contredisent.", "Séparez leurs tests, ou changez la politique."),
}


class Redaction:
    """Writes the findings of a simulation whose impossible goals are known."""

    def __init__(self, simulation: Simulation, impossibles: set[str], blocages: Mapping[str, list[str]]) -> None:
        self.simulation = simulation
        self.enonce = simulation.enonce
        self.impossibles = impossibles
        self.blocages = blocages
        self.buts = {but.cle: but for but in self.enonce.buts}

    def constats(self) -> list[Constat]:
        """Give the findings: first what goes wrong, then what never or always is; the consequences of one are counted in it."""
        found = [self._fault(but) for but in self.buts.values() if but.est_faute and but.cle in self.simulation.temoins]
        seen: dict[tuple[str, str], int] = {}
        roots: list[But] = []
        for but in self._ordered():
            key = (but.nature.partition(":")[2], self.condition(but) or but.cle)
            if self._is_consequence(but) or key in seen:
                if key in seen:
                    seen[key] += 1
                continue
            seen[key] = 0
            roots.append(but)
        return found + [self._never(but, seen[but.nature.partition(":")[2], self.condition(but) or but.cle]) for but in roots]

    def _ordered(self) -> Iterator[But]:
        gone = [self.buts[cle] for cle in self.impossibles if cle in self.buts and not self.buts[cle].est_faute]
        order = {cle: rang for rang, cle in enumerate(self.buts)}
        yield from sorted(gone, key=lambda but: (but.rang, order[but.cle]))

    def condition(self, but: But) -> str:
        """Give the text of what a goal wants true, or not: its last condition."""
        last = [atome.args[0].text for atome in but.atomes if atome.sorte in ("vrai", "faux")]
        return last[-1] if last else ""

    def _is_consequence(self, but: But) -> bool:
        """Tell whether a goal is out of reach because something that it needs is."""
        if any(cle in self.impossibles for cle in but.dans):
            return True
        pages = self.enonce.demarche.pages
        if any(f"sortie:{sortie.cle}:non" in self.impossibles for page in pages[: but.rang] for sortie in page.sorties):
            return True
        if any(f"passe:{page.cle}" in self.impossibles for page in pages[: but.rang]) and but.nature != "passe":
            return True
        if but.nature == "passe":
            return any(f"passe:{page.cle}" in self.impossibles for page in pages[: but.rang]) or self._explained(but)
        return any(self._is_broken(nom) for nom in self._read(but)) or (but.nature == "fin" and self._is_stuck())

    def _explained(self, but: But) -> bool:
        """Tell whether a page is not passed only because it is always left by a way out: that is said of the way out."""
        page = self.enonce.demarche.pages[but.rang]
        return any(f"sortie:{sortie.cle}:non" in self.impossibles for sortie in page.sorties)

    def _is_stuck(self) -> bool:
        return any(cle.startswith("passe:") for cle in self.impossibles)

    def _read(self, but: But) -> frozenset[str]:
        own = {but.cle.split(":")[1].partition(".")[0]} if but.nature in ("fin", "option", "champ") else set()
        names = but.lit | {autre for nom in but.lit for autre in self.simulation.mots.lus.get(nom, ())}
        return names - own - ({but.cle.split(":")[1]} if but.nature in ("rangee", "condition") else set())

    def _is_broken(self, nom: str) -> bool:
        """Tell whether an answer, a computed value or a table has itself a goal out of reach."""
        starts = (f"champ:{nom}", f"option:{nom}:", f"fin:{nom}:", f"calcul:{nom}:", f"rangee:{nom}:")
        whole = any(cle == starts[0] or cle.startswith(starts[1:]) for cle in self.impossibles)
        champ = self.enonce.demarche.champs.get(nom)
        return whole or (champ is not None and bool({f"page:{champ.page}", f"bloc:{champ.page}:{champ.bloc}"} & self.impossibles))

    def _fault(self, but: But) -> Constat:
        message, remede = _FAUTES[but.nature]
        vue = self.simulation.temoins[but.cle]
        return Constat(
            self._defaut(but, message.format(sujet=_big(but.sujet)), remede), but.nature, CONTRE_EXEMPLE, self._example(but, vue)
        )

    def _never(self, but: But, suites: int) -> Constat:
        nature, _, is_always = but.nature.partition(":")
        message, remede = _TOUJOURS if is_always else _JAMAIS[nature]
        cause = self.blocages.get(but.cle, [])
        said = f" ({', '.join(f'« {cle} »' for cle in cause)})" if cause else ""
        sujet = but.sujet if message.startswith("On") else _big(but.sujet)
        defaut = self._defaut(but, message.format(sujet=sujet, condition=self.condition(but), cause=said), remede)
        vues = [vue for vue in self.simulation.vues if vue.atteint >= min(but.rang, self.enonce.fin - 1) or vue.fini()]
        exemple = self._example(but, vues[0]) if vues else {}
        return Constat(defaut, but.nature, CE_JOUR if self._is_of_the_day(but) else PROUVE, exemple, suites)

    def _is_of_the_day(self, but: But) -> bool:
        """Tell whether a goal reads what the day alone fixes: another day may reach it, so it is no fault."""
        mots, demarche = self.simulation.mots, self.enonce.demarche
        names = but.lit | {autre for nom in but.lit for autre in mots.lus.get(nom, ())}
        dated = {parametre.cle for parametre in demarche.parametres if parametre.value_on(date.min) is None or len(parametre.valeurs) > 1}
        fixed = {nom for nom in names if nom in mots.lus and not mots.behind({nom}) and mots.lus[nom] & (dated | {"aujourd'hui"})}
        return bool(fixed or names & dated)

    def _defaut(self, but: But, message: str, remede: str) -> Defaut:
        arbre = self.enonce.definition.arbre
        return Defaut(arbre.fichier, arbre.line(but.chemin), message, remede)

    def _example(self, but: But, vue: Vue) -> dict[str, Valeur]:
        """Give the answers of a journey that a goal reads; all of them when it reads none."""
        champs = self.simulation.mots.behind(but.lit)
        kept: dict[str, Any] = {cle: vue.situation.valeurs.get(cle) for cle in champs}
        return kept or dict(vue.situation.valeurs)


def _big(sujet: str) -> str:
    return sujet[:1].upper() + sujet[1:]
