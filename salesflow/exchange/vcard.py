"""People as vCards (3.0): UTF-8, CRLF, folded by bytes and never within a character."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from salesflow.guard import visible
from salesflow.names import family_and_given
from salesflow.phones import is_mobile

_LONGEST = 75  # bytes of one line
_CHINA = timezone(timedelta(hours=8))
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class Place(NamedTuple):
    """Where a shop is."""

    province: str = ""
    city: str = ""
    area: str = ""
    address: str = ""


class Card(NamedTuple):
    """One card: a person at a firm, or with ``name`` empty the firm itself.

    ``phones`` are the person's, ``shop_phones`` the shop's; ``birthday`` is YYYY-MM-DD or MM-DD,
    ``changed`` when the book last changed anything of it.
    """

    uid: str
    shop_name: str
    changed: str
    name: str = ""
    title: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    shop_phones: tuple[str, ...] = ()
    wechat: str = ""
    email: str = ""
    birthday: str = ""
    place: Place = Place()
    at: tuple[float, float] | None = None
    tags: tuple[str, ...] = ()
    note: str = ""


def write_cards(cards: Iterable[Card], lang: str = "zh") -> bytes:
    """The cards one after another; ``lang`` is that of what the program writes in them."""
    return b"".join(fold(line) + b"\r\n" for card in cards for line in _lines(card, lang))


def fold(line: str) -> bytes:
    """The line in UTF-8, in pieces of 75 bytes at most that begin with a space, each character whole."""
    data = line.encode()
    if len(data) <= _LONGEST:
        return data
    pieces, piece, most = [], b"", _LONGEST
    for char in line:
        one = char.encode()
        if len(piece) + len(one) > most:
            pieces.append(piece)
            piece, most = b"", _LONGEST - 1
        piece += one
    return b"\r\n ".join([*pieces, piece])


def _lines(card: Card, lang: str) -> list[str]:
    family, given = family_and_given(card.name)
    found = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"PRODID:-//salesflow//NONSGML salesflow//{lang.upper()}",
        f"UID:{card.uid}",
        f"N:{_text(family)};{_text(given)};;;",
        f"FN:{_text(card.name or card.shop_name)}",
        f"ORG:{_text(card.shop_name)}" + (f";{_text(card.department)}" if card.department else ""),
        "" if card.name else "X-ABShowAs:COMPANY",
        _line("TITLE", card.title),
        *(f"TEL;TYPE={'CELL' if is_mobile(one) else 'VOICE'}:{_text(one)}" for one in card.phones),
        *(f"TEL;TYPE=WORK:{_text(one)}" for one in card.shop_phones),
        _line("EMAIL;TYPE=INTERNET", card.email),
        _line("X-WECHAT", card.wechat),
        _address(card.place),
        f"GEO:{card.at[0]};{card.at[1]}" if card.at else "",
        f"BDAY:{_birthday(card.birthday)}" if card.birthday else "",
        f"CATEGORIES:{','.join(map(_text, card.tags))}" if card.tags else "",
        f"X-SALESFLOW-ROLE:{','.join(map(_text, card.roles))}" if card.roles else "",
        _line("NOTE", card.note),
        f"REV:{_instant(card.changed)}",
        "END:VCARD",
    ]
    return [line for line in found if line]


def _line(name: str, text: str) -> str:
    return f"{name}:{_text(text)}" if text else ""


def _text(text: str) -> str:
    return visible(text).translate(_ESCAPED)


def _address(place: Place) -> str:
    if not any(place):
        return ""
    # a district has no place of its own; the line above the street is shown with it everywhere
    parts = ("", place.area, place.address, place.city, place.province, "", "中国")
    return f"ADR;TYPE=WORK:{';'.join(map(_text, parts))}"


def _birthday(text: str) -> str:
    return text if len(text) > 5 else f"--{text.replace('-', '')}"


def _instant(text: str) -> str:
    # a time of revision must be UTC; the book keeps the wall clock alone, which is China's
    moment = datetime.fromisoformat(text[:16]).replace(tzinfo=_CHINA).astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
