"""The improvement plan, pure: the figures that a measure can be for, and how it stands on a day (K6)."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from salesflow.errors import Usage, nearest
from salesflow.texts import LANGUAGES, t

MONEY, COUNT, RATE = "money", "count", "rate"
OPEN, LATE, DONE, DROPPED = "open", "late", "done", "dropped"
STATES = (LATE, OPEN, DONE, DROPPED)

_COUNTS = (
    "new_leads", "followups", "visits", "calls", "leads_touched", "advanced", "moved_back", "won", "new_customers",
    "lost", "parked", "reopened", "reschedules", "without_why", "promises_open", "orders", "stock", "stale_grades",
    "overdue_at_end",
)  # fmt: skip
_SUMS = ("sales", "margin", "margin_per_order", "collected", "outstanding", "overdue")
_RATES = ("first_contact", "promises_kept", "new_closing", "carried_closing", "collection_rate", "lost_known")
FIGURES: dict[str, str] = {
    **dict.fromkeys(_COUNTS, COUNT),
    **dict.fromkeys(_SUMS, MONEY),
    **dict.fromkeys(_RATES, RATE),
}
"""Every figure of the reports that an action can be for, and its unit."""


class Action(NamedTuple):
    """An improvement decided; ``measure`` is the figure that it is for, ``baseline`` what that was then."""

    id: int
    text: str
    measure: str | None
    baseline: float | None
    report: str | None
    due_on: str | None
    who: str | None
    made_on: str
    done_on: str | None
    dropped_on: str | None
    note: str | None
    by: str


def figure_title(name: str, lang: str) -> str:
    """What people call the figure."""
    return t(f"kpi.name_{name}", lang) if name in FIGURES else name


def read_figure(text: str) -> str:
    """The name of the figure that ``text`` means, in either language or as JSON has it. Raises Usage."""
    plain = normalize("NFKC", text).strip().casefold()
    group, _, part = plain.rpartition(".")  # promises.without_why, first_contact.rate
    for name in (plain, part, group):
        if name in FIGURES:
            return name
    titles = {figure_title(name, lang).casefold(): name for lang in LANGUAGES for name in FIGURES}
    if plain in titles:
        return titles[plain]
    within = {name for title, name in titles.items() if plain and plain in title}
    if len(within) == 1:
        return within.pop()
    near = nearest(plain, [*FIGURES, *titles])
    raise Usage("action.no_figure", text=text[:40], near=near or " ".join(FIGURES))


def state_on(one: Action, day: str) -> str:
    """``open``, ``late``, ``done`` or ``dropped``, as it was on the day."""
    if one.done_on and one.done_on <= day:
        return DONE
    if one.dropped_on and one.dropped_on <= day:
        return DROPPED
    return LATE if one.due_on and one.due_on < day else OPEN
