"""``report meeting``: every open lead's movement in the week on one sheet, the stuck ones first (F18)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from salesflow.reports import figures, parts, still
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.still import Idle
from salesflow.store import idle, metrics
from salesflow.store.idle import Told
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads, Standing
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

# how a lead has moved, in the order in which a meeting goes through them; each lead has one, the last that fits
MOVEMENTS = ("stuck", "back", "still", "touched", "new", "reopened", "advanced", "won", "parked", "lost")
FIELDS = (
    "lead_id", "name", "short", "owner", "area", "movement", "process", "from", "stage", "stage_title", "status",
    "grade", "grade_before", "followups", "visits", "last_followup_at", "note", "days", "limit", "next_date",
    "next_reason", "value",
)  # fmt: skip
BATCH = 2000
CHAT = ("stuck", "back")  # whose leads a message names one by one


class Sheet(NamedTuple):
    """What the sheet is made of: how all stood before and after, what was done, who stands still."""

    before: dict[int, Standing]
    after: dict[int, Standing]
    steps: Counter[int]
    origins: dict[int, tuple[str, str]]  # lead: process and stage that its first step in the period left
    gone: dict[int, str]  # lead: the status to which it left in the period
    back: set[int]  # leads that were set aside and are followed again
    won: set[int]
    told: dict[int, Told]
    idle: dict[int, Idle]


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """Every lead that was open in the period, one line each: what was done, where it went, what is next."""
    book = figures.Book(connection, Processes(connection), Leads(connection))
    promises = idle.promised(connection, period.moment)
    sheet = _sheet(book, period, promises)
    ids, untouched = _chosen(sheet)
    later = set(ids).difference(sheet.after)
    stands = {one.id: one for one in book.leads.some(later)}
    moved = {lead: _movement(lead, sheet, period) for lead in ids}

    @cache
    def stage_title(process: str, stage: str) -> str:
        return book.processes[process].known("stage", stage).title(lang)

    lines = []
    for start in range(0, len(ids), BATCH):  # what lists say of very many leads is held a part at a time
        part = ids[start : start + BATCH]
        names = metrics.names_of(connection, part)
        lines += [
            _record(names[lead], moved[lead], stands.get(lead), sheet, promises, stage_title) for lead in part
        ]
    lines.sort(key=_order)
    data: dict[str, Any] = {
        **parts.head("meeting", period),
        "counts": {
            "open": len(sheet.after) - untouched,
            "untouched": untouched,
            "touched": sum(lead in sheet.told for lead in ids),
            **_tally(moved.values()),
        },
        "leads": lines,
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("meeting", lang)
        sections += (told,)
    title = parts.title("meeting", period, lang, rep)
    chat = tuple(_chat(data, title, lang))
    return Report(data, sections, title, chat, "leads", terminal_limit=-1, fields=FIELDS)


def _sheet(book: figures.Book, period: Period, promises: still.Promises) -> Sheet:
    steps: Counter[int] = Counter()
    origins: dict[int, tuple[str, str]] = {}
    gone: dict[str, set[int]] = {"parked": set(), "lost": set(), "open": set()}
    for shifts in figures.parts(book, period):
        for move, step in shifts.steps():
            steps[move.lead_id] += step
            origins.setdefault(move.lead_id, (shifts.process(move).code, move.from_stage))
        for status in ("parked", "open"):
            gone[status].update([move.lead_id for move in shifts.to_status(status)])
        gone["lost"].update([move.lead_id for move in shifts.lost()])
    (deals,) = figures.deals(book, [period])
    stays = still.medians(book, period)
    return Sheet(
        {one.id: one for one in book.leads.open_at(period.before)},
        {one.id: one for one in book.leads.open_at(period.moment)},
        steps,
        origins,
        dict.fromkeys(gone["parked"], "parked") | dict.fromkeys(gone["lost"], "lost"),
        gone["open"],
        figures.won(book.connection, deals, period),
        idle.told(book.connection, period.start, period.moment),
        {one.lead.id: one for one in still.idle_leads(book, period, stays, promises)},
    )


def _chosen(sheet: Sheet) -> tuple[list[int], int]:
    # who is on the sheet, and how many names on a list nobody has touched yet
    ids = [lead for lead, one in sheet.after.items() if one.received_at or lead in sheet.told]
    left = [lead for lead in sheet.gone if lead not in sheet.after]
    return ids + left, len(sheet.after) - len(ids)


def _movement(lead: int, sheet: Sheet, period: Period) -> str:
    now = sheet.after.get(lead)
    if now is None:
        return sheet.gone[lead]
    # most of them fit nowhere
    if lead in sheet.won:
        return "won"
    step = sheet.steps.get(lead, 0)
    if step:
        return "advanced" if step > 0 else "back"
    if lead in sheet.back:
        return "reopened"
    if now.received_at is not None and period.start <= now.received_at <= period.moment:
        return "new"
    waits = sheet.idle.get(lead)
    if waits is not None and waits.stuck:
        return "stuck"
    return "touched" if lead in sheet.told else "still"


def _tally(moved: Iterable[str]) -> dict[str, int]:
    counted = Counter(moved)
    return {f"is_{name}" if name == "touched" else name: counted[name] for name in MOVEMENTS}


def _order(one: Mapping[str, Any]) -> tuple[Any, ...]:
    # within a kind of movement what has stood longest, then what is worth most
    days = one["days"] if one["days"] is not None else -1
    return (MOVEMENTS.index(one["movement"]), -days, -(one["value"] or 0), one["lead_id"])


def _record(
    names: Mapping[str, Any],
    movement: str,
    later: Standing | None,
    sheet: Sheet,
    promises: Mapping[int, tuple[str, str | None]],
    title: Callable[[str, str], str],
) -> dict[str, Any]:
    lead = names["id"]
    before, told, waits = sheet.before.get(lead), sheet.told.get(lead), sheet.idle.get(lead)
    now = sheet.after.get(lead) or later or before
    assert now is not None
    next_date, reason = promises.get(lead, (None, None))
    process, origin = sheet.origins.get(lead, (now.process, now.stage))
    went = (process, origin) != (now.process, now.stage)
    return parts.lead(names) | {
        "owner": names["owner"],
        "area": names["area"],
        "movement": movement,
        "process": now.process,
        "from": origin if went else None,
        "from_title": title(process, origin) if went else None,
        "stage": now.stage,
        "stage_title": title(now.process, now.stage),
        "status": now.status,
        "grade": now.grade,
        "grade_before": before.grade if before else None,
        "followups": told.followups if told else 0,
        "visits": told.visits if told else 0,
        "last_followup_at": told.at if told else None,
        "note": told.note if told else None,
        "days": waits.days if waits else None,
        "limit": waits.limit if waits else None,
        "next_date": next_date,
        "next_reason": reason,
        "value": money(now.goal_fen),
    }


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    counts = data["counts"]
    before = [t("meeting.sums", lang, **{name: counts[name] for name in ("open", "touched", "untouched")})]
    told = [
        t("meeting.count", lang, name=t(f"meeting.movement_{name}", lang), count=counts[key])
        for name in MOVEMENTS
        if counts[key := f"is_{name}" if name == "touched" else name]
    ]
    before += ["   ".join(told)] if told else []
    titles = {name: t(f"meeting.movement_{name}", lang) for name in MOVEMENTS}
    rows = [_row(one, titles[one["movement"]], data["to"], lang) for one in data["leads"]]
    keys = "lead~ stage grade followups:int days:int next:date what~ owner~"
    shown = parts.lean(parts.table("meeting", keys, rows, lang, after=empty))
    grouped = shown._replace(grouped=True, group_title=t("meeting.column_movement", lang))
    return (Section(before=tuple(before)), grouped)


def _row(one: Mapping[str, Any], group: str, last: str, lang: str) -> Row:
    stage = one["stage_title"]
    if one["from"]:
        stage = t("meeting.went", lang, before=one["from_title"], stage=stage)
    cells = (
        parts.called(one),
        stage,
        one["grade"],
        one["followups"] or None,
        one["days"],
        parts.short_day(one["next_date"], last),
        one["next_reason"],
        one["owner"],
    )
    return Row(cells, group, "late" if one["movement"] == "stuck" else "")


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    lines = [title]
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in data["leads"]:
        grouped[one["movement"]].append(one)
    for name in MOVEMENTS:
        mine = grouped[name]
        if mine:
            count = t("meeting.count", lang, name=t(f"meeting.movement_{name}", lang), count=len(mine))
            named = [] if name == "still" else _named(mine, parts.called, lang)
            if name in CHAT:
                lines.append(count)
                lines += _named(mine, lambda one: _chat_line(one, lang), lang)
            else:
                lines.append(" ".join([count, *named]))
    return lines


def _named(
    mine: Sequence[Mapping[str, Any]], tell: Callable[[Mapping[str, Any]], str], lang: str
) -> list[str]:
    # no more than a message names are told at all
    told = [tell(one) for one in mine[: parts.MOST]]
    return [*told, *parts.more(len(mine), lang)]


def _chat_line(one: Mapping[str, Any], lang: str) -> str:
    days = "" if one["days"] is None else t("meeting.chat_days", lang, days=one["days"])
    return " ".join(part for part in (parts.called(one), one["stage_title"], days) if part)
