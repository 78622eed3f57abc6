"""A condition in the words of its reader: the questions by their labels, the options by theirs. What has no words is quoted. Pure."""

from collections import Counter
from datetime import date
from decimal import Decimal

from psl.langage.definition.objets import Champ, Demarche
from psl.langage.feel import Expression, nodes
from psl.langage.feel.values import Value
from psl.socle.dates import date_in_words

FRANCE = "99100"
_ORDRE = {"<": "est inférieur à", "<=": "est au plus", ">": "est supérieur à", ">=": "est au moins"}
_ORDRE_DATES = {"<": "est avant", "<=": "est au plus tard", ">": "est après", ">=": "est au plus tôt"}
_SENS_INVERSE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_CALCUL = {"+": "plus", "-": "moins", "*": "fois", "/": "divisé par"}
_MEMBRES = {"code": "le code de", "libelle": "le nom de", "year": "l'année de", "month": "le mois de", "day": "le jour de"}
_DUREES = (("Y", "an(s)"), ("M", "mois"), ("W", "semaine(s)"), ("D", "jour(s)"))


class _SansMots(Exception):  # noqa: N818 - not a failure: what is not said is quoted
    """A piece of an expression that has no words."""


def say(expression: Expression, demarche: Demarche) -> str:
    """Write a condition as a sentence without its « si »; one too technical for words is quoted as it is written."""
    try:
        return _Diseur(demarche).condition(expression.tree)
    except _SansMots:
        return f"la règle « {expression.text} » est remplie"


