"""Only operations and handlers write; ties between rooms are few and known."""

import ast

from django.apps import apps
from django.db.models import ForeignKey

from tests.architecture.arbre import Module, calls, modules

ECRITURES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ECRIVAINS = {"operations", "handlers", "purges", "models"}  # purges: a life's end, under its own role
# Words that are not a model's: a dict's update, a storage's delete… The receiver says it, so the list is of receivers.
AUTRES = ("objects", "filter", "exclude", "select_for_update", "all")
# Modules that write though they are neither, each with its reason.
AVEC_RAISON = {
    "psl/socle/cles.py": "the keys' own operations",
    "psl/socle/limites.py": "counts in a statement of its own",
    "psl/journal/travaux.py": "the queue's own rows",
    "psl/pieces/apercus/images.py": "saves an image into memory, nothing in the base",
    "psl/pieces/apercus/pdf.py": "saves a PDF into memory, nothing in the base",
    "psl/teledossiers/rendus/logos.py": "saves an image into memory, nothing in the base",
}
# ForeignKeys between rooms, each with its reason. Never between lives.
ENTRE_PIECES: dict[str, str] = {}


def test_only_operations_and_handlers_write() -> None:
    writers = {module.nom for module in modules("psl") if not _may_write(module) and _writes(module)}
    assert writers - set(AVEC_RAISON) == set()


def test_reasons_are_still_needed() -> None:
    assert {nom for nom in AVEC_RAISON if nom not in {module.nom for module in modules("psl")}} == set()


def test_no_foreign_key_between_rooms() -> None:
    ties = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("psl.")
        and isinstance(field, ForeignKey)
        and field.related_model._meta.app_label != model._meta.app_label
    }
    assert ties == set(ENTRE_PIECES)


def _may_write(module: Module) -> bool:
    return module.path.stem in ECRIVAINS or module.path.parent.name in {"operations", "handlers"}


def _writes(module: Module) -> bool:
    return any(_is_write(call) for call, _ in calls(module))


def _is_write(call: ast.Call) -> bool:
    """Recognise `X.objects….update(…)`, `instance.save(…)` and `insert(X, …)` (psl.socle.postgresql.rows)."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "insert"
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ECRITURES:
        return False
    receiver = ast.unparse(call.func.value)
    return call.func.attr == "save" or any(f".{mot}" in receiver for mot in AUTRES)
