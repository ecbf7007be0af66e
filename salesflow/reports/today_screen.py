"""Today's list as people see it: groups, columns, the line above and the lines below (screens.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from salesflow.dates import weekday_name
from salesflow.names import surname
from salesflow.phones import mask
from salesflow.processes import Process, short_title
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

PRINTED = "▸"  # in each line of the list for a phone, so that paste tells it from what was written under it
UNPLANNED_SHOWN = 5
REMINDERS_SHOWN = 8
NAMED = 5


class Ask(NamedTuple):
    """What is asked of today's list; ``grades`` may hold '' for 'none yet'."""

    day: date
    now: datetime
    lang: str
    days: int = 0
    area: str | None = None
    grades: tuple[str, ...] | None = None
    limit: int | None = None
    by_area: bool = False
    all: bool = False
    personal: bool = False
    others: bool = False  # the rows are for other people's eyes
    brief: bool = False  # a terminal has few lines
    owner: str | None = None  # '' is the pool: nobody's


_GROUPS = ("timed", "first_contact", "overdue", "due", "unplanned")


def report(
    data: dict[str, Any], ask: Ask, ways: dict[str, Process], told: Sequence[str] = (), awaited: str = ""
) -> Report:
    """The list with its screens; ``ways`` are the processes, for the titles, ``told`` the lines of reminders.

    ``awaited`` names the first contacts that are due a day later.
    """
    items = data["items"]
    ordered = sorted(items, key=lambda item: _place(item, ask))
    rows = tuple(_row(item, ask, ways) for item in ordered)
    totals = _totals(data, ask)
    section = Section(
        columns=_columns(ask.lang),
        rows=rows,
        before=(_above(data, ask, ways),),
        after=(*_below(data, ask), *([awaited] if awaited else [])),
        grouped=True,
        header=bool(rows),
        group_title=t("today.group", ask.lang),
        group_totals=totals,
        group_limits={} if ask.all or ask.by_area else {t("today.unplanned", ask.lang): UNPLANNED_SHOWN},
    )
    return Report(
        data=data,
        sections=(section, _reminded(told, ask)) if told else (section,),
        chat=(
            *_chat(data, ask, ways),
            *([f"{PRINTED} {awaited}"] if awaited else []),
            *([t("today.reminders", ask.lang)] if told else []),
            *(_chat_reminder(line, ask.lang) for line in told),
            *([t("today.chat_answer", ask.lang)] if items else []),
        ),
        records="items",
        terminal_limit=0 if ask.all else -1,
    )


def _reminded(told: Sequence[str], ask: Ask) -> Section:
    shown = told[:REMINDERS_SHOWN] if ask.brief and not ask.all else told
    hidden = len(told) - len(shown)
    after = (t("today.more_reminders", ask.lang, count=hidden),) if hidden else ()
    return Section(heading=t("today.reminders", ask.lang), before=tuple(shown), after=after)


def _place(item: dict[str, Any], ask: Ask) -> tuple[Any, ...]:
    if ask.by_area:
        return (item["area"] or "~",)
    return (_GROUPS.index(_group(item, ask)),)


def _group(item: dict[str, Any], ask: Ask) -> str:
    timed = item["bucket"] == "due" and item["time"] and item["due"] == ask.day.isoformat()
    return "timed" if timed else item["bucket"]


def _totals(data: dict[str, Any], ask: Ask) -> dict[str, int]:
    if ask.by_area or ask.limit is not None:
        return {}
    timed = sum(_group(item, ask) == "timed" for item in data["items"])
    counts = {**data["counts"], "timed": timed, "due": data["counts"]["due"] - timed}
    return {t(f"today.{group}", ask.lang): counts[group] for group in _GROUPS}


def _columns(lang: str) -> tuple[Column, ...]:
    def column(key: str, kind: str = "text", *, shrink: bool = False, drop: int = 0, wide: int = 0) -> Column:
        return Column(key, t(f"today.column_{key}", lang), kind, shrink, drop, wide)

    return (
        column("lead_id", "id"),
        column("grade"),
        column("short", shrink=True),
        column("when"),
        column("area", drop=1),
        column("via", drop=2),
        column("reason", shrink=True),
        column("contact"),
        column("phone", "phone"),
        column("stage", wide=110),
        column("visits", "int", wide=110),
        column("last_followup", "date", wide=110),
        column("ask", shrink=True, wide=110),
    )


