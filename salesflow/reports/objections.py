"""Objections: those of a lead, the most frequent of the book, and how often each answer worked (L5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from salesflow.models import Lead, Objection
from salesflow.names import label, name_key
from salesflow.processes import Process
from salesflow.reports.discreet import by_surname
from salesflow.reports.heads import Head, heads
from salesflow.store import care, leads
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = ("id", "lead_id", "at", "with", "text", "answer", "worked", "by")
FREQUENT = ("text", "times", "leads", "answered", "worked", "at", "lead_id", "name", "short")
FOUND = ("answer", "given", "worked", "failed", "rate", "text", "at", "lead_id", "name", "short")


def record(one: Objection) -> dict[str, Any]:
    """An objection; ``worked`` is null where nobody knows yet."""
    return {
        "id": one.id,
        "lead_id": one.lead_id,
        "at": one.at,
        "with": one.contact,
        "text": one.text,
        "answer": one.answer,
        "worked": one.worked,
        "by": one.by,
    }


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``objections`` of ``show --json``, the newest first."""
    return {"objections": [record(one) for one in care.list_objections(connection, lead.id)]}


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """The objections that are still open: without an answer, or with none that is known to have worked."""
    standing = [one for one in data["objections"] if one["worked"] is not True]
    rows = tuple(
        Row((one["id"], one["at"][:10], one["text"], one["answer"], outcome(one, lang))) for one in standing
    )
    keys = ("id", "at", "text", "answer", "worked")
    heading = t("objection.heading", lang, open=len(rows), all=len(data["objections"])) if rows else ""
    return Section(columns=_columns(keys, lang), rows=rows, heading=heading)


def outcome(one: dict[str, Any], lang: str) -> str:
    """How an objection stands, in words."""
    if not one["answer"]:
        return t("objection.unanswered", lang)
    return t(f"objection.worked_{ {True: 'yes', False: 'no', None: 'unknown'}[one['worked']] }", lang)


_WIDE = {"rate": 90, "at": 100}  # what was answered is read, before how long ago that was


def _columns(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    kinds = {"id": "int", "times": "int", "leads": "int", "given": "int", "rate": "rate", "at": "date"}
    return tuple(
        Column(
            key, t(f"objection.column_{key}", lang), kinds.get(key, "text"), shrink=key in ("text", "answer")
        )
        for key in keys
    )


def of_lead(connection: Connection, lead_id: int, lang: str, *, others: bool = False) -> Report:
    """The lead's objections, the newest first; for ``others`` people by their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    found = [record(one) for one in care.list_objections(connection, lead_id)]
    rows = tuple(
        Row(
            (
                one["id"],
                one["at"][:10],
                one["with"],
                one["text"],
                one["answer"],
                outcome(one, lang),
            )
        )
        for one in found
    )
    columns = _columns(("id", "at", "with", "text", "answer", "worked"), lang)
    after = () if rows else (t("objection.list_none", lang, id=lead.id, name=label(lead)),)
    shown = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    report = Report(data=found, sections=(shown,), fields=() if found else FIELDS)
    return by_surname(report, connection, [lead_id]) if others else report


def frequent(connection: Connection, lang: str, *, others: bool = False) -> Report:
    """What is said most often in the whole book, with how often an answer worked."""
    groups = _grouped(care.list_objections(connection), lambda one: one.text)
    known = heads(connection, [group[0].lead_id for group in groups])
    found = sorted((_said(group, known[group[0].lead_id]) for group in groups), key=lambda one: -one["times"])
    rows = tuple(
        Row(
            (
                one["times"],
                one["leads"],
                one["text"],
                t("objection.share", lang, worked=one["worked"], given=one["answered"]),
                one["at"][:10],
            )
        )
        for one in found
    )
    columns = _columns(("times", "leads", "text", "given", "at"), lang)
    after = (t("objection.hint_find", lang) if rows else t("objection.book_none", lang),)
    shown = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    report = Report(data=found, sections=(shown,), fields=FREQUENT)
    return _for_others(report, connection, groups) if others else report


def _for_others(report: Report, connection: Connection, groups: Sequence[Sequence[Objection]]) -> Report:
    return by_surname(report, connection, (one.lead_id for group in groups for one in group))


def _said(group: Sequence[Objection], lead: Head) -> dict[str, Any]:
    newest = group[0]
    return {
        "text": newest.text,
        "times": len(group),
        "leads": len({one.lead_id for one in group}),
        "answered": sum(bool(one.answer) for one in group),
        "worked": sum(one.worked is True for one in group),
        "at": newest.at,
        **lead.record,
    }


def answers(connection: Connection, words: str, lang: str, *, others: bool = False) -> Report:
    """The answers given to objections that hold the words, the one that worked most often first.

    An objection holds them where each stands in its text or its answer; width and case do not count.
    """
    wanted = [name_key(word) for word in words.split()]
    held = [one for one in care.list_objections(connection) if _holds(one, wanted)]
    groups = _grouped(held, lambda one: one.answer or "")
    known = heads(connection, [group[0].lead_id for group in groups])
    found = sorted((_answered(group, known[group[0].lead_id]) for group in groups), key=_best_first)
    rows = tuple(
        Row(
            (
                one["answer"] or t("objection.unanswered", lang),
                t("objection.share", lang, worked=one["worked"], given=one["given"])
                if one["answer"]
                else None,
                one["rate"],
                one["text"],
                f"#{one['lead_id']} {one['short']}",
                one["at"][:10],
            )
        )
        for one in found
    )
    columns = tuple(
        column._replace(wide=_WIDE.get(column.key, 0))
        for column in _columns(("answer", "given", "rate", "text", "name", "at"), lang)
    )
    after = () if rows else (t("objection.find_none", lang, words=words),)
    shown = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    report = Report(data=found, sections=(shown,), fields=FOUND)
    return _for_others(report, connection, groups) if others else report


def _holds(one: Objection, wanted: Sequence[str]) -> bool:
    texts = (name_key(one.text), name_key(one.answer or ""))
    return all(any(word in text for text in texts) for word in wanted)


def _grouped(found: Iterable[Objection], text: Any) -> list[list[Objection]]:
    # equal but for width, case and blanks; each group the newest first, as they come
    groups: dict[str, list[Objection]] = {}
    for one in found:
        groups.setdefault(name_key(text(one)), []).append(one)
    return list(groups.values())


def _answered(group: Sequence[Objection], lead: Head) -> dict[str, Any]:
    newest = group[0]
    worked = sum(one.worked is True for one in group)
    failed = sum(one.worked is False for one in group)
    return {
        "answer": newest.answer,
        "given": len(group),
        "worked": worked,
        "failed": failed,
        "rate": round(worked / (worked + failed), 4) if worked + failed else None,
        "text": newest.text,
        "at": newest.at,
        **lead.record,
    }


def _best_first(one: dict[str, Any]) -> tuple[bool, float, int]:
    # no answer at all comes last, and before it what nobody has seen work or fail
    rate = -1.0 if one["rate"] is None else one["rate"]
    return one["answer"] is None, -rate, -one["given"]
