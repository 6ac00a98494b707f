"""A backup is worth what its restore is worth: both, by command, in a process of their own."""

import json
import os
import subprocess
import sys
import tarfile
import uuid

import pytest
from django.conf import settings
from django.db import connection

SEED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from community.members.models import Member
Member.objects.create(email="a@example.org", handle="a", name="A")
from django.conf import settings
(settings.MEDIA_ROOT / "ab").mkdir(parents=True)
(settings.MEDIA_ROOT / "ab" / "cd").write_bytes(b"bytes" * 1000)
"""
LOOK = """
from community.members.models import Member
from django.conf import settings
print(Member.objects.values_list("handle", flat=True).get(), len((settings.MEDIA_ROOT / "ab" / "cd").read_bytes()))
"""


@pytest.fixture
def site(tmp_path, django_db_blocker):
    """An installation of its own: SQLite in a folder, or a new database on the PostgreSQL under test."""
    environment = {**os.environ, "ENSEMBLE_DATA": str(tmp_path / "var"), "ENSEMBLE_PREPARED": "1"}
    name = f"backup_{uuid.uuid4().hex[:8]}"
    if connection.vendor == "postgresql":
        facts = connection.settings_dict
        server = f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}"
        subprocess.check_call(["createdb", f"--maintenance-db={server}/postgres", name])
        environment["DATABASE_URL"] = f"{server}/{name}"

    def manage(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert manage("shell", "-v0", "-c", SEED).returncode == 0
    yield manage
    if connection.vendor == "postgresql":
        subprocess.call(["dropdb", f"--maintenance-db={server}/postgres", name])


def test_a_restored_backup_is_what_it_was_and_a_damaged_one_changes_nothing(site, tmp_path):
    copy, bad = tmp_path / "copy.tar", tmp_path / "bad.tar"
    assert site("backup", str(copy)).returncode == 0
    refused = site("restore", str(copy))
    assert refused.returncode != 0 and "--replace" in refused.stderr

    _damage(copy, bad, tmp_path / "open")
    refused = site("restore", str(bad), "--replace")
    assert refused.returncode != 0 and "damaged" in refused.stderr
    assert site("shell", "-v0", "-c", LOOK).stdout.strip() == "a 5000"

    (tmp_path / "var/files/ab/cd").unlink()
    lose = "from community.members.models import Member; Member.objects.all().delete()"
    assert site("shell", "-v0", "-c", lose).returncode == 0
    done = site("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert site("shell", "-v0", "-c", LOOK).stdout.strip() == "a 5000"


def _damage(copy, bad, folder):
    with tarfile.open(copy) as tar:
        tar.extractall(folder, filter="data")
    assert "files/ab/cd" in json.loads((folder / "manifest.json").read_text())["sha256"]
    (folder / "files/ab/cd").write_bytes(b"other")
    with tarfile.open(bad, "w") as tar:
        tar.add(folder, "")