def _row(item: dict[str, Any], ask: Ask, ways: dict[str, Process]) -> Row:
    via = short_title(ways[item["process"]].known("via", item["via"]), ask.lang) if item["via"] else None
    group = item["area"] or "-" if ask.by_area else t(f"today.{_group(item, ask)}", ask.lang)
    style = {"overdue": "late", "timed": "strong"}.get(_group(item, ask), "")
    last = item["last_followup"]
    cells = (
        item["lead_id"],
        ways[item["process"]].grade_title(item["grade"], ask.lang) or None,
        f"*{item['short']}" if item["key_target"] else item["short"],
        _when(item, ask),
        item["area"],
        via,
        _what(item, ask),
        surname(item["contact"]) or None if ask.others else item["contact"],
        item["phone"],
        item["stage_title"],
        item["visits"],
        last[5:] if last and last[:4] == str(ask.day.year) else last,
        item["ask_title"],
    )
    return Row(cells, group, style)


def _what(item: dict[str, Any], ask: Ask) -> str | None:
    # F6: who has a need gets a plan
    wants = item["bucket"] == "unplanned" and item["need"] == "yes"
    return item["reason"] or (t("today.need_unplanned", ask.lang) if wants else None)


def _when(item: dict[str, Any], ask: Ask) -> str | None:
    if item["bucket"] == "first_contact":
        return _left(item["deadline"], ask)
    if item["days_late"]:
        return t("today.late", ask.lang, days=item["days_late"])
    if item["due"] is None:
        return None
    if item["due"] == ask.day.isoformat():
        return item["time"] or t("today.on_the_day" if ask.day != ask.now.date() else "today.today", ask.lang)
    return f"{item['due'][5:]} {item['time'] or ''}".strip()


