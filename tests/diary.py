"""What a rep did, told line by line and kept in plain lists: the ground of ``replay``.

Nothing of ``salesflow`` is imported. Every event carries the time to which it belongs and the
order in which it was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Key = tuple[str, int]  # when (YYYY-MM-DDTHH:MM), and which of the log's lines


@dataclass(frozen=True)
class Rules:
    """What a process says, as far as the figures ask: stages in order, closing windows, deadline."""

    stages: tuple[str, ...] = ("info", "qualified", "prospect", "customer")
    won: tuple[str, ...] = ("customer",)
    windows: tuple[tuple[str, int | None], ...] = (("H", 7), ("A", 30), ("B", 90), ("C", None), ("D", None))
    hours: int = 36
    not_counted: tuple[str, ...] = ("invalid",)

    @property
    def hottest(self) -> str:
        """The grade that closes first."""
        return self.windows[0][0]


@dataclass
class Promise:
    """One value that a next date has had: from when, until when, and what put an end to it."""

    date: str
    made: Key
    ended: Key | None = None
    how: str = ""  # set: another date was; dropped: none was left; followup: a follow-up took its place
    why: str | None = None
    why_at: str = ""  # when the reason was told, where that was not with the move
    moved: Promise | None = None  # the one that this took the place of, by hand


@dataclass
class Lead:
    """One lead and all that happened to it."""

    id: int
    process: str
    created: str
    received: str | None
    stage: str  # where it began
    grades: list[tuple[Key, str]] = field(default_factory=list)
    goals: list[tuple[Key, int]] = field(default_factory=list)
    moves: list[tuple[Key, str, str]] = field(default_factory=list)  # from, to
    statuses: list[tuple[Key, str, str, str]] = field(default_factory=list)  # from, to, reason
    followups: list[tuple[Key, bool]] = field(default_factory=list)  # whether it was a visit
    promises: list[Promise] = field(default_factory=list)
    reschedules: list[str] = field(default_factory=list)

    @property
    def now_stage(self) -> str:
        """The stage that the last line told."""
        return self.moves[-1][2] if self.moves else self.stage

    @property
    def now_status(self) -> str:
        """The status that the last line told."""
        return self.statuses[-1][2] if self.statuses else "open"

    @property
    def last_move(self) -> str:
        """The newest time of what was told of its stage or status; '' without any."""
        return max((one[0][0] for one in [*self.moves, *self.statuses]), default="")

    @property
    def standing(self) -> Promise | None:
        """The promise that has not ended."""
        return next((one for one in self.promises if one.ended is None), None)

    def known(self, moment: str) -> bool:
        """Whether we knew of the lead: from the day received or told, whichever is first."""
        return min(self.received or "9", self.created) <= moment

    def stage_at(self, moment: str) -> str:
        """The stage at a moment: of the moves that belong before it, the one told last."""
        return next((to for key, _, to in reversed(self.moves) if key[0] <= moment), self.stage)

    def status_at(self, moment: str) -> str:
        """Open, parked or lost at a moment."""
        return next((to for key, _, to, _ in reversed(self.statuses) if key[0] <= moment), "open")

    def open_at(self, moment: str) -> bool:
        """Whether the lead was there and open at a moment."""
        return self.known(moment) and self.status_at(moment) == "open"

    def grade_at(self, moment: str) -> tuple[str, str] | None:
        """(grade, when given) at a moment: the newest by its own day; the same one again is a new one."""
        given = [(key, grade) for key, grade in self.grades if key[0] <= moment]
        return (max(given)[1], max(given)[0][0]) if given else None

    def goal_at(self, moment: str) -> int:
        """The goal's value as then known."""
        known = [(key, value) for key, value in self.goals if key[0] <= moment]
        return max(known)[1] if known else 0

    def enterings(self) -> list[tuple[Key, str | None, str]]:
        """(when, from, to) of each stage entered; the first on the day received, if that is known."""
        first: list[tuple[Key, str | None, str]] = []
        if self.received is not None:
            first = [((self.received, 0), None, self.stage)]
        return sorted([*first, *self.moves], key=lambda one: one[0])


