"""vCards of any version as rows of a sheet: a card a row, the firm's own data on the first of its cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from salesflow.errors import SalesflowError, Unusable
from salesflow.exchange.rows import LONGEST_CELL, Fault, Table, TableRow
from salesflow.exchange.source import Source
from salesflow.exchange.vcard_firms import FIRM, NOTE, PERSON, PLACE, TAGS, Firms
from salesflow.exchange.vcard_lines import (
    LONGEST_VALUE,
    Card,
    Decoder,
    Line,
    file_encoding,
    is_cards,
    read_cards,
    wide_encoding,
)
from salesflow.names import name_key
from salesflow.phones import is_mobile, split_phones

__all__ = ["is_cards", "read_table"]

COLUMNS = (
    FIRM, PERSON, "职务", "部门", "角色", "手机", "电话", "微信", "邮箱", "生日", *PLACE, TAGS, NOTE,
)  # fmt: skip

_Row = tuple[int, dict[str, str], Fault | None]
_HELD = 16_000_000  # characters; a book of cards that says less need not be gone through twice
_AREAS = ("区", "县", "旗", "镇")
_SHOPS = ("WORK", "MAIN", "COMPANY")
_SHOP_LABELS = ("公司", "单位", "工作", "办公", "店", "总机", "前台", "_$!<work>!$_", "_$!<main>!$_", "work")
_ALONE = "exchange.card_alone"
_PAUSES = str.maketrans({",": "转", ";": "转", "p": "转", "P": "转", "w": "转", "W": "转"})


class _Phone(NamedTuple):
    number: str
    types: frozenset[str]
    group: str


class _Found:
    """What one card says, as far as a lead or a person can hold it."""

    def __init__(self, card: Card) -> None:
        self.version = "3.0"
        self.kind = ""
        self.full = ""
        self.name = ""
        self.firm = ""
        self.phones: list[_Phone] = []
        self.emails: list[str] = []
        self.places: list[tuple[bool, dict[str, str]]] = []
        self.cells: dict[str, str] = {}
        self.notes: list[str] = []
        self.labels: dict[str, str] = {}


def read_table(source: Source, encoding: str | None, alone: str = "aside") -> Table:
    """The cards as a table of leads; one that is broken has a fault. Raises Unusable, Usage.

    A card that names no firm is ``aside``: somebody's mother, a plumber. With ``lead`` each of these
    people is a lead, with ``blank`` the firm is left to who reads the table.
    """
    default = file_encoding(source, encoding)
    firms = Firms()
    used: set[str] = set()
    people: dict[int, str] = {}
    faults = 0
    known: list[_Row] = []
    size = 0
    for row in _read(source, default, alone):
        number, cells, fault = row
        size += sum(map(len, cells.values()))
        if size <= _HELD:
            known.append(row)
        faults += fault is not None
        firms.meet(number, cells)
        used.update(name for name, cell in cells.items() if cell)
        if fault is not None and fault.key == _ALONE:
            people[number] = cells[PERSON]
    header = tuple(name for name in COLUMNS if name in used or name in (FIRM, PERSON))
    if not used and not faults:
        raise Unusable("exchange.no_cards", file=source.name)

    def rows() -> Iterator[TableRow]:
        for number, cells, fault in known if size <= _HELD else _read(source, default, alone):
            told = firms.told(number, cells)
            yield TableRow(number, tuple([told.get(name, "") for name in header]), fault)

    found = Table(header, rows(), "vcf", wide_encoding(source) or default, "", 0)
    return replace(found, alone=tuple(people.values()))


def _read(source: Source, default: str, alone: str) -> Iterator[_Row]:
    decoder = Decoder(default)
    for card in read_cards(source):
        fault = card.fault
        endless = max((len(line.value) for line in card.lines if line.name in _TAKEN), default=0)
        if endless > LONGEST_VALUE:
            yield card.number, {}, Fault("exchange.card_too_long", {"size": endless})
            continue
        try:
            found = _card(card, decoder)
        except UnicodeError:
            yield card.number, {}, Fault("exchange.card_encoding", {"encoding": default})
            continue
        if found.kind == "GROUP":
            yield card.number, {PERSON: found.full}, Fault("exchange.card_group", {})
            continue
        cells = _cells(found)
        if fault is None and not (cells.get(FIRM) or cells.get(PERSON)):
            fault = Fault("exchange.card_without_name", {})
        elif fault is None and not cells.get(FIRM) and alone != "blank":
            if alone == "lead":
                cells[FIRM] = cells[PERSON]
            else:
                fault = Fault(_ALONE, {"name": cells[PERSON][:40]})
        longest = max(map(len, cells.values()), default=0)
        if longest > LONGEST_CELL:
            yield card.number, {}, Fault("exchange.card_too_long", {"size": longest})
            continue
        yield card.number, cells, fault


def _card(card: Card, decoder: Decoder) -> _Found:
    found = _Found(card)
    found.version = next(
        (line.value.decode("latin-1").strip() for line in card.lines if line.name == "VERSION"), "3.0"
    )
    for line in card.lines:
        take = _TAKEN.get(line.name)
        if take:
            take(found, line, lambda mark="", line=line: _texts(found, line, decoder, mark))
    return found


def _texts(found: _Found, line: Line, decoder: Decoder, mark: str) -> list[str]:
    return [text.strip() for text in decoder.texts(line, mark, old=found.version == "2.1")]


# --- properties

_Texts = Callable[..., list[str]]


def _full(found: _Found, _: Line, texts: _Texts) -> None:
    found.full = found.full or " ".join(texts()[0].split())


def _name(found: _Found, _: Line, texts: _Texts) -> None:
    family, given, middle = ([*texts(";"), "", "", ""])[:3]
    parts = (given, middle, family) if (family + given).isascii() else (family, middle, given)
    joint = " " if (family + given).isascii() else ""
    found.name = found.name or joint.join(part for part in parts if part)


def _firm(found: _Found, _: Line, texts: _Texts) -> None:
    firm, *rest = texts(";")
    found.firm = found.firm or firm
    department = "/".join(part for part in rest if part)
    if department:
        found.cells.setdefault("部门", department)


def _cell(column: str) -> Callable[[_Found, Line, _Texts], None]:
    def take(found: _Found, _: Line, texts: _Texts) -> None:
        text = texts()[0]
        if text:
            found.cells.setdefault(column, text)

    return take


def _listed(column: str) -> Callable[[_Found, Line, _Texts], None]:
    def take(found: _Found, _: Line, texts: _Texts) -> None:
        known = found.cells.get(column, "").split("、") if found.cells.get(column) else []
        found.cells[column] = "、".join(dict.fromkeys([*known, *(text for text in texts(",") if text)]))

    return take


def _phone(found: _Found, line: Line, texts: _Texts) -> None:
    number = texts()[0]
    if number[:4].lower() == "tel:":
        number, _, more = number[4:].partition(";")
        number += f"转{more[4:]}" if more.lower().startswith("ext=") else ""
    if number:
        found.phones.append(_Phone(_dialled(number), line.types, line.group))


def _dialled(number: str) -> str:
    # 02885551234,8001: what is dialled after a pause is the extension
    head, tail = number[:5], number[5:].translate(_PAUSES)
    return (head + tail).rstrip("转").replace("转转", "转")


def _email(found: _Found, line: Line, texts: _Texts) -> None:
    text = texts()[0].removeprefix("mailto:")
    if text and text not in found.emails:
        found.emails.insert(0 if "PREF" in line.types else len(found.emails), text)


def _address(found: _Found, line: Line, texts: _Texts) -> None:
    parts = [" ".join(part.split()) for part in texts(";")]
    box, more, street, city, province = ([*parts, "", "", "", "", ""])[:5]
    area = more if more.endswith(_AREAS) and len(more) < 12 else ""
    address = "".join(part for part in (box, "" if area else more, street) if part)
    place = {"省份": province, "城市": city, "区县": area, "地址": address}
    if any(place.values()):
        found.places.append(("HOME" in line.types, place))


def _where(found: _Found, _: Line, texts: _Texts) -> None:
    lat, mark, lng = texts()[0].removeprefix("geo:").replace(",", ";").partition(";")
    if mark:
        found.cells.setdefault("纬度", lat.strip())
        found.cells.setdefault("经度", lng.partition(";")[0].strip())


def _born(found: _Found, line: Line, texts: _Texts) -> None:
    text = texts()[0].partition("T")[0]
    digits = text.replace("-", "")
    if not digits.isdecimal() or len(digits) not in (4, 8):
        day = text
    elif text.startswith("--") or len(digits) == 4:
        day = f"{digits[:2]}-{digits[2:]}"
    else:
        omitted = digits[:4] in line.params.get("X-APPLE-OMIT-YEAR", ())
        day = f"{digits[4:6]}-{digits[6:]}"
        day = day if omitted else f"{digits[:4]}-{day}"
    if day:
        found.cells.setdefault("生日", day)


def _note(found: _Found, _: Line, texts: _Texts) -> None:
    text = texts()[0]
    if text and text not in found.notes:
        found.notes.append(text)


def _aside(title: str) -> Callable[[_Found, Line, _Texts], None]:
    def take(found: _Found, _: Line, texts: _Texts) -> None:
        text = texts()[0]
        if text:
            found.notes.append(f"{title}：{text}")

    return take


def _chat(found: _Found, line: Line, texts: _Texts) -> None:
    text = texts()[0]
    said = " ".join((*line.params.get("X-SERVICE-TYPE", ()), *line.types, text.partition(":")[0])).upper()
    account = text.rpartition(":")[2].strip("/")
    if "WECHAT" in said or "WEIXIN" in said or "微信" in said:
        found.cells.setdefault("微信", account)
    elif account:
        service = next(iter((*line.params.get("X-SERVICE-TYPE", ()), text.partition(":")[0].upper())))
        found.notes.append(f"{service}：{account}")


def _is_firm(found: _Found, _: Line, texts: _Texts) -> None:
    kind = texts()[0].upper()
    found.kind = {"COMPANY": "ORG", "ORGANIZATION": "ORG"}.get(kind, kind)


def _label(found: _Found, line: Line, texts: _Texts) -> None:
    found.labels[line.group] = texts()[0].lower()


_TAKEN: dict[str, Callable[[_Found, Line, _Texts], None]] = {
    "FN": _full,
    "N": _name,
    "ORG": _firm,
    "TITLE": _cell("职务"),
    "X-SALESFLOW-ROLE": _listed("角色"),
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "GEO": _where,
    "BDAY": _born,
    "NOTE": _note,
    "CATEGORIES": _listed(TAGS),
    "X-WECHAT": _cell("微信"),
    "X-WEIXIN": _cell("微信"),
    "IMPP": _chat,
    "X-SOCIALPROFILE": _chat,
    "X-QQ": _aside("QQ"),
    "ROLE": _aside("职责"),
    "URL": _aside("网址"),
    "NICKNAME": _aside("昵称"),
    "X-ABSHOWAS": _is_firm,
    "KIND": _is_firm,
    "X-ADDRESSBOOKSERVER-KIND": _is_firm,
    "X-ABLABEL": _label,
}


# --- the card as a row


def _cells(found: _Found) -> dict[str, str]:
    person = _person(found)
    firm = found.firm or (found.full if found.kind == "ORG" else "")
    cells = {**found.cells, FIRM: firm, PERSON: person}
    work = [place for home, place in found.places if not home or not found.firm]
    cells.update(next(iter(work), {}))
    home = [f"住址：{_joined(place)}" for home, place in found.places if home and place not in work]
    others = [f"邮箱：{text}" for text in found.emails[1:]]
    faxes: list[str] = []
    for phone in found.phones:
        if "FAX" in phone.types:
            faxes.append(f"传真：{phone.number}")
            continue
        column = "手机" if person and _is_theirs(found, phone) else "电话"
        cells[column] = " / ".join(filter(None, (cells.get(column, ""), phone.number)))
    if found.emails:
        cells["邮箱"] = found.emails[0]
    cells[NOTE] = "\n".join([*found.notes, *others, *faxes, *home])
    if not person:  # what a firm cannot hold of its own is kept in words
        aside = [f"{name}：{cells.pop(name)}" for name in ("微信", "邮箱") if cells.get(name)]
        cells[NOTE] = "\n".join(filter(None, [cells[NOTE], *aside]))
    return {name: text for name, text in cells.items() if text}


def _person(found: _Found) -> str:
    if found.kind == "ORG":
        return ""
    spaced = "".join(found.full.split())
    full = spaced if not spaced.isascii() else found.full
    if found.firm and name_key(full or found.name) in (name_key(found.firm), ""):
        return ""
    # of a Chinese name some programs put the given name first; the two parts say which is which
    return found.name if found.name and sorted(found.name) == sorted(full) else full or found.name


def _is_theirs(found: _Found, phone: _Phone) -> bool:
    """Whether a phone is the person's own: mobiles are, what is said to be of work is the shop's."""
    try:
        mobile = any(map(is_mobile, split_phones(phone.number)))
    except SalesflowError:
        mobile = False
    if mobile or not found.firm or phone.types & {"CELL", "HOME", "IPHONE"}:
        return True
    label = found.labels.get(phone.group, "") if phone.group else ""
    if phone.types.intersection(_SHOPS) or any(word in label for word in _SHOP_LABELS):
        return False
    return bool(phone.types) or bool(label)


def _joined(place: dict[str, str]) -> str:
    return "".join(place.values())
