"""What has happened with two leads as the past of one: moves, promises, grades, goals (K4, K5)."""

from __future__ import annotations

from typing import Any

from salesflow.actions import merge_moves, promises
from salesflow.actions.merge_moves import Side
from salesflow.actions.merged import Merged
from salesflow.actions.work import Work
from salesflow.models import Lead, Promise
from salesflow.money import show_money
from salesflow.store import followups, merging, settings, stored
from salesflow.store.rows import insert, new_uid, update

_FILLED = ("time", *promises.KEPT)


def join(work: Work, done: Merged, lang: str) -> dict[str, Any]:
    """The columns of the lead that follow from its past: stage, status, promise, grade, goal.

    Everything that happened belongs to the lead kept afterwards, but for follow-ups and what else is
    only carried over.
    """
    _known_then(work, done.kept.id, done.gone.id)
    found = _moves(work, done)
    found |= _promise(work, done, found["status"])
    return found | _grade(work, done, lang) | _goal(work, done, lang)


def _known_then(work: Work, kept: int, gone: int) -> None:
    # a promise is not kept by what was told before it, be it of the same minute and of the other lead
    for lead, other in ((kept, gone), (gone, kept)):
        for promise, newest in merging.told_before(work.connection, lead, other):
            update(work.connection, "promise", promise, {"after_followup": newest})


def _moves(work: Work, done: Merged) -> dict[str, Any]:
    kept, gone = done.kept, done.gone
    rows = {lead.id: stored.rows_of(work.connection, "move", lead.id) for lead in (kept, gone)}
    codes = settings.process_codes(work.connection)
    places = {code: work.process(code).places for code in codes} if any(rows.values()) else {}
    places.setdefault(kept.process, work.process(kept.process).places)
    found = merge_moves.join(Side(kept, rows[kept.id]), Side(gone, rows[gone.id]), places, work.at)
    before = {row["id"]: row for both in rows.values() for row in both}
    if rows[gone.id]:
        done.carried["move"] = len(rows[gone.id])
    _reasons(work, kept, gone, [row for row in found.rows if "id" in row and _reopened_no_more(before, row)])
    if found.in_place:
        merging.carry(work.connection, "move", gone.id, kept.id)
        for row in found.rows:
            update(work.connection, "move", row["id"], {**row, "lead_id": kept.id})
    else:
        for row_id in before:
            stored.drop(work.connection, "move", row_id)
        for row in found.rows:
            insert(work.connection, "move", _new(work, kept.id, row))
    return {"stage": found.state.stage, "status": found.state.status}


def _new(work: Work, lead_id: int, row: dict[str, Any]) -> dict[str, Any]:
    made = {"uid": new_uid(), "by": work.by, "recorded_at": work.at, **row, "lead_id": lead_id}
    made.pop("id", None)  # ids go by the order in which the lead moved
    return made


def _reopened_no_more(before: dict[int, dict[str, Any]], row: dict[str, Any]) -> bool:
    old = before[row["id"]]
    reopened = old["from_status"] != "open" == old["to_status"]
    return bool(reopened and row["from_status"] == row["to_status"] and row["why"])


def _reasons(work: Work, kept: Lead, gone: Lead, rows: list[dict[str, Any]]) -> None:
    # the date given with `reopen` has its reason on the move: where that moves nothing now, the date keeps it
    for row in rows:
        for lead in (kept, gone):
            for promise in stored.rows_of(work.connection, "promise", lead.id):
                bare = promise["moved_from"] is None and promise["why"] is None
                if bare and promise["made_at"] == row["at"] and lead.id == row["lead_id"]:
                    update(work.connection, "promise", promise["id"], {"why": row["why"]})


def _promise(work: Work, done: Merged, status: str) -> dict[str, Any]:
    # one stands: that of a lead whose status is the joined one's, the kept one's first; the other is given up
    sides = [
        (lead, standing)
        for lead in (done.kept, done.gone)
        if (standing := followups.open_promise(work.connection, lead.id)) and lead.status != "lost"
    ]
    sides.sort(key=lambda side: side[0].status != status)
    if not sides:
        return promises.columns(None)
    stands = sides[0][1]
    for lead, other in sides[1:]:
        stands = _give_up(work, done, lead, other, stands)
    if stands.lead_id == done.gone.id:
        done.filled.append(("next_date", stands.date))
    return promises.columns(promises.of(stands))


