"""Production refuses to start with an unsafe setting and says which; health tells the truth."""

import os
import re
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


START = "import community.settings as s; print(s.SECURE_SSL_REDIRECT, s.SECRET_KEY[:4])"


def load(code: str = START, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "ENSEMBLE_DATA": "/nonexistent", **SAFE, **changes}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no one lock for all who write")
def test_on_sqlite_who_writes_waits_for_longer_than_a_crowd_takes(db):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


SIZES = "import community.settings as s; print(s.FILE_LIMIT, s.FILES_LIMIT_EACH, s.BODY_LIMIT)"


def sizes(**changes: str) -> subprocess.CompletedProcess[str]:
    return load(SIZES, **changes)


@pytest.mark.parametrize(
    ("said", "bytes_"), [("52428800", 50 * 2**20), ("50MB", 50 * 2**20), (" 3 gb ", 3 * 2**30), ("1 MB", 2**20)]
)
def test_the_limit_of_a_file_is_said_once_and_all_else_follows(said, bytes_):
    one, _each, body = map(int, sizes(ENSEMBLE_FILE_LIMIT=said, ENSEMBLE_FILES_LIMIT_EACH="4 GB").stdout.split())
    assert one == bytes_
    assert body > one


@pytest.mark.parametrize("said", ["", "50", "0", "-1", "fifty", "50 TB", "1e9", "5 0 MB", "٣ GB", "9" * 30])
def test_a_limit_that_is_nonsense_is_named_at_the_start(said):
    refused = sizes(ENSEMBLE_FILE_LIMIT=said)
    assert refused.returncode != 0
    assert "ENSEMBLE_FILE_LIMIT must be" in refused.stderr


def test_limits_that_contradict_each_other_are_named_at_the_start():
    refused = sizes(ENSEMBLE_FILE_LIMIT="3 GB", ENSEMBLE_FILES_LIMIT_EACH="2 GB")
    assert refused.returncode != 0
    assert "must not be less than ENSEMBLE_FILE_LIMIT" in refused.stderr


def test_the_proxies_that_come_along_let_through_what_we_answer_ourselves():
    _one, _each, body = map(int, sizes().stdout.split())
    nginx = re.search(r"client_max_body_size (\d+)m;", (settings.BASE_DIR / "deploy/nginx.conf").read_text())
    caddy = re.search(r"max_size (\d+)MB", (settings.BASE_DIR / "deploy/Caddyfile").read_text())
    assert int(nginx[1]) * 2**20 > body
    assert int(caddy[1]) * 10**6 > body


def test_health_is_well_when_all_is(client, db):
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (200, {"ailing": []})


@pytest.mark.django_db(transaction=True)
def test_health_names_what_is_not_well(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", None)
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (503, {"ailing": ["database"]})


def test_whoever_serves_the_static_files_may_read_what_root_has_gathered(tmp_path):
    built = tmp_path / "built"
    gather = "from django.core import management as m; m.execute_from_command_line(['', 'collectstatic', '--noinput'])"
    places = {"ENSEMBLE_DATA": str(tmp_path), "ENSEMBLE_STATIC": str(built)}
    done = load(gather, DJANGO_SETTINGS_MODULE="community.settings", **places)
    assert "static files copied" in done.stdout, done.stderr
    gathered = [built, *built.rglob("*")]
    assert len(gathered) > 100
    assert {oct(each.stat().st_mode & 0o777) for each in gathered} == {"0o755", "0o644"}
