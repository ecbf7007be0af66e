"""A person who may stand in a book and in the answers that were asked for, and nowhere else: found wherever they are.

The phone is that of reliability.md, J8. ``stray`` is for tests of faults: whatever went wrong, none of it is in what
was said on stderr, nor in a file that was left.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import gettempdir

PHONE = "13900009999"
NAME = "金丝雀"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def spellings(text: str) -> tuple[str, ...]:
    """The text, and a phone or a name as people write it too: with spaces, hyphens, in wide digits."""
    if not text.isdecimal():
        return (text, " ".join(text)) if len(text) < 5 else (text,)
    parts = (text[:3], text[3:7], text[7:])
    wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    return (text, " ".join(parts), "-".join(parts), wide)


def in_bytes(data: bytes, *words: str) -> list[str]:
    """Which of the words, in any spelling and encoding, stand in the bytes; in a parcel's parts too."""
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            data += b"\n".join(parcel.read(part) for part in parcel.infolist())
    return [
        word
        for word in words or (PHONE, NAME)
        if any(spelt.encode(name) in data for spelt in spellings(word) for name in ENCODINGS)
    ]


def in_files(folder: Path, *words: str, but: Iterable[Path] = ()) -> list[str]:
    """The files below the folder in which one of the words stands, and which; those in ``but`` may."""
    allowed = {path.resolve() for path in but}
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.resolve() not in allowed:
            said = in_bytes(path.read_bytes(), *words)
            found += [f"{path.name}: {', '.join(said)}"] if said else []
    return found


def spilled(*words: str) -> list[str]:
    """Files in the folders for temporary ones that are ours, or SQLite's, and hold one of the words."""
    found = []
    for folder in {Path(gettempdir()), Path("/var/tmp"), Path(os.environ.get("SQLITE_TMPDIR", "/var/tmp"))}:
        for path in folder.glob("etilqs_*") if folder.is_dir() else ():
            found.append(f"{path}: {in_bytes(path.read_bytes(), *words)}")
    return found


def stray(err: str | bytes, folder: Path | None = None, *words: str, but: Iterable[Path] = ()) -> list[str]:
    """Where the person stands after a fault: on stderr, in files but those of ``but``, in temporary ones."""
    data = err.encode("utf-8", "surrogatepass") if isinstance(err, str) else err
    found = [f"stderr: {', '.join(said)}"] if (said := in_bytes(data, *words)) else []
    return found + (in_files(folder, *words, but=but) if folder else []) + spilled(*words)
