"""``report ageing``: who is stuck, for how long nobody has answered, stage by stage against its median (F18, K4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow import funnel
from salesflow.reports import figures, parts, pictures, still
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.still import Idle, Medians
from salesflow.store import idle, metrics
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Chart, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "lead_id", "name", "short", "owner", "area", "process", "stage", "stage_title", "grade", "last_effective_at",
    "days", "limit", "over", "days_in_stage", "followups", "visits", "next_date", "next_reason", "value",
)  # fmt: skip
BANDS = (7, 14, 30, 60, 90)  # days since the last effective follow-up, each band up to one of them
BAR = 30  # cells of the longest bar


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """The stuck leads as of the period's end, the longest beyond their stage's median first."""
    book = figures.Book(connection, Processes(connection), Leads(connection))
    stays = still.medians(book, period)
    found = still.idle_leads(book, period, stays, idle.promised(connection, period.moment))
    stuck = sorted(
        (one for one in found if one.stuck), key=lambda one: (one.limit - one.days, -one.days, one.lead.id)
    )
    data: dict[str, Any] = {
        **parts.head("ageing", period),
        "counts": {
            "open": len(found),
            "stuck": len(stuck),
            "silenced": sum(one.silenced for one in found),
            "never": sum(one.effective is None for one in stuck),
        },
        "value": money(sum(one.lead.goal_fen or 0 for one in stuck)),
        "bands": _bands(found),
        "stages": _stages(found, stays, book.processes, lang),
        "leads": _records(book, stuck, period, lang),
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("ageing", lang)
        sections += (told,)
    title = parts.title("ageing", period, lang, rep)
    chat = tuple(_chat(data, title, lang))
    shown = Report(data, sections, title, chat, "leads", terminal_limit=-1, fields=FIELDS)
    return shown._replace(charts=_charts(data["bands"], lang))


def _charts(bands: Sequence[Mapping[str, Any]], lang: str) -> tuple[Chart, ...]:
    counts = [one["open"] for one in bands]
    title, name = t("ageing.column_band", lang), t("ageing.column_open", lang)
    return (pictures.strip_chart([_band(one) for one in bands], counts, title, name),) if any(counts) else ()


def _bands(found: Sequence[Idle]) -> list[dict[str, Any]]:
    lines, least = [], 0
    for most in (*BANDS, None):
        mine = [one for one in found if one.days >= least and (most is None or one.days <= most)]
        lines.append({"from": least, "to": most, "open": len(mine), "stuck": sum(one.stuck for one in mine)})
        least = (most or 0) + 1
    return lines


def _stages(found: Sequence[Idle], stays: Medians, processes: Processes, lang: str) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[Idle]] = {}
    for one in found:
        grouped.setdefault((one.lead.process, one.lead.stage), []).append(one)
    lines = []
    for process in processes.all():
        for stage in dict.fromkeys(
            (*process.places, *(stage for code, stage in grouped if code == process.code))
        ):
            mine = grouped.get((process.code, stage), [])
            stuck = [one for one in mine if one.stuck]
            if mine:
                lines.append(
                    {
                        "process": process.code,
                        "stage": stage,
                        "title": process.known("stage", stage).title(lang),
                        "open": len(mine),
                        "stuck": len(stuck),
                        "silenced": sum(one.silenced for one in mine),
                        "days": parts.whole(funnel.median([one.days for one in mine])),
                        "median_days": stays.get((process.code, stage)),
                        "value": money(sum(one.lead.goal_fen or 0 for one in stuck)),
                    }
                )
    return lines


def _records(book: figures.Book, stuck: Sequence[Idle], period: Period, lang: str) -> list[dict[str, Any]]:
    ids = [one.lead.id for one in stuck]
    names = metrics.names_of(book.connection, ids)
    since = idle.stage_since(book.connection, ids, period.moment)
    tries = idle.tries(book.connection, ids, period.moment)
    lines = []
    for one in stuck:
        lead, process = one.lead, book.processes[one.lead.process]
        entered = since.get(lead.id) or lead.received_at or lead.since
        next_date, reason = one.promise or (None, None)
        count, visits = tries.get(lead.id, (0, 0))
        lines.append(
            parts.lead(names[lead.id])
            | {
                "owner": names[lead.id]["owner"],
                "area": names[lead.id]["area"],
                "process": lead.process,
                "stage": lead.stage,
                "stage_title": process.known("stage", lead.stage).title(lang),
                "grade": lead.grade,
                "last_effective_at": one.effective,
                "days": one.days,
                "limit": one.limit,
                "over": one.days - one.limit,
                "days_in_stage": parts.days_between(entered, period.day.isoformat()),
                "followups": count,
                "visits": visits,
                "next_date": next_date,
                "next_reason": reason,
                "value": money(lead.goal_fen),
            }
        )
    return lines


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    counts = data["counts"]
    line = t("ageing.sums", lang, **counts)
    if data["value"]:
        line += t("ageing.sum_value", lang, value=parts.yuan(data["value"], lang))
    rows = [
        Row(
            (
                one["title"],
                one["open"],
                one["stuck"],
                one["silenced"],
                one["days"],
                one["median_days"],
                parts.yuan(one["value"], lang) if one["value"] else None,
            )
        )
        for one in data["stages"]
    ]
    keys = "stage open:int stuck:int silenced:int days:int median:int value:int"
    found: tuple[Section, ...] = (
        parts.table("ageing", keys, rows, lang, after=empty)._replace(before=(line,)),
    )
    if counts["open"]:
        found += (_strip(data["bands"], lang),)
    if data["leads"]:
        rows = [_row(one, data["to"], lang) for one in data["leads"]]
        heading = t("ageing.heading_leads", lang, count=counts["stuck"])
        keys = "lead~ stage grade days:int limit:int in_stage:int visits:int next:date owner~ value:int"
        found += (parts.lean(parts.table("ageing", keys, rows, lang, heading)),)
    return found


def _strip(bands: Sequence[Mapping[str, Any]], lang: str) -> Section:
    top = max(one["open"] for one in bands)
    rows = [Row((_band(one), one["open"], one["stuck"], "#" * -(-BAR * one["open"] // top))) for one in bands]
    return parts.table("ageing", "band open:int stuck:int bar", rows, lang)


def _band(one: Mapping[str, Any]) -> str:
    return f"{one['from']}+" if one["to"] is None else f"{one['from']}-{one['to']}"


def _row(one: Mapping[str, Any], last: str, lang: str) -> Row:
    cells = (
        parts.called(one),
        one["stage_title"],
        one["grade"],
        one["days"],
        one["limit"],
        one["days_in_stage"],
        one["visits"],
        parts.short_day(one["next_date"], last),
        one["owner"],
        parts.yuan(one["value"], lang),
    )
    return Row(cells)


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    lines = [title, t("ageing.sums", lang, **data["counts"])]
    for one in data["leads"][: parts.MOST]:
        lines.append(
            t(
                "ageing.chat",
                lang,
                lead=parts.called(one),
                stage=one["stage_title"],
                days=one["days"],
                visits=one["visits"],
            )
        )
    return lines + parts.more(len(data["leads"]), lang)
