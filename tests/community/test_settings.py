"""Production refuses to start with an unsafe setting and says which; health tells the truth."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

SAFE = {
    "ENSEMBLE_PRODUCTION": "1",
    "ENSEMBLE_PREPARED": "1",
    "SECRET_KEY": "0123456789" * 6,
    "ENSEMBLE_URL": "https://groups.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def load(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "ENSEMBLE_DATA": "/nonexistent", **SAFE, **changes}
    command = [sys.executable, "-c", "import community.settings as s; print(s.SECURE_SSL_REDIRECT, s.SECRET_KEY[:4])"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def test_production_starts_with_safe_settings():
    assert load().stdout.strip() == "True 0123"


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file-" * 6)
    assert load(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key")).stdout.strip() == "True from"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ENSEMBLE_URL": "http://groups.example.org"}, "ENSEMBLE_URL"),
        ({"ENSEMBLE_DEBUG": "1"}, "ENSEMBLE_DEBUG"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
    ],
)
def test_production_names_the_unsafe_setting(change, named):
    refused = load(**change)
    assert refused.returncode != 0
    assert f"{named} must be" in refused.stderr


def test_health_is_well_when_all_is(client, db):
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (200, {"ailing": []})


@pytest.mark.django_db(transaction=True)
def test_health_names_what_is_not_well(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", None)
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (503, {"ailing": ["database"]})
