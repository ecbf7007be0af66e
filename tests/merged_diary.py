"""Two leads of a diary told as one: what a merge must make of them, worked out from the diary alone."""

from __future__ import annotations

from collections.abc import Iterator

from tests.diary import Key, Lead
from tests.replay import Log

RANK = ("lost", "parked", "open")
Place = tuple[str, str, str]  # stage, status, why it has that status


class MergingLog(Log):
    """A log whose leads may turn out to be one."""

    def merge(self, kept: Lead, gone: Lead, now: str, graded: set[int]) -> None:
        """``gone`` told as ``kept``; ``graded`` are the leads that were recorded with a grade."""
        stages = self.processes[kept.process].stages
        one = Lead(
            kept.id,
            kept.process,
            min(kept.created, gone.created),
            min(filter(None, (kept.received, gone.received)), default=None),
            kept.stage,
        )
        one.grades = sorted([*_own(kept, graded), *_grades(kept, gone, graded)])
        one.goals = kept.goals or gone.goals
        one.followups = sorted([*kept.followups, *gone.followups])
        one.reschedules = [*kept.reschedules, *gone.reschedules]
        self._walk(one, kept, gone, stages)
        one.promises = [*kept.promises, *gone.promises]
        self._give_up(one, kept, gone, now)
        self.leads = [one if lead is kept else lead for lead in self.leads if lead is not gone]

    def _walk(self, one: Lead, kept: Lead, gone: Lead, stages: tuple[str, ...]) -> None:
        story = list(_story(kept, gone, stages))
        one.stage = story[0][2][0]
        for lead in (kept, gone):
            alone = [(key, was[lead.id]) for key, was, _ in story]
            now = (lead.now_stage, lead.now_status)
            held = all(both[:2] == own[:2] for (_, own), (_, _, both) in zip(alone, story, strict=True))
            if held and now == story[-1][2][:2]:
                one.moves, one.statuses = lead.moves, lead.statuses
                return
        before = story[0][2]
        for place, ((at, _), _, after) in enumerate(story):
            if after[0] != before[0]:
                one.moves.append(((at, place), before[0], after[0]))
            if after[1] != before[1]:
                one.statuses.append(((at, place), before[1], after[1], after[2]))
            before = after

    def _give_up(self, one: Lead, kept: Lead, gone: Lead, now: str) -> None:
        both = [lead for lead in (kept, gone) if lead.standing]
        if len(both) < 2:
            return
        both.sort(key=lambda lead: lead.now_status != one.now_status)
        stands, other = both[0].standing, both[1].standing
        assert stands and other
        if stands.date == other.date and len(both[1].promises) == 1:
            one.promises.remove(other)
        else:
            other.ended, other.how = self._key(now), "dropped"


def _own(kept: Lead, graded: set[int]) -> Iterator[tuple[Key, str]]:
    # of one minute what was said by hand, of either, counts after what this one was recorded with
    for place, (key, grade) in enumerate(kept.grades):
        yield (key if place or kept.id not in graded else (key[0], 0)), grade


def _grades(kept: Lead, gone: Lead, graded: set[int]) -> Iterator[tuple[Key, str]]:
    # of one minute what was said by hand counts before what the other was recorded with
    said = {key[0] for key, _ in [*kept.grades, *gone.grades[1:]]}
    for place, (key, grade) in enumerate(gone.grades):
        if place or gone.id not in graded or key[0] not in said:
            yield key, grade


def _since(lead: Lead) -> str:
    return min(lead.received or "9", lead.created, lead.last_move and min(
        key[0] for key, *_ in [*lead.moves, *lead.statuses]
    ) or "9")  # fmt: skip


def _past(lead: Lead) -> Iterator[tuple[Key, Place]]:
    told: dict[Key, dict[str, tuple[str, ...]]] = {}
    for key, _, stage in lead.moves:
        told.setdefault(key, {})["stage"] = (stage,)
    for key, _, status, reason in lead.statuses:
        told.setdefault(key, {})["status"] = (status, reason)
    first = lead.statuses[0][1] if lead.statuses else "open"
    place: Place = (lead.stage, first, "")
    newest = {"stage": 0, "status": 0}
    yield (_since(lead), 0), place
    for key in sorted(told):
        for what, said in told[key].items():
            if key[1] > newest[what]:  # what was told last holds
                newest[what] = key[1]
                place = (said[0], *place[1:]) if what == "stage" else (place[0], said[0], said[1])
        yield key, place


def _story(kept: Lead, gone: Lead, stages: tuple[str, ...]) -> Iterator[tuple[Key, dict[int, Place], Place]]:
    """(when, where each stood, where the one stood) at each thing told of either."""
    past = {lead.id: list(_past(lead)) for lead in (kept, gone)}
    now = {lead_id: found[0][1] for lead_id, found in past.items()}
    known: set[int] = set()
    events = sorted((key, lead_id, place) for lead_id, found in past.items() for key, place in found)
    events.sort(key=lambda event: (event[0], event[1] != kept.id))
    for key, lead_id, place in events:
        now[lead_id] = place
        known.add(lead_id)
        there = [now[one] for one in (lead_id, kept.id, gone.id) if one in known]
        stage = max((one[0] for one in there), key=stages.index)
        status = max((one[1] for one in there), key=RANK.index)
        why = next(one[2] for one in there if one[1] == status)
        yield key, dict(now), (stage, status, why)