class Diary:
    """What was done, as a rep tells it."""

    def __init__(self, **processes: Rules) -> None:
        self.processes = {name.replace("_", "-"): rules for name, rules in processes.items()} or {
            "film-4s": Rules()
        }
        self.leads: list[Lead] = []
        self.orders: list[tuple[str, int]] = []  # signed on, yuan
        self._line = 0

    def _key(self, at: str) -> Key:
        self._line += 1
        return at, self._line

    def add(
        self, now: str, *, received: str | None = None, grade: str | None = None, next: str | None = None,
        process: str = "film-4s",
    ) -> Lead:  # fmt: skip
        """A lead; it counts as received now unless told otherwise."""
        lead = Lead(len(self.leads) + 1, process, now, received or now, self.processes[process].stages[0])
        self.leads.append(lead)
        if grade:
            lead.grades.append((self._key(lead.received or now), grade))
        if next:
            lead.promises.append(Promise(next, self._key(now)))
        return lead

    def take(
        self, now: str, *, received: str | None = None, grade: str | None = None, next: str | None = None,
        past: Sequence[str] = (), stage: str | None = None,
    ) -> Lead:  # fmt: skip
        """A row of a sheet, ``past`` the days of its follow-ups; what it says belongs to its own days.

        The grade and the promise of a row belong to its last follow-up, else to the day received,
        else to the import.
        """
        first = f"{min(past)}T00:00" if past else None
        lead = Lead(len(self.leads) + 1, "film-4s", now, received or first, stage or "info")
        self.leads.append(lead)
        for day in sorted(past):
            lead.followups.append((self._key(f"{day}T00:00"), True))
        own = f"{max(past)}T00:00" if past else received or now
        if grade:
            lead.grades.append((self._key(own), grade))
        if next:
            lead.promises.append(Promise(next, self._key(own)))
        return lead

    def log(
        self, lead: Lead, now: str, *, at: str | None = None, next: str | None = None, no_next: bool = False,
        grade: str | None = None, visit: bool = True, reckoned: str | None = None,
    ) -> None:  # fmt: skip
        """A follow-up; ``reckoned`` is the date that the intervals gave where none was named and none stood.

        The same day named again is the same promise: the next date has had one value.
        """
        key = self._key(at or now)
        newest = all(one[0] <= key[0] for one, _ in lead.followups)
        lead.followups.append((key, visit))
        lead.received = lead.received or key[0]
        if grade:
            lead.grades.append((key, grade))
        if lead.now_status != "open" or not newest:
            return
        standing = lead.standing
        if not next and not no_next and standing and standing.date > key[0][:10]:
            return
        day = None if no_next else next or reckoned
        if standing and standing.date == day:
            standing.moved = None  # the follow-up says so too: a reason comes too late
            return
        if standing:
            standing.ended, standing.how = key, "followup"
        if day:
            lead.promises.append(Promise(day, key))

    def next(self, lead: Lead, now: str, day: str | None, *, why: str | None = None) -> None:
        """The promise set, moved or (with no day) taken back."""
        key = self._key(now)
        standing = lead.standing
        if standing and day == standing.date:
            # nothing new but the reason of the move, where none was given
            if standing.moved and not standing.moved.why:
                standing.moved.why, standing.moved.why_at = why, now
            return
        if standing:
            standing.ended, standing.how, standing.why = key, "set" if day else "dropped", why
            lead.reschedules += [now] if day else []
        if day:
            lead.promises.append(Promise(day, key, moved=standing))

    def park(self, lead: Lead, now: str, until: str) -> None:
        """Set aside; the day when it comes back is a promise."""
        self._leave(lead, now, "parked", "")
        lead.promises.append(Promise(until, self._key(now)))

    def lose(self, lead: Lead, now: str, reason: str) -> None:
        """Closed without a deal."""
        self._leave(lead, now, "lost", reason)

    def _leave(self, lead: Lead, now: str, status: str, reason: str) -> None:
        key = self._key(now)
        if lead.standing:
            lead.standing.how, lead.standing.ended = "dropped", key
        lead.statuses.append((key, lead.now_status, status, reason))

    def reopen(self, lead: Lead, now: str, *, next: str | None = None, why: str | None = None) -> None:
        """Open again; a date given takes the place of the one until which it was parked."""
        key = self._key(now)
        standing = lead.standing
        lead.statuses.append((key, lead.now_status, "open", ""))
        if standing and standing.date == next:
            standing.moved = None
            return
        if standing:
            standing.ended, standing.how, standing.why = key, "set" if next else "dropped", why
        if next:
            lead.promises.append(Promise(next, key))

    def move(self, lead: Lead, now: str, stage: str, *, at: str | None = None) -> None:
        """Into a stage, forwards or back."""
        lead.moves.append((self._key(at or now), lead.now_stage, stage))

    def order(self, lead: Lead, now: str, yuan: int, *, on: str | None = None) -> None:
        """An order; the open lead enters the won stage, on the day signed."""
        self.orders.append((on or now[:10], yuan))
        rules = self.processes[lead.process]
        if lead.now_status == "open" and lead.now_stage not in rules.won:
            self.move(lead, now, rules.won[0], at=min(f"{on}T{now[11:]}" if on else now, now))

    def goal(self, lead: Lead, now: str, yuan: int) -> None:
        """What is hoped for from the lead."""
        lead.goals.append((self._key(now), yuan))

    def grade(self, lead: Lead, now: str, grade: str) -> None:
        """The grade, be it the same again."""
        lead.grades.append((self._key(now), grade))
