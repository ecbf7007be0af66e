"""A plan as people read it: the day's line, its stops in order, calls beside it, who was left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salesflow.names import surname
from salesflow.phones import mask
from salesflow.reports.processes import Processes
from salesflow.reports.show_base import day_text
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

NAMED = 5
CALLS = 10  # that a terminal lists
IDLE = 30  # minutes of waiting that are worth a word
_WHY = ("no_place", "no_time", "no_room", "elsewhere", "keeper")


class Screen:
    """Draws one plan in one language; ``others`` read people by their surnames, phones masked."""

    def __init__(
        self,
        data: dict[str, Any],
        lang: str,
        processes: Processes,
        *,
        others: bool = False,
        week: bool = False,
        page: bool = False,
        brief: bool = False,
    ) -> None:
        self._data = data
        self._lang = lang
        self._processes = processes
        self._others = others
        self._week = week
        self._brief = brief  # a terminal has few lines
        self._page = page  # paper has room for what is needed on the way alone

    def report(self) -> Report:
        """The plan with its screens."""
        data = self._data
        sections = [self._day(day) for day in data["days"] if data["stops"]]
        if data["calls"]:
            sections.append(self._calls())
        below = tuple(self._below())
        if below:
            sections.append(Section(before=below))
        from salesflow.reports.plan_records import FIELDS

        title = self._title()
        return Report(
            data=data,
            sections=tuple(sections),
            title=title,
            chat=tuple(self._chat(title)),
            records="stops",
            fields=() if data["stops"] else FIELDS,
        )

    # The lines above and below

    def _title(self) -> str:
        data = self._data
        if self._week:
            days = [one["date"] for one in data["days"]]
            span = {"first": day_text(days[0], self._lang), "last": day_text(days[-1], self._lang)}
            return self._t("week_title", **span, count=len(data["stops"]), calls=len(data["calls"]))
        return self._line(data["days"][0])

    def _line(self, day: dict[str, Any]) -> str:
        parts = [day_text(day["date"], self._lang), self._t("visits", count=day["visits"])]
        if day["visits"]:
            stops = self._stops(day)
            known = all(one["km_known"] for one in stops if one["km"] is not None)
            if any(one["km"] is not None for one in stops):
                parts.append(self._t("way", km=_km(day["km"], known), minutes=self._span(day["minutes"])))
            parts.append(self._t("hours", begin=day["begin"], end=day["end"]))
        if self._data["start"] and not self._week:
            parts.append(self._t("start", label=self._data["start"]["label"]))
        return "  ".join([*parts, *([" ".join(day["areas"])] if self._week and day["areas"] else [])])

    def _span(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        return self._t("hours_minutes" if hours else "minutes", hours=hours, minutes=rest)

    def _below(self) -> Iterator[str]:
        data = self._data
        yield from self._empty()
        if data["area_chosen"]:
            yield self._t("chosen", area=data["area"])
        yield from self._hours()
        yield from self._early()
        for why in _WHY:
            if data["left_out_counts"].get(why):
                yield self._left_out(why)
        if data["unvisited_left"]:
            areas = " ".join([data["area"]] if data["area"] else data["days"][0]["areas"])
            yield self._t("unvisited", areas=areas, count=data["unvisited_left"])
        if any(one["key_target"] for one in data["stops"]):
            yield t("today.key_targets", self._lang)
        if any(one["km"] is not None and not one["km_known"] for one in data["stops"]):
            yield self._t("estimated")

    def _hours(self) -> Iterator[str]:
        data = self._data
        for day in data["days"]:
            if day["over_minutes"]:
                on = day_text(day["date"], self._lang)
                yield self._t("over", day=on, minutes=day["over_minutes"], until=data["until"])
        for one in data["stops"]:
            if one["wait_minutes"] >= IDLE:
                lead = f"#{one['lead_id']} {one['short']}"
                yield self._t("idle", lead=lead, time=one["time"], minutes=self._span(one["wait_minutes"]))

    def _early(self) -> Iterator[str]:
        # of a week: whoever was told another day is not expecting anybody
        early = [one for one in self._data["stops"] if (one["due"] or "") > one["date"]]
        if early:
            some = [f"#{one['lead_id']} {one['short']} {one['due'][5:]}" for one in early[:NAMED]]
            more = t("week.and_more", self._lang) if len(early) > NAMED else ""
            yield self._t("early", count=len(early), each=t("week.comma", self._lang).join(some) + more)

    def _empty(self) -> Iterator[str]:
        data = self._data
        if data["stops"] or data["calls"]:
            return
        if not data["leads"]:
            yield self._t("no_leads")
        elif not data["left_out_counts"]:
            yield self._t("nothing_week" if self._week else "nothing_area" if data["area"] else "nothing")

    def _left_out(self, why: str) -> str:
        named = [one for one in self._data["left_out"] if one["why"] == why]
        count = self._data["left_out_counts"][why]
        names = [f"#{one['lead_id']} {one['short']}" for one in named[:NAMED]]
        if names and count > len(names):
            names.append(self._t("more", count=count - len(names)))
        first = named[0]["lead_id"] if named else 0
        values = {"names": "  ".join(names), "id": first, "most": self._data["most_visits"]}
        return self._t(f"out_{why}", count=count, until=self._data["until"], **values).rstrip()

    # The tables

    def _stops(self, day: dict[str, Any]) -> list[dict[str, Any]]:
        return [one for one in self._data["stops"] if one["date"] == day["date"]]

    def _day(self, day: dict[str, Any]) -> Section:
        rows = tuple(map(self._row, self._stops(day)))
        heading = self._line(day) if self._week else ""
        return Section(columns=self._columns() if rows else (), rows=rows, heading=heading, header=bool(rows))

    def _columns(self) -> tuple[Column, ...]:
        found = (
            self._column("order", "int"),
            self._column("lead_id", "id"),
            self._column("grade", drop=2),
            self._column("short", shrink=True),
            self._column("arrive", "time"),
            self._column("when"),
            self._column("km", "int"),
            self._column("area", drop=1),
            self._column("reason", shrink=True),
            self._column("contact", shrink=True),
            self._column("phone", "phone"),
            self._column("address", shrink=True, wide=110),
            self._column("ask", shrink=True, wide=140),
        )
        return found[:-1] if self._page else found

    def _column(
        self, key: str, kind: str = "text", *, shrink: bool = False, drop: int = 0, wide: int = 0
    ) -> Column:
        return Column(key, self._t(f"column_{key}"), kind, shrink, drop, wide)

    def _row(self, one: dict[str, Any]) -> Row:
        cells = (
            one["order"],
            one["lead_id"],
            self._processes[one["process"]].grade_title(one["grade"], self._lang) or None,
            f"*{one['short']}" if one["key_target"] else one["short"],
            one["arrive"],
            self._when(one),
            None if one["km"] is None else _km(one["km"], one["km_known"]),
            one["area"],
            self._what(one),
            self._person(one),
            one["phone"],
            " ".join(part for part in (one["place"], one["address"]) if part) or None,
            one["ask_title"],
        )
        return Row(
            cells[:-1] if self._page else cells,
            "",
            "late" if one["late_minutes"] else "strong" if one["time"] else "",
        )

    def _when(self, one: dict[str, Any]) -> str:
        if one["time"]:
            late = one.get("late_minutes", 0)
            return self._t("when_late" if late else "when_time", time=one["time"], minutes=late)
        if one["kind"] == "first_contact":
            return self._t("when_first")
        if one["days_late"]:
            return t("today.late", self._lang, days=one["days_late"])
        if one["due"] is None:
            return self._t("when_new")
        return self._t("when_due") if one["due"] == one["date"] else one["due"][5:]

    def _what(self, one: dict[str, Any]) -> str | None:
        if one["reason"] or not one["purpose"]:
            found: str | None = one["reason"]
            return found
        return self._processes[one["process"]].known("purpose", one["purpose"]).title(self._lang)

    def _person(self, one: dict[str, Any]) -> str | None:
        found: str | None = one["contact"]
        return (surname(found) or None) if self._others else found

    def _calls(self) -> Section:
        keys = ("lead_id", "short", "when", "via", "reason", "contact", "phone")
        kinds = {"lead_id": "id", "phone": "phone"}
        shrink = ("short", "reason", "contact")
        columns = tuple(self._column(key, kinds.get(key, "text"), shrink=key in shrink) for key in keys)
        count = len(self._data["calls"])
        rows = tuple(map(self._call, self._data["calls"][: CALLS if self._brief else None]))
        after = (self._t("more_calls", count=count - len(rows)),) if count > len(rows) else ()
        return Section(columns=columns, rows=rows, heading=self._t("calls", count=count), after=after)

    def _call(self, one: dict[str, Any]) -> Row:
        via = self._processes[one["process"]].known_via(one["via"]).title(self._lang) if one["via"] else None
        cells = (
            one["lead_id"],
            one["short"],
            self._when(one),
            via,
            self._what(one),
            self._person(one),
            one["phone"],
        )
        return Row(cells)

    # For a message

    def _chat(self, title: str) -> Iterator[str]:
        yield self._t("chat_title", title=title.replace("  ", " "))
        for day in self._data["days"]:
            if self._week:
                yield self._line(day)
            yield from (self._chat_line(one) for one in self._stops(day))
        if self._data["calls"]:
            yield self._t("calls", count=len(self._data["calls"]))
            yield from (self._chat_line(one) for one in self._data["calls"])
        yield from self._empty()
        yield from (self._left_out(why) for why in _WHY if self._data["left_out_counts"].get(why))

    def _chat_line(self, one: dict[str, Any]) -> str:
        # it begins with the lead's number, so that what is written below comes back with its lead
        phone = one["phone"] or ""
        key = t("today.chat_key_target", self._lang) if one["key_target"] else ""
        arrive = one.get("arrive", "")
        when = self._when(one)
        parts = [
            f"#{one['lead_id']} {one['short']}{key}",
            arrive,
            "" if one["time"] and one["time"] == arrive else when,
            self._what(one) or "",
            self._person(one) or "",
            mask(phone) if phone and self._others else phone,
            one["area"] or "",
            one.get("place") or one.get("address") or "",
        ]
        return " ".join(part for part in parts if part)

    def _t(self, key: str, **values: object) -> str:
        return t(f"plan.{key}", self._lang, **values)


def _km(length: float, known: bool) -> str:
    return f"{length:.1f}" if known else f"~{length:.1f}"
