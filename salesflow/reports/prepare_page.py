"""The page before a visit or a call as people read it; what is for others names nobody whole (F12, K8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from salesflow.money import show_money
from salesflow.names import called
from salesflow.phones import shop_phone
from salesflow.reports import after_deal, appointment, negotiation, quotes
from salesflow.reports.discreet import quiet
from salesflow.reports.prepare import OBJECTIONS, Page, read
from salesflow.reports.show_base import day_text, line
from salesflow.reports.show_past import told
from salesflow.reports.shown import yuan_text
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


def build(connection: Connection, lead_id: int, lang: str, today: date, *, others: bool = False) -> Report:
    """The page; for ``others`` people are their surnames, and nothing personal is left."""
    page = read(connection, lead_id, lang, today)
    data = page.data
    if others:
        page = page._replace(data=_discreet(page))
    parts = (
        _head(page, lang),
        _aim(page, lang, today),
        after_deal.section({**data, "id": data["lead_id"]}, page.file.process, lang, today),
        _people(page, lang),
        _said(page, lang, today, others),
        _missing(page, lang),
        _guide(page, lang),
        _objections(page, lang),
        _competitors(page, lang),
        _insiders(page, lang),
        _incidents(page, lang, today),
        _fields(page, lang),
        _quotes(page, lang),
        negotiation.drawn(page.data, lang, gaps=False),
    )
    shown = tuple(part for part in parts if part.rows or part.before)
    title = t(
        "prepare.title",
        lang,
        name=f"#{data['lead_id']} {data['label']}",
        day=day_text(today.isoformat(), lang),
    )
    return Report(data=data, sections=shown, title=title)


# What others may read


def _discreet(page: Page) -> dict[str, Any]:
    """The data without phones, personal fields and whole names, in whatever text they stand."""
    names = {one.name: called(one.name, one.title) for one in page.file.people}
    data: dict[str, Any] = quiet(page.data, names)
    for person in data["people"]:
        person |= dict.fromkeys(("wechat", "email", "title", *_PERSONAL))
    data["phone"] = shop_phone(page.data["phone"])
    return data


QUOTE_KEYS = ("quoted_on", "amount", "product", "step", "in_return", "approved", "warnings", "note")
_PERSONAL = ("character", "hobbies", "birthday", "family", "friends")


# The parts of the page


def _head(page: Page, lang: str) -> Section:
    data, process = page.data, page.file.process
    grade = (
        t("log.graded", lang, grade=process.grade_title(data["grade"], lang))
        if data["grade"]
        else t("show.no_grade", lang)
    )
    status = t(f"show.status_{data['status']}", lang) if data["status"] != "open" else ""
    first = [grade, data["stage_title"], status, t(f"show.need_{data['need']}", lang)]
    first += [t("prepare.key_target", lang)] if data["key_target"] else []
    first += [t("prepare.helped_by", lang, name=data["helped_by"])] if data["helped_by"] else []
    where = [
        process.known("kind", data["kind"]).title(lang) if data["kind"] else "",
        t("show.comma", lang).join(data["brands"]),
        " ".join(part for part in (data["area"] or data["city"], data["address"]) if part),
        data["phone"] or "",
    ]
    known = [
        f"{process.field_title(name, lang)} {data[name]}"
        for name in ("supplier", "volume_month")
        if data[name] is not None
    ]
    if data["buying_step"]:
        step = process.known("buying_step", data["buying_step"]).title(lang)
        known.append(f"{process.field_title('buying_step', lang)} {step}")
    if page.file.lead.goal_fen is not None:
        dated = "show.goal" if data["goal_on"] else "show.goal_undated"
        known.append(t(dated, lang, value=show_money(page.file.lead.goal_fen, lang), on=data["goal_on"]))
    name = data["name"] if data["name"] != data["label"] else ""
    parts = (line(first), data["effort"], name, line(where), line(known))
    return Section(before=tuple(text for text in parts if text))


def _aim(page: Page, lang: str, today: date) -> Section:
    data = page.data
    one = data["promise"]
    lines = [t("prepare.no_promise", lang, id=data["lead_id"])]
    if one:
        when = " ".join(part for part in (day_text(one["date"], lang, today), one["time"]) if part)
        moved = t("show.moved", lang, count=one["moved"]) if one["moved"] else ""
        lines = [line([when, one["via_title"] or "", one["reason"] or ""]) + moved]
    if data["planned"]:
        lines += appointment.lines(data, lang)
    return Section(heading=t("prepare.aim", lang), before=tuple(lines))


def _people(page: Page, lang: str) -> Section:
    comma = t("show.comma", lang)

    def row(one: dict[str, Any]) -> Row:
        said = {**one, "birthday": one["birthday"] and t("prepare.birthday", lang, day=one["birthday"])}
        personal = comma.join(said[key] for key in _PERSONAL if said.get(key))
        cells = (
            f"{one['name']} {one['title']}" if one["title"] else one["name"],
            comma.join(one["role_titles"]) or None,
            one["attitude_title"],
            " ".join(one["phones"]) or None,
            one["last_contact"][5:] if one["last_contact"] else None,
            personal or None,
        )
        return Row(cells)

    rows = tuple(row(one) for one in page.data["people"])
    keys: tuple[str, ...] = ("name", "roles", "attitude", "phone", "last", "known")
    if not any(found.cells[-1] for found in rows):
        rows, keys = tuple(Row(found.cells[:-1]) for found in rows), keys[:-1]
    return _table("people", keys, rows, lang, phone="phone")


def _table(name: str, keys: Iterable[str], rows: Iterable[Row], lang: str, *, phone: str = "") -> Section:
    found = tuple(rows)
    columns = tuple(
        Column(
            key, t(f"prepare.{name}_{key}", lang), "phone" if key == phone else "text", shrink=key != phone
        )
        for key in keys
    )
    return Section(columns=columns, rows=found, heading=t(f"prepare.{name}", lang) if found else "")


def _said(page: Page, lang: str, today: date, others: bool) -> Section:
    names = {one.name: called(one.name, one.title) for one in page.file.people} if others else {}
    lines = [text for one in page.said for text in told(one, page.file.process, lang, today)]
    return Section(
        heading=t("prepare.said", lang) if lines else "",
        before=tuple(quiet(lines, names) if others else lines),
    )


def _missing(page: Page, lang: str) -> Section:
    data = page.data
    if not data["next_stage"]:
        return Section()
    title = data["next_stage_title"]
    if not data["missing"]:
        return Section(before=(t("show.gate_open", lang, stage=title, id=data["lead_id"]),))
    rows = tuple(
        Row((one["title"], one["ask"] if one["ask"] != one["title"] else "")) for one in data["missing"]
    )
    heading = t("show.gate_missing", lang, stage=title, count=len(rows))
    columns = (
        Column("title", t("prepare.missing_title", lang)),
        Column("ask", t("prepare.missing_ask", lang)),
    )
    return Section(columns=columns, rows=rows, heading=heading)


def _guide(page: Page, lang: str) -> Section:
    lines = [t("prepare.work", lang, text=page.data["work"])] if page.data["work"] else []
    last = ""
    for one in page.data["guide"]:
        if one["part"] != last:
            last = one["part"]
            lines.append(t(f"gate.part_{last}", lang))
        lines.append(f"  {one['title']}")
    heading = t("prepare.guide", lang, stage=page.data["stage_title"]) if lines else ""
    return Section(heading=heading, before=tuple(lines))


def _objections(page: Page, lang: str) -> Section:
    standing, worked = page.data["objections"], page.data["worked"]
    hidden = len(standing[OBJECTIONS:]) + len(worked[OBJECTIONS:])
    lines = []
    for one in standing[:OBJECTIONS]:
        lines.append(line([one["at"][5:10], one["with"] or "", one["text"]]))
        if one["answer"]:
            key = "prepare.answer_failed" if one["worked"] is False else "prepare.answer_given"
            lines.append("  " + t(key, lang, text=one["answer"]))
        for answer in one["answers"]:
            lead = f"#{answer['lead_id']} {answer['short']}"
            lines.append("  " + t("prepare.answer_elsewhere", lang, lead=lead, text=answer["answer"]))
    for one in worked[:OBJECTIONS]:
        lines.append(t("prepare.answer_worked", lang, text=one["text"], answer=one["answer"] or "-"))
    lines += [t("prepare.more_objections", lang, count=hidden, id=page.data["lead_id"])] if hidden else []
    return Section(heading=t("prepare.objections", lang) if lines else "", before=tuple(lines))


def _competitors(page: Page, lang: str) -> Section:
    rows = [
        Row(
            (
                one["name"],
                one["strengths"],
                one["weaknesses"],
                yuan_text(one["price"], lang) if one["price"] is not None else None,
                one["relation"],
                one["supporter"],
            )
        )
        for one in page.data["competitors"]
    ]
    keys = ("name", "strengths", "weaknesses", "price", "relation", "supporter")
    return _table("competitors", keys, rows, lang)


def _insiders(page: Page, lang: str) -> Section:
    lines = list(_asked(page, lang))
    return Section(heading=t("prepare.insiders", lang) if lines else "", before=tuple(lines))


def _asked(page: Page, lang: str) -> Iterator[str]:
    comma = t("show.comma", lang)
    for one in page.data["insiders"]:
        if one["points"]:
            role = page.file.process.known("role", one["role"]).title(lang)
            who = comma.join(one["people"]) or t("prepare.nobody", lang, role=role)
            points = t("prepare.semicolon", lang).join(point["title"] for point in one["points"])
            yield t("prepare.insider", lang, title=one["title"], who=who, points=points)


def _incidents(page: Page, lang: str, today: date) -> Section:
    lines = []
    for one in page.data["incidents"]:
        since = t("prepare.since", lang, on=day_text(one["opened_at"], lang, today))
        due = t("prepare.due", lang, on=day_text(one["due_on"], lang, today)) if one["due_on"] else ""
        lines.append(line([one["text"].replace("\n", " "), since, due]))
    return Section(heading=t("prepare.incidents", lang) if lines else "", before=tuple(lines))


def _fields(page: Page, lang: str) -> Section:
    known = [one for one in page.data["fields"] if one["value"]]
    unknown = [one["title"] for one in page.data["fields"] if not one["value"]]
    rows = tuple(Row((one["title"], one["value"])) for one in known)
    after = (t("prepare.unknown", lang, names=t("show.comma", lang).join(unknown)),) if unknown else ()
    heading = t("prepare.fields", lang) if rows or after else ""
    if not rows:
        return Section(heading=heading, before=after)
    columns = (Column("title"), Column("value"))
    return Section(columns=columns, rows=rows, heading=heading, header=False, after=after)


def _quotes(page: Page, lang: str) -> Section:
    shown = quotes.table(page.data["quotes"], QUOTE_KEYS, lang)
    return shown._replace(heading=t("prepare.quotes", lang) if shown.rows else "")
