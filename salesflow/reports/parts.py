"""What the parts of a report are made of: the head of its data, its title, tables, definitions, leads by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from salesflow.names import label_of
from salesflow.reports import explained
from salesflow.reports.period import Period
from salesflow.reports.shown import yuan_text
from salesflow.store import plan
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

MOST = 30  # leads that a message names one by one


def head(report: str, period: Period) -> dict[str, Any]:
    """The keys with which the data of every report of a period begin."""
    return {
        "report": report,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
    }


def title(area: str, period: Period, lang: str, rep: str) -> str:
    """The report's name, its period from day to day, whose it is, and whether it is over."""
    length = period.kind if period.kind in ("day", "range") else "days"
    return t(
        f"parts.title_{length}",
        lang,
        name=t(f"{area}.name", lang),
        label=period.label,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        rep=rep,
        state=t("week.complete" if period.complete else "week.running", lang),
    )


def columns(area: str, wanted: str, lang: str) -> tuple[Column, ...]:
    """The columns of ``key:kind key~ …``, titled by the area's texts; ``~`` marks what may be cut."""
    found = []
    for word in wanted.split():
        key, _, kind = word.removesuffix("~").partition(":")
        titled = "" if key == "bar" else t(f"{area}.column_{key}", lang)
        found.append(Column(key, titled, kind or "text", shrink=word.endswith("~")))
    return tuple(found)


def table(
    area: str, wanted: str, rows: Iterable[Row], lang: str, heading: str = "", after: Sequence[str] = ()
) -> Section:
    """A section of these columns; without a row only its heading and what stands after it."""
    cells = tuple(rows)
    shown = columns(area, wanted, lang)
    return Section(columns=shown, rows=cells, header=bool(cells), heading=heading, after=tuple(after))


def more(count: int, lang: str) -> list[str]:
    """The line that says how many of so many leads a message leaves out; nothing where it names all."""
    return [t("parts.and_more", lang, count=count - MOST)] if count > MOST else []


def lean(section: Section) -> Section:
    """The section without the columns that tell nothing: empty ones, and whose the leads are where all are one's."""
    if not section.rows:
        return section
    found = list(zip(*[row.cells for row in section.rows], strict=True))
    kept = [
        place
        for place, column in enumerate(section.columns)
        if any(cell is not None for cell in found[place])
        and not (column.key == "owner" and len(set(found[place])) == 1)
    ]
    if len(kept) == len(found):
        return section
    cells = zip(*[found[place] for place in kept], strict=True)
    rows = [Row(each, row.group, row.style) for each, row in zip(cells, section.rows, strict=True)]
    return section._replace(columns=tuple([section.columns[place] for place in kept]), rows=tuple(rows))


def short_day(day: str | None, last: str) -> str | None:
    """A day without its year, where that is the year of the period's ``last``."""
    return day[5:] if day and day[:4] == last[:4] else day


def explaining(report: str, lang: str) -> tuple[dict[str, str], Section]:
    """How each figure of the report is counted: as data, and as lines."""
    told = explained.definitions(report, lang)
    return told, explained.section(told, lang, explained.area_of(report))


def explained_too(found: Report, report: str, lang: str) -> Report:
    """The report with how each of its figures is counted beneath it."""
    definitions, told = explaining(report, lang)
    return found._replace(data=found.data | {"definitions": definitions}, sections=(*found.sections, told))


def lead(one: Mapping[str, Any]) -> dict[str, Any]:
    """The keys by which JSON names a lead, of what ``metrics.names_of`` tells."""
    short = label_of(one["name"], one["short"], one["city"])
    return {"lead_id": one["id"], "name": one["name"], "short": short}


def called(one: Mapping[str, Any]) -> str:
    """``#12 华星宝马`` of a lead in the data."""
    return f"#{one['lead_id']} {one['short']}"


def yuan(value: float | None, lang: str) -> str | None:
    """An amount of the data as people read it, None where it is not known."""
    return None if value is None else yuan_text(value, lang)


def days_between(first: str, last: str) -> int:
    """How many days lie between the days of two instants."""
    return _number(last[:10]) - _number(first[:10])


@cache
def _number(day: str) -> int:
    # there are many instants, of few days
    return date.fromisoformat(day).toordinal()


def whole(value: float | None) -> float | None:
    """The figure as a whole number where it is one."""
    return int(value) if value is not None and value == int(value) else value


def share(part: int, of: int) -> float | None:
    """``part`` of ``of`` to four decimals; None of nothing."""
    return round(part / of, 4) if of else None


def without_leads(connection: Connection, lang: str) -> tuple[str, ...]:
    """What to say of a book that holds no lead: how to get some in. Nothing of any other."""
    return () if plan.any_lead(connection) else (t("parts.no_leads", lang),)


def of_empty(found: Report, connection: Connection, lang: str) -> Report:
    """The report; of a book that holds no lead one that says how to get some in, where it does not say so itself."""
    said, sections, chat = without_leads(connection, lang), found.sections, found.chat
    if not any(line in (*one.before, *one.after) for one in sections for line in said):
        sections = (*sections, Section(before=said)) if said else sections
    if chat and not any(line in chat for line in said):
        chat = (*chat, *said)
    return found._replace(sections=sections, chat=chat)
