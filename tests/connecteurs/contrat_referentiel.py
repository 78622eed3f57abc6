"""What every Referentiel must do: one class, inherited by the tests of each connecteur."""

from datetime import datetime

from psl.annuaire.listes import Referentiel

ECOLES, AGENDA = "api:ecoles", "agenda:etat-civil"


class ContratReferentiel:
    """Give `referentiel` as a fixture; it knows the list `api:ecoles` and the agenda `agenda:etat-civil`."""

    def test_each_entry_has_a_code_of_its_own_and_a_name(self, referentiel: Referentiel) -> None:
        entrees = referentiel.entrees(ECOLES)
        assert (0 < len(entrees) <= 1000, len({entree["code"] for entree in entrees})) == (True, len(entrees))
        assert [entree for entree in entrees if not all(isinstance(entree[cle], str) and entree[cle] for cle in ("code", "libelle"))] == []

    def test_an_entry_is_found_by_its_code(self, referentiel: Referentiel) -> None:
        entrees = referentiel.entrees(ECOLES)
        assert [referentiel.entree(ECOLES, entree["code"]) for entree in entrees] == entrees
        assert (referentiel.entree(ECOLES, "inconnu"), referentiel.entree(ECOLES, "")) == (None, None)

    def test_a_list_unknown_is_empty(self, referentiel: Referentiel) -> None:
        assert (referentiel.entrees("api:inconnue"), referentiel.entree("api:inconnue", "1")) == ([], None)

    def test_a_slot_says_when_it_begins(self, referentiel: Referentiel) -> None:
        debuts = [datetime.fromisoformat(entree["debut"]) for entree in referentiel.entrees(AGENDA)]
        assert (debuts == sorted(debuts), len(debuts) > 0) == (True, True)
