"""The improvement plan: what was decided, done, late, and whether the figure that it was for has moved (K6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from salesflow.improvement import DONE, DROPPED, FIGURES, LATE, OPEN, STATES, Action, figure_title, state_on
from salesflow.reports.figures import Book
from salesflow.reports.improvement_figures import Totals, Values, based_on, newest
from salesflow.reports.period import Period
from salesflow.reports.show_base import day_text
from salesflow.reports.shown import shown
from salesflow.store import improvement as stored
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "id", "text", "measure", "due", "who", "state", "done", "made", "baseline", "now", "unit", "previous", "report",
    "dropped", "note", "by", "baseline_of", "now_of",
)  # fmt: skip
_MARKS = {OPEN: "[ ]", LATE: "[ ]", DONE: "[x]", DROPPED: "[-]"}


def of_period(book: Book, span: Period, sums: Totals, past: Totals) -> list[dict[str, Any]]:
    """The actions of a report as they stood at its end, all that were open in it.

    ``sums`` are its totals, ``past`` those of the period before: they are not counted again.
    """
    found = stored.of_period(book.connection, span.label, span.first.isoformat(), span.day.isoformat())
    if not found:
        return []
    values = Values(book, {span: sums, span.previous(): past})
    return _in_order(_measured(one, span, values) for one in found)


def of_day(book: Book, span: Period, wanted: Sequence[str] = STATES) -> list[dict[str, Any]]:
    """The actions of the book in one of these states on the day ``span``, what is open first."""
    day, values = span.day.isoformat(), Values(book)
    found = [one for one in stored.list_actions(book.connection) if state_on(one, day) in wanted]
    return _in_order(_measured(one, span, values) for one in found)


def record(one: Action, day: str) -> dict[str, Any]:
    """The action as it stood on the day, without its figure."""
    state = state_on(one, day)
    return {
        "id": one.id,
        "text": one.text,
        "measure": one.measure,
        "due": one.due_on,
        "who": one.who,
        "state": state,
        "done": one.done_on if state == DONE else None,
        "made": one.made_on,
        "baseline": _whole(one.baseline),
        "now": None,
        "unit": FIGURES.get(one.measure or ""),
        "previous": None,
        "report": one.report,
        "dropped": one.dropped_on if state == DROPPED else None,
        "note": one.note if state in (DONE, DROPPED) or not (one.done_on or one.dropped_on) else None,
        "by": one.by,
        "baseline_of": None,
        "now_of": None,
    }


def _measured(one: Action, span: Period, values: Values) -> dict[str, Any]:
    found = record(one, span.day.isoformat())
    if one.measure:
        last = newest(one, span)
        found["baseline_of"] = based_on(one, span).label
        if last:
            found["now_of"], found["now"] = last.label, values.of(one.measure, last)
            found["previous"] = values.of(one.measure, last.previous())
    return found


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value


def _in_order(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda one: (STATES.index(one["state"]), one["due"] or "9", one["id"]))


# On the screen


def build(connection: Connection, found: list[dict[str, Any]], span: Period, lang: str) -> Report:
    """The plan as a list."""
    after = () if found else (t("action.list_none", lang),)
    section = _table(found, span, lang)._replace(header=bool(found), after=after)
    return Report(
        data=found, sections=(section,), chat=tuple(_line(one, span, lang) for one in found), fields=FIELDS
    )


def on_screen(found: list[dict[str, Any]], span: Period) -> list[dict[str, Any]]:
    """Those of a report's actions that its screen tells: a day's report what is due by then or was done on it."""
    day = span.day.isoformat()
    return [one for one in found if span.kind != "day" or one["done"] == day or (one["due"] or "9") <= day]


def section(found: list[dict[str, Any]], span: Period, lang: str) -> Section:
    """The part of a period's report."""
    return _table(found, span, lang)._replace(heading=t("action.heading", lang), header=False)


def chat(found: list[dict[str, Any]], span: Period, lang: str) -> list[str]:
    """The lines of a period's message."""
    return [t("action.heading", lang), *(_line(one, span, lang) for one in found)] if found else []


def told(one: dict[str, Any], today: date, lang: str) -> str:
    """What is known of an action beside its text, in a line; ``today`` is the reader's."""
    parts = (state_text(one, today, lang), who_text(one, lang), figure_text(one, "", lang))
    return "  ".join(part for part in parts if part)


def state_text(one: dict[str, Any], today: date, lang: str) -> str:
    """``11-27 周五前``, ``迟 3 天``, ``11-20 周五做完``."""
    over = one["done"] or one["dropped"]
    if over:
        late = _days(one["due"], over) if one["done"] and one["due"] else 0
        key = "done_late" if late > 0 else one["state"]
        return t(f"action.state_{key}", lang, on=day_text(over, lang, today), days=late)
    if one["due"] is None:
        return t("action.state_open", lang)
    late, on = _days(one["due"], today.isoformat()), day_text(one["due"], lang, today)
    return t("action.state_late" if late > 0 else "action.state_due", lang, on=on, days=late)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def who_text(one: dict[str, Any], lang: str) -> str:
    """Who does it."""
    return one["who"] or t("action.self", lang)


def figure_text(one: dict[str, Any], kind: str, lang: str) -> str:
    """``没写理由 5 -> 2``; ``首次跟进按时 83%，上周 100%`` where the baseline is the report's own figure."""
    if one["measure"] is None:
        return ""
    title, unit = figure_title(one["measure"], lang), one["unit"]
    base, now, before = (shown(one[key], unit, lang) for key in ("baseline", "now", "previous"))
    values = {"figure": title, "base": base, "now": now, "before": before}
    if now is None:
        return title if base is None else t("action.then", lang, **values, period=one["baseline_of"])
    if kind and before is not None and base in (None, now):
        return t("action.beside", lang, **values, when=t(f"week.previous_{kind}", lang))
    return f"{title} {now}" if base is None else t("action.moved", lang, **values)


def _table(found: list[dict[str, Any]], span: Period, lang: str) -> Section:
    keys = ("id", "mark", "text", "state", "who", "figure")
    columns = tuple(
        Column(key, "" if key == "mark" else t(f"action.column_{key}", lang), "int" if key == "id" else "text",
               shrink=key == "text")
        for key in keys
    )  # fmt: skip
    return Section(columns=columns, rows=tuple(_row(one, span, lang) for one in found))


def _row(one: dict[str, Any], span: Period, lang: str) -> Row:
    cells = (
        one["id"],
        _MARKS[one["state"]],
        one["text"],
        state_text(one, span.day, lang),
        who_text(one, lang),
        figure_text(one, _beside(one, span), lang),
    )
    return Row(cells, style="late" if one["state"] == LATE else "")


def _beside(one: dict[str, Any], span: Period) -> str:
    # the figure before is told where the action was decided in this very report
    return span.kind if one["report"] == span.label else ""


def _line(one: dict[str, Any], span: Period, lang: str) -> str:
    figure = figure_text(one, _beside(one, span), lang)
    parts = (_MARKS[one["state"]], one["text"], state_text(one, span.day, lang), who_text(one, lang), figure)
    return " ".join(part for part in parts if part)
