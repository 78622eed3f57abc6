"""Every route has its access rule, every rule its route."""

from tests.architecture.routes import routes, rules


def test_every_route_has_a_name() -> None:
    assert [route.chemin for route in routes() if not route.nom] == []


def test_every_route_has_its_rule_and_every_rule_its_route() -> None:
    by_portal: dict[str, set[str]] = {}
    for route in routes():
        by_portal.setdefault(route.portail, set()).add(route.nom)
    assert by_portal == {portail: set(rules(portail)) for portail in by_portal}
