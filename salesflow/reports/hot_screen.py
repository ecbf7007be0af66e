"""What people see of the H list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.reports.forecast_screen import worth
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "lead_id", "name", "short", "stage", "grade", "by_next_week", "chance", "value", "value_from", "next_date",
    "next_reason", "missing", "why",
)  # fmt: skip
MISSING = 3  # things that are named in a row; the rest is counted


def report(data: dict[str, Any], lang: str, hottest: Sequence[str]) -> Report:
    """The H list, ready for every output; ``hottest`` are the grades that it is of."""
    nobody = t("hot.nobody", lang, grades=" ".join(hottest), grade=next(iter(hottest), ""))
    title = t("hot.title", lang, week=data["week"], to=data["to"][5:])
    heading = t("hot.heading", lang, count=len(data["leads"]), grades=" ".join(hottest))
    sections = [_section(data["leads"], heading, data, lang)]
    if not data["leads"]:
        sections = [Section(before=(nobody,))]
    if data["likely"]:
        sections.append(_section(data["likely"], t("hot.heading_likely", lang), data, lang))
    lines = [title] + [_line(one, data, lang) for one in (*data["leads"], *data["likely"])]
    if not data["leads"]:
        lines.insert(1, nobody)
    return Report(data, tuple(sections), title, tuple(lines), "leads", fields=FIELDS)


def _section(leads: list[dict[str, Any]], heading: str, data: dict[str, Any], lang: str) -> Section:
    columns = (
        Column("lead_id", "#", "id"),
        Column("short", t("hot.lead", lang), shrink=True),
        Column("by_next_week", t("hot.chance", lang), "rate"),
        Column("next_date", t("hot.next", lang)),
        Column("next_reason", t("hot.what", lang), shrink=True),
        Column("missing", t("hot.missing", lang), shrink=True),
        Column("value", t("hot.value", lang), "int"),
    )
    rows, after = [], []
    for one in leads:
        day, late = _day(one, data), bool(one["next_date"] and one["next_date"] < data["date"])
        rows.append(
            Row(
                (
                    one["lead_id"],
                    one["short"],
                    one["by_next_week"],
                    day,
                    one["next_reason"],
                    _missing(one, lang),
                    worth(one, lang),
                ),
                style="late" if late else "",
            )
        )
        after.append(t("hot.why", lang, id=one["lead_id"], why=one["why"]))
    return Section(columns, tuple(rows), heading, after=tuple(after))


def _day(one: dict[str, Any], data: dict[str, Any]) -> str | None:
    day: str | None = one["next_date"]
    return day[5:] if day and day[:4] == data["to"][:4] else day


def _missing(one: dict[str, Any], lang: str) -> str:
    titles = one["missing_titles"]
    if not titles:
        return t("hot.nothing", lang)
    shown = t("hot.comma", lang).join(titles[:MISSING])
    return t("hot.and_more", lang, some=shown, count=len(titles)) if len(titles) > MISSING else shown


def _line(one: dict[str, Any], data: dict[str, Any], lang: str) -> str:
    ahead = " ".join(part for part in (_day(one, data), one["next_reason"]) if part)
    return t(
        "hot.chat_lead",
        lang,
        id=one["lead_id"],
        lead=one["short"],
        chance=f"{one['by_next_week']:.0%}",
        next=ahead or t("hot.no_promise", lang),
        missing=_missing(one, lang),
        value=worth(one, lang) or "-",
    )
