"""Imports and foreign keys point down; only the named doors lead to rows."""

import ast
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

ROOT = settings.BASE_DIR
FLOORS = ["community", "groups", "realtime"]
# The words that give only what a member may know. Whatever else a view wants, it reaches from there.
DOORS = {"visible_to", "listed_to", "joined_by", "mine"}


def floor(model) -> int | None:
    top = model.__module__.partition(".")[0]
    return FLOORS.index(top) if top in FLOORS else None


def sources() -> list[Path]:
    return [path for name in FLOORS for path in sorted((ROOT / name).rglob("*.py")) if "migrations" not in path.parts]


def test_foreign_keys_point_down():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model and floor(model) is not None:
                other = floor(field.related_model)
                assert other is None or other <= floor(model), f"{model.__name__}.{field.name} points up"


@pytest.mark.parametrize("path", [p for p in sources() if p.stem.startswith("views")], ids=str)
def test_a_view_reaches_rows_only_through_visible_to(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "objects":
            where = f"{path.name}:{node.lineno} .objects.{node.attr}"
            assert node.attr in DOORS, f"{where}: start from {sorted(DOORS)}, or make it a method of the model"


@pytest.mark.parametrize("path", [p for p in sources() if p.stem == "policy"], ids=str)
def test_a_policy_knows_no_request(path):
    assert "django.http" not in path.read_text() and "request" not in path.read_text()


def test_all_middleware_is_async_capable():
    """A sync-only middleware under ASGI costs a thread per request and can hang the server at shutdown."""
    for name in settings.MIDDLEWARE:
        middleware = import_string(name)
        assert getattr(middleware, "async_capable", False), f"{name} is sync-only"


def test_every_room_opens_with_a_card():
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] in FLOORS:
            card = inspect.getdoc(config.module) or ""
            assert "Lives here:" in card and "Never:" in card, f"{config.name}/__init__.py has no card"
