"""Which promise stands on a lead once a file's records are told, and how each of the others ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salesflow.actions import import_promises
from salesflow.actions.import_chain import Move
from salesflow.actions.import_followups import FollowIn
from salesflow.actions.import_plans import PlanIn
from salesflow.actions.import_promises import Promise, Story
from salesflow.actions.promises import KEPT, Plan
from salesflow.actions.work import Work
from salesflow.store import bulk, incoming
from salesflow.store.incoming import Bare
from salesflow.store.rows import new_uid


@dataclass
class Known:
    """What the book holds of one lead: its promises, when its follow-ups were, those of which only the day is known."""

    promises: list[dict[str, Any]]
    times: list[tuple[str, int, bool]]
    bare: Mapping[str, Bare]


@dataclass
class Told:
    """What a file tells of one lead: its follow-ups and promises; ``moves`` are all of the lead's, in order."""

    followups: Sequence[FollowIn]
    moves: Sequence[Move]
    plans: Sequence[PlanIn] = ()


class Promised:
    """The promises of one lead with all that a file tells of it; ``moved`` is how many more reschedules there are."""

    def __init__(self, work: Work, rows: bulk.Bulk, lead_id: int, known: Known, told: Told) -> None:
        self._work, self._bulk, self._id = work, rows, lead_id
        self._promises, self._bare = known.promises, known.bare
        self._followups, self._moves = told.followups, told.moves
        self._plans = {plan.key: plan for plan in told.plans}
        self._times = [*known.times, *((one.row["at"], one.row["id"], True) for one in told.followups)]
        self.moved = 0
        self._stood: dict[
            str, Any
        ] = {}  # what a sheet of leads promised for the day until which it is parked

    def stands(self, status: str) -> Promise | None:
        """The promise that stands on a lead of this status; all of them wait to be written."""
        self._as_it_stands()
        events = self._events()
        story = Story().told(events)
        story.latest(import_promises.newest(events))
        standing = story.standing
        if standing and status == "lost":
            standing.end(self._work.at, "dropped")
            standing = None
        before = sum(row["moved_from"] is not None for row in self._promises)
        self._write(story)
        self.moved = sum(one.row.get("moved_from") is not None for one in story.promises) - before
        return standing

    def _as_it_stands(self) -> None:
        # 下次跟进 in a sheet of leads is what stands now: parked in March and open again in May does not end it
        told = [(at, followup_id) for at, followup_id, imported in self._times if imported]
        stands = import_promises.of_leads(self._promises, {one.id for one in self._bare.values()}, told)
        if stands is not None and self._told_when(stands):
            return
        turned = [move for move in self._moves if move.row["from_status"] != move.row["to_status"]][-1:]
        if stands is None or not turned or not turned[0].imported:
            return
        last = turned[0].row
        if last["to_status"] == "open" and last["at"] >= stands["made_at"]:
            values = import_promises.made_anew(stands, last["at"], told)
            incoming.change(self._work.connection, "promise", stands["id"], values)
            stands |= values
        elif last["to_status"] == "parked" and last.get("until") == stands["date"]:  # said twice
            incoming.take_out(self._work.connection, "promise", [stands["id"]])
            self._promises.remove(stands)
            said = ("date", "time", *KEPT)
            self._stood = {name: stands[name] for name in said if stands[name] is not None}

    def _told_when(self, stands: dict[str, Any]) -> bool:
        """Whether a sheet of promises says when the one that stands was made: then it is that one."""
        of_day = (
            one for one in self._plans.values() if one.end is None and one.row["date"] == stands["date"]
        )
        plan = next(of_day, None)
        if plan is None or plan.key == (stands["made_at"], stands["date"]):
            return False
        plan.row.update({name: plan.row[name] or stands[name] for name in ("time", *KEPT)})
        incoming.take_out(self._work.connection, "promise", [stands["id"]])
        self._promises.remove(stands)
        return True

    def _events(self) -> list[import_promises.Event]:
        made = self._made()
        by_followup = {one.row["followup_id"]: one for one in made if one.row["followup_id"]}
        parked = {one.row["made_at"]: one for one in made if one.fresh and not one.row["followup_id"]}
        plans = {one.row["id"]: one for one in self._followups}
        events = []
        for at, followup_id, imported in self._times:
            of_it = by_followup.pop(followup_id, None)
            if of_it is None and followup_id in plans:
                of_it = self._promised(plans[followup_id])
            events.append(import_promises.followup(at, followup_id, imported, of_it))
        for place, move in enumerate(self._moves):
            if move.row["from_status"] != move.row["to_status"]:
                events.append(self._status(place, move, parked.pop(move.row["at"], None)))
        rest = [one for one in made if not one.row["followup_id"] and not one.fresh]
        rest += [*parked.values(), *by_followup.values()]
        rest += [self._by_hand(plan) for plan in self._plans.values()]
        return events + [import_promises.by_hand(one) for one in rest]

    def _by_hand(self, plan: PlanIn) -> Promise:
        # a sheet that says how promises end tells facts; of any other the story says it
        row = {**plan.row, "after_followup": self._seen(plan.row["made_at"]), "followup_id": None}
        return Promise(row, fresh=not plan.whole, told=True, moves=plan.moves)

    def _seen(self, at: str) -> int:
        return max([followup_id for then, followup_id, _ in self._times if then <= at], default=0)

    def _of_sheet(self, promise: Promise) -> Promise:
        """The promise with what a sheet of promises has of the same one."""
        plan = self._plans.pop((promise.row["made_at"], promise.row["date"]), None)
        if plan:
            said = ("time", *KEPT)
            promise.row |= {
                name: plan.row[name] for name in said if plan.row[name] and not promise.row.get(name)
            }
            if plan.end and promise.fresh:
                promise.again()
                promise.tail = (*plan.end, promise.id or 0)
            elif plan.end and promise.ended_at is None:
                promise.end(*plan.end)
        return promise

    def _made(self) -> list[Promise]:
        # what sheets told of, and so may be told otherwise by another sheet
        told = {at for at, _, imported in self._times if imported}
        told |= {move.row["at"] for move in self._moves if move.imported}
        typed = {at for at, _, imported in self._times if not imported}
        typed |= {move.row["at"] for move in self._moves if not move.imported}
        typed |= {row["made_at"] for row in self._promises if not row["followup_id"]}
        sheets = {followup_id for _, followup_id, imported in self._times if imported}
        parked = {(move.row["at"], move.row.get("until")) for move in self._moves if move.imported}
        made = {(one.row["at"], one.plan.date.isoformat()): one for one in self._followups if one.plan}
        found = []
        for row in self._promises:
            of_sheet, key = row["followup_id"] in sheets, (row["made_at"], row["date"])
            if not row["followup_id"]:
                of_sheet = key in parked or key in made
            one = import_promises.known(row, of_sheet, told, typed)
            if of_sheet and not row["followup_id"]:  # a sheet of promises may have told it before
                one.row |= {"moved_from": None, "why": None}
                if key in made:
                    one.row |= dict.fromkeys(("followup_id", "after_followup"), made[key].row["id"])
            found.append(self._of_sheet(one))
        return found

    def _promised(self, one: FollowIn) -> Promise | None:
        if one.plan is None:
            return None
        made = {"made_at": one.row["at"], "followup_id": one.row["id"], "after_followup": one.row["id"]}
        return self._of_sheet(Promise(self._row_of(one.plan, one.row["by"]) | made))

    def _row_of(self, plan: Plan, by: str) -> dict[str, Any]:
        said = {"date": plan.date.isoformat(), "time": plan.time, "reason": plan.reason, "via": plan.via}
        return {"uid": new_uid(), "lead_id": self._id, **said, "by": by}

    def _status(self, place: int, move: Move, back: Promise | None) -> import_promises.Event:
        row = move.row
        if move.imported and row.get("until") and back is None:
            made = {"made_at": row["at"], "after_followup": self._seen(row["at"]), "followup_id": None}
            said = {"uid": new_uid(), "lead_id": self._id, "date": row["until"], "by": row["by"]}
            back = self._of_sheet(Promise(said | made))
        if back and self._stood and row["until"] == self._stood["date"]:
            back.stood = self._stood
        return import_promises.status(row["at"], place, move.imported, row["to_status"], back)

    def _write(self, story: Story) -> None:
        # ids go by the order of the promises, for the next one is found by them
        first = next((place for place, one in enumerate(story.promises) if not one.id), len(story.promises))
        again = [one for one in story.promises[first:] if one.id]
        incoming.take_out(self._work.connection, "promise", [one.id for one in again if one.id])
        ids = {one.id: one.id for one in story.promises[:first] if one.id}
        for one in story.promises[first:]:
            new_id = self._bulk.next_id("promise")
            if one.id:
                ids[one.id] = new_id
            one.row["id"] = new_id
        for one in story.promises[:first]:
            if one.changes and one.id:
                incoming.change(self._work.connection, "promise", one.id, one.changes)
        incoming.take_out(self._work.connection, "promise", [one.id for one in story.absorbed if one.id])
        for one in story.promises[first:]:
            origin = one.row.get("moved_from")
            if one.origin:
                one.row["moved_from"] = one.origin.row["id"]
            elif origin:
                heir = story.heirs.get(origin)
                one.row["moved_from"] = heir.row["id"] if heir else ids.get(origin, origin)
            self._bulk.add("promise", one.row)
