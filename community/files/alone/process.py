"""One deed in its process: `main("archive", came, made)` prints one JSON object: facts, or {"refused": why}."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from community.files.alone import Refused

SECONDS = 15
MEMORY = 1024**3
Deed = Callable[..., dict[str, Any]]


def main(deed: str, *given: str) -> None:
    """Do it within the bounds. Paths come as text; whatever a decoder trips over means the file is not taken."""
    _confine()
    try:
        answer = _deed(deed)(*given)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refused": "bomb"}
    except Exception:  # hostile ground
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


def _deed(name: str) -> Deed:
    """Only what is needed is imported: a start costs people time."""
    if name == "picture":
        from community.files.alone.pictures import picture

        return lambda came, made: picture(Path(came), Path(made))
    if name == "archive":
        from community.files.alone.archives import archive

        return lambda came, made: archive(Path(came), Path(made))
    if name == "score":
        from community.files.alone.archives import score

        return lambda came, ending: score(Path(came), ending)
    if name == "pupils":
        from community.files.alone.pupils import look

        return lambda came, kind: look(Path(came), kind)
    if name == "scan":
        from community.files.alone.scans import look_for_music

        return lambda came: look_for_music(Path(came))
    from community.files.alone.texts import write_out

    return lambda came, made, kind: write_out(Path(came), Path(made), kind)


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, 100_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
