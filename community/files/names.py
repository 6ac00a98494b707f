"""Names of files, made safe to show, to store and to save on anybody's computer."""

import re
import unicodedata

LONGEST = 120
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, zero-width, unassigned
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # devices, not files, on Windows


def clean(name: str) -> str:
    """The last part of the path, composed, without characters that hide, reorder or escape; never empty."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if unicodedata.category(character) not in INVISIBLE)
    name = re.sub(r'[<>:"|?*]', "-", name)
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    ending = ending[:10].strip()
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1].rstrip(" .") or "file"
    if RESERVED.fullmatch(stem.partition(".")[0]):
        stem = f"file-{stem}"[: LONGEST - len(ending) - 1]
    return stem + dot + ending


def ending_of(name: str) -> str:
    """The part after the last dot, in lower case; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def with_ending(name: str, ending: str) -> str:
    """The name with another ending in place of its own."""
    stem = name.rpartition(".")[0] or name
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
