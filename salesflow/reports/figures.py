"""The figures of a period, each as cli.md defines it under ``report week`` (K1, K4, K5, K6, F18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from salesflow import funnel
from salesflow.processes import Process
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.store import metrics, moves
from salesflow.store.metrics import Entering, Promised, Standing
from salesflow.store.rows import Connection

WINDOW_DAYS = 90
_LAST = 2**62  # orders after everything else of its minute


def totals(connection: Connection, processes: Processes, period: Period) -> dict[str, Any]:
    """What was done in the period, counted by the day on which it happened."""
    followups, visits, touched = metrics.followup_counts(connection, period.start, period.moment)
    orders, sales, margin = metrics.order_sums(connection, period.first.isoformat(), period.moment[:10])
    changes = moves.moves_between(connection, period.start, period.moment)
    shifts = [(processes_of(connection, processes, move.lead_id), move) for move in changes]
    forward = backward = lost = parked = reopened = 0
    for process, move in shifts:
        step = process.stage_index(move.to_stage) - process.stage_index(move.from_stage)
        forward += step > 0
        backward += step < 0
        if move.from_status == move.to_status:
            continue
        lost += move.to_status == "lost" and process.reason("lost", move.reason or "").counts
        parked += move.to_status == "parked"
        reopened += move.to_status == "open"
    return {
        "new_leads": len(metrics.new_leads(connection, period.start, period.moment)),
        "followups": followups,
        "visits": visits,
        "leads_touched": touched,
        "advanced": forward,
        "moved_back": backward,
        "won": len(won(connection, processes, period)),
        "lost": lost,
        "parked": parked,
        "reopened": reopened,
        "reschedules": metrics.count_reschedules(connection, period.start, period.moment),
        "orders": orders,
        "sales": money(sales),
        "margin": money(margin),
        "collected": 0,
    }


def processes_of(connection: Connection, processes: Processes, lead_id: int) -> Process:
    """The process that the lead follows."""
    return processes[metrics.names_of(connection, [lead_id])[lead_id]["process"]]


def won(connection: Connection, processes: Processes, period: Period) -> list[Entering]:
    """The leads that entered a won stage in the period for the first time, in order."""
    stages = {process.code: [stage.code for stage in process.stages if stage.won] for process in processes}
    found: dict[int, Entering] = {}
    for one in metrics.entries(connection, period.start, period.moment):
        if one.stage in stages[one.process]:
            found.setdefault(one.lead_id, one)
    every = sorted({stage for codes in stages.values() for stage in codes})
    earlier = metrics.entered_before(connection, list(found), every, period.start) if found else set()
    return [one for lead_id, one in found.items() if lead_id not in earlier]


def stock(connection: Connection, period: Period) -> dict[str, int]:
    """How many leads were open at either end of the period."""
    ends = {"start": period.before, "end": period.moment}
    return {
        name: sum(count for count, _ in metrics.open_by_stage(connection, moment).values())
        for name, moment in ends.items()
    }


def stages(connection: Connection, processes: Processes, period: Period) -> list[dict[str, Any]]:
    """The funnel, a line a stage: entered, left, at_end, value, conversion, median_days."""
    since = period.day - timedelta(days=WINDOW_DAYS - 1)
    window = metrics.entries(connection, f"{since.isoformat()}T00:00", period.moment)
    inside = [one for one in window if one.at >= period.start]
    standing = metrics.open_by_stage(connection, period.moment)
    lines = []
    for process in processes:
        mine = [one for one in window if one.process == process.code]
        for stage in process.stages:
            count, value = standing.get((process.code, stage.code), (0, 0))
            entered = [one for one in inside if one.process == process.code and one.stage == stage.code]
            left = [one for one in inside if one.process == process.code and one.origin == stage.code]
            lines.append(
                {
                    "process": process.code,
                    "stage": stage.code,
                    "entered": len(entered),
                    "left": len(left),
                    "at_end": count,
                    "value": money(value),
                    "conversion": _conversion(process, stage.code, mine),
                    "median_days": _median_days(connection, process, stage.code, mine),
                }
            )
    return lines


def _conversion(process: Process, stage: str, window: list[Entering]) -> float | None:
    place = process.stage_index(stage)
    if place == len(process.stages) - 1:
        return None
    entered = [(one.lead_id, (one.at, one.order)) for one in window if one.stage == stage]
    later = [(one.lead_id, (one.at, one.order)) for one in window if process.stage_index(one.stage) > place]
    share = funnel.conversion(entered, later)
    return None if share is None else round(share, 4)


def _median_days(
    connection: Connection, process: Process, stage: str, window: list[Entering]
) -> float | None:
    spent = []
    for one in window:
        if one.origin != stage or process.stage_index(one.stage) < process.stage_index(stage):
            continue
        entered = metrics.entered_at(connection, one.lead_id, stage, one.at, one.order)
        if entered:
            spent.append((date.fromisoformat(one.at[:10]) - date.fromisoformat(entered[:10])).days)
    return funnel.median(spent)


def first_contact(connection: Connection, processes: Processes, period: Period) -> dict[str, Any]:
    """First-contact deadlines that fell in the period, met or missed once past (K1)."""
    due = met = missed = 0
    for process in processes:
        if not process.first_contact_hours:
            continue
        found = metrics.first_contacts(
            connection, process.code, process.first_contact_hours, period.start, period.close
        )
        due += len(found)
        past = [(deadline, done) for deadline, done in found if deadline <= period.moment]
        met += sum(done is not None and done <= deadline for deadline, done in past)
        missed += sum(done is None or done > deadline for deadline, done in past)
    rate = round(met / (met + missed), 4) if met + missed else None
    return {"due": due, "met": met, "missed": missed, "rate": rate}


_OUTCOMES = ("kept", "kept_late", "rescheduled", "without_why", "dropped", "open")


def promises(connection: Connection, period: Period) -> dict[str, int]:
    """What became of the promises for the period's days, by its end (K4)."""
    found = metrics.promises(connection, period.first.isoformat(), period.last.isoformat())
    made = [one for one in found if one.made_at <= period.moment]
    done = metrics.followups_of(connection, list({one.lead_id for one in made}))
    counts = {"due": len(made), **dict.fromkeys(_OUTCOMES, 0)}
    for one in made:
        outcome = _outcome(one, done.get(one.lead_id, []), period)
        counts[outcome] += 1
        counts["without_why"] += outcome == "rescheduled" and not one.moved_why
    return counts


