"""Texts for other programs: cells that a spreadsheet would run as a formula, made harmless and back; what hides."""

from __future__ import annotations

# OWASP's list, and the full-width signs that Chinese spreadsheets read the same way.
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guard(cell: str) -> str:
    """The cell with ``'`` before it where a spreadsheet would calculate it.

    Plain numbers and blanks stay. A cell that has such a ``'`` of its own gets another, so that
    ``unguard(guard(cell))`` is always the cell.
    """
    if not cell.lstrip("'").startswith(RISKY) or _is_number(cell) or not cell.strip():
        return cell
    return "'" + cell


def unguard(cell: str) -> str:
    """The cell without the ``'`` that ``guard`` (or another careful program) put there."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(RISKY) else cell


def visible(text: str) -> str:
    r"""The text without the characters that steer or hide; every kind of line break is ``\n``, a tab a space."""
    if text.isprintable():
        return text
    from unicodedata import category

    for break_ in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(break_, "\n")
    lines = text.replace("\t", " ")
    return "".join([one for one in lines if one == "\n" or category(one) not in ("Cc", "Cf", "Cs")])


def _is_number(cell: str) -> bool:
    # Only a minus: nobody writes a figure as +5, but +8613800138000 is a phone number.
    digits = cell.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdecimal()
