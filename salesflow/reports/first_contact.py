"""``report first-contact``: who missed the hours to a first follow-up, by how much, and what is about to (K1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.reports import figures, parts
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.store import metrics
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

AREA = "first_contact"
FIELDS = (
    "state", "lead_id", "name", "short", "owner", "area", "source", "passive", "received_at", "deadline",
    "first_followup_at", "hours_late", "hours_left",
)  # fmt: skip


class Contacts(Report):
    """A report whose records are the leads that were missed, then those about to be."""

    def items(self) -> list[dict[str, Any]]:
        """Each lead with its state: missed or ahead."""
        data = self.data
        found = [{"state": state, **one} for state in ("missed", "ahead") for one in data[state]]
        return [{key: one.get(key) for key in FIELDS} for one in found]


class _Deadline(NamedTuple):
    lead: int
    at: str
    done: str | None


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """The first-contact deadlines of the period: in time, missed and by how much, and those still to come."""
    book = figures.Book(connection, Processes(connection), Leads(connection))
    found = [_Deadline(*one) for one in figures.deadlines(book, period)]
    past = [one for one in found if one.at <= period.moment]
    late = [one for one in past if one.done is None or one.done > one.at]
    ahead = figures.waiting(book, period)
    names = metrics.names_of(connection, [one.lead for one in found] + [lead for lead, _ in ahead])
    data: dict[str, Any] = {
        **parts.head("first-contact", period),
        "first_contact": figures.first_contact(book, period),
        "previous": figures.first_contact(book, period.previous()),
        "median_hours": _median_hours(found, names, period.moment),
        "reps": _reps(found, period.moment, names),
        "missed": sorted(
            (_missed(one, names[one.lead], period.moment) for one in late),
            key=lambda one: (one["first_followup_at"] is not None, -one["hours_late"], one["lead_id"]),
        ),
        "ahead": [_ahead(names[lead], left, book, period) for lead, left in ahead],
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("first-contact", lang)
        sections += (told,)
    title = parts.title(AREA, period, lang, rep)
    return Contacts(data, sections, title, tuple(_chat(data, title, lang)), fields=FIELDS)


def _hours(first: str, last: str) -> int:
    gone = datetime.fromisoformat(last) - datetime.fromisoformat(first)
    return int(gone.total_seconds() // 3600)


def _median_hours(
    found: Iterable[_Deadline], names: Mapping[int, Mapping[str, Any]], moment: str
) -> float | None:
    took = [
        _hours(names[one.lead]["received_at"], one.done) for one in found if one.done and one.done <= moment
    ]
    return parts.whole(funnel.median(took))


def _reps(
    found: Iterable[_Deadline], moment: str, names: Mapping[int, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    mine: dict[str | None, list[_Deadline]] = defaultdict(list)
    for one in found:
        mine[names[one.lead]["owner"]].append(one)
    lines = []
    for owner in sorted(mine, key=lambda owner: (owner is None, owner)):
        past = [one for one in mine[owner] if one.at <= moment]
        met = sum(one.done is not None and one.done <= one.at for one in mine[owner] if one.at <= moment)
        share = parts.share(met, len(past))
        lines.append(
            {"rep": owner, "due": len(mine[owner]), "met": met, "missed": len(past) - met, "rate": share}
        )
    return lines


def _about(one: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("owner", "area", "source")
    return {
        **parts.lead(one),
        **{key: one[key] for key in keys},
        "passive": bool(one["passive"]),
        "received_at": one["received_at"],
    }


def _missed(one: _Deadline, lead: Mapping[str, Any], moment: str) -> dict[str, Any]:
    done = one.done if one.done and one.done <= moment else None
    return _about(lead) | {
        "deadline": one.at,
        "first_followup_at": done,
        "hours_late": _hours(one.at, done or moment),
    }


def _ahead(lead: Mapping[str, Any], left: int, book: figures.Book, period: Period) -> dict[str, Any]:
    hours = book.processes[lead["process"]].first_contact_hours
    deadline = figures.shifted(lead["received_at"] or period.moment, hours)
    return _about(lead) | {"deadline": deadline, "hours_left": left}


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    found: tuple[Section, ...] = (_sums(data, lang)._replace(after=tuple(empty)),)
    if len(data["reps"]) > 1:
        rows = [
            Row((one["rep"] or t("reps.pool", lang), one["due"], one["met"], one["missed"], one["rate"]))
            for one in data["reps"]
        ]
        found += (parts.table(AREA, "rep~ due:int met:int missed:int rate:rate", rows, lang),)
    missed, ahead = data["missed"], data["ahead"]
    if missed:
        heading = t("first_contact.heading_missed", lang, count=len(missed))
        keys = "lead~ owner~ deadline:day late:int done:day"
        found += (
            parts.lean(parts.table(AREA, keys, [_missed_row(one, lang) for one in missed], lang, heading)),
        )
    if ahead:
        heading = t("first_contact.heading_ahead", lang, count=len(ahead))
        rows = [
            Row((parts.called(one), one["owner"], one["deadline"], span(one["hours_left"], lang)))
            for one in ahead
        ]
        found += (parts.lean(parts.table(AREA, "lead~ owner~ deadline:day left:int", rows, lang, heading)),)
    return found


def _sums(data: dict[str, Any], lang: str) -> Section:
    now, before = data["first_contact"], data["previous"]
    rows = [
        Row((t("first_contact.this", lang), now["due"], now["met"], now["missed"], now["rate"])),
        Row(
            (
                t("first_contact.previous", lang),
                before["due"],
                before["met"],
                before["missed"],
                before["rate"],
            )
        ),
    ]
    shown = parts.table(AREA, "period due:int met:int missed:int rate:rate", rows, lang)
    middle = data["median_hours"]
    line = () if middle is None else (t("first_contact.median", lang, hours=middle),)
    return shown._replace(before=line)


def span(hours: int, lang: str) -> str:
    """``9 小时``, from two days on ``3 天``."""
    if hours < 48:
        return t("first_contact.hours", lang, count=hours)
    return t("first_contact.days", lang, count=hours // 24)


def _missed_row(one: Mapping[str, Any], lang: str) -> Row:
    still = one["first_followup_at"] is None
    done = t("first_contact.still", lang) if still else one["first_followup_at"]
    cells = (parts.called(one), one["owner"], one["deadline"], span(one["hours_late"], lang), done)
    return Row(cells, style="late" if still else "")


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    now = data["first_contact"]
    rate = "-" if now["rate"] is None else f"{now['rate']:.0%}"
    lines = [title, t("week.first_contact", lang, **{**now, "rate": rate})]
    for one in data["missed"][: parts.MOST]:
        key = "chat_still" if one["first_followup_at"] is None else "chat_late"
        hours = span(one["hours_late"], lang)
        lines.append(t(f"first_contact.{key}", lang, lead=parts.called(one), hours=hours))
    lines += parts.more(len(data["missed"]), lang)
    for one in data["ahead"][: parts.MOST]:
        hours = span(one["hours_left"], lang)
        lines.append(t("first_contact.chat_left", lang, lead=parts.called(one), hours=hours))
    return lines + parts.more(len(data["ahead"]), lang)
