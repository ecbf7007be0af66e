"""Two leads' moves as those of one: at every moment it stood where the further of the two stood.

Open is further than parked, parked than lost: whoever still works on one of them works on both. A move
that takes the joined lead nowhere stays in the book with what was said of it, from a stage to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.models import Lead

_STATUS = {"lost": 0, "parked": 1, "open": 2}
_SAID = ("reason", "competitor", "until", "why", "forced")


class State(NamedTuple):
    """Where a lead stands."""

    process: str
    stage: str
    status: str


class Joined(NamedTuple):
    """The moves as rows of one lead, in order, and where it stands; a row without an id is new.

    ``in_place``: these rows change where they stand, all others stay; else they are the whole chain.
    """

    rows: list[dict[str, Any]]
    state: State
    in_place: bool


class Side(NamedTuple):
    """One of the two leads with its moves by id."""

    lead: Lead
    moves: Sequence[dict[str, Any]]

    @property
    def since(self) -> str:
        """When it came to be known: the day received, recorded or first moved."""
        known = (self.lead.received_at or "9", self.lead.created_at, *(row["at"] for row in self.moves))
        return str(min(known))

    @property
    def first(self) -> State:
        """Where it began: what its first move left, else where it stands."""
        staged = next(filter(_staged, self.moves), None)
        switched = next(filter(_switched, self.moves), None)
        process, stage = self.lead.process, self.lead.stage
        if staged:
            process = staged["from_process"] or staged["process"] or process
            stage = staged["from_stage"]
        return State(process, stage, switched["from_status"] if switched else self.lead.status)

    @property
    def last(self) -> State:
        """Where it stands."""
        return State(self.lead.process, self.lead.stage, self.lead.status)


class _Then(NamedTuple):
    # how one lead stood from a moment on; ``row`` is the move of that moment, ``why`` the one to its status
    at: str
    state: State
    row: dict[str, Any] | None
    why: dict[str, Any] | None


class _Both(NamedTuple):
    event: _Then
    kept: _Then | None
    gone: _Then | None
    before: State | None
    after: State


def _staged(row: Mapping[str, Any]) -> bool:
    return bool(row["from_stage"] != row["to_stage"] or row["from_process"] is not None)


def _switched(row: Mapping[str, Any]) -> bool:
    return bool(row["from_status"] != row["to_status"])


def _past(side: Side) -> Iterator[_Then]:
    # the stage and the status at a moment are those recorded last among those dated up to it
    state, why = side.first, None
    newest_stage = newest_status = 0
    yield _Then(side.since, state, None, None)
    for row in sorted(side.moves, key=lambda row: (row["at"], row["id"])):
        if _staged(row) and row["id"] > newest_stage:
            newest_stage = row["id"]
            state = state._replace(process=row["process"] or side.lead.process, stage=row["to_stage"])
        if _switched(row) and row["id"] > newest_status:
            newest_status, why = row["id"], row
            state = state._replace(status=row["to_status"])
        yield _Then(row["at"], state, row, why)


def join(kept: Side, gone: Side, places: Mapping[str, Mapping[str, int]], at: str) -> Joined:
    """The moves of both as those of one lead; ``places`` are the stages' places by process, ``at`` is now."""
    story = _story(kept, gone, places)
    last = _further(kept.last, gone.last, places)
    for mine, other in ((kept, gone), (gone, kept)):
        if mine.last == last and _holds(mine is kept, mine.first, story):
            idle = [_idle(one, last.process) for one in story if one.event.row in other.moves]
            return Joined(idle, last, True)
    return Joined(list(_chain(story, last, at)), last, False)


def _story(kept: Side, gone: Side, places: Mapping[str, Mapping[str, int]]) -> list[_Both]:
    events = [(one, True) for one in _past(kept)] + [(one, False) for one in _past(gone)]
    events.sort(
        key=lambda pair: (pair[0].at, pair[0].row is not None, pair[0].row["id"] if pair[0].row else 0)
    )
    now: dict[bool, _Then | None] = {True: None, False: None}
    found: list[_Both] = []
    before: State | None = None
    for event, is_kept in events:
        now[is_kept] = event
        first, second = now[True], now[False]
        after = _further(first.state if first else None, second.state if second else None, places)
        found.append(_Both(event, first, second, before, after))
        before = after
    return found


def _further(kept: State | None, gone: State | None, places: Mapping[str, Mapping[str, int]]) -> State:
    if kept is None or gone is None:
        found = kept or gone
        assert found is not None
        return found
    status = max(kept.status, gone.status, key=lambda status: _STATUS[status])
    if kept.process != gone.process:  # stages of two processes are not compared
        return kept._replace(status=status)
    order = places.get(kept.process, {})
    stage = max(kept.stage, gone.stage, key=lambda stage: order.get(stage, -1))
    return State(kept.process, stage, status)


def _holds(is_kept: bool, first: State, story: Sequence[_Both]) -> bool:
    # whether the joined lead stood where this one did, all the time
    for one in story:
        mine = one.kept if is_kept else one.gone
        if one.after != (mine.state if mine else first):
            return False
    return True


def _idle(one: _Both, process: str) -> dict[str, Any]:
    row, state = one.event.row, one.after
    assert row is not None
    return {**row, **_between(state, state, process), "from_process": None}


def _between(before: State, after: State, process: str) -> dict[str, Any]:
    return {
        "from_stage": before.stage,
        "to_stage": after.stage,
        "from_status": before.status,
        "to_status": after.status,
        "process": None if after.process == process else after.process,
        "from_process": None if before.process == after.process else before.process,
    }


def _chain(story: Sequence[_Both], last: State, at: str) -> Iterator[dict[str, Any]]:
    for one in story:
        before, after = one.before, one.after
        if before is None:
            continue
        if before != after:
            yield _moved(one, before, after, last.process)
        elif one.event.row:
            yield _idle(one, last.process)
    if story[-1].after != last:  # a book in which a lead stands elsewhere than its moves say
        yield {"at": at, **_between(story[-1].after, last, last.process)}


def _moved(one: _Both, before: State, after: State, process: str) -> dict[str, Any]:
    row = one.event.row or {"at": one.event.at}
    found = {**row, **_between(before, after, process)}
    if row.get("from_process") and row["from_process"] == (row["process"] or process):
        found["from_process"] = found["from_process"] or row["from_process"]  # the process itself was changed
    if before.status != after.status and (one.event.why is not row or row.get("to_status") != after.status):
        sides = [side for side in (one.kept, one.gone) if side and side.state.status == after.status]
        said = next((side.why for side in sides if side.why), None) or {}
        found |= {name: said.get(name) for name in _SAID if name != "forced"}
    return found
