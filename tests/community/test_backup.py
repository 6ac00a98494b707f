"""A backup is worth what its restore is worth: both, by command, on an installation of its own."""

import os
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.db import connection

STORY = """
import json, sys, tarfile
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import CommandError, call_command
from community.members.models import Member

folder = Path(sys.argv[1])
copy, bad, kept = folder / "copy.tar", folder / "bad.tar", settings.MEDIA_ROOT / "ab" / "cd"

def command(*arguments, **options):
    try:
        call_command(*arguments, verbosity=0, **options)
    except CommandError as refused:
        return str(refused)

def all_is_there():
    return list(Member.objects.values_list("handle", flat=True)) == ["a"] and kept.read_bytes() == b"bytes" * 1000

command("migrate")
Member.objects.create(email="a@example.org", handle="a", name="A")
kept.parent.mkdir(parents=True)
kept.write_bytes(b"bytes" * 1000)
(settings.MEDIA_ROOT / "copies").mkdir()
(settings.MEDIA_ROOT / "copies/one").write_bytes(b"somebody's own, for some days")
(settings.MEDIA_ROOT / "pieces").mkdir()
(settings.MEDIA_ROOT / "pieces/one").write_bytes(b"of a list that may never be taken")
assert command("backup", str(copy)) is None

assert "exists already" in command("backup", str(copy)), "a backup is never written over another"
assert "--replace" in command("restore", str(copy)), "a restore does not overwrite unless told"

with tarfile.open(copy) as tar:
    tar.extractall(folder / "open", filter="data")
names = json.loads((folder / "open/manifest.json").read_text())["sha256"]
assert "files/ab/cd" in names and not [name for name in names if "copies" in name or "pieces" in name]
(folder / "open/files/ab/cd").write_bytes(b"other")
with tarfile.open(bad, "w") as tar:
    tar.add(folder / "open", "")
assert "damaged" in command("restore", str(bad), replace=True)
assert all_is_there(), "a damaged backup changes nothing"

kept.unlink()
Member.objects.all().delete()
assert command("restore", str(copy)) is None
assert all_is_there()
Member.objects.create(email="b@example.org", handle="b", name="B")
assert command("restore", str(copy), replace=True) is None
assert all_is_there()
print("all is there")
"""


@pytest.fixture
def environment(tmp_path):
    """SQLite in a folder, or a new database on the PostgreSQL under test."""
    found = {**os.environ, "ENSEMBLE_DATA": str(tmp_path / "var"), "ENSEMBLE_PREPARED": "1"}
    if connection.vendor == "sqlite":
        yield {**found, "DATABASE_URL": ""}
        return
    facts, name = connection.settings_dict, f"backup_{uuid.uuid4().hex[:8]}"
    server = f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}"
    subprocess.check_call(["createdb", f"--maintenance-db={server}/postgres", name])
    yield {**found, "DATABASE_URL": f"{server}/{name}"}
    subprocess.call(["dropdb", f"--maintenance-db={server}/postgres", name])


def test_a_backup_comes_back_whole_or_not_at_all(environment, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)],
        cwd=settings.BASE_DIR,
        env={**environment, "DJANGO_SETTINGS_MODULE": "community.settings"},
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip().endswith("all is there"), told.stderr


def test_a_backup_without_the_files_of_a_bucket_says_so(environment, tmp_path):
    bucket = {"ENSEMBLE_STORAGE": "s3", "S3_BUCKET": "scores", "S3_REGION": "eu-west-2"}

    def told(command: str, env: dict[str, str]) -> str:
        arguments = [sys.executable, "manage.py", *command.split()]
        return subprocess.check_output(arguments, cwd=settings.BASE_DIR, env=env, text=True)

    told("migrate -v0", environment)
    assert "without them" in told(f"backup {tmp_path / 'bucket.tar'}", environment | bucket)
    assert "without them" in told(f"restore {tmp_path / 'bucket.tar'}", environment | bucket)
    assert "without them" not in told(f"backup {tmp_path / 'folder.tar'}", environment)
