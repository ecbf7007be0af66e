"""The gate language: what a gate may want, word by word.

It is closed: ``WORDS`` holds every word, with its reader. A new word needs a reader here, its
question in the catalogue (``gate.ask_…``) and its rule in ``funnel``; a process file holds no code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.errors import nearest
from salesflow.processes.lines import Path
from salesflow.processes.lookup import Titles, short_title
from salesflow.processes.records import EFFECTIVE, LEAD_FIELDS, Choice, Want
from salesflow.processes.sheet import Sheet, name_of
from salesflow.texts import LANGUAGES, has_text, t


class Outline(NamedTuple):
    """A checklist as far as gates refer to it: titles, the titles of its points, ticks or not."""

    titles: Titles
    points: Mapping[str, Titles]
    ticks: bool


class Known(NamedTuple):
    """What a gate can refer to, by code: the process's own lists, and the fields of a lead."""

    roles: Mapping[str, Titles] = {}
    renamed: Mapping[str, Titles] = {}
    fields: Sequence[str] = LEAD_FIELDS
    ways: Mapping[str, Titles] = {}
    purposes: Mapping[str, Titles] = {}
    credits: Mapping[str, Titles] = {}
    signoffs: Mapping[str, Titles] = {}
    checklists: Mapping[str, Outline] = {}

    def name(self, want: Want, lang: str) -> str:
        """The role, field, way, point ... that a want is about, in ``lang``."""
        if want.kind == "tick":
            return self.checklists[want.value].points[want.item][lang] if want.item else ""
        titles = self._titles(want)
        if titles:
            return short_title(Choice(want.value, titles), lang)
        return (
            t(f"gate.{want.value}", lang)
            if want.kind == "field" and want.value in LEAD_FIELDS
            else want.value
        )

    def _titles(self, want: Want) -> Titles:
        if want.kind == "score":
            return self.checklists[want.value].titles if want.value else {}
        if want.kind == "followup":
            return self.purposes.get(want.item) or self.ways.get(want.value, {})
        lists = {
            "person": self.roles,
            "field": self.renamed,
            "credit": self.credits,
            "signoff": self.signoffs,
        }
        return lists.get(want.kind, {}).get(want.value, {})


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
    values = [{"name": known.name(want, lang), "times": want.times} for lang in LANGUAGES]
    key = f"gate.{what}_{_variant(want, known, what)}{end}"
    return {lang: t(key, lang, **values[n]) for n, lang in enumerate(LANGUAGES)}


def _variant(want: Want, known: Known, what: str) -> str:
    if want.kind == "person" and want.value not in known.roles:
        return "anyone"
    if want.kind == "followup" and (want.item or want.value != EFFECTIVE):
        return "followup_of"
    if want.kind == "signoff" and want.value not in known.signoffs:
        return "signoff_any"
    special = f"{want.kind}_{want.value}"
    return special if has_text(f"gate.{what}_{special}", LANGUAGES[0]) and want.kind in _VARIED else want.kind


_VARIED = ("need", "order", "payment")


def _need(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    return Want("need", "need", sheet.word((*path, "need"), row["need"], ("yes", "known"), "unknown_value"))


def _person(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    roles = ["any", *known.roles]
    value = sheet.word((*path, "person"), row["person"], roles, "unknown_role")
    reach = "reach" in row and sheet.flag((*path, "reach"), row["reach"])
    return Want("person", "person" if value == "any" else value, value, reach=reach)


def _field(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "field"), row["field"], known.fields, "unknown_field")
    return Want("field", value, value)


def _followup(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "followup"), row["followup"], (EFFECTIVE, *known.ways), "unknown_value")
    times = sheet.number((*path, "count"), row["count"]) if "count" in row else 1
    purpose = ""
    if "purpose" in row:
        purpose = sheet.word((*path, "purpose"), row["purpose"], known.purposes, "unknown_value")
    return Want("followup", "followup", value, purpose, times=times)


def _visits(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    return Want("visits", "visit", times=sheet.number((*path, "visits"), row["visits"]))


def _goal(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    if row["goal"] is not True:
        sheet.wrong((*path, "goal"), "only_true", name="goal")
    return Want("goal", "goal")


def _one_of(word: str, *known: str) -> _Make:
    def read(sheet: Sheet, _: Known, path: Path, row: dict[str, Any]) -> Want:
        return Want(word, word, sheet.word((*path, word), row[word], known, "unknown_value"))

    return read


def _score(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    value = sheet.word((*path, "score"), row["score"], known.checklists, "unknown_checklist")
    if "least" not in row:
        sheet.wrong(path, "missing_key", key="least")
    least = sheet.number((*path, "least"), row.get("least", 1), 100)
    return Want("score", value, value, times=least)


def _tick(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    points = {
        f"{code}.{point}": (code, point)
        for code, one in known.checklists.items()
        if one.ticks
        for point in one.points
    }
    if not points:
        sheet.wrong((*path, "tick"), "no_ticks", text=str(row["tick"])[:40])
        return Want("tick", "")
    value = sheet.word((*path, "tick"), row["tick"], points, "unknown_tick")
    code, point = points.get(value, ("", ""))
    return Want("tick", value, code, point)


def _credit(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    return Want(
        "credit", "credit", sheet.word((*path, "credit"), row["credit"], known.credits, "unknown_value")
    )


def _signoff(sheet: Sheet, known: Known, path: Path, row: dict[str, Any]) -> Want:
    kinds = ("any", *known.signoffs)
    return Want("signoff", "signoff", sheet.word((*path, "signoff"), row["signoff"], kinds, "unknown_value"))


_Make = Callable[[Sheet, Known, Path, dict[str, Any]], Want]

WORDS: dict[str, tuple[_Make, tuple[str, ...]]] = {
    "need": (_need, ()),
    "person": (_person, ("reach",)),
    "field": (_field, ()),
    "followup": (_followup, ("count", "purpose")),
    "visits": (_visits, ()),
    "goal": (_goal, ()),
    "score": (_score, ("least",)),
    "tick": (_tick, ()),
    "credit": (_credit, ()),
    "quote": (_one_of("quote", "made"), ()),
    "order": (_one_of("order", "signed"), ()),
    "payment": (_one_of("payment", "received", "full"), ()),
    "signoff": (_signoff, ()),
}
