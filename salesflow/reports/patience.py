"""``report visits``: how many visits a deal took, who was given up early, who has stood still for long (L4)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.processes import Process
from salesflow.reports import parts, patience_when
from salesflow.reports.heads import Head, heads
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.weekly_screen import brief
from salesflow.store import metrics, patience
from salesflow.store.metrics import Entering
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

BAR = 20  # cells of the longest bar
FIELDS = ("process", "visits", "deals")


class Patience(Report):
    """A report whose records are the distribution: process, number of visits, deals."""

    def items(self) -> list[dict[str, Any]]:
        """Each number of visits of each process, with how many deals took so many."""
        return [
            {"process": one["process"], **count} for one in self.data["processes"] for count in one["counts"]
        ]


class Left(NamedTuple):
    """A lead that stands parked or lost without a deal, after so many visits."""

    id: int
    process: str
    status: str
    at: str
    reason: str | None
    visits: int


class Stuck(NamedTuple):
    """An open lead that had more visits than a deal takes and has not moved on since."""

    id: int
    process: str
    stage: str
    visits: int
    since: str


class Deal(NamedTuple):
    """A lead's first entering of a won stage, and of which process that was."""

    process: str
    at: str


class Past:
    """How leads went through their stages up to a moment."""

    def __init__(self, connection: Connection, processes: Processes, moment: str) -> None:
        self._connection = connection
        self._processes = processes
        self._moment = moment
        self._won = {process.code: process.won_codes for process in processes.all()}
        self._visits = patience.visits(connection, moment)

    def deals(self) -> dict[int, Deal]:
        """The deal of each lead that made one; an old customer, recorded as such, made none here."""
        stages = sorted(frozenset().union(*self._won.values()))
        found = {}
        for lead_id, steps in self._steps_of(patience.moved_into(self._connection, stages, self._moment)):
            began = min(steps, key=lambda one: one.order)
            won = [one for one in steps if not one.rebuilt and self._is_won(one.process, one.stage)]
            if won and not self._is_won(began.left, began.origin):
                found[lead_id] = Deal(won[0].process, won[0].at)
        return found

    def left(self, deals: Mapping[int, Deal]) -> list[Left]:
        """The leads that stand parked or lost and never made a deal; a wrong entry was no lead."""
        gone = [
            one
            for one in patience.set_aside(self._connection, self._moment)
            if one.lead_id not in deals and not self._is_won(one.process, one.stage)
        ]
        why = {(one.process, one.status, one.reason or "") for one in gone}
        real = {each for each in why if self._processes[each[0]].known_reason(*each[1:]).counts}
        counted = [one for one in gone if (one.process, one.status, one.reason or "") in real]
        made = self.visits_by({one.lead_id: one.at for one in counted})
        return [
            Left(one.lead_id, one.process, one.status, one.at, one.reason, made[one.lead_id])
            for one in counted
        ]

    def stuck(self) -> list[Stuck]:
        """The open leads past the visits that a deal takes, those visited oftenest first."""
        least = min(process.visits_to_deal[1] for process in self._processes)
        oftener = sorted(lead_id for lead_id, days in self._visits.items() if len(days) > least)
        some = {}
        for lead in Leads(self._connection, oftener).open_at(self._moment):
            days, most = self._visits[lead.id], self._processes[lead.process].visits_to_deal[1]
            if len(days) > most and not self._is_won(lead.process, lead.stage):
                some[lead.id] = Stuck(lead.id, lead.process, lead.stage, len(days), days[most - 1])
        for lead_id, steps in self._steps_of(sorted(some)):
            if any(one.at >= some[lead_id].since and self._is_forward(one) for one in steps):
                del some[lead_id]
        return sorted(some.values(), key=lambda one: (-one.visits, one.id))

    def visits_by(self, days: Mapping[int, str]) -> dict[int, int]:
        """How often each lead had been visited by its day, that day's visits among them.

        The visit of the day belongs to what came of it, whichever of the two was written down first.
        """
        return {
            # after each instant of that day and before the next one
            lead_id: bisect_left(self._visits.get(lead_id, ()), f"{day[:10]}U")
            for lead_id, day in days.items()
        }

    def _is_won(self, process: str | None, stage: str | None) -> bool:
        return stage in self._won.get(process or "", ())

    def _steps_of(self, lead_ids: Sequence[int]) -> Iterator[tuple[int, list[Entering]]]:
        # what each of the leads that has moved had entered by the moment
        for lead_id, steps in metrics.steps_of(self._connection, lead_ids).items():
            by_then = [one for one in steps if one.at <= self._moment]
            if by_then:
                yield lead_id, by_then

    def _is_forward(self, one: Entering) -> bool:
        # a lead that follows another process, or another version of its own, has gone nowhere
        if one.origin is None or one.rebuilt or one.left != one.process:
            return False
        places = self._processes[one.process].places
        return places.get(one.stage, 0) > places.get(one.origin, 0)


