"""``report new``: the leads received in the period, how they stand by now, and who signed for them (F8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from salesflow.models import Lead, Signoff
from salesflow.names import label
from salesflow.processes import Process, short_title
from salesflow.reports import parts
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.weekly_screen import brief
from salesflow.store import leads, signing
from salesflow.store.rows import Connection
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "lead_id", "name", "short", "received_at", "source", "source_title", "passive", "kind", "area", "brands", "need",
    "owner", "registered_by", "process", "stage", "stage_title", "status", "grade", "first_followup_at", "followups",
    "visits", "next_date", "value", "signed", "missing",
)  # fmt: skip
BATCH = 2000


class Arrivals(Report):
    """A report whose records are the leads, lists as the codes that they hold."""

    def items(self) -> list[dict[str, Any]]:
        """The leads, of signatures the kinds alone."""
        return [
            {**one, "signed": [each["kind"] for each in one["signed"]], "brands": list(one["brands"])}
            for one in self.data["leads"]
        ]


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """The leads received in the period as they stand now, each with its signatures, the first received first."""
    processes = Processes(connection)
    cards = signing.cards(connection, period.start, period.moment)
    ids = [card.id for card in cards]
    before, found = period.previous(), _records(connection, ids, processes, lang)
    data: dict[str, Any] = {
        **parts.head("new", period),
        "counts": _counts(found, processes),
        "previous": len(signing.cards(connection, before.start, before.moment)),
        "sources": _tally(found, "source", "source_title"),
        "owners": _tally(found, "owner"),
        "leads": found,
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("new", lang)
        sections += (told,)
    title = parts.title("new", period, lang, rep)
    return Arrivals(data, sections, title, tuple(_chat(data, title, lang)), "leads", fields=FIELDS)


def _records(
    connection: Connection, ids: Sequence[int], processes: Processes, lang: str
) -> list[dict[str, Any]]:
    # there may be very many: they are read in the order in which they lie, and no more of them held than is told
    @cache
    def title(process: str, noun: str, code: str) -> str:
        return processes[process].known(noun, code).title(lang)

    @cache
    def due(process: str, stage: str) -> list[tuple[str, str]]:
        return [(one.code, short_title(one, lang)) for one in processes[process].signoffs_due(stage)]

    told, lying = {}, sorted(ids)
    for start in range(0, len(lying), BATCH):
        part = lying[start : start + BATCH]
        known, signed = leads.leads_by_id(connection, part), signing.signoffs_of(connection, part)
        for lead_id in part:
            lead = known[lead_id]
            mine = [_signed(one, processes[lead.process], lang) for one in signed.get(lead_id, [])]
            told[lead_id] = _record(lead, mine, due(lead.process, lead.stage), title)
    return [told[lead_id] for lead_id in ids]


def _record(
    lead: Lead,
    signed: list[dict[str, Any]],
    due: Sequence[tuple[str, str]],
    title: Callable[[str, str, str], str],
) -> dict[str, Any]:
    kinds = {one["kind"] for one in signed}
    lacking = [one for one in due if one[0] not in kinds]
    return {
        "lead_id": lead.id,
        "name": lead.name,
        "short": label(lead),
        "received_at": lead.received_at,
        "source": lead.source,
        "source_title": title(lead.process, "source", lead.source) if lead.source else None,
        "passive": bool(lead.passive),
        "kind": lead.kind,
        "area": lead.area,
        "brands": list(lead.brands),
        "need": lead.need,
        "owner": lead.owner,
        "registered_by": lead.registered_by,
        "process": lead.process,
        "stage": lead.stage,
        "stage_title": title(lead.process, "stage", lead.stage),
        "status": lead.status,
        "grade": lead.grade,
        "first_followup_at": lead.first_followup_at,
        "followups": lead.followups,
        "visits": lead.visits,
        "next_date": lead.next_date,
        "value": money(lead.goal_fen),
        "signed": signed,
        "missing": [code for code, _ in lacking],
        "missing_titles": [name for _, name in lacking],
    }


def _signed(one: Signoff, process: Process, lang: str) -> dict[str, Any]:
    title = short_title(process.known("signoff", one.kind), lang)
    return {"kind": one.kind, "title": title, "name": one.name, "at": one.at}


def _counts(found: Sequence[Mapping[str, Any]], processes: Processes) -> dict[str, int]:
    won = sum(one["stage"] in processes[one["process"]].won_codes for one in found)
    status = Counter(one["status"] for one in found)
    return {
        "received": len(found),
        "passive": sum(one["passive"] for one in found),
        "followed_up": sum(one["first_followup_at"] is not None for one in found),
        "open": status["open"],
        "parked": status["parked"],
        "lost": status["lost"],
        "won": won,
        "signed": sum(not one["missing"] for one in found),
        "unsigned": sum(bool(one["missing"]) for one in found),
    }


def _tally(found: Sequence[Mapping[str, Any]], key: str, title: str = "") -> list[dict[str, Any]]:
    # each with how many, the most first; what nobody said last among equals
    counted = Counter(one[key] for one in found)
    titles = {one[key]: {"title": one[title]} if title else {} for one in found}
    codes = sorted(counted, key=lambda code: (-counted[code], code is None, code or ""))
    return [{key: code, **titles[code], "count": counted[code]} for code in codes]


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    counts = data["counts"]
    before = [t("new.sums", lang, **counts, previous=data["previous"])]
    each = [f"{_source(one['title'], lang)} {one['count']}" for one in data["sources"]]
    before += [t("new.sources", lang, each=t("week.comma", lang).join(each))] if each else []
    if counts["received"]:
        before.append(t("new.signed", lang, **counts))
    rows = [_row(one, data["to"], lang) for one in data["leads"]]
    keys = "lead~ received:date source~ stage grade status next:date owner~ signed~"
    shown = parts.lean(parts.table("new", keys, rows, lang, after=empty))
    return (shown._replace(before=tuple(before)),)


def _source(title: str | None, lang: str) -> str:
    return brief(title) if title else t("parts.none", lang)


def _row(one: Mapping[str, Any], last: str, lang: str) -> Row:
    done = [f"{each['title']} {each['name']}" for each in one["signed"]]
    lacking = t("new.lacks", lang, each="/".join(one["missing_titles"])) if one["missing"] else ""
    status = "" if one["status"] == "open" else t(f"show.status_{one['status']}", lang)
    cells = (
        parts.called(one),
        parts.short_day(one["received_at"][:10], last),
        _source(one["source_title"], lang),
        one["stage_title"],
        one["grade"],
        status or None,
        parts.short_day(one["next_date"], last),
        one["owner"],
        t("week.comma", lang).join([*done, *([lacking] if lacking else [])]) or None,
    )
    return Row(cells)


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    lines = [title, t("new.sums", lang, **data["counts"], previous=data["previous"])]
    for one in data["leads"][: parts.MOST]:
        parts_ = (parts.called(one), _source(one["source_title"], lang), one["stage_title"], one["owner"])
        lines.append(" ".join(part for part in parts_ if part))
    return lines + parts.more(len(data["leads"]), lang)
