"""Marks set from the fixtures a test uses, and the order: pure tests, then those with a base, then the browser's."""

from collections.abc import Iterator

import pytest

DE_BASE = {"db", "base_reelle", "django_db_setup"}
DE_NAVIGATEUR = {"plateforme", "navigateur", "page"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DE_NAVIGATEUR:
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.xdist_group("navigateur"))  # one platform for all of them
        elif fixtures & DE_BASE or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.base)
    yield
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    if item.get_closest_marker("navigateur"):
        return 2
    return 1 if item.get_closest_marker("base") else 0
