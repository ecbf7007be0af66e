"""The gate language: what a gate may want, word by word.

It is closed: ``WORDS`` holds every word, with its reader. A new word needs a reader here, its
question in the catalogue (``gate.ask_…``) and its rule in ``funnel``; a process file holds no code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salesflow.errors import nearest
from salesflow.processes.lines import Path
from salesflow.processes.records import LEAD_FIELDS, Choice, Field, Titles, Want, short_title
from salesflow.processes.sheet import Sheet, name_of
from salesflow.texts import LANGUAGES, has_text, t


class Known:
    """What a gate can refer to: the process's roles, and the fields of a lead with its own."""

    def __init__(self, roles: tuple[Choice, ...], fields: tuple[Field, ...]) -> None:
        self.roles = {role.code: role for role in roles}
        self.renamed = {field.code: field for field in fields}
        self.fields = [*LEAD_FIELDS, *(field.code for field in fields if field.own)]

    def name(self, want: Want, lang: str) -> str:
        """The role or field that a want is about, in ``lang``."""
        if want.kind == "person" and want.value in self.roles:
            return short_title(self.roles[want.value], lang)
        if want.value in self.renamed:
            return self.renamed[want.value].title(lang)
        return t(f"gate.{want.value}", lang) if want.value in self.fields else ""


def read_want(sheet: Sheet, known: Known, path: Path, value: object) -> Want | None:
    """One want: exactly one word of the language with what goes with it; None where it is none."""
    if not isinstance(value, dict):
        sheet.wrong(path, "not_table", name=name_of(path))
        return None
    words = [word for word in WORDS if word in value]
    if len(words) != 1:
        odd = next((key for key in value if key not in WORDS and key != "ask"), "")
        near = nearest(odd[:60], list(WORDS)) if not words else ""
        sheet.wrong(path, "bad_want", text=(", ".join(words) or odd)[:60], known=", ".join(WORDS), near=near)
        return None
    make, extra = WORDS[words[0]]
    want = make(sheet, known, path, sheet.table(path, value, (words[0], "ask", *extra)))
    want = want._replace(name=_words(want, known, "name"), ask=_words(want, known, "ask"))
    if want.reach:
        name, ask = (_words(want, known, what, "_reach") for what in ("name", "ask"))
        want = want._replace(name_reach=name, ask_reach=ask)
    return want._replace(ask=sheet.titles((*path, "ask"), value["ask"])) if "ask" in value else want


def _words(want: Want, known: Known, what: str, end: str = "") -> Titles:
    """What a want is called (``name``), or what to ask (``ask``) where the file does not say it."""
    kind = "anyone" if want.kind == "person" and want.value not in known.roles else want.kind
    values = [{"name": known.name(want, lang), "times": want.times} for lang in LANGUAGES]
    own = f"_{want.value}" if has_text(f"gate.{what}_need_{want.value}", LANGUAGES[0]) else ""
    own = own if want.kind == "need" else ""
    key = f"gate.{what}_{kind}{own}{end}"
    return {lang: t(key, lang, **values[n]) for n, lang in enumerate(LANGUAGES)}


def _need(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    return Want("need", "need", sheet.word((*path, "need"), row["need"], ("yes", "known"), "unknown_value"))


def _person(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    roles = ["any", *known.roles]
    value = sheet.word((*path, "person"), row["person"], roles, "unknown_role")
    reach = "reach" in row and sheet.flag((*path, "reach"), row["reach"])
    return Want("person", "person" if value == "any" else value, value, reach)


def _field(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "field"), row["field"], known.fields, "unknown_field")
    return Want("field", value, value)


def _followup(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "followup"), row["followup"], ("effective",), "unknown_value")
    times = sheet.number((*path, "count"), row["count"]) if "count" in row else 1
    return Want("followup", "followup", value, times=times)


def _visits(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    return Want("visits", "visit", times=sheet.number((*path, "visits"), row["visits"]))


def _goal(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    if row["goal"] is not True:
        sheet.wrong((*path, "goal"), "only_true", name="goal")
    return Want("goal", "goal")


def _order(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "order"), row["order"], ("signed",), "unknown_value")
    return Want("order", "order", value)


_Make = Callable[[Sheet, Known, Path, dict[str, Any]], Want]

WORDS: dict[str, tuple[_Make, tuple[str, ...]]] = {
    "need": (_need, ()),
    "person": (_person, ("reach",)),
    "field": (_field, ()),
    "followup": (_followup, ("count",)),
    "visits": (_visits, ()),
    "goal": (_goal, ()),
    "order": (_order, ()),
}
