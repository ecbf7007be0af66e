"""What imported records do to their leads: counts, grade, stage, promise, as if each had been typed on its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from salesflow.actions import import_chain, import_promises
from salesflow.actions.import_chain import Move
from salesflow.actions.import_followups import FollowIn
from salesflow.actions.import_moves import MoveIn
from salesflow.actions.import_plans import PlanIn
from salesflow.actions.import_promised import Known, Promised, Told
from salesflow.actions.import_sales import SaleIn
from salesflow.actions.keys import person_keys
from salesflow.actions.work import Work
from salesflow.store import bulk, history, incoming
from salesflow.store.incoming import Bare, Held
from salesflow.store.rows import new_uid

_TOGETHER = 500  # leads at once
_GUESSED = "won:"  # the source of a move that an imported order brought with it


class New(NamedTuple):
    """What a file brings for one lead."""

    followups: list[FollowIn]
    moves: list[MoveIn]
    orders: list[SaleIn]
    plans: list[PlanIn]


class _Past(NamedTuple):
    """What the book holds of some leads, by lead."""

    leads: dict[int, Held]
    followups: dict[int, list[tuple[str, int, bool]]]
    promises: dict[int, list[dict[str, Any]]]
    moves: dict[int, list[dict[str, Any]]]
    changes: dict[int, list[dict[str, Any]]]
    people: dict[int, dict[str, int]]
    bare: dict[int, list[Bare]]


class Settling:
    """Brings the records of one file to their leads."""

    def __init__(self, work: Work, rows: bulk.Bulk) -> None:
        self._work = work
        self._bulk = rows

    def take(self, new: dict[int, New], progress: Callable[[int], None]) -> None:
        """Nothing; all of it is in the book."""
        history.defer_references(self._work.connection)
        ids = list(new)
        for start in range(0, len(ids), _TOGETHER):
            part = ids[start : start + _TOGETHER]
            past = self._read(part, new)
            changes = {lead_id: _One(self, past, lead_id, new[lead_id]).changes() for lead_id in part}
            self._bulk.flush()
            for lead_id, values in changes.items():
                if values:
                    incoming.set_lead(self._work.connection, lead_id, values)
            progress(sum(len(new[lead_id].followups) + len(new[lead_id].moves) for lead_id in part))

    def _read(self, part: Sequence[int], new: dict[int, New]) -> _Past:
        connection = self._work.connection
        named = [one for one in part if any(found.person for found in new[one].followups)]
        return _Past(
            incoming.held(connection, part),
            incoming.times_of(connection, part),
            incoming.rows_of(connection, "promise", part),
            incoming.rows_of(connection, "move", part),
            incoming.rows_of(connection, "field_change", part, "at, id"),
            incoming.people_of(connection, named),
            incoming.bare_of(connection, [one for one in part if any(new[one]._replace(orders=[]))]),
        )


class _One:
    """One lead with what a file brings for it."""

    def __init__(self, settling: Settling, past: _Past, lead_id: int, new: New) -> None:
        self._work, self._bulk = settling._work, settling._bulk
        self._id = lead_id
        self._lead = past.leads[lead_id]
        self._process = self._work.process(self._lead.process)
        self._times = past.followups.get(lead_id, [])
        self._promises = past.promises.get(lead_id, [])
        self._known_moves = past.moves.get(lead_id, [])
        self._grades = [row for row in past.changes.get(lead_id, []) if row["field"] == "grade"]
        self._people = past.people.get(lead_id, {})
        self._bare = {one.at: one for one in past.bare.get(lead_id, [])}
        self._in_full: set[str] = set()
        self._promised_before = any(row["ended_at"] is None for row in self._promises)
        self._new = new
        self._guess: dict[str, Any] | None = None
        self._values: dict[str, Any] = {}

    def changes(self) -> dict[str, Any]:
        """The lead's columns that change; all that hangs on it waits to be written."""
        followups = sorted(self._new.followups, key=lambda one: str(one.row["at"]))
        for one in followups:
            self._followup(one)
        followups = self._in_place(followups)
        if followups:
            self._count(followups)
            self._grade([one for one in followups if one.grade])
        moves = self._moves()
        self._orders(moves)
        if followups or self._new.plans or any(move.source for move in moves):
            self._promise(followups, moves)
        self._known_since(followups, moves)
        if self._values:
            self._values["updated_at"] = self._work.at
        return self._values

    def _known_since(self, followups: Sequence[FollowIn], moves: Sequence[Move]) -> None:
        # whoever was followed up, moved on or sold to in March was on record in March
        told = [one.row["at"] for one in followups[:1]] + [move.row["at"] for move in moves if move.source]
        told += [f"{one.row['signed_on']}T00:00" for one in self._new.orders]
        told += [one.row["made_at"] for one in self._new.plans]
        known = min(self._values.get("received_at", self._lead.received_at) or "9", self._lead.created_at)
        if told and min(told) < known:
            self._values["created_at"] = min(told)

    # follow-ups

    def _followup(self, one: FollowIn) -> None:
        row = one.row
        row["id"] = self._bulk.next_id("followup")
        if one.person:
            row["contact_id"] = self._person(one)
        self._bulk.add("followup", row)

    def _person(self, one: FollowIn) -> int:
        text = one.person or ""
        found = self._people.get(text)
        if found is None:
            part = [known for name, known in self._people.items() if text in name or name in text]
            found = part[0] if len(part) == 1 else None
        if found is None:
            # whoever was met is one of the lead's people, as in a sheet of leads
            found = self._people[text] = self._bulk.next_id("contact")
            row = {"id": found, "uid": new_uid(), "lead_id": self._id, "name": text, "by": one.row["by"]}
            self._bulk.add("contact", {**row, "created_at": self._work.at, **person_keys(text, [])})
        return found

    def _in_place(self, followups: list[FollowIn]) -> list[FollowIn]:
        # 上次跟进 in a sheet of leads is the newest of that day in the sheet of follow-ups, told there in full
        done = []
        for one in reversed(followups):
            at = one.row["at"]
            bare = self._bare.pop(at, None) or self._bare.pop(f"{at[:10]}T00:00", None)
            done.append(self._instead(one, bare) if bare else one)
        return done[::-1]

    def _instead(self, one: FollowIn, bare: Bare) -> FollowIn:
        new_id, at = one.row["id"], one.row["at"]
        self._in_full.add(bare.at)
        incoming.take_out(self._work.connection, "followup", [bare.id])
        self._times = [found for found in self._times if found[1] != bare.id]
        lead = self._lead
        self._lead = lead._replace(
            followups=lead.followups - 1,
            answered=lead.answered - bare.answered,
            visits=lead.visits - bare.visit,
        )
        made = next((row for row in self._promises if row["followup_id"] == bare.id), None)
        if made is None:
            return one
        if made["ended_at"] is None and one.plan and one.plan.date.isoformat() >= made["date"]:
            incoming.take_out(self._work.connection, "promise", [made["id"]])
            self._promises.remove(made)
            return one
        # the sheet of leads says what stands now: whenever that was, it was not said with the follow-up
        self._change(made, {"followup_id": None, "after_followup": new_id, "made_at": at})
        return one

    def _change(self, promise: dict[str, Any], values: dict[str, Any]) -> None:
        incoming.change(self._work.connection, "promise", promise["id"], values)
        promise |= values

    def _count(self, followups: Sequence[FollowIn]) -> None:
        lead = self._lead
        times = sorted([*(at for at, _, _ in self._times), *(one.row["at"] for one in followups)])
        first = times[0]
        self._values |= {
            "followups": lead.followups + len(followups),
            "answered": lead.answered + sum(one.row["answered"] for one in followups),
            "visits": lead.visits + sum(one.row["visit"] for one in followups),
            "first_followup_at": first,
            "last_followup_at": times[-1],
        }
        if lead.received_at is None or lead.received_at == lead.first_followup_at:
            self._values["received_at"] = first

    def _grade(self, graded: Sequence[FollowIn]) -> None:
        lead = self._lead
        known = [(row["at"], row["new"]) for row in self._grades]
        undated = lead.graded_at in self._in_full  # a sheet of leads does not say when the grade was given
        if lead.grade and not known and lead.graded_at and not undated:
            known.append((lead.graded_at, lead.grade))
        for one in graded:
            at = one.row["at"]
            before = [grade for given, grade in known if given <= at]
            change = {"lead_id": self._id, "field": "grade", "at": at, "old": before[-1] if before else None}
            more = {"new": one.grade, "followup_id": one.row["id"], "by": one.row["by"]}
            self._bulk.add("field_change", change | more)
            known = sorted([*known, (at, one.grade)], key=lambda pair: str(pair[0]))
            if at >= (self._values.get("graded_at") or lead.graded_at or ""):
                self._values |= {"grade": one.grade, "graded_at": at}
        if undated and known and known[-1][1] == lead.grade:
            self._values |= {"grade": lead.grade, "graded_at": known[-1][0]}

    # moves

    def _moves(self) -> list[Move]:
        if not self._new.moves:
            return [Move(row, row["id"]) for row in self._known_moves]
        self._told_at_last()
        chain = import_chain.chained(self._known_moves, self._new.moves, self._process.first_stage.code)
        self._came(chain[0])
        self._write_moves(chain)
        last, said = chain[-1].row, any(one.status for one in self._new.moves)
        status = last["to_status"] if self._known_moves or said else self._lead.status
        self._values |= {"stage": last["to_stage"], "status": status}
        return chain

    def _told_at_last(self) -> None:
        # a sheet of stages says when it was won: what an order alone made us think of it is thought anew
        guessed = [row for row in self._known_moves if _is_guess(row)]
        if guessed and guessed[-1]["id"] == self._known_moves[-1]["id"]:
            self._guess = guessed[-1]
        incoming.take_out(self._work.connection, "move", [row["id"] for row in guessed])
        self._known_moves = [row for row in self._known_moves if row not in guessed]

    def _came(self, move: Move) -> None:
        # a history may begin with the day on which the lead came into its first stage
        received = self._values.get("received_at", self._lead.received_at)
        if move.idle and received is None and move.row["to_stage"] == self._process.first_stage.code:
            self._values["received_at"] = move.row["at"]

    def _write_moves(self, told: Sequence[Move]) -> None:
        # ids go by the order of the moves: what comes after a new one is written again behind it
        first = next((place for place, move in enumerate(told) if move.id is None), len(told))
        for move in told[:first]:
            if move.changes and move.id:
                incoming.change(self._work.connection, "move", move.id, move.changes)
        again = [move.id for move in told[first:] if move.id]
        incoming.take_out(self._work.connection, "move", again)
        for move in told[first:]:
            row = {**move.row, "id": self._bulk.next_id("move")}
            row.setdefault("uid", new_uid())
            self._bulk.add("move", row)

    def _orders(self, moves: Sequence[Move]) -> None:
        signed = sorted(self._new.orders, key=lambda one: str(one.row["signed_on"]))
        for one in signed:
            self._bulk.add("sales_order", one.row)
        if self._new.moves:  # a file that brings the stages too says itself when it was won
            if self._guess:
                self._win(moves, self._guess["at"], self._guess["by"], self._guess["source_key"])
        elif signed:
            first = signed[0].row
            same_day = [at for at in (self._lead.received_at, *(move.row["at"] for move in moves)) if at]
            day = first["signed_on"]
            at = max([f"{day}T00:00", *(one for one in same_day if one[:10] == day)])
            self._win(moves, at, first["by"], f"{_GUESSED}{first['uid']}")

    def _win(self, moves: Sequence[Move], at: str, by: str, key: str) -> None:
        # history asks no gate: the lead enters the won stage with its first order
        stage, status = (self._values.get(name, getattr(self._lead, name)) for name in ("stage", "status"))
        won = next((one for one in self._process.stages if one.won), None)
        for move in moves:
            if move.id and _is_guess(move.row) and at < move.row["at"]:
                incoming.change(self._work.connection, "move", move.id, {"at": at, "by": by})
        been = any(move.row["to_stage"] in self._process.won_codes for move in moves)
        places = self._process.places
        if won is None or been or places.get(stage, 0) >= places[won.code]:
            return
        if status != "open" or import_chain.status_at(moves, at) != "open":
            return
        row = {"uid": new_uid(), "lead_id": self._id, "at": at, "from_stage": stage, "to_stage": won.code}
        more = {"from_status": status, "to_status": status, "forced": 0, "by": by, "source_key": key}
        self._bulk.add("move", {**row, **more, "recorded_at": self._work.at})
        self._values["stage"] = won.code

    def _promise(self, followups: Sequence[FollowIn], moves: Sequence[Move]) -> None:
        known = Known(self._promises, self._times, self._bare)
        told = Told(followups, moves, self._new.plans)
        promised = Promised(self._work, self._bulk, self._id, known, told)
        standing = promised.stands(self._values.get("status", self._lead.status))
        if standing or self._promised_before:
            self._values |= import_promises.columns_of(standing)
        if promised.moved:
            self._values["reschedules"] = self._lead.reschedules + promised.moved


def _is_guess(row: dict[str, Any]) -> bool:
    return str(row["source_key"] or "").startswith(_GUESSED)
