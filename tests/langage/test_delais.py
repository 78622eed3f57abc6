from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.delais import Complement, add, before, complement_due, days_left, silence_date, silence_date_after

JOURS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("jour", "duree", "attendu"),
    [
        (date(2026, 1, 15), "P2M", date(2026, 3, 15)),
        (date(2026, 12, 31), "P2M", date(2027, 2, 28)),
        (date(2027, 12, 31), "P2M", date(2028, 2, 29)),
        (date(2026, 11, 30), "P1Y", date(2027, 11, 30)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2026, 11, 23), "P30D", date(2026, 12, 23)),
        (date(2026, 11, 23), "P1Y2M", date(2028, 1, 23)),
    ],
)
def test_a_delay_is_counted_in_calendar_months_or_days(jour: date, duree: str, attendu: date) -> None:
    assert add(jour, duree) == silence_date(jour, duree) == attendu


@pytest.mark.parametrize("duree", ["2 mois", "P", "PT1H", "P1DT1H", ""])
def test_what_is_not_a_whole_delay_is_refused(duree: str) -> None:
    with pytest.raises(ValueError, match=r"n'est pas une durée : écrivez P2M"):
        add(date(2026, 1, 1), duree)


RECU = date(2026, 1, 15)


def test_a_day_before_another_is_counted_the_same_way() -> None:
    assert [before(date(2026, 3, 31), duree) for duree in ("P1M", "P7D", "P1Y")] == [
        date(2026, 2, 28), date(2026, 3, 24), date(2025, 3, 31),
    ]  # fmt: skip


def test_silence_that_accepts_runs_from_the_pieces_and_the_competent_authority() -> None:
    assert silence_date_after("accord", RECU, "P2M") == date(2026, 3, 15)
    assert silence_date_after("accord", RECU, "P2M", competent_on=date(2026, 1, 20)) == date(2026, 3, 20)
    attendu = Complement(date(2026, 1, 20), date(2026, 2, 20))
    assert silence_date_after("accord", RECU, "P2M", complements=[attendu]) is None
    produit = Complement(date(2026, 1, 20), date(2026, 2, 20), date(2026, 1, 31))
    assert silence_date_after("accord", RECU, "P2M", complements=[produit]) == date(2026, 3, 31)


def test_silence_that_rejects_stops_during_the_time_given() -> None:
    def silence(*complements: Complement) -> date | None:
        return silence_date_after("rejet", RECU, "P2M", complements=complements, competent_on=date(2026, 2, 1))

    assert silence() == date(2026, 3, 15)
    assert silence(Complement(date(2026, 1, 20), date(2026, 2, 20))) == date(2026, 3, 15) + timedelta(days=31)
    assert silence(Complement(date(2026, 1, 20), date(2026, 2, 20), date(2026, 1, 25))) == date(2026, 3, 20)
    assert silence(Complement(date(2026, 1, 20), date(2026, 2, 20), date(2026, 3, 1))) == date(2026, 3, 15) + timedelta(days=31)
    ensemble = (Complement(date(2026, 1, 20), date(2026, 1, 30)), Complement(date(2026, 1, 25), date(2026, 2, 4)))
    assert silence(*ensemble) == date(2026, 3, 15) + timedelta(days=15)
    assert silence(*reversed(ensemble)) == silence(*ensemble)


@given(JOURS, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60), st.none() | st.integers(0, 90)), max_size=4))
def test_asking_never_brings_the_date_forward(recu: date, demandes: list[tuple[int, int, int | None]]) -> None:
    jours = timedelta(days=1)
    complements = [
        Complement(recu + d * jours, recu + (d + delai) * jours, None if produit is None else recu + (d + produit) * jours)
        for d, delai, produit in demandes
    ]
    base = silence_date(recu, "P2M")
    rejet = silence_date_after("rejet", recu, "P2M", complements=complements)
    assert rejet is not None
    assert base <= rejet <= base + sum(delai for _, delai, _ in demandes) * jours
    accord = silence_date_after("accord", recu, "P2M", complements=complements)
    assert accord is None or accord >= base


def test_a_complement_is_due_a_month_later_unless_said_otherwise() -> None:
    assert (complement_due(date(2026, 1, 31)), complement_due(date(2026, 1, 31), "P15D")) == (date(2026, 2, 28), date(2026, 2, 15))


def test_days_left_are_counted_to_the_day() -> None:
    assert [days_left(date(2026, 11, 23), date(2026, 11, jour)) for jour in (20, 23, 25)] == [3, 0, -2]