class _Diseur:
    """Says the nodes of an expression, knowing the questions of a démarche."""

    def __init__(self, demarche: Demarche) -> None:
        self.champs = demarche.champs
        comptes = Counter(champ.libelle for champ in demarche.champs.values())
        blocs = {bloc.cle: bloc.titre for page in demarche.pages for bloc in page.blocs}
        self.libelles = {
            cle: f"« {champ.libelle or cle} »" + (f" ({blocs[champ.bloc]})" if comptes[champ.libelle] > 1 and blocs.get(champ.bloc) else "")
            for cle, champ in demarche.champs.items()
        }
        self.autres = {calcul.cle: calcul.libelle or calcul.cle for calcul in demarche.calculs}
        self.autres |= {parametre.cle: parametre.libelle or parametre.cle for parametre in demarche.parametres}

    def condition(self, node: nodes.Node, *, is_inside: bool = False) -> str:
        match node:
            case nodes.And(terms=terms) | nodes.Or(terms=terms):
                return self._joined(terms, " et " if isinstance(node, nodes.And) else " ou ", is_inside=is_inside)
            case nodes.Compare():
                return self._compare(node)
            case nodes.Call(function="not", arguments=(inner,)):
                return self._denied(inner)
        return self._test_of(node)

    def _test_of(self, node: nodes.Node) -> str:
        match node:
            case nodes.Between(value=value, low=low, high=high):
                champ = self._champ(value)
                return f"{self.value(value)} est entre {self.value(low, champ)} et {self.value(high, champ)}"
            case nodes.In(value=value, tests=tests):
                return self._one_of(value, tests)
            case nodes.Literal(value=bool(value)):
                return "toujours" if value else "jamais"
            case nodes.Name(name=nom) if nom in self.champs or nom in self.autres:
                return self._truth(node, is_true=True)
        raise _SansMots

    def _joined(self, terms: tuple[nodes.Node, ...], mot: str, *, is_inside: bool) -> str:
        said = [self.condition(term, is_inside=True) for term in terms]
        texte = (f",{mot}" if any(" ou " in part or " et " in part for part in said) else mot).join(said)
        return f"({texte})" if is_inside else texte

    def _denied(self, inner: nodes.Node) -> str:
        if isinstance(inner, nodes.In):
            return self._one_of(inner.value, inner.tests, verbe="n'est pas")
        if isinstance(inner, nodes.Compare) and inner.operator == "=":
            return self._compare(nodes.Compare(inner.start, inner.end, "!=", inner.left, inner.right))
        return f"il n'est pas vrai que {self.condition(inner, is_inside=True)}"

    def _compare(self, node: nodes.Compare) -> str:
        left, right, operator = node.left, node.right, node.operator
        if isinstance(left, nodes.Literal) and not isinstance(right, nodes.Literal):
            left, right, operator = right, left, _SENS_INVERSE[operator]
        if operator in ("=", "!="):
            return self._equal(left, right, is_equal=operator == "=")
        words = _ORDRE_DATES if self._is_date(left) or self._is_date(right) else _ORDRE
        return f"{self.value(left)} {words[operator]} {self.value(right, self._champ(left))}"

    def _equal(self, left: nodes.Node, right: nodes.Node, *, is_equal: bool) -> str:
        if isinstance(right, nodes.Literal) and right.value is None:
            return f"{self.value(left)} {'est sans réponse' if is_equal else 'a une réponse'}"
        if isinstance(right, nodes.Literal) and isinstance(right.value, bool):
            return self._truth(left, is_true=right.value is is_equal)
        if isinstance(left, nodes.Path) and left.member == "code" and isinstance(right, nodes.Literal) and right.value == FRANCE:
            return f"{self.value(left.base)} {'est' if is_equal else "n'est pas"} la France"
        return f"{self.value(left)} {'est' if is_equal else "n'est pas"} {self.value(right, self._champ(left))}"

    def _truth(self, node: nodes.Node, *, is_true: bool) -> str:
        champ = self._champ(node)
        if champ is not None and champ.type in ("case", "declaration_honneur"):
            return f"{self.value(node)} {'est coché' if is_true else "n'est pas coché"}"
        return f"{self.value(node)} est {'oui' if is_true else 'non'}"

    def _one_of(self, value: nodes.Node, tests: tuple[nodes.Node, ...], verbe: str = "est") -> str:
        champ = self._champ(value)
        parts = [part for test in tests for part in (test.items if isinstance(test, nodes.ListOf) else (test,))]
        said = [self._test(part, champ) for part in parts]
        return f"{self.value(value)} {verbe} {' ou '.join(filter(None, (', '.join(said[:-1]), said[-1])))}"

    def _test(self, test: nodes.Node, champ: Champ | None) -> str:
        if isinstance(test, nodes.RangeOf):
            return f"de {self.value(test.low, champ)} à {self.value(test.high, champ)}"
        if isinstance(test, nodes.UnaryTest) and test.operator in _ORDRE:
            return f"{_ORDRE[test.operator].removeprefix('est ')} {self.value(test.operand, champ)}"
        return self.value(test, champ)

    def value(self, node: nodes.Node, champ: Champ | None = None) -> str:
        match node:
            case nodes.Literal(value=value):
                return _literal(value, champ)
            case nodes.Name(name=nom):
                return self._name(nom)
            case nodes.Path(base=base, member=membre):
                return f"{_MEMBRES.get(membre, membre.replace('_', ' ') + ' de')} {self.value(base)}"
            case nodes.Arithmetic(operator=signe, left=left, right=right) if signe in _CALCUL:
                return f"{self.value(left)} {_CALCUL[signe]} {self.value(right)}"
            case nodes.Call(function="date" | "duration" as sorte, arguments=(nodes.Literal(value=str(ecrit)),)):
                return _day(ecrit) if sorte == "date" else _duration(ecrit)
            case nodes.Call(function="count", arguments=(inner,)):
                return f"le nombre de réponses à {self.value(inner)}"
        raise _SansMots

    def _name(self, nom: str) -> str:
        if nom == "aujourd'hui":
            return "la date du jour"
        if nom in self.libelles:
            return self.libelles[nom]
        if nom in self.autres:
            return f"« {self.autres[nom]} »"
        raise _SansMots

    def _champ(self, node: nodes.Node) -> Champ | None:
        return self.champs.get(node.name) if isinstance(node, nodes.Name) else None

    def _is_date(self, node: nodes.Node) -> bool:
        champ = self._champ(node)
        if champ is not None:
            return champ.type in ("date", "date_partielle", "heure")
        dates = (isinstance(part, nodes.Name) and part.name == "aujourd'hui" for part in node.walk())
        return any(dates) or (isinstance(node, nodes.Call) and node.function == "date")


def _literal(value: Value, champ: Champ | None) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        options = champ.options if champ else ()
        return f"« {next((option.libelle for option in options if option.valeur == value), value)} »"
    if isinstance(value, date):
        return date_in_words(value, weekday=False)
    if isinstance(value, int | Decimal):
        return str(value).replace(".", ",")
    raise _SansMots


def _day(ecrit: str) -> str:
    try:
        return f"le {date_in_words(date.fromisoformat(ecrit), weekday=False)}"
    except ValueError as error:
        raise _SansMots from error


def _duration(ecrit: str) -> str:
    for lettre, mot in _DUREES:
        nombre = ecrit.removeprefix("P").removesuffix(lettre)
        if ecrit.endswith(lettre) and nombre.isdecimal():
            return f"{nombre} {mot if mot == 'mois' else mot.replace('(s)', 's' if int(nombre) > 1 else '')}"
    raise _SansMots
