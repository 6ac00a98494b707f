"""The standing cast, and the ground every test stands on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection

from community import kept
from community.members.models import Member
from groups.models import Group, Role
from tests import make
from tests.letterbox import server as server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in the product: servers that tests start, and threads, open the same database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits and presence live in the cache; each test begins with none spent and nothing drawn."""
    cache.clear()
    kept.forget_all()


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test uploads goes away with it. Folders of a moment are its own as well: tests that travel in time sweep
    away what looks old to them, and may not do so to those that run beside them."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "moment").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "moment"))


@pytest.fixture
def group(db: None) -> Group:
    return make.group("Workforce", hue="amber")


@pytest.fixture
def lead(group: Group) -> Member:
    found = make.person("workforce-chair")
    make.place(group, found, Role.LEAD)
    return found


@pytest.fixture
def member(group: Group) -> Member:
    found = make.person("brass-peri")
    make.place(group, found)
    return found


@pytest.fixture
def observer(group: Group) -> Member:
    found = make.person("industry-guest")
    make.place(group, found, Role.OBSERVER)
    return found


@pytest.fixture
def outsider(db: None) -> Member:
    """A member with standing who is in no group."""
    return make.person("strings-peri")


@pytest.fixture
def staff(db: None) -> Member:
    """Staff with the second factor that staff need."""
    found = make.person("duty-moderator", is_staff=True)
    Authenticator.objects.create(user=found, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return found
