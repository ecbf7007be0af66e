"""The week's report as people see it: totals beside last week's, the funnel, promises, who moved (screens.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salesflow.dates import weekday_name
from salesflow.reports import explained, improvement, pictures, targets_screen
from salesflow.reports.parts import yuan
from salesflow.reports.period import Period
from salesflow.reports.shown import COUNT, MONEY, averaged
from salesflow.reports.targets_screen import Aims
from salesflow.tables import Column, Report, Row, Section
from salesflow.targets import metric_title
from salesflow.texts import t

_COUNTS = (
    "new_leads", "visits", "followups", "leads_touched", "advanced", "moved_back", "won", "lost", "parked", "reopened",
    "reschedules", "orders",
)  # fmt: skip
_TOTAL_OF = {"deals": "won"}  # what targets call differently
_SELDOM = ("moved_back", "reopened")  # a line only where there were any
_MONEY = ("sales", "margin", "collected")
MOST = 6  # leads in a line
RECORD = ("metric", "this", "previous", "target", "attainment")


class Figures(Report):
    """A report whose records are its figures, one a line: name, this period, the one before."""

    def items(self) -> list[dict[str, Any]]:
        """The totals with what they were before, then the figures of this period alone."""
        data = self.data
        aims = {_TOTAL_OF.get(one["metric"], one["metric"]): one for one in data["targets"]}
        average = data.get("average4", {})
        found = [(name, value, data["previous"][name]) for name, value in data["totals"].items()]
        found += [(name, one["actual"], None) for name, one in aims.items() if name not in data["totals"]]
        found.append(("stock", data["stock"]["end"], data["stock"]["start"]))
        for group in ("first_contact", "promises", "hot_last"):
            found += [(f"{group}.{name}", value, None) for name, value in data[group].items()]
        found += [(name, data[name], None) for name in ("stale_grades", "overdue_at_end")]
        lines = [dict(zip(RECORD, (*one, *_aimed(aims.get(one[0]))), strict=True)) for one in found]
        return [one | {"average4": average.get(one["metric"])} for one in lines] if average else lines


def _aimed(aim: dict[str, Any] | None) -> tuple[Any, Any]:
    return (aim["target"], aim["attainment"]) if aim else (None, None)


Hours = Sequence[tuple[dict[str, Any], int | None]]  # a lead and by how many hours, None: still not
Contacts = tuple[Hours, Hours]  # the first contacts that were missed, and those about to be


def report(
    data: dict[str, Any],
    period: Period,
    lang: str,
    rep: str,
    stale: dict[str, int],
    contacts: Contacts,
    processes: Mapping[str, str],
    aims: Aims,
) -> Report:
    """The figures with their screen; ``funnel`` shows the funnel alone.

    ``processes`` are the titles of those in the funnel; each has a part of its own where there are several.
    """
    state = "complete" if data["complete"] else "running"
    kind = "funnel" if data["report"] == "funnel" else period.kind
    title = t(
        f"week.title_{kind}",
        lang,
        label=data["label"],
        first=day_text(data["from"], lang),
        last=day_text(data["to"], lang),
        rep=rep,
        state=t(f"week.{state}", lang),
    )
    told = (explained.section(data["definitions"], lang),) if "definitions" in data else ()
    if data["report"] == "funnel":
        drawn = _drawn(data, processes, lang)
        sections = (*drawn, *_funnels(data, processes, lang), *told)
        chat = [title, *(_staged(line, lang) for line in data["funnel"])]
        return Report(data=data, sections=sections, title=title, chat=tuple(chat), records="funnel")
    sections = (
        _totals(data, period.kind, lang, aims)._replace(after=targets_screen.below(aims, period, lang)),
        *_funnels(data, processes, lang),
        _honesty(data, lang, stale, contacts),
        _movement(data, lang),
    )
    hot = _hot(data, lang)
    if hot.rows:
        sections = (*sections, hot)
    plan = improvement.on_screen(data["actions"], period)
    if plan:
        sections = (*sections, improvement.section(plan, period, lang))
    fields = (*RECORD, "average4") if "average4" in data else RECORD
    return Figures(
        data,
        (*sections, *told),
        title,
        (*_chat(data, lang, title, aims), *improvement.chat(plan, period, lang)),
        fields=fields,
    )


def day_text(day: str, lang: str) -> str:
    """``11-22 周日``."""
    return f"{day[5:]} {weekday_name(date.fromisoformat(day), lang)}"


def _totals(data: dict[str, Any], kind: str, lang: str, aims: Aims) -> Section:
    now, before = data["totals"], data["previous"]
    lines = {_TOTAL_OF.get(line.metric, line.metric): line for line in aims.own}
    names = [name for name in _COUNTS if name not in _SELDOM or now[name] or before[name] or name in lines]
    rows: list[tuple[Any, ...]] = [(name, t(f"week.{name}", lang), now[name], before[name]) for name in names]
    rows += [
        (name, metric_title(name, lang), line.actual, None) for name, line in lines.items() if name not in now
    ]
    for name in _MONEY:
        rows.append((name, t(f"week.{name}", lang), yuan(now[name], lang), yuan(before[name], lang)))
    stock = data["stock"]
    rows.append(("stock", t("week.stock", lang), stock["end"], stock["start"]))
    columns: tuple[Column, ...] = (
        Column("figure", t("week.figure", lang)),
        Column("this", t(f"week.this_{kind}", lang), "int"),
        Column("previous", t(f"week.previous_{kind}", lang), "int"),
    )
    if "average4" in data:
        columns = (*columns, Column("average4", t(f"kpi.average_{kind}", lang), "int"))
        rows = [(*cells, _averaged(cells[0], data["average4"], lang)) for cells in rows]
    if lines:
        aimed = [targets_screen.column(key, lang) for key in ("target", "attainment", "bar")]
        columns = (*columns, *aimed[:2], aimed[2]._replace(drop=1))
        rows = [(*cells, *targets_screen.cells(lines.get(cells[0]), lang)) for cells in rows]
    if "trend" in data:
        columns = (*columns, Column("trend", t("week.trend", lang), "trend", drop=2))
        rows = [(*cells, tuple(data["trend"].get(cells[0], ())) or None) for cells in rows]
    return Section(columns=columns, rows=tuple(Row(tuple(cells)) for _, *cells in rows))


def _averaged(name: str, average: Mapping[str, Any], lang: str) -> Any:
    return averaged(average.get(name), MONEY if name in _MONEY else COUNT, lang)


def _funnels(data: dict[str, Any], processes: Mapping[str, str], lang: str) -> tuple[Section, ...]:
    several = len(processes) > 1
    return tuple(
        _funnel([line for line in data["funnel"] if line["process"] == code], title if several else "", lang)
        for code, title in processes.items()
    )


def _drawn(data: dict[str, Any], processes: Mapping[str, str], lang: str) -> tuple[Section, ...]:
    # the same as bars, with the share that goes on between them
    found = []
    for code, title in processes.items():
        lines = [line for line in data["funnel"] if line["process"] == code]
        columns = zip(*[(line["title"], line["at_end"], line["conversion"]) for line in lines], strict=True)
        labels, counts, rates = map(list, columns) if lines else ([], [], [])
        drawn = pictures.funnel(labels, counts, rates, t("week.funnel", lang), t("week.at_end", lang))
        found.append(drawn._replace(heading=title if len(processes) > 1 else ""))
    return tuple(found)


def _between(line: dict[str, Any]) -> str | None:
    # the middle half of the days, `4-12`
    low, high = line["low_days"], line["high_days"]
    return None if low is None else f"{low:g}-{high:g}"


def _staged(line: dict[str, Any], lang: str) -> str:
    told = {name: line[name] for name in ("title", "at_end", "entered", "left")}
    rate, days = line["conversion"], line["median_days"]
    text = t("week.chat_stage", lang, **told)
    text += "" if rate is None else t("week.chat_stage_rate", lang, rate=f"{rate:.0%}")
    return text if days is None else text + t("week.chat_stage_days", lang, days=days, between=_between(line))


def _funnel(lines: Sequence[dict[str, Any]], heading: str, lang: str) -> Section:
    spread = any("low_days" in line for line in lines)
    columns = (
        Column("title", t("week.funnel", lang)),
        Column("at_end", t("week.at_end", lang), "int"),
        Column("entered", t("week.entered", lang), "int"),
        Column("left", t("week.left", lang), "int"),
        Column("conversion", t("week.conversion", lang), "rate"),
        Column("median_days", t("week.median_days", lang), "int"),
        *([Column("between", t("week.between", lang), "int")] if spread else []),
        Column("value", t("week.value", lang), "int"),
    )
    rows = tuple(
        Row(
            (
                line["title"],
                line["at_end"],
                line["entered"],
                line["left"],
                line["conversion"],
                line["median_days"],
                *([_between(line)] if spread else []),
                yuan(line["value"], lang) if line["value"] else None,
            )
        )
        for line in lines
    )
    return Section(columns=columns, rows=rows, heading=heading)


def _honesty(data: dict[str, Any], lang: str, stale: dict[str, int], contacts: Contacts) -> Section:
    hot = data["hot_last"]
    lines = [t("week.first_contact", lang, **_dashed(data["first_contact"]))]
    for name, told, found in zip(("missed", "soon"), (_late, _left), contacts, strict=True):
        if found:
            each = "   ".join(told(lead, hours, lang) for lead, hours in found[:MOST])
            lines.append(
                t(f"week.{name}", lang) + each + (t("week.and_more", lang) if len(found) > MOST else "")
            )
    lines.append(t("week.promises", lang, **data["promises"]))
    if hot["named"]:
        lines.append(t("week.hot_last", lang, **hot))
    if data["overdue_at_end"]:
        lines.append(t("week.overdue_at_end", lang, count=data["overdue_at_end"]))
    if stale:
        each = t("week.comma", lang).join(f"{grade} {count}" for grade, count in sorted(stale.items()))
        lines.append(t("week.stale_grades", lang, count=data["stale_grades"], each=each))
    return Section(heading=t("week.honesty", lang), before=tuple(lines))


def _late(lead: dict[str, Any], hours: int | None, lang: str) -> str:
    head = f"#{lead['lead_id']} {lead['short']}"
    if hours is None:
        return t("week.missed_still", lang, lead=head)
    if hours < 48:
        return t("week.missed_hours", lang, lead=head, hours=max(1, hours))
    return t("week.missed_days", lang, lead=head, days=hours // 24)


def _left(lead: dict[str, Any], hours: int | None, lang: str) -> str:
    return t("week.soon_hours", lang, lead=f"#{lead['lead_id']} {lead['short']}", hours=hours)


def _dashed(values: dict[str, Any]) -> dict[str, Any]:
    rate = values["rate"]
    return {**values, "rate": "-" if rate is None else f"{rate:.0%}"}


def _movement(data: dict[str, Any], lang: str) -> Section:
    lines = []
    for name in ("new_leads", "advanced", "lost"):
        found, count = data[name], data["totals"][name]
        if found:
            shown = "   ".join(_mover(name, one, lang) for one in found[:MOST])
            more = t("week.and_more", lang, count=count) if count > MOST else ""
            lines.append(t(f"week.list_{name}", lang, count=count) + "   " + shown + more)
    return Section(before=tuple(lines or [t("week.nobody_moved", lang)]))


def _mover(name: str, one: dict[str, Any], lang: str) -> str:
    head = f"#{one['lead_id']} {one['short']}"
    if name == "advanced":
        return t("week.entered_stage", lang, lead=head, stage=one["to_title"])
    if name == "lost":
        competitor = t("week.to_competitor", lang, name=one["to"]) if one["to"] else ""
        return f"{head} {brief(one['reason_title'])}{competitor}"
    return f"{head} {brief(one['source_title'] or '')}".rstrip()


def brief(title: str) -> str:
    """A title without what stands in its bracket."""
    # 主动咨询（来电、来访）: what stands in the bracket helps to choose, not to read
    for mark in "（(":
        title = title.partition(mark)[0]
    return title.strip()


def _hot(data: dict[str, Any], lang: str) -> Section:
    keys = ("id", "short", "next_date", "next_reason", "missing", "value")
    kinds = {"id": "id", "next_date": "date", "value": "int"}
    columns = tuple(
        Column(
            key,
            t(f"week.hot_{key}", lang),
            kinds.get(key, "text"),
            shrink=key in ("short", "next_reason", "missing"),
        )
        for key in keys
    )
    rows = tuple(
        Row(
            (
                one["lead_id"],
                one["short"],
                _short_day(one["next_date"], data["to"]),
                one["next_reason"],
                t("week.comma", lang).join(one["missing_titles"]) or None,
                yuan(one["value"], lang),
            )
        )
        for one in data["hot"]
    )
    return Section(columns=columns, rows=rows, heading=t("week.hot", lang))


def _short_day(day: str | None, last: str) -> str | None:
    return day[5:] if day and day[:4] == last[:4] else day


def _chat(data: dict[str, Any], lang: str, title: str, aims: Aims) -> list[str]:
    now = data["totals"]
    lines = [title]
    lines.append("  ".join(f"{t(f'week.{name}', lang)} {now[name]}" for name in _COUNTS if now[name]))
    money = [name for name, some in (("sales", now["orders"]), ("collected", now["collected"])) if some]
    lines.append("  ".join(f"{t(f'week.{name}', lang)} {yuan(now[name], lang)}" for name in money))
    lines += targets_screen.chat(aims, lang)
    lines.append(t("week.first_contact", lang, **_dashed(data["first_contact"])))
    lines.append(t("week.promises", lang, **data["promises"]))
    lines += _movement(data, lang).before
    if data["hot"]:
        lines.append(t("week.hot", lang))
        for one in data["hot"][:MOST]:
            what = " ".join(part for part in ((one["next_date"] or "")[5:], one["next_reason"]) if part)
            lines.append(f"#{one['lead_id']} {one['short']} {what}".rstrip())
    return [line for line in lines if line]