def build(connection: Connection, period: Period, lang: str, explain: bool = False) -> Report:
    """How many visits the deals took, by process, up to the period's last moment."""
    processes = Processes(connection)
    past = Past(connection, processes, period.moment)
    deals = past.deals()
    took = past.visits_by({lead_id: deal.at for lead_id, deal in deals.items()})
    left, stuck = past.left(deals), past.stuck()
    known = (
        {deal.process for deal in deals.values()}
        | {one.process for one in left}
        | {one.process for one in stuck}
    )
    lines = [
        _process(
            processes[code],
            [took[lead_id] for lead_id, deal in deals.items() if deal.process == code],
            [one for one in left if one.process == code],
            sum(one.process == code for one in stuck),
            lang,
        )
        for code in processes.codes
        if code in known or code in processes.used
    ]
    names = heads(connection, [one.id for one in left] + [one.id for one in stuck])
    data: dict[str, Any] = {
        "report": "visits",
        "to": period.day.isoformat(),
        "processes": lines,
        "when": patience_when.records(connection, processes, period.moment),
        "early": _left_records(_early(left, processes), names, processes, lang),
        "stuck": [_stuck_record(one, names[one.id], processes, lang) for one in stuck],
    }
    title = t("patience.title", lang, day=data["to"])
    sections = _sections(data, lang)
    if explain:
        data["definitions"], told = parts.explaining("visits", lang)
        sections += (told,)
    return Patience(data, sections, title, fields=FIELDS)


def _early(left: Iterable[Left], processes: Processes) -> list[Left]:
    found = [one for one in left if one.visits < processes[one.process].visits_to_deal[0]]
    newest_first = sorted(found, key=attrgetter("id"), reverse=True)
    return sorted(newest_first, key=attrgetter("at"), reverse=True)


def _process(
    process: Process, took: Sequence[int], left: Sequence[Left], stuck: int, lang: str
) -> dict[str, Any]:
    least, most = process.visits_to_deal
    early = Counter(one.status for one in left if one.visits < least)
    every = Counter(one.status for one in left)
    between = sum(least <= count <= most for count in took)
    middle = funnel.median(took)
    return {
        "process": process.code,
        "title": process.title(lang),
        "least": least,
        "most": most,
        "deals": len(took),
        "counts": _counts(took),
        "between": between,
        "share": round(between / len(took), 4) if took else None,
        "median": int(middle) if middle is not None and middle == int(middle) else middle,
        "lost": every["lost"],
        "lost_early": early["lost"],
        "parked": every["parked"],
        "parked_early": early["parked"],
        "stuck": stuck,
    }


def _counts(took: Sequence[int]) -> list[dict[str, int]]:
    counted = Counter(took)
    span = range(min(1, *counted), max(counted) + 1) if counted else ()
    return [{"visits": count, "deals": counted[count]} for count in span]