def _left(deadline: str, ask: Ask) -> str:
    until = datetime.fromisoformat(deadline)
    hours = (until - ask.now).total_seconds() / 3600
    if hours >= 0:
        return t("today.hours_left", ask.lang, hours=int(hours))
    days = int(-hours // 24)
    if days:
        return t("today.late", ask.lang, days=days)
    return t("today.hours_late", ask.lang, hours=max(1, int(-hours)))


def _above(data: dict[str, Any], ask: Ask, ways: dict[str, Process]) -> str:
    lang, counts = ask.lang, data["counts"]
    work = [item for item in data["items"] if item["bucket"] != "unplanned"]
    total = counts["first_contact"] + counts["overdue"] + counts["due"]
    parts = [t("today.title", lang, day=_day(ask.day, lang), count=total)]
    vias = Counter(item["via"] for item in work if item["via"])
    titles = {
        item["via"]: short_title(ways[item["process"]].known("via", item["via"]), lang)
        for item in work
        if item["via"]
    }
    parts.append("  ".join(f"{titles[via]} {count}" for via, count in vias.most_common()))
    parts.append(t("today.overdue_count", lang, count=counts["overdue"]) if counts["overdue"] else "")
    grades = Counter((item["grade"], item["process"]) for item in work if item["grade"])
    parts.append("  ".join(_graded(grades, ask, ways)))
    areas = Counter(item["area"] for item in work if item["area"])
    parts.append("  ".join(f"{area} {count}" for area, count in areas.most_common(4)))
    return "   ".join(part for part in parts if part)


def _graded(found: Counter[tuple[str, str]], ask: Ask, ways: dict[str, Process]) -> Iterable[str]:
    # by code, whichever process has it; told by title
    titles: Counter[str] = Counter()
    for (grade, process), count in sorted(found.items()):
        titles[ways[process].grade_title(grade, ask.lang)] += count
    return (f"{title} {count}" for title, count in titles.items())


def _day(day: date, lang: str) -> str:
    return f"{day:%m-%d} {weekday_name(day, lang)}"


def _below(data: dict[str, Any], ask: Ask) -> Iterable[str]:
    counts, lang = data["counts"], ask.lang
    if not data["items"] and not counts["unplanned"]:
        yield t("today.nothing", lang)
    if ask.brief and not ask.all:
        yield from _wanting(data, lang)
    if any(item["key_target"] for item in data["items"]):
        yield t("today.key_targets", lang)
    hidden = counts["unplanned"] - UNPLANNED_SHOWN
    if hidden > 0 and not ask.all:
        yield t("today.more_unplanned", lang, count=counts["unplanned"])
    if counts["untouched"]:
        yield t("today.untouched", lang, count=counts["untouched"])


def _wanting(data: dict[str, Any], lang: str) -> Iterable[str]:
    # who has a need is named, though it stands behind the few that a terminal lists
    unplanned = [item for item in data["items"] if item["bucket"] == "unplanned"]
    names = [
        f"#{one['lead_id']} {one['short']}" for one in unplanned[UNPLANNED_SHOWN:] if one["need"] == "yes"
    ]
    if names:
        more = [t("today.more", lang, count=len(names) - NAMED)] if len(names) > NAMED else []
        yield t("today.need_hidden", lang, names="  ".join([*names[:NAMED], *more]))


def _chat(data: dict[str, Any], ask: Ask, ways: dict[str, Process]) -> Iterable[str]:
    lang, counts = ask.lang, data["counts"]
    total = counts["first_contact"] + counts["overdue"] + counts["due"]
    title = t("today.chat_title", lang, day=_day(ask.day, lang), count=total, overdue=counts["overdue"])
    yield title
    last = ""
    for item in sorted(data["items"], key=lambda one: _place(one, ask)):
        if item["bucket"] == "unplanned":
            continue
        heading = t(f"today.chat_{_group(item, ask)}", lang)
        if heading != last:
            yield heading
            last = heading
        yield _chat_line(item, ask, ways)
    wanting = [item for item in data["items"] if item["bucket"] == "unplanned" and item["need"] == "yes"]
    if wanting:
        yield t("today.need_unplanned", lang)
        yield from (_chat_line({**item, "reason": None}, ask, ways) for item in wanting)
    if counts["unplanned"]:
        yield t("today.chat_unplanned", lang, count=counts["unplanned"])


def _chat_line(item: dict[str, Any], ask: Ask, ways: dict[str, Process]) -> str:
    process = ways[item["process"]]
    told = item["via"] and item["via"] != process.default_via
    way = short_title(process.known("via", item["via"]), ask.lang) if told else ""
    what = " ".join(part for part in (_chat_when(item, ask), way, item["reason"] or "") if part)
    phone = item["phone"] or ""
    if phone and not ask.personal:
        phone = mask(phone)
    who = " ".join(part for part in (surname(item["contact"]), phone) if part)
    key = t("today.chat_key_target", ask.lang) if item["key_target"] else ""
    head = f"#{item['lead_id']} {item['short']}{key} {what}".rstrip()
    asked = item["ask_title"] or t("today.chat_ask", ask.lang)
    return "｜".join(part for part in (head, who, item["area"]) if part) + f" {PRINTED}{asked}"


def _chat_reminder(line: str, lang: str) -> str:
    # of a lead it asks, as the lines of the list do; else there is nothing to answer
    return f"{line} {PRINTED}{t('today.chat_ask', lang)}" if line.startswith("#") else f"{PRINTED} {line}"


def _chat_when(item: dict[str, Any], ask: Ask) -> str:
    if item["bucket"] == "due" and item["due"] == ask.day.isoformat():
        return item["time"] or ""  # its heading says that it is today
    if item["bucket"] == "first_contact" and item["deadline"] >= f"{ask.now:%Y-%m-%dT%H:%M}":
        # whoever reads it later than it was sent counts no hours from then
        day, _, time = item["deadline"].partition("T")
        return t(
            "today.chat_before", ask.lang, time=time if day == ask.day.isoformat() else f"{day[5:]} {time}"
        )
    return _when(item, ask) or ""