def _outcome(one: Promised, followups: list[tuple[str, int]], period: Period) -> str:
    ended = None
    if one.ended_at:
        ended = (
            one.ended_at,
            one.moved_after if one.ended == "moved" and one.moved_after is not None else _LAST,
        )
    return funnel.promise_outcome(
        one.date, (one.made_at, one.after_followup), ended, one.ended, followups, period.moment
    )


def _hottest(processes: Iterable[Process]) -> list[str]:
    return sorted({process.hottest for process in processes if process.hottest})


def hot(connection: Connection, processes: Processes, moment: str) -> list[Standing]:
    """The open leads with their process's hottest grade that are not won yet (K5)."""
    found = metrics.open_with_grades(connection, moment, _hottest(processes))
    return [
        one
        for one in found
        if one.grade == processes[one.process].hottest and not processes[one.process].stage(one.stage).won
    ]


def hot_last(connection: Connection, processes: Processes, period: Period) -> dict[str, int]:
    """What became of the leads that were hottest at the end of the period before (K5)."""
    named = hot(connection, processes, period.before)
    sold = {one.lead_id for one in won(connection, processes, period)}
    still = {one.lead_id for one in hot(connection, processes, period.moment)}
    counts = {"named": len(named), "won": 0, "slipped": 0, "dropped": 0}
    for one in named:
        fate = "won" if one.lead_id in sold else "slipped" if one.lead_id in still else "dropped"
        counts[fate] += 1
    return counts


def stale_grades(connection: Connection, processes: Processes, period: Period) -> dict[str, int]:
    """How many open leads of each grade have one older than its own closing window (K5)."""
    grades = sorted(
        {grade.code for process in processes for grade in process.grades if grade.within is not None}
    )
    counts: dict[str, int] = {}
    for one in metrics.open_with_grades(connection, period.moment, grades):
        graded = date.fromisoformat(one.graded_at[:10])
        if one.grade and funnel.is_stale(processes[one.process], one.grade, graded, period.day):
            counts[one.grade] = counts.get(one.grade, 0) + 1
    return counts
