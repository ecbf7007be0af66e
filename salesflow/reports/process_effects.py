"""What a new version of a process does to the leads that follow it, told before it is done (L11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.processes import Choice, Process, short_title, to_json
from salesflow.processes.changes import Changes, Interval, compare, succeed
from salesflow.processes.records import Former
from salesflow.store import settings, usage
from salesflow.store.rows import Connection
from salesflow.texts import t

SHOWN = 6  # titles in a line


def build(
    connection: Connection, old: Process | None, new: Process, moved: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """The effects as JSON: stages that are gone with who stands in them, what else is gone, added, changed."""
    found = {"process": new.code, "title": new.title(lang), "new": old is None}
    if old is None:
        return {**found, "leads": 0, "stages": [], "gone": [], "added": [], "intervals": []}
    changes, standing = compare(old, new), usage.standing(connection, old.code)
    return {
        **found,
        "leads": sum(sum(counts.values()) for counts in standing.values()),
        "stages": [_stage(one, standing.get(one.code, {}), new, moved, lang) for one in changes.stages()],
        "gone": _gone(connection, old, changes, lang),
        "added": [{"noun": one.noun, "code": one.code, "title": one.title(lang)} for one in changes.added],
        "intervals": [_interval(one, lang) for one in changes.intervals],
    }


def is_same(connection: Connection, old: Process, new: Process, source: str) -> bool:
    """Whether the book has this very version already, text and all."""
    held = (settings.process_data(connection, old.code), settings.process_source(connection, old.code))
    return held == (to_json(succeed(old, new)), source)


def _stage(
    stage: Former, counts: Mapping[str, int], new: Process, moved: Mapping[str, str], lang: str
) -> dict[str, Any]:
    to = moved.get(stage.code)
    return {
        "code": stage.code,
        "title": stage.title(lang),
        **{status: counts.get(status, 0) for status in ("open", "parked", "lost")},
        "to": to,
        "to_title": new.stage(to).title(lang) if to else None,
    }


def _gone(connection: Connection, old: Process, changes: Changes, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "noun": one.noun,
            "code": one.code,
            "title": one.title(lang),
            "records": usage.count_records(connection, old.code, one.noun, one.code),
        }
        for one in changes.gone
        if one.noun != "stage"
    ]


def _interval(one: Interval, lang: str) -> dict[str, Any]:
    title = one.titles[lang] or None
    return {"what": one.what, "code": one.code or None, "title": title, "old": one.old, "new": one.new}


def lines(data: dict[str, Any], lang: str) -> list[str]:
    """The effects as people read them."""
    found = [t("process.effect_head", lang, process=data["process"], leads=data["leads"])]
    found += ["  " + _stage_line(one, lang) for one in data["stages"]]
    found += ["  " + line for line in _recoded(data, lang)]
    used = [one for one in data["gone"] if one["records"]]
    found += [
        "  " + t("process.effect_gone", lang, noun=_noun(one, lang), title=one["title"], count=one["records"])
        for one in used
    ]
    unused = [one for one in data["gone"] if not one["records"]]
    found += ["  " + line for line in _joined("process.effect_unused", _whole(unused), lang)]
    found += ["  " + line for line in _joined("process.effect_added", _whole(data["added"]), lang)]
    found += ["  " + _interval_line(one, lang) for one in data["intervals"]]
    if data["intervals"]:
        found.append("  " + t("process.effect_dates_stay", lang))
    return found if len(found) > 1 else [t("process.effect_none", lang, process=data["process"])]


def _recoded(data: dict[str, Any], lang: str) -> list[str]:
    # what goes and comes under one title was only to be renamed, perhaps
    came = {(one["noun"], one["title"]): one["code"] for one in data["added"]}
    went = [{**one, "noun": "stage"} for one in data["stages"]] + data["gone"]
    return [
        t("process.effect_recoded", lang, noun=_noun(one, lang), old=one["code"], new=came[key], title=key[1])
        for one in went
        if (key := (one["noun"], one["title"])) in came
    ]


def _noun(one: dict[str, Any], lang: str) -> str:
    return t(f"process.noun_{one['noun']}", lang)


def _stage_line(one: dict[str, Any], lang: str) -> str:
    if not one["open"] + one["parked"] + one["lost"]:
        return t("process.effect_stage_empty", lang, title=one["title"])
    said = t(
        "process.effect_stage", lang, **{name: one[name] for name in ("title", "open", "parked", "lost")}
    )
    if one["to"]:
        return said + t("process.effect_stage_to", lang, to=one["to_title"])
    return said + t("process.effect_stage_where", lang, code=one["code"])


def _whole(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # the points of a checklist that comes or goes as a whole need no words of their own
    lists = {one["code"] for one in found if one["noun"] == "checklist"}
    return [one for one in found if one["noun"] != "point" or one["code"].partition(".")[0] not in lists]


def _joined(key: str, found: list[dict[str, Any]], lang: str) -> list[str]:
    # one line for each kind of thing
    by_noun: dict[str, list[str]] = {}
    for one in found:
        short = short_title(Choice(one["code"], {lang: one["title"]}), lang)
        by_noun.setdefault(_noun(one, lang), []).append(short)
    comma, lines = t("process.list_comma", lang), []
    for noun, titles in by_noun.items():
        more = t("process.effect_more", lang, count=len(titles)) if len(titles) > SHOWN else ""
        lines.append(t(key, lang, noun=noun, titles=comma.join(titles[:SHOWN]) + more))
    return lines


def _interval_line(one: dict[str, Any], lang: str) -> str:
    nothing = t("process.effect_nothing", lang)
    old, new = (nothing if value is None else value for value in (one["old"], one["new"]))
    what = t(f"process.number_{one['what']}", lang, title=one["title"] or "")
    return t("process.effect_interval", lang, what=what, old=old, new=new)
