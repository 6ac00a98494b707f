"""A file made to hurt is opened in a process that ends within its bounds of time, work, memory and disk, measured."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from community.files.alone import process
from community.files.apart import PATIENCE
from tests.hostile import HOSTILE, KINDS

ROOT = Path(__file__).resolve().parents[3]
MEASURE = """
import json, os, resource, sys, time
sys.path.insert(0, sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
import django
django.setup()
from pathlib import Path
from community.files.apart import CannotOpen, apart
deed, came, *given = sys.argv[2:]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.monotonic()
try:
    answer = apart(deed, Path(came), *given)
except CannotOpen as why:
    answer = {"refused": why.word}
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "answer": answer,
    "wall": time.monotonic() - began,
    "work": used.ru_utime + used.ru_stime,
    "memory": used.ru_maxrss * 1024,
    "ours": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024,
}))
"""
MB = 1024**2


def measured(deed: str, came: Path, *given: str) -> dict:
    """What the process that opened it answered, and what it took; and by how much that who asked has grown."""
    command = [sys.executable, "-c", MEASURE, str(ROOT), deed, str(came), *given]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_it_ends_within_its_bounds(tmp_path, name):
    make_it, states = HOSTILE[name]
    came, made = tmp_path / "came", tmp_path / "made"
    came.write_bytes(make_it())
    found = measured("text", came, str(made), KINDS[name.rpartition(".")[2]])
    assert found["memory"] <= process.MEMORY
    assert found["work"] <= process.SECONDS + 1
    assert found["wall"] <= PATIENCE + 5
    assert found["ours"] <= 50 * MB, "whoever asked did not take it in"
    assert not made.exists() or made.stat().st_size <= 100_000_000
    answer = found["answer"]
    assert answer.get("refused") in {"broken", "bomb", "locked"} or {"cut", "empty"} <= answer.keys()
    state = answer.get("refused") or (answer["empty"] and ("bomb" if answer["cut"] else "empty")) or "read"
    assert state in states


@pytest.mark.parametrize("name", HOSTILE)
def test_looking_for_pupils_in_it_does_too(tmp_path, name):
    make_it, _states = HOSTILE[name]
    came = tmp_path / "came"
    came.write_bytes(make_it())
    kind = KINDS[name.rpartition(".")[2]]
    found = measured("scan", came) if name.endswith(".pdf") else measured("pupils", came, kind)
    assert found["memory"] <= process.MEMORY
    assert found["work"] <= process.SECONDS + 1
    assert found["wall"] <= PATIENCE + 5
    assert found["ours"] <= 50 * MB


def test_the_measures_would_notice(tmp_path):
    """A file that is read to its end takes time and memory that are seen; what never ends is ended."""
    came = tmp_path / "came"
    came.write_bytes(b"a," * 2_000_000)
    found = measured("pupils", came, "text/csv")
    assert found["work"] > 0.05
    assert found["memory"] > 10 * MB
