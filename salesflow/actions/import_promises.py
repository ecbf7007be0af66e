"""The promises of a lead with imported follow-ups among its own: each made, kept, cut short on its day.

All that happened is gone through in the order of its days, as if it had been typed then. A promise
that was typed is a fact: it is cut short only where an imported follow-up or move of an earlier day
would have ended it, and what follows from it follows from the promise that took its place. One that
an import made ends as the whole story says, so that it does not matter which sheet came first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from salesflow.actions.promises import KEPT, columns

# at one minute: first the follow-up, then what became of the lead, then the date set by hand
_FOLLOWUP, _STATUS, _BY_HAND = 0, 1, 2


@dataclass(eq=False)
class Promise:
    """One value of a next date: its columns, ``id`` where the book has it, ``fresh`` where an import made it.

    ``tail`` is when, how and as what it must end: as the typed promise would have that it cut short;
    ``stood`` is what was promised for that day before, in a sheet that says what stands. ``told`` by a
    sheet of promises, it ``moves`` the one before it, its ``origin``, or is the first again.
    """

    row: dict[str, Any]
    id: int | None = None
    fresh: bool = True
    tail: tuple[str, str, int] | None = None
    before: dict[str, Any] = field(default_factory=dict)
    stood: dict[str, Any] = field(default_factory=dict)
    told: bool = False
    moves: bool = False
    origin: Promise | None = None

    @property
    def ended_at(self) -> str | None:
        """When it ended, if it did."""
        found: str | None = self.row.get("ended_at")
        return found

    def end(self, at: str, how: str) -> None:
        """It ended then: 'followup', 'moved' or 'dropped'."""
        self.row |= {"ended_at": at, "ended": how}

    def again(self) -> None:
        """It stands after all."""
        self.row |= {"ended_at": None, "ended": None}

    @property
    def changes(self) -> dict[str, Any]:
        """What the story changed of one that the book has."""
        return {name: value for name, value in self.row.items() if value != self.before.get(name)}


def known(row: dict[str, Any], made_by_import: bool, told: Container[str], typed: Container[str]) -> Promise:
    """A promise of the book; what ended at one of the moments ``told`` is open again.

    Of one that was typed, only where nothing was ``typed`` at that moment: what a sheet ended, it ends anew.
    """
    found = Promise(dict(row), row["id"], made_by_import, before=row)
    ended = row["ended_at"]
    by_sheet = ended in told and row["ended"] != "moved"  # what was moved was moved by hand
    if ended is not None and (made_by_import or by_sheet and ended not in typed):
        found.again()
        if not by_sheet:
            found.tail = (ended, row["ended"], row["id"])
    return found


def of_leads(
    rows: Iterable[dict[str, Any]], bare: Container[int], told: Container[tuple[str, int]]
) -> dict[str, Any] | None:
    """The standing promise that a sheet of leads told, None without one.

    ``bare``: the follow-ups of which that sheet had only the day. ``told``: when the follow-ups of
    other sheets were, and which they are; such a promise comes after one, and is not of it.
    """
    for row in rows:
        after = (row["made_at"], row["after_followup"])
        if row["ended_at"] is None and (
            row["followup_id"] in bare or not row["followup_id"] and after in told
        ):
            return row
    return None


def made_anew(row: dict[str, Any], at: str, told: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """The columns of a promise that was made by hand at a time, after the follow-ups ``told`` of until then."""
    seen = max([one for known, one in told if known <= at], default=row["after_followup"])
    return {"followup_id": None, "after_followup": seen, "made_at": at}


def columns_of(standing: Promise | None) -> dict[str, str | None]:
    """The lead's columns of the promise that stands."""
    if standing is None:
        return columns(None)
    row = standing.row
    return {
        "next_date": row["date"],
        "next_time": row.get("time"),
        "next_reason": row.get("reason"),
        "next_via": row.get("via"),
    }


class Event(NamedTuple):
    """What happened with a lead: ``order`` parts what happened in one minute.

    ``promise`` is the one that was made then; ``status`` what the lead was after it; ``fresh``
    says that an import brought it.
    """

    at: str
    rank: int
    order: int
    fresh: bool
    promise: Promise | None = None
    status: str = ""


def followup(at: str, order: int, fresh: bool, promise: Promise | None) -> Event:
    """A follow-up, and the promise made with it."""
    return Event(at, _FOLLOWUP, order, fresh, promise)


def status(at: str, order: int, fresh: bool, to: str, promise: Promise | None = None) -> Event:
    """The lead parked (with the day when it comes back), lost or open again."""
    return Event(at, _STATUS, order, fresh, promise, to)


def by_hand(promise: Promise) -> Event:
    """A promise of the book that no follow-up made."""
    return Event(promise.row["made_at"], _BY_HAND, promise.id or 0, False, promise)


def newest(events: Sequence[Event]) -> Promise | None:
    """The promise of the newest follow-up, where a sheet told of that."""
    last = max((one for one in events if one.rank == _FOLLOWUP), key=lambda one: one[:3], default=None)
    return last.promise if last and last.fresh else None


