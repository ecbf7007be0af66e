"""The output gate: nothing leaves the program for a terminal, a pipe or a file of text but through here."""

from __future__ import annotations

from unicodedata import category

# Control, format, line and paragraph separators, lone surrogates: what steers a terminal or
# hides in text. Private use stays (old Chinese fonts put real characters there).
UNSAFE = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))


_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def safe(text: str) -> str:
    r"""The same text with every control and format character written out (``\x1b``, ``\u202e``).

    Line ends and tabs are written out too (``\n``): callers print line by line.
    """
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() or category(c) not in UNSAFE else _written(c) for c in text])


def safe_all(texts: list[str]) -> list[str]:
    """The same texts, each made safe; quick where none of them needs it."""
    return texts if "".join(texts).isprintable() else [safe(text) for text in texts]


def _written(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
