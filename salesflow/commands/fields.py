"""``FIELD=VALUE`` as people write it, read into the columns of a lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from salesflow.context import App
from salesflow.errors import Usage, nearest
from salesflow.names import is_nobody
from salesflow.texts import LANGUAGES, t

if TYPE_CHECKING:
    from salesflow.processes import Process

TEXTS = (
    "name", "short", "area", "city", "province", "address", "supplier", "ownership", "shareholders", "owner",
    "helped_by", "credit_by", "from_list", "note",
)  # fmt: skip
CODES = (
    "grade",
    "kind",
    "source",
    "industry",
    "size",
    "side",
    "credit",
    "approach",
    "buying_step",
    "customer_class",
)
FLAGS = ("reference", "key_target")
LEADS = {"parent": "parent_id", "referrer": "referrer_id"}
FIELDS = (
    *TEXTS, *CODES, *FLAGS, *LEADS, "need", "phone", "brands", "volume_month", "goal_value", "goal_on", "credit_on",
    "lat", "lng",
)  # fmt: skip
# one figure, said a day, a month or a year (F1): how often each goes into a month
VOLUMES = {"volume_day": 30.0, "volume_month": 1.0, "volume_year": 1 / 12}
_PERIODS = {
    "volume_day": ("/天", "/日", "每天", "一天", "日均", "/day", "aday", "perday"),
    "volume_month": ("/月", "每月", "一个月", "一月", "月均", "/month", "amonth", "permonth"),
    "volume_year": ("/年", "每年", "一年", "年均", "/year", "ayear", "peryear"),
}
COLUMNS = {"goal_value": "goal_fen", **LEADS}  # what the lead's row calls differently
# what stands in the record and is made by commands of its own
_ELSEWHERE = {
    "stage": "advance",
    "status": "park",
    "next_date": "next",
    "next": "next",
    "next_reason": "next",
    "tags": "tag",
    "contacts": "contact",
    "followups": "log",
    "visits": "visit",
}


@dataclass
class Given:
    """What was set: columns of the lead (None empties), and custom fields."""

    values: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, str | None] = field(default_factory=dict)


def read_fields(app: App, process: Process, words: Sequence[str]) -> Given:
    """The columns and custom fields that ``FIELD=VALUE`` words set. Raises Usage."""
    from salesflow.commands import common

    given = Given()
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise Usage("fields.no_equals", text=word[:60])
        own = own_field(process, name.strip())
        code = "" if own else field_code(app, process, name.strip())
        if code:
            column, read = _value(app, process, code, value.strip())
            given.values[column] = read
        else:
            own = own or _of_the_rep(app, process, name, warn=bool(value.strip()))
            given.custom[own] = common.line(app, value, own) if value.strip() else None
    return given


def _of_the_rep(app: App, process: Process, name: str, *, warn: bool) -> str:
    # a field that the process does not have is the rep's own; one that looks like one of its own is named
    from salesflow.commands import common

    own = common.line(app, name, "--set") or ""
    titles = {one.code: one.titles[app.lang] for one in process.fields if one.own}
    like = [f"{code} ({title})" for code, title in titles.items() if own and (own in title or title in own)]
    if like and warn:
        app.warn("fields.not_of_process", name=own, like=app.t("lead.comma").join(like))
    return own


def own_field(process: Process, name: str) -> str:
    """The field that only this process has of that code or title; '' for none."""
    for one in process.fields:
        if one.own and name in (one.code, *one.titles.values()):
            return one.code
    return ""


def with_leads(app: App, words: Sequence[str] | None) -> list[str] | None:
    """``words`` with the leads that they name by their numbers: whoever must be asked is asked now."""
    from salesflow.commands import common

    titles = {t(f"gate.{code}", lang) for code in LEADS for lang in LANGUAGES}
    found = []
    for word in words or ():
        name, _, value = word.partition("=")
        if value.strip() and (name.strip().lower() in LEADS or name.strip() in titles):
            word = f"{name}=#{common.pick(app, value.strip()).id}"
        found.append(word)
    return found or None


def field_code(app: App, process: Process, name: str) -> str:
    """The field that a code or a title names; '' for one that is the rep's own (a custom field)."""
    lowered = name.lower()
    if lowered in FIELDS:
        return lowered
    if lowered in _ELSEWHERE:
        raise Usage("fields.elsewhere", name=name, command=_ELSEWHERE[lowered])
    if lowered in VOLUMES:
        return lowered
    for code in FIELDS:
        if name in (process.field_title(code, "zh"), process.field_title(code, "en")):
            return code
    near = nearest(lowered, [*FIELDS, *(one.code for one in process.fields if one.own)])
    if name.isascii() and near and _mistyped(lowered, near):
        raise Usage("fields.unknown", name=name, near=near)
    return ""


