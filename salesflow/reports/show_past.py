"""What has happened in a customer's file: orders, and follow-ups, the newest first (F7)."""

from __future__ import annotations

from datetime import date

from salesflow.models import Followup
from salesflow.processes import Process, short_title, way_title
from salesflow.reports.show_base import File, day_text
from salesflow.tables import Section
from salesflow.texts import t

SHOWN = 5


def followups(file: File, lang: str, today: date, all: bool) -> Section:
    """The newest follow-ups, or all of them."""
    shown = file.followups if all else file.followups[:SHOWN]
    lines = [text for one in shown for text in told(one, file.process, lang, today)]
    hidden = len(file.followups) - len(shown)
    after = (t("show.more", lang, count=hidden, id=file.lead.id),) if hidden else ()
    heading = t("show.followups", lang) if lines else ""
    return Section(heading=heading, before=tuple(lines), after=after)


def told(one: Followup, process: Process, lang: str, today: date) -> list[str]:
    """A follow-up in a line, and below it what was learned and done, what came of its goal, the hook (E9, F7)."""
    via = way_title(process.known_via(one.via), one.incoming, lang)
    clock = "" if one.at.endswith("T00:00") else one.at[11:]
    purpose = short_title(process.known("purpose", one.purpose), lang) if one.purpose else ""
    answered = "" if one.answered else t("show.no_answer", lang)
    head = [day_text(one.at, lang, today), clock, via, purpose, one.contact or "", answered]
    note = (one.note or "").replace("\n", " ")
    lines = ["  ".join(part for part in head if part) + (f"   {note}" if note else "")]
    for key in ("learned", "did", "feedback", "progress"):
        part = getattr(one, key)
        if part and part not in note:
            lines.append("      " + t(f"show.{key}", lang, text=part))
    if one.goal_met or one.result:
        met = t(f"show.goal_met_{one.goal_met}", lang) if one.goal_met else ""
        both = t("show.met_and_result", lang, met=met, text=one.result or "")
        lines.append(
            "      " + t("show.result", lang, text=both if met and one.result else met or one.result)
        )
    if one.hook:
        lines.append("      " + t("show.hook", lang, text=one.hook))
    return lines