class Story:
    """The promises of one lead in the order in which they came, and the one that stands."""

    def __init__(self) -> None:
        self.promises: list[Promise] = []
        self.absorbed: list[Promise] = []  # said twice: of one value of the next date
        self.heirs: dict[int, Promise] = {}  # by the id of the promise whose end they have
        self._now: Promise | None = None
        self._over: Promise | None = None  # the last that ended as it must
        self._status = "open"

    @property
    def standing(self) -> Promise | None:
        """The promise that stands at the end."""
        return self._now if self._now and self._now.ended_at is None else None

    def told(self, events: Iterable[Event]) -> Story:
        """This story after all that happened."""
        for event in sorted(events, key=lambda one: one[:3]):
            self._until(event.at)
            if event.rank == _STATUS:
                self._turned(event)
            elif event.fresh:
                self._followed(event)
            elif event.promise and event.promise.told:
                self._told(event.promise)
            else:
                self._recorded(event)
        self._until("9")
        return self

    def _until(self, at: str) -> None:
        # what ended before this moment stands no more
        now = self._now
        if now and now.tail and now.tail[0] <= at:
            now.end(*now.tail[:2])
            self.heirs[now.tail[2]] = self._over = now
            self._now = None
        elif now and now.ended_at is not None and now.ended_at <= at:
            self._now, self._over = None, now
        if self._now is None:  # of two leads that became one each had its own
            beside = (one for one in self.promises if one.ended_at is None and not one.fresh)
            self._now = next(beside, None)

    def _cut(self, at: str, how: str) -> None:
        if self._now is not None:
            self._now.end(at, how)
        self._now = None

    def _made(self, promise: Promise) -> None:
        self.promises.append(promise)
        self._now = promise

    def _recorded(self, event: Event) -> None:
        # a fact of the book: only what an import made gives way to it
        made, now = event.promise, self._now
        if made is None:
            if now and now.fresh and self._status == "open" and now.row["date"] <= event.at[:10]:
                self._cut(event.at, "dropped")
            return
        if made.ended_at is not None and made.ended_at <= made.row["made_at"]:
            self.promises.append(made)  # a follow-up of an earlier day took its place before it was made
            return
        if now and now.told and now.ended_at is None and now.row["date"] == made.row["date"]:
            self.absorbed.append(made)  # said by another sheet too, of what stands
            return
        if now and (now.fresh or now.told):
            self._cut(event.at, "followup" if event.rank == _FOLLOWUP else "moved")
        self._made(made)

    def _told(self, made: Promise) -> None:
        # by a sheet of promises: set by hand, or moved
        at, now = made.row["made_at"], self._now
        if self._status == "lost" and made.ended_at is None:
            made.end(at, "dropped")
            self.promises.append(made)
            return
        if now and now.ended_at is None and now.row["date"] == made.row["date"]:
            self.absorbed.append(made)
            return
        over = self._over
        if now is None and over and over.ended_at == at and over.row.get("ended") == "moved":
            now = over  # as the sheet says of that one
        elif now:
            if made.ended_at is None and made.fresh:
                made.tail = now.tail if now.fresh else _tail(now)
            self._cut(at, "moved")
        if now and made.moves and now.row["date"] != made.row["date"]:
            made.origin = now
        self._made(made)

    def _turned(self, event: Event) -> None:
        before, self._status = self._status, event.status
        if before == event.status:
            return
        now = self._now
        if now and (event.fresh or now.fresh):
            self._cut(event.at, "dropped")
        if event.promise:
            if now is None and self._over and self._over.ended_at == event.at:
                now = self._over  # it ended with this
            if (
                now
            ):  # what for and how stay, as with park; of the very day promised, all that was agreed for it
                same_day = now.row["date"] == event.promise.row["date"]
                names = ("time", *KEPT) if same_day else ("reason", "via")
                event.promise.row |= {name: now.row.get(name) for name in names}
            event.promise.row |= event.promise.stood
            self._made(event.promise)

    def _followed(self, event: Event) -> None:
        now, made = self._now, event.promise
        if self._status != "open":
            if made is not None:  # a closed lead has none: kept, for a sheet may yet say that it was open
                made.end(event.at, "dropped")
                self.promises.append(made)
            return
        if made is not None:
            if now:
                made.tail = made.tail or (now.tail if now.fresh else _tail(now))
                self._cut(event.at, "followup")
            self._made(made)
        elif now and now.row["date"] <= event.at[:10] and (now.fresh or now.ended_at is None):
            # its day has come and no other was named; one that lies ahead stands
            self._cut(event.at, "dropped")

    def latest(self, newest: Promise | None) -> None:
        """Nothing; the newest follow-up's day stands where it is later than one set by hand for an earlier day."""
        stands = self.standing
        if newest is None or stands is None or stands.fresh or stands.row.get("followup_id"):
            return
        if newest.ended_at != stands.row["made_at"] or stands.row.get("moved_from") or stands.told:
            return  # it took the place of another, or was set when none stood
        if newest.row["date"] > stands.row["date"] and newest in self.promises and self._status == "open":
            stands.end(newest.row["made_at"], "followup")
            newest.again()
            self.promises.remove(stands)
            self.promises.insert(self.promises.index(newest), stands)
            self._now = newest


def _tail(promise: Promise) -> tuple[str, str, int] | None:
    ended = promise.ended_at
    return (ended, promise.row["ended"], promise.id or 0) if ended is not None else None