def _give_up(work: Work, done: Merged, lead: Lead, other: Promise, stands: Promise) -> Promise:
    if other.date == stands.date:
        blank = {name: getattr(other, name) for name in _FILLED if getattr(stands, name) is None}
        followups.update_promise(work.connection, stands.id, blank)
        stands = stands._replace(**blank)
    if other.date == stands.date and len(stored.rows_of(work.connection, "promise", lead.id)) == 1:
        stored.drop(work.connection, "promise", other.id)  # the next date has had one value, not two
        return stands
    followups.end_promise(work.connection, other.id, work.at, "dropped")
    text = " ".join(filter(None, (other.date, other.time, other.reason)))
    done.dropped.append(("promise", text))
    return stands


def _grade(work: Work, done: Merged, lang: str) -> dict[str, Any]:
    # the grade is the newest by its own day, whoever gave it; the other lead's first one is told as a change
    kept, gone = done.kept, done.gone
    first, other = (merging.first_grade(work.connection, lead.id) for lead in (kept, gone))
    given = [
        (row["at"], row["id"], row["new"])
        for lead in (kept, gone)
        for row in stored.rows_of(work.connection, "field_change", lead.id)
        if row["field"] == "grade"
    ]
    said = {at for at, _, _ in given} | ({first[1]} if first else set())
    if other and other[1] not in said:  # of one minute what was said by hand counts
        row = {
            "lead_id": kept.id,
            "field": "grade",
            "at": other[1],
            "new": other[0],
            "by": gone.registered_by,
        }
        given.append((other[1], insert(work.connection, "field_change", row), other[0]))
    given += [(at, 0, grade) for grade, at in (first,) if first] if first else []
    newest = max(given, default=None)
    if newest is None or newest[2] == kept.grade:
        known = [lead.graded_at for lead in (kept, gone) if lead.graded_at and lead.grade == kept.grade]
        return {"graded_at": max(known, default=kept.graded_at)}
    title = work.process(kept.process).field_title("grade", lang)
    if kept.grade is None:
        done.filled.append(("grade", newest[2]))
    else:
        done.dropped.append(("grade", f"{title} {kept.grade}"))
    return {"grade": newest[2], "graded_at": newest[0]}


_GOAL = ("goal_value", "goal_on")


def _goal(work: Work, done: Merged, lang: str) -> dict[str, Any]:
    # the goal at a past moment is read back from the changes since: those of one lead alone make sense
    kept, gone = done.kept, done.gone
    goals = {
        lead.id: [
            row for row in stored.rows_of(work.connection, "field_change", lead.id) if row["field"] in _GOAL
        ]
        for lead in (kept, gone)
    }
    mine, theirs = ((lead.goal_fen, lead.goal_on) for lead in (kept, gone))
    takes = theirs != (None, None) and mine == (None, None)
    if takes and not goals[kept.id]:
        done.filled.append(("goal_value", gone.goal_fen))
        return {"goal_fen": gone.goal_fen, "goal_on": gone.goal_on}
    for row in goals[gone.id]:
        stored.drop(work.connection, "field_change", row["id"])
    if takes:
        return _goal_now(work, done)
    process = work.process(kept.process)
    if gone.goal_fen is not None and gone.goal_fen != kept.goal_fen:
        known = show_money(kept.goal_fen, lang) if kept.goal_fen is not None else "-"
        done.differs(process.field_title("goal_value", lang), known, show_money(gone.goal_fen, lang))
    if gone.goal_on is not None and gone.goal_on != kept.goal_on:
        done.differs(process.field_title("goal_on", lang), kept.goal_on or "-", gone.goal_on)
    return {}


def _goal_now(work: Work, done: Merged) -> dict[str, Any]:
    kept, gone = done.kept, done.gone
    for name, value in zip(_GOAL, (gone.goal_fen, gone.goal_on), strict=True):
        if value is not None:
            row = {"lead_id": kept.id, "field": name, "at": work.at, "new": str(value), "by": work.by}
            insert(work.connection, "field_change", row)
    done.filled.append(("goal_value", gone.goal_fen))
    return {"goal_fen": gone.goal_fen, "goal_on": gone.goal_on}
