"""``report promises``: what became of promises, which were moved, what was not written down or signed (K3, K4, F8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from salesflow.reports import parts, promised, signoffs
from salesflow.reports.heads import Head, heads
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.store import honesty, signing
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

RECORD = ("metric", "this", "previous")
MOST = 10  # cards without a signature that a screen lists


class Honesty(Report):
    """A report whose records are its figures, one a line: name, this period, the one before."""

    def items(self) -> list[dict[str, Any]]:
        """What became of the promises, then how many lines each list holds."""
        data = self.data
        found = [(f"promises.{name}", one, data["previous"][name]) for name, one in data["promises"].items()]
        found += [(name, value, None) for name, value in data["counts"].items()]
        return [dict(zip(RECORD, one, strict=True)) for one in found]


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """The promises of the period's days, the dates moved in it, and what stands open with the cards."""
    processes = Processes(connection)
    moved = honesty.moved(connection, period.start, period.moment)
    more = honesty.moved_more(connection)
    late = honesty.recorded_late(connection, period.start, period.moment)
    ids = [one.lead_id for one in moved] + [one.lead_id for one in late] + [one for one, _, _ in more]
    known = heads(connection, ids)
    cards = signing.cards(connection, period.start, period.moment)
    lists: dict[str, list[dict[str, Any]]] = {
        "rescheduled": [_moved(one, known) for one in moved],
        "moved_more": [
            known[one].record | {"reschedules": moves, "followups": done} for one, moves, done in more
        ],
        "recorded_late": [_late(one, known, processes, lang) for one in late],
        "unsigned": signoffs.lacking(connection, cards, processes, lang),
    }
    both = promised.tallies(connection, [period, period.previous()])
    data = {
        "report": "promises",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "promises": promised.counted(both[0]),
        "previous": promised.counted(both[1]),
        "counts": _counts(lists) | {"unsigned_all": _unsigned(connection, processes, period.moment)},
        **lists,
    }
    sections = _sections(data, lang)
    if explain:
        data["definitions"], told = parts.explaining("promises", lang)
        sections += (told,)
    title = _title(period, lang, rep)
    return Honesty(data, sections, title, tuple(_chat(data, title, lang)), fields=RECORD)


def _counts(lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    counts = {name: len(found) for name, found in lists.items()}
    without = sum(not one["why"] for one in lists["rescheduled"])
    return {"rescheduled": counts.pop("rescheduled"), "rescheduled_without_why": without, **counts}


def _unsigned(connection: Connection, processes: Processes, moment: str) -> int:
    # all cards that are not signed by now, those of earlier periods too
    return sum(
        signing.count_lacking(connection, process.code, stage.code, kinds, moment)
        for process in processes.all()
        for stage in process.stages
        if (kinds := [one.code for one in process.signoffs_due(stage.code)])
    )


def _moved(one: honesty.Moved, known: Mapping[int, Head]) -> dict[str, Any]:
    dates = {"at": one.at, "from": one.from_date, "to": one.to_date, "why": one.why, "by": one.by}
    return known[one.lead_id].record | dates


def _late(one: honesty.Late, known: Mapping[int, Head], processes: Processes, lang: str) -> dict[str, Any]:
    via = processes[known[one.lead_id].process].known("via", one.via)
    days = (date.fromisoformat(one.recorded_at[:10]) - date.fromisoformat(one.at[:10])).days
    return known[one.lead_id].record | {
        "followup_id": one.id,
        "at": one.at,
        "recorded_at": one.recorded_at,
        "days": days,
        "via": one.via,
        "via_title": via.title(lang),
        "by": one.by,
    }


# On the screen


def _title(period: Period, lang: str, rep: str) -> str:
    state = t("week.complete" if period.complete else "week.running", lang)
    first, last = period.first.isoformat(), period.last.isoformat()
    return t("honesty.title", lang, label=period.label, first=first, last=last, rep=rep, state=state)


def _sections(data: dict[str, Any], lang: str) -> tuple[Section, ...]:
    unsigned, every = data["unsigned"], data["counts"]["unsigned_all"]
    cards = signoffs.rows(unsigned[:MOST], lang)
    more = (t("honesty.all_unsigned", lang, count=every),) if every else ()
    return (
        _figures(data, lang),
        _table(
            "rescheduled", ("lead", "at", "from", "to", "why"), map(_moved_row, data["rescheduled"]), lang
        ),
        _table("moved_more", ("lead", "reschedules", "followups"), map(_more_row, data["moved_more"]), lang),
        _table(
            "recorded_late", ("lead", "via", "at", "recorded_at"), map(_late_row, data["recorded_late"]), lang
        ),
        cards._replace(heading=_heading("unsigned", len(unsigned), lang), after=more),
    )


def _chat(data: dict[str, Any], title: str, lang: str) -> Iterator[str]:
    # a message has no columns: each figure by its name, each lead on a line
    yield title
    yield t("week.promises", lang, **data["promises"])
    yield t("honesty.chat_before", lang, told=t("week.promises", lang, **data["previous"]))
    for name in ("rescheduled", "moved_more", "recorded_late", "unsigned"):
        found = data[name]
        if found:
            yield _heading(name, len(found), lang)
        for one in found[:MOST]:
            yield f"{_lead(one)} {_short(one, name)}".rstrip()
        if len(found) > MOST:
            yield t("honesty.chat_more", lang, count=len(found) - MOST)


def _short(one: Mapping[str, Any], name: str) -> str:
    if name == "rescheduled":
        return f"{one['from'] or '-'} > {one['to']} {one['why'] or ''}"
    if name == "moved_more":
        return f"{one['reschedules']} > {one['followups']}"
    return f"{one['at'][:10]} > {one['recorded_at'][:10]}" if name == "recorded_late" else ""


def _figures(data: dict[str, Any], lang: str) -> Section:
    now, before = data["promises"], data["previous"]
    rows = tuple(Row((t(f"honesty.{name}", lang), now[name], before[name])) for name in now)
    columns = (
        Column("figure", t("honesty.figures", lang)),
        Column("this", t("honesty.this", lang), "int"),
        Column("previous", t("honesty.previous", lang), "int"),
    )
    return Section(columns=columns, rows=rows)


_KINDS = {"from": "date", "to": "date", "reschedules": "int", "followups": "int"}


def _table(name: str, keys: Sequence[str], rows: Iterable[Row], lang: str) -> Section:
    cells = tuple(rows)
    columns = tuple(
        Column(
            key,
            t(f"honesty.column_{key}", lang),
            _KINDS.get(key, "text"),
            shrink=key in ("lead", "why"),
        )
        for key in keys
    )
    return Section(columns=columns, rows=cells, header=bool(cells), heading=_heading(name, len(cells), lang))


def _heading(name: str, count: int, lang: str) -> str:
    return t(f"honesty.heading_{name}", lang, count=count)


def _lead(one: Mapping[str, Any]) -> str:
    return f"#{one['lead_id']} {one['short']}"


def _moved_row(one: dict[str, Any]) -> Row:
    style = "" if one["why"] else "late"
    return Row((_lead(one), one["at"][:10], one["from"], one["to"], one["why"]), style=style)


def _more_row(one: dict[str, Any]) -> Row:
    return Row((_lead(one), one["reschedules"], one["followups"]))


def _late_row(one: dict[str, Any]) -> Row:
    return Row((_lead(one), one["via_title"], one["at"][:10], one["recorded_at"][:10]))