def _left_records(
    left: Sequence[Left], names: Mapping[int, Head], processes: Processes, lang: str
) -> list[dict[str, Any]]:
    # there may be very many, with few reasons
    @cache
    def title(process: str, status: str, reason: str) -> str:
        return processes[process].known(status, reason).title(lang)

    return [
        {
            "lead_id": one.id,
            "name": names[one.id].name,
            "short": names[one.id].short,
            "process": one.process,
            "status": one.status,
            "at": one.at,
            "reason": one.reason,
            "reason_title": title(one.process, one.status, one.reason) if one.reason else None,
            "visits": one.visits,
        }
        for one in left
    ]


def _stuck_record(one: Stuck, lead: Head, processes: Processes, lang: str) -> dict[str, Any]:
    return lead.record | {
        "process": one.process,
        "stage": one.stage,
        "stage_title": processes[one.process].known("stage", one.stage).title(lang),
        "visits": one.visits,
        "since": one.since,
    }


# On the screen


def _sections(data: dict[str, Any], lang: str) -> tuple[Section, ...]:
    return (
        *(_spread(one, lang) for one in data["processes"]),
        *patience_when.section(data["when"], lang),
        _early_rows(data, lang),
        _stuck_rows(data, lang),
    )


def _spread(one: dict[str, Any], lang: str) -> Section:
    share = "-" if one["share"] is None else f"{one['share']:.0%}"
    middle = "-" if one["median"] is None else one["median"]
    heading = t("patience.heading", lang, title=one["title"], deals=one["deals"])
    bounds = {"least": one["least"], "most": one["most"]}
    before = (
        t("patience.share", lang, share=share, median=middle, **bounds),
        t(
            "patience.early",
            lang,
            least=one["least"],
            lost_early=one["lost_early"],
            lost=one["lost"],
            parked_early=one["parked_early"],
            parked=one["parked"],
        ),
    )
    top = max((count["deals"] for count in one["counts"]), default=0)
    rows = tuple(
        Row((count["visits"], count["deals"], "#" * round(BAR * count["deals"] / top)))
        for count in one["counts"]
    )
    columns = (
        Column("visits", t("patience.column_visits", lang), "int"),
        Column("deals", t("patience.column_deals", lang), "int"),
        Column("bar", ""),
    )
    labels = ("visits", "deals")
    return Section(columns, rows, heading, before, header=bool(rows), labels=labels)


def _early_rows(data: dict[str, Any], lang: str) -> Section:
    status = {one: t(f"show.status_{one}", lang) for one in ("parked", "lost")}
    why = {title: brief(title or "") or None for title in {one["reason_title"] for one in data["early"]}}
    rows = tuple(
        [
            Row(
                (
                    _lead(one),
                    one["visits"],
                    status[one["status"]],
                    one["at"][:10],
                    why[one["reason_title"]],
                )
            )
            for one in data["early"]
        ]
    )
    return _listed("early", ("lead", "visits", "status", "at", "reason"), rows, lang)


def _stuck_rows(data: dict[str, Any], lang: str) -> Section:
    rows = tuple(
        Row((_lead(one), one["visits"], one["stage_title"], one["since"][:10])) for one in data["stuck"]
    )
    return _listed("stuck", ("lead", "visits", "stage", "since"), rows, lang)


def _lead(one: dict[str, Any]) -> str:
    return f"#{one['lead_id']} {one['short']}"


def _listed(name: str, keys: Sequence[str], rows: tuple[Row, ...], lang: str) -> Section:
    columns = tuple(
        Column(
            key,
            t(f"patience.column_{key}", lang),
            "int" if key == "visits" else "text",
            shrink=key in ("lead", "reason"),
        )
        for key in keys
    )
    heading = t(f"patience.heading_{name}", lang, count=len(rows))
    labels = ("visits", "stage", "since")
    return Section(columns, rows, heading, header=bool(rows), labels=labels)
