"""Printed music: files of notation programs, and names that say so. What is looked for is a reason to ask, no proof."""

from __future__ import annotations

import re
from pathlib import Path

KIND = "application/x-score"  # of any notation program: never opened here, only handed on
PACKED = rb"PK\x03\x04"
PACKERS = ("mscz", "mxl", "musx", "dorico")  # what these programs save is an archive, and looked into as one
WRITTEN = rb"(\xef\xbb\xbf)?\s*<\?xml.*<(score-partwise|score-timewise|museScore)\b"
SIGNATURES = {
    **dict.fromkeys(PACKERS, PACKED),
    "sib": rb"\x0fSIBELIUS",
    "mus": rb"ENIGMA BINARY FILE",
    "musicxml": WRITTEN,
    "xml": WRITTEN,
    "mscx": WRITTEN,
}
HEAD = 4096  # bytes in which a score says what it is
# In the name of a scan or a picture: "Full score.pdf", "violin 2 part.jpg", "scanned sheet music.png".
NAMES = re.compile(
    r"sheet[ _-]?music|music[ _-]?scan|scan(ned)?[ _-]?music|(full|piano|vocal|lead|conductor'?s?)[ _-]?(score|sheet)"
    r"|\b(score|partitura?|songbook)\b"
    r"|\b(violin|viola|cello|bass|flute|oboe|clarinet|bassoon|sax(ophone)?|horn|trumpet|cornet|trombone|tuba|euphonium"
    r"|piano|guitar|recorder|percussion|soprano|alto|tenor)[ _-]?\d?[ _-]?parts?\b",
    re.IGNORECASE,
)


def is_score(path: Path, ending: str) -> bool:
    """Whether it is what its ending says: a score of a notation program."""
    signature = SIGNATURES.get(ending)
    if signature is None:
        return False
    with path.open("rb") as file:
        return re.match(signature, file.read(HEAD), re.DOTALL) is not None


def sounds_like_music(name: str) -> bool:
    """Whether a name says that printed music is in it."""
    stem = name.rpartition(".")[0] or name
    return NAMES.search(stem.replace("_", " ")) is not None