def _mistyped(name: str, near: str) -> bool:
    # adress, indusrty; phone2 is a field of one's own
    from difflib import SequenceMatcher

    if abs(len(near) - len(name)) > 2:
        return False
    alike = name.replace("_", "").isalpha() and SequenceMatcher(None, name, near).ratio() >= 0.85
    return alike or sorted(near)[:3] == sorted(name)[:3]


def _value(app: App, process: Process, code: str, text: str) -> tuple[str, Any]:
    from salesflow.commands import common
    from salesflow.money import parse_amount

    if not text:
        if code in ("name", "need"):
            raise Usage("fields.cannot_empty", name=code)
        return "volume_month" if code in VOLUMES else COLUMNS.get(code, code), None
    if code == "owner" and is_nobody(text):
        return code, None
    if code in (*TEXTS, *CODES):
        return code, common.line(app, text, code)
    if code in LEADS:
        return LEADS[code], common.pick(app, text).id
    if code in VOLUMES:
        return "volume_month", read_volume(text, code)
    if code == "credit_on":
        return code, common.day(app, text, past=True).isoformat()
    if code == "goal_value":
        return "goal_fen", parse_amount(text)
    if code == "goal_on":
        return code, common.day(app, text).isoformat()
    readers: dict[str, Callable[[str], Any]] = {
        "need": read_need,
        "reference": read_flag,
        "key_target": read_flag,
        "phone": read_phone,
        "brands": read_brands,
        "lat": lambda value: read_degrees(value, 3, 54, "lat"),
        "lng": lambda value: read_degrees(value, 73, 135, "lng"),
    }
    return code, readers[code](text)


def read_need(text: str) -> str:
    """``yes``, ``no`` or ``unknown``."""
    from salesflow.exchange.values import need_code

    found = need_code(text)
    if found is None:
        raise Usage("fields.no_need", text=text[:40])
    return found


def read_flag(text: str) -> int | None:
    """1 for yes, None for no."""
    from salesflow.exchange.values import need_code

    found = need_code(text)
    if found not in ("yes", "no"):
        raise Usage("fields.no_flag", text=text[:40])
    return 1 if found == "yes" else None


def read_phone(text: str) -> str:
    """The shop's phones as they are kept: in their usual form, joined with ' / '."""
    from salesflow.phones import split_phones

    found = split_phones(text)
    # what cannot be dialled is no phone; five digits are a hotline's
    if not found or any(sum(map(str.isdecimal, phone)) < 5 for phone in found):
        raise Usage("fields.no_phone", text=text[:40])
    return " / ".join(found)


def read_brands(text: str) -> list[str]:
    """The brands in one text."""
    from salesflow.names import clean_line

    for mark in "、，;；/":
        text = text.replace(mark, ",")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return list(dict.fromkeys(clean_line(part, "brands")[0] for part in parts))


def read_volume(text: str, code: str = "volume_month") -> int:
    """So many a month: ``90``, ``90台``; ``3/天``, ``每年1000``, ``3 a day`` are turned into it."""
    from unicodedata import normalize

    plain = "".join(normalize("NFKC", text).lower().replace(",", "").split())
    for name, words in _PERIODS.items():
        for word in words:
            if word in plain:
                plain, code = plain.replace(word, ""), name
    for unit in ("台", "辆", "升", "l"):
        plain = plain.removesuffix(unit)
    if not plain.replace(".", "", 1).isdecimal() or float(plain) * VOLUMES[code] > 1_000_000:
        raise Usage("fields.no_count", text=text[:40])
    return int(float(plain) * VOLUMES[code] + 0.5)


def read_degrees(text: str, low: float, high: float, name: str) -> float:
    """A latitude or longitude in China."""
    try:
        value = float(text)
    except ValueError:
        raise Usage("fields.no_degrees", name=name, text=text[:40]) from None
    if not low <= value <= high:
        raise Usage("fields.no_degrees", name=name, text=text[:40])
    return round(value, 6)
