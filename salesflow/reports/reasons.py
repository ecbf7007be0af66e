"""``report reasons``: why leads were lost, to whom, at which stage; wrong entries are none (F5, L1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.models import Move
from salesflow.reports import figures, parts
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.weekly_screen import brief
from salesflow.store import losses, metrics
from salesflow.store.rows import Connection
from salesflow.store.standing import Recent
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "lead_id", "name", "short", "owner", "at", "process", "stage", "stage_title", "reason", "reason_title", "to",
    "why", "value", "days", "visits",
)  # fmt: skip
BAR = 20  # cells of the longest bar


class Loss(NamedTuple):
    """A lead lost: what its move says, what it might have brought, how long and how often it was tried."""

    move: Move
    process: str
    value_fen: int | None
    days: int | None
    visits: int


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """The leads lost in the period by reason, by whom they chose and by the stage in which they stood."""
    book = figures.Book(connection, Processes(connection), Recent(connection, period.start))
    shifts = figures.losses(book, period)
    found = _losses(book, shifts, period)
    wrong = len(shifts.all) - len(found)
    before = figures.losses(book, period.previous()).lost()
    earlier = Counter(move.reason for move in before)
    names = metrics.names_of(connection, list({one.move.lead_id for one in found}))
    data: dict[str, Any] = {
        **parts.head("reasons", period),
        "counts": {"lost": len(found), "previous": len(before), "wrong": wrong, **_known(found)},
        "value": money(sum(one.value_fen or 0 for one in found)),
        "median_days": _median(one.days for one in found),
        "reasons": _reasons(found, earlier, book.processes, lang),
        "competitors": _rivals(found),
        "stages": _stages(found, book.processes, lang),
        "leads": [_record(one, names[one.move.lead_id], book.processes, lang) for one in found],
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("reasons", lang)
        sections += (told,)
    title = parts.title("reasons", period, lang, rep)
    return Report(data, sections, title, tuple(_chat(data, title, lang)), "leads", fields=FIELDS)


def _losses(book: figures.Book, shifts: figures.Moves, period: Period) -> list[Loss]:
    lost = shifts.lost()
    known = losses.tried(book.connection, [(move.id, move.lead_id, move.at) for move in lost])
    return [
        Loss(move, shifts.process(move).code, one.goal_fen, one.days, one.visits)
        for move, one in zip(lost, known, strict=True)
    ]


def _known(found: Sequence[Loss]) -> dict[str, int]:
    named = sum(bool(one.move.competitor) for one in found)
    return {"to_known": named, "without_reason": sum(not one.move.reason for one in found)}


def _median(days: Iterable[int | None]) -> float | None:
    return parts.whole(funnel.median([one for one in days if one is not None]))


def _reasons(
    found: Sequence[Loss], earlier: Counter[str | None], processes: Processes, lang: str
) -> list[dict[str, Any]]:
    grouped: dict[str | None, list[Loss]] = defaultdict(list)
    for one in found:
        grouped[one.move.reason].append(one)
    lines = []
    for reason, mine in sorted(grouped.items(), key=_most):
        title = processes[mine[0].process].known("lost", reason).title(lang) if reason else None
        lines.append(
            {
                "reason": reason,
                "title": title,
                "count": len(mine),
                "share": parts.share(len(mine), len(found)),
                "previous": earlier[reason],
                "value": money(sum(one.value_fen or 0 for one in mine)),
                "median_days": _median(one.days for one in mine),
                "visits": round(sum(one.visits for one in mine) / len(mine), 1),
                "competitors": _rivals(mine),
                "stages": [
                    {key: each[key] for key in ("process", "stage", "title", "count")}
                    for each in _stages(mine, processes, lang)
                ],
            }
        )
    return lines


def _most(item: tuple[str | None, list[Loss]]) -> tuple[Any, ...]:
    # what happened oftenest first, what nobody said last among equals
    return (-len(item[1]), item[0] is None, item[0] or "")


def _rivals(found: Iterable[Loss]) -> list[dict[str, Any]]:
    grouped: dict[str | None, list[Loss]] = defaultdict(list)
    for one in found:
        if one.move.competitor:
            grouped[one.move.competitor].append(one)
    return [
        {"name": name, "count": len(mine), "value": money(sum(one.value_fen or 0 for one in mine))}
        for name, mine in sorted(grouped.items(), key=_most)
    ]


def _stages(found: Sequence[Loss], processes: Processes, lang: str) -> list[dict[str, Any]]:
    counted = Counter((one.process, one.move.from_stage) for one in found)
    lines = []
    for process in processes.all():
        mine = [stage for code, stage in counted if code == process.code]
        for stage in dict.fromkeys((*process.places, *mine)):
            count = counted[process.code, stage]
            if count:
                lines.append(
                    {
                        "process": process.code,
                        "stage": stage,
                        "title": process.known("stage", stage).title(lang),
                        "count": count,
                        "share": parts.share(count, len(found)),
                    }
                )
    return lines


def _record(one: Loss, lead: Mapping[str, Any], processes: Processes, lang: str) -> dict[str, Any]:
    move, process = one.move, processes[one.process]
    return parts.lead(lead) | {
        "owner": lead["owner"],
        "at": move.at,
        "process": one.process,
        "stage": move.from_stage,
        "stage_title": process.known("stage", move.from_stage).title(lang),
        "reason": move.reason,
        "reason_title": process.known("lost", move.reason).title(lang) if move.reason else None,
        "to": move.competitor,
        "why": move.why,
        "value": money(one.value_fen),
        "days": one.days,
        "visits": one.visits,
    }


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    counts = data["counts"]
    line = t("reasons.sums", lang, lost=counts["lost"], previous=counts["previous"])
    if data["value"]:
        line += t("reasons.sum_value", lang, value=parts.yuan(data["value"], lang))
    if data["median_days"] is not None:
        line += t("reasons.sum_days", lang, days=data["median_days"])
    before = [line]
    if counts["wrong"]:
        before.append(t("reasons.wrong", lang, count=counts["wrong"]))
    found: tuple[Section, ...] = (_by_reason(data, lang)._replace(before=tuple(before), after=tuple(empty)),)
    if data["competitors"]:
        rows = [
            Row((one["name"], one["count"], parts.yuan(one["value"], lang))) for one in data["competitors"]
        ]
        found += (parts.table("reasons", "to~ count:int value:int", rows, lang),)
    if data["stages"]:
        rows = [Row((one["title"], one["count"], one["share"])) for one in data["stages"]]
        found += (parts.table("reasons", "stage count:int share:rate", rows, lang),)
    if data["leads"]:
        rows = [_row(one, lang) for one in data["leads"]]
        heading = t("reasons.heading_leads", lang)
        found += (parts.table("reasons", "lead~ at:date stage reason~ to~ why~", rows, lang, heading),)
    return found


def _by_reason(data: dict[str, Any], lang: str) -> Section:
    top = max((one["count"] for one in data["reasons"]), default=0)
    rows = [
        Row(
            (
                _title(one["title"], lang),
                one["count"],
                one["share"],
                one["previous"],
                one["median_days"],
                one["visits"],
                "#" * round(BAR * one["count"] / top),
            )
        )
        for one in data["reasons"]
    ]
    keys = "reason~ count:int share:rate previous:int days:int visits:int bar"
    return parts.table("reasons", keys, rows, lang)


def _title(title: str | None, lang: str) -> str:
    return brief(title) if title else t("reasons.not_said", lang)


def _row(one: Mapping[str, Any], lang: str) -> Row:
    reason = _title(one["reason_title"], lang)
    return Row((parts.called(one), one["at"][:10], one["stage_title"], reason, one["to"], one["why"]))


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    counts = data["counts"]
    lines = [title, t("reasons.sums", lang, lost=counts["lost"], previous=counts["previous"])]
    for one in data["reasons"]:
        rivals = t("week.comma", lang).join(f"{each['name']} {each['count']}" for each in one["competitors"])
        lines.append(
            " ".join(part for part in (_title(one["title"], lang), str(one["count"]), rivals) if part)
        )
    return lines
