"""Everything breaks, and nothing that was acknowledged is lost. In full: `python -m tests.torture --help`."""

import shutil
import tempfile

import pytest

from tests.torture.run import torture
from tests.torture.services import binaries

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _folders_where_everybody_has_them(monkeypatch):
    """PostgreSQL runs as somebody else, who reads no folder of ours; its socket’s path has 107 bytes at most."""
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_on_sqlite_in_one_process_nothing_is_lost_or_doubled():
    assert "None lost" in torture(12, 3, 9, postgres=False)


@pytest.mark.skipif(not (binaries() and shutil.which("redis-server")), reason="needs PostgreSQL and Redis installed")
def test_on_postgresql_and_redis_in_two_processes_nothing_is_lost_or_doubled():
    assert "None lost" in torture(15, 3, 9, postgres=True)
