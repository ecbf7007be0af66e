"""A process drawn: its stages one under the other with the gates between them, then its lists (L7, L11).

The lines hold no character that Chinese terminals draw wider than others; long ones are broken here, so
that a pipe gets the same drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from salesflow import funnel
from salesflow.processes import (
    LISTS,
    Checklist,
    CustomerClass,
    Process,
    Reason,
    Source,
    Stage,
    Strategy,
    Via,
    short_title,
)
from salesflow.tables import Section
from salesflow.texts import t

Wrap = Callable[[str, int], list[str]]  # a text in lines, so many cells of the width being taken already

# what is drawn in a way of its own
_DRAWN = ("stages", "grades", "checklists")


def sections(process: Process, standing: Mapping[str, int], lang: str, wrap: Wrap) -> tuple[Section, ...]:
    """The drawing, grades, numbers, every list that the process has, fields, checklists, information."""
    found = [
        Section(before=tuple(_stages(process, standing, lang, wrap))),
        Section(heading=t("process.list_grades", lang), before=tuple(_grades(process, lang, wrap))),
        Section(heading=t("process.list_numbers", lang), before=tuple(_numbers(process, lang))),
    ]
    found.append(Section(heading=t("process.list_care", lang), before=tuple(_care(process, lang, wrap))))
    for name in (name for name in LISTS.values() if name not in _DRAWN):
        lines = _listed([(one.code, _told(one, process, lang)) for one in getattr(process, name)], wrap)
        found.append(Section(heading=t(f"process.list_{name}", lang), before=tuple(lines)))
    told = [(one.code, _strategy(one, process, lang)) for one in process.strategies]
    found.append(Section(heading=t("process.list_strategies", lang), before=tuple(_listed(told, wrap))))
    fields = _listed([(one.code, one.title(lang)) for one in process.fields], wrap)
    found.append(Section(heading=t("process.list_fields", lang), before=tuple(fields)))
    found += [_checklist(one, process, lang, wrap) for one in process.checklists]
    lines = _listed([(one.code, _wanted(process, one, lang)) for one in process.information], wrap)
    found.append(Section(heading=t("process.list_information", lang), before=tuple(lines)))
    return tuple(one for one in found if one.before)


# The stages.


def _stages(process: Process, standing: Mapping[str, int], lang: str, wrap: Wrap) -> Iterable[str]:
    first = process.first_stage
    if first.gate:
        yield from _under("  ", _gate(first, lang), wrap)
    for place, stage in enumerate(process.stages):
        yield from _head(process, stage, standing.get(stage.code, 0), lang, wrap)
        if place + 1 == len(process.stages):
            return
        yield "  |"
        yield from _under("  |  ", _gate(process.stages[place + 1], lang), wrap)
        yield "  v"


def _head(process: Process, stage: Stage, leads: int, lang: str, wrap: Wrap) -> Iterable[str]:
    last = stage is process.stages[-1]
    parts = [f"{stage.title(lang)}  {stage.code}", t("process.stage_leads", lang, count=leads)]
    parts += [t("process.is_won", lang)] if stage.won else []
    parts += [t("process.stage_interval", lang, days=stage.interval)] if stage.interval else []
    parts += (
        [t("process.stage_chance", lang, chance=f"{process.chance(stage.code):.0%}")] if not stage.won else []
    )
    yield from wrap("   ".join(parts), 0)
    start = "     " if last else "  |  "
    if stage.work:
        yield from _under(start, t("process.stage_work", lang, text=stage.work[lang]), wrap)
    if stage.buying_step:
        step = process.known("buying_step", stage.buying_step).title(lang)
        yield from _under(start, t("process.stage_buying", lang, text=step), wrap)


def _gate(stage: Stage, lang: str) -> str:
    if not stage.gate:
        return t("process.gate_none", lang, stage=stage.title(lang))
    names = t("show.comma", lang).join(funnel.want_title(want, lang) for want in stage.gate)
    return t("process.gate_wants", lang, stage=stage.title(lang), names=names)


def _under(start: str, text: str, wrap: Wrap) -> list[str]:
    return [start + line for line in wrap(text, len(start))]


# The lists.


def _grades(process: Process, lang: str, wrap: Wrap) -> list[str]:
    pairs = []
    for one in process.grades:
        within = (
            t("process.grade_open", lang)
            if one.within is None
            else t("process.grade_within", lang, days=one.within)
        )
        every = t("process.grade_every", lang, days=one.every)
        title = one.title(lang) if one.title(lang) != one.code else ""
        pairs.append((one.code, "   ".join(part for part in (title, within, every) if part)))
        if one.effort:
            pairs.append(("", one.effort[lang]))
    pairs.append(("-", t("process.grade_every", lang, days=process.grade_none_every)))
    return _listed(pairs, wrap)


def _care(process: Process, lang: str, wrap: Wrap) -> list[str]:
    pairs = []
    for one in process.care:
        parts = [t("process.care_day", lang, day=one.day), one.title(lang), _way(process, one.via, lang)]
        parts += [t("process.care_referral", lang)] if one.referral else []
        pairs.append((one.code, "   ".join(part for part in parts if part)))
    return _listed(pairs, wrap)


def _way(process: Process, via: str, lang: str) -> str:
    return short_title(process.known_via(via), lang) if via else ""


def _numbers(process: Process, lang: str) -> list[str]:
    least, most = process.visits_to_deal
    found = [t("process.shown_first_contact", lang, hours=process.first_contact_hours)]
    found = found if process.first_contact_hours else []
    found.append(t("process.shown_retry", lang, days=process.retry_days, times=process.retry_times))
    found.append(t("process.shown_park", lang, days=process.park_days))
    found.append(t("process.shown_visits", lang, least=least, most=most))
    found.append(t("process.shown_new", lang, days=process.new_customer_days))
    found.append(t("process.shown_reorder", lang, days=process.reorder_days))
    found.append(t("process.shown_concessions", lang, most=process.concessions))
    return found


_CLASSES = (("kind", "kinds"), ("size", "sizes"), ("side", "sides"), ("industry", "industries"))


def _strategy(one: Strategy, process: Process, lang: str) -> str:
    named = [
        short_title(process.known(noun, code), lang) for noun, name in _CLASSES for code in getattr(one, name)
    ]
    whom = t("process.strategy_for", lang, names=t("show.comma", lang).join(named)) if named else ""
    return f"{one.title(lang)}{whom}   {one.text[lang]}"


def _told(one: Any, process: Process, lang: str) -> str:
    # a choice's title, and what else it says
    more = ""
    if isinstance(one, CustomerClass):
        plan = [t("process.class_every", lang, days=one.every), _way(process, one.via, lang)]
        more = "".join(f"   {part}" for part in (*plan, one.what.get(lang, "")) if part)
    if isinstance(one, Source) and one.passive:
        more = t("process.says_passive", lang)
    if isinstance(one, Via):
        more = t("process.says_visit", lang) if one.counts_as_visit else ""
        more += t("process.says_incoming", lang, title=one.incoming[lang]) if one.incoming else ""
    if isinstance(one, Reason):
        more = t("process.says_needs", lang, option=one.needs) if one.needs else ""
        more += "" if one.counts else t("process.says_not_counted", lang)
    return f"{one.title(lang)}{more}"


def _listed(pairs: Sequence[tuple[str, str]], wrap: Wrap) -> list[str]:
    room = max((len(code) for code, _ in pairs), default=0) + 2
    found = []
    for code, text in pairs:
        first, *more = wrap(text, room)
        found += [code.ljust(room) + first, *(" " * room + line for line in more)]
    return found


def _checklist(one: Checklist, process: Process, lang: str, wrap: Wrap) -> Section:
    scale = t("process.check_ticks" if one.scale == 1 else "process.check_points", lang, most=one.scale)
    heading = "   ".join(
        part
        for part in (
            f"{one.title(lang)}  {one.code}",
            scale,
            t("process.check_rivals", lang) if one.rivals else "",
            t("process.check_role", lang, role=process.known("role", one.role).title(lang))
            if one.role
            else "",
        )
        if part
    )
    pairs = []
    for point in one.points:
        weight = t("process.check_weight", lang, weight=point.weight) if point.weight > 1 else ""
        pairs.append((point.code, f"{point.title(lang)}{weight}"))
    return Section(heading=heading, before=tuple(_listed(pairs, wrap)))


def _wanted(process: Process, one: Any, lang: str) -> str:
    names = (funnel.point_name(process, point, lang) for point in one.required)
    return t(
        "process.information_wants", lang, title=one.title(lang), names=t("show.comma", lang).join(names)
    )
