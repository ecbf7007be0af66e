"""The day in a message to the group: who was visited and what came of it, what is left, tomorrow (screens.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.dates import WorkCalendar, weekday_name
from salesflow.models import Contact, Followup
from salesflow.names import called, label_of, surname
from salesflow.processes import way_title
from salesflow.reports import actuals, figures, promised, targets_screen, tomorrow
from salesflow.reports.period import Period
from salesflow.reports.targets import month_of
from salesflow.reports.targets_screen import Aims
from salesflow.reports.weekly_screen import brief
from salesflow.store import contacts, followups, metrics, standing
from salesflow.texts import t

_MOST = 10  # names in one line
_MARKS = ("下次", "next:", "Next:")  # as notes write them (cli.md, NOTE)


_MET = ("见到了", "见到", "见了", "见", "和", "跟", "找", "Met ", "met ", "Saw ", "saw ")
_PART = ("的", "们")  # 王经理的车: of whom it is


class _Day(NamedTuple):
    """What the lines are made of: the day's follow-ups, names, people and promises of their leads."""

    done: list[Followup]
    names: Mapping[int, Mapping[str, Any]]
    people: Mapping[int, list[Contact]]
    promises: Mapping[int, tuple[str, str | None]]
    lang: str

    def label(self, lead_id: int) -> str:
        one = self.names[lead_id]
        return label_of(one["name"], one["short"], one["city"])


def lines(
    book: figures.Book,
    period: Period,
    data: dict[str, Any],
    lang: str,
    rep: str,
    aims: Aims,
    calendar: WorkCalendar,
) -> tuple[str, ...]:
    """The message, one short line after the other."""
    done = followups.followups_between(book.connection, period.start, period.moment)
    left = [
        (one, outcome)
        for one, outcome in promised.outcomes(book.connection, period)
        if outcome in ("open", "rescheduled")
    ]
    ids = list({one.lead_id for one in done} | {one.lead_id for one, _ in left})
    day = _Day(
        done,
        metrics.names_of(book.connection, ids),
        contacts.contacts_of(book.connection, ids),
        standing.promises_at(book.connection, period.moment, ids),
        lang,
    )
    when = f"{period.first:%m-%d} {weekday_name(period.first, lang)}"
    target = next((line.target for line in aims.own if line.metric == "visits"), None)
    found = [t("week.chat_day", lang, day=when, rep=rep), *_visits(day, target)]
    found.append(_others(book, day, data))
    found += _left(day, left)
    found.append(tomorrow.line(book, period, lang, calendar))
    found.append(_month(book, period, lang, aims))
    return tuple(line for line in found if line)


def _visits(day: _Day, target: int | None) -> Iterator[str]:
    visits = [one for one in day.done if one.visit]
    aimed = t("week.chat_target", day.lang, target=target) if target else ""
    yield t("week.chat_visits", day.lang, count=len(visits)) + aimed
    for place, one in enumerate(visits, 1):
        person = _person(one, day.people.get(one.lead_id, []))
        text = _told(one, day.people.get(one.lead_id, []), person)
        said = [text] if text else []
        if one.lead_id in day.promises:
            on, what = day.promises[one.lead_id]
            said.append(t("week.chat_next", day.lang, day=on[5:], what=what or "").rstrip())
        told = t("week.chat_stop", day.lang).join(said)
        head = " ".join(part for part in (str(place), day.label(one.lead_id), person) if part)
        grade = t("week.chat_grade", day.lang, grade=one.grade) if one.grade else ""
        yield (t("week.chat_told", day.lang, head=head, told=told) if told else head) + grade


def _told(one: Followup, people: list[Contact], met: str) -> str:
    # the promise is said after it in its own words; people's whole names stay here
    text = one.note or one.feedback or one.progress or ""
    for mark in _MARKS if one.next_date else ():
        before, found, after = text.partition(mark)
        if found and (not before or not before[-1].isalnum()):
            rest = min((place for end in "。；;\n" if (place := after.find(end)) >= 0), default=len(after))
            text = before + after[rest:]
    text = _without(text, [*(each.name for each in people if each.id == one.contact_id), met])
    for person in people:
        text = text.replace(person.name, surname(person.name))
    return " ".join(text.split()).rstrip("。.，, ")


def _without(text: str, names: Sequence[str]) -> str:
    # who was met stands before it already
    start = next((len(word) for word in _MET if text.startswith(word)), 0)
    for name in names:
        after = text[start + len(name) :]
        part = after[:1] in _PART if not name.isascii() else after[:1].isalnum() or after.startswith("'")
        if name and text.startswith(name, start) and not (after and part):
            return after.lstrip(" ,，:：、。.")
    return text


def _person(one: Followup, people: list[Contact]) -> str:
    # others read the surname and the title, never the whole name
    found = next((person for person in people if person.id == one.contact_id), None)
    return called(found.name, found.title) if found else ""


def _others(book: figures.Book, day: _Day, data: dict[str, Any]) -> str:
    ways: Counter[str] = Counter()
    for one in day.done:
        way = book.processes[day.names[one.lead_id]["process"]].known_via(one.via)
        if way.counts_as_visit and not one.answered:
            ways[t("week.chat_not_met", day.lang)] += 1
        elif not one.visit:
            ways[way_title(way, one.incoming, day.lang)] += 1
    parts = [f"{title} {count}" for title, count in ways.most_common()]
    new = data["new_leads"]
    if new:
        comma = t("week.comma", day.lang)
        named = comma.join(
            " ".join(part for part in (one["short"], brief(one["source_title"] or "")) if part)
            for one in new[:_MOST]
        )
        parts.append(t("week.chat_new", day.lang, count=len(new), each=named))
    return "　".join(parts) if day.lang == "zh" else "  ".join(parts)


def _left(day: _Day, left: list[tuple[metrics.Promised, str]]) -> Iterator[str]:
    if not left:
        return
    each = []
    for one, outcome in left[:_MOST]:
        parts = [day.label(one.lead_id)]
        if outcome == "rescheduled":
            parts += [one.why] if one.why else []
            if one.lead_id in day.promises:
                parts.append(t("week.chat_moved", day.lang, day=day.promises[one.lead_id][0][5:]))
        each.append(t("week.chat_comma", day.lang).join(parts))
    more = t("week.and_more", day.lang) if len(left) > _MOST else ""
    listed = t("week.chat_semicolon", day.lang).join(each)
    yield t("week.chat_left", day.lang, count=len(left), each=listed + more)


def _month(book: figures.Book, period: Period, lang: str, aims: Aims) -> str:
    known = {line.metric for line in aims.month}
    others = [name for name in ("visits", "sales", "collected") if name not in known]
    return targets_screen.chat_month(actuals.whole(book, month_of(period), others), aims.month, lang)
