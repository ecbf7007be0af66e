"""Texts that crash, steer, fool or command what shows them: ``hostile.txt``, and some that are long.

Made by hand for these tests; every one may stand in a name, a note or a cell of somebody's old list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple


class Text(NamedTuple):
    """One text and what it tries: ``markup``, ``control``, ``hidden`` ... (the keys of ``KINDS``)."""

    kind: str
    text: str


_LONG = ("长" * 300, "w" * 400, "a " * 150, "字\u0301" * 100, "[" * 200, "((((" * 50, "\u202e" * 100, "-" * 200,
         "=" * 200, "9" * 400)  # fmt: skip


def _read() -> list[Text]:
    lines = Path(__file__).with_name("hostile.txt").read_text("utf-8").split("\n")
    parts = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [Text(kind, json.loads(text)) for kind, _, text in parts]


TEXTS = tuple(dict.fromkeys([*_read(), *(Text("long", text) for text in _LONG)]))
KINDS: dict[str, tuple[str, ...]] = {
    kind: tuple(one.text for one in TEXTS if one.kind == kind)
    for kind in dict.fromkeys(one.kind for one in TEXTS)
}

# no text: lone surrogates and broken UTF-8, as they come in arguments, cells and clipboards
BYTES = (
    b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe4\xbd", b"ok\x80",
    b"\xf8\x88\x80\x80\x80", b"\xfe\xff\x00a",
)  # fmt: skip
