"""A chance explained in one line, by the cases that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.forecast import EDGES, Seen
from salesflow.processes import Process
from salesflow.texts import t


def why_young(begun: tuple[int, int], process: Process, stage: str, lang: str) -> str:
    """The process's percentage, with the leads that were seen in the stage and whose weeks are not over yet."""
    seen, closed = begun
    key = "why_begun" if seen else "why_process"
    return t(f"forecast.{key}", lang, chance=f"{process.chance(stage):.0%}", cases=seen, closed=closed)


def why(
    found: tuple[Seen, int, int], process: Process, stage: str, grades: Sequence[str | None], lang: str
) -> str:
    """``A 级，在这个阶段超过 30 天的 19 家里成了 7 家``."""
    seen, cases, closed = found
    parts = []
    if seen.grade > 0:
        parts.append(t("forecast.why_grade", lang, grade=process.grade_title(grades[seen.grade], lang)))
    elif seen.grade == 0 and process.grades:
        parts.append(t("forecast.why_no_grade", lang))
    if seen.visits >= 0:
        least, most = process.visits_to_deal
        key = ("none", "few", "usual", "many")[seen.visits]
        parts.append(t(f"forecast.why_visits_{key}", lang, least=least, most=most))
    of = t("forecast.why_of", lang, each=t("forecast.comma", lang).join(parts)) if parts else ""
    days = EDGES[seen.time]
    key = "why_days" if days else "why_entered"
    return t(f"forecast.{key}", lang, of=of, cases=cases, closed=closed, days=days)
