"""Which promise stands on a lead once a file's records are told, and how each of the others ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salesflow.actions import import_promises
from salesflow.actions.import_chain import Move
from salesflow.actions.import_followups import FollowIn
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


class Promised:
    """The promises of one lead with all that a file tells of it."""

    def __init__(
        self,
        work: Work,
        rows: bulk.Bulk,
        lead_id: int,
        known: Known,
        followups: Sequence[FollowIn],
        moves: Sequence[Move],
    ) -> None:
        """``followups`` are the file's, ``moves`` all of the lead's, in order."""
        self._work, self._bulk, self._id = work, rows, lead_id
        self._promises, self._bare = known.promises, known.bare
        self._followups, self._moves = followups, moves
        self._times = [*known.times, *((one.row["at"], one.row["id"], True) for one in followups)]
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
        self._write(story)
        return standing

    def _as_it_stands(self) -> None:
        # 下次跟进 in a sheet of leads is what stands now: parked in March and open again in May does not end it
        told = [(at, followup_id) for at, followup_id, imported in self._times if imported]
        stands = import_promises.of_leads(self._promises, {one.id for one in self._bare.values()}, told)
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
        return events + [import_promises.by_hand(one) for one in rest]

    def _made(self) -> list[Promise]:
        # what sheets told of, and so may be told otherwise by another sheet
        told = {at for at, _, imported in self._times if imported}
        told |= {move.row["at"] for move in self._moves if move.imported}
        typed = {at for at, _, imported in self._times if not imported}
        typed |= {move.row["at"] for move in self._moves if not move.imported}
        typed |= {row["made_at"] for row in self._promises if not row["followup_id"]}
        sheets = {followup_id for _, followup_id, imported in self._times if imported}
        parked = {
            (move.row["at"], move.row.get("until")) for move in self._moves if move.imported and move.id
        }
        found = []
        for row in self._promises:
            of_sheet = row["followup_id"] in sheets
            if not row["followup_id"]:
                of_sheet = (row["made_at"], row["date"]) in parked
            found.append(import_promises.known(row, of_sheet, told, typed))
        return found

    def _promised(self, one: FollowIn) -> Promise | None:
        if one.plan is None:
            return None
        made = {"made_at": one.row["at"], "followup_id": one.row["id"], "after_followup": one.row["id"]}
        return Promise(self._row_of(one.plan, one.row["by"]) | made)

    def _row_of(self, plan: Plan, by: str) -> dict[str, Any]:
        said = {"date": plan.date.isoformat(), "time": plan.time, "reason": plan.reason, "via": plan.via}
        return {"uid": new_uid(), "lead_id": self._id, **said, "by": by}

    def _status(self, place: int, move: Move, back: Promise | None) -> import_promises.Event:
        row = move.row
        if move.imported and row.get("until") and back is None:
            seen = [followup_id for at, followup_id, _ in self._times if at <= row["at"]]
            made = {"made_at": row["at"], "after_followup": max(seen, default=0), "followup_id": None}
            said = {"uid": new_uid(), "lead_id": self._id, "date": row["until"], "by": row["by"]}
            back = Promise(said | made)
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
        for one in story.promises[first:]:
            origin = one.row.get("moved_from")
            if origin:
                heir = story.heirs.get(origin)
                one.row["moved_from"] = heir.row["id"] if heir else ids.get(origin, origin)
            self._bulk.add("promise", one.row)
