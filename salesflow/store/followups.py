"""Follow-ups and the promises beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.models import Followup, Promise
from salesflow.store.rows import Connection, batches, insert, marks, new_uid, update

_FOLLOWUPS = """SELECT f.id, f.lead_id, f.at, f.via, f.visit, f.incoming, f.answered, f.contact_id, c.name, f.note,
  f.learned, f.did, f.feedback, f.progress, f.purpose, f.goal_met, f.result, f.hook, f.by,
  f.recorded_at, g.new, p.date, p.reason
FROM followup f
LEFT JOIN contact c ON c.id = f.contact_id
LEFT JOIN field_change g ON g.followup_id = f.id AND g.lead_id = f.lead_id AND g.field = 'grade'
LEFT JOIN promise p ON p.followup_id = f.id"""

_PROMISE = (
    "id, lead_id, date, time, via, reason, purpose, place, booked_by, keeper, effect, questions, content,"
    " made_at, followup_id, after_followup, moved_from, why, by,"
    " ended_at, ended"
)

_COUNTED = ("followups", "answered", "visits", "first_followup_at", "last_followup_at", "reschedules")


def _followup(row: Sequence[Any]) -> Followup:
    return Followup._make((*row[:4], bool(row[4]), bool(row[5]), bool(row[6]), *row[7:]))


def insert_followup(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new follow-up."""
    return insert(connection, "followup", {"uid": new_uid(), **values})


def list_followups(connection: Connection, lead_id: int) -> list[Followup]:
    """The lead's follow-ups, newest first."""
    rows = connection.execute(f"{_FOLLOWUPS} WHERE f.lead_id = ? ORDER BY f.at DESC, f.id DESC", (lead_id,))
    return [_followup(row) for row in rows]


def followups_between(connection: Connection, first: str, last: str) -> list[Followup]:
    """The follow-ups from ``first`` to ``last`` (instants, both included), oldest first."""
    rows = connection.execute(f"{_FOLLOWUPS} WHERE f.at BETWEEN ? AND ? ORDER BY f.at, f.id", (first, last))
    return [_followup(row) for row in rows]


def is_told(connection: Connection, lead_id: int, day: str, note: str) -> bool:
    """Whether a follow-up of the lead on that day has exactly this note."""
    sql = "SELECT 1 FROM followup WHERE lead_id = ? AND at BETWEEN ? AND ? AND note = ?"
    return connection.execute(sql, (lead_id, f"{day}T00:00", f"{day}T23:59", note)).fetchone() is not None


def newest_id(connection: Connection, lead_id: int) -> int:
    """The highest id among the lead's follow-ups, 0 without one."""
    row = connection.execute("SELECT max(id) FROM followup WHERE lead_id = ?", (lead_id,)).fetchone()
    return int(row[0] or 0)


def unanswered_run(connection: Connection, lead_id: int, at: str) -> int:
    """How many of the lead's newest follow-ups up to ``at``, in a row, nobody answered."""
    rows = connection.execute(
        "SELECT answered FROM followup WHERE lead_id = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 10",
        (lead_id, at),
    )
    run = 0
    for (answered,) in rows:
        if answered:
            break
        run += 1
    return run


def last_ones(connection: Connection, lead_ids: Sequence[int]) -> dict[int, tuple[str | None, int | None]]:
    """The note of each lead's newest follow-up, and the person last met or spoken to."""
    found: dict[int, tuple[str | None, int | None]] = {}
    for part in batches(lead_ids):
        rows = connection.execute(
            "SELECT l.id, (SELECT note FROM followup f WHERE f.lead_id = l.id ORDER BY at DESC, id DESC LIMIT 1),"
            " (SELECT contact_id FROM followup f WHERE f.lead_id = l.id AND contact_id IS NOT NULL"
            f" ORDER BY at DESC, id DESC LIMIT 1) FROM lead l WHERE l.id IN ({marks(part)})",
            part,
        )
        found.update((lead_id, (note, contact_id)) for lead_id, note, contact_id in rows)
    return found


def open_promise(connection: Connection, lead_id: int) -> Promise | None:
    """The promise that stands, if one does."""
    row = connection.execute(
        f"SELECT {_PROMISE} FROM promise WHERE lead_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
        (lead_id,),
    ).fetchone()
    return Promise(*row) if row else None


def last_promise(connection: Connection, lead_id: int) -> Promise | None:
    """The newest promise, be it over or not."""
    row = connection.execute(
        f"SELECT {_PROMISE} FROM promise WHERE lead_id = ? ORDER BY id DESC LIMIT 1", (lead_id,)
    ).fetchone()
    return Promise._make(row) if row else None


def insert_promise(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new promise."""
    return insert(connection, "promise", {"uid": new_uid(), **values})


def end_promise(connection: Connection, promise_id: int, at: str, how: str) -> None:
    """The promise closed: 'followup', 'moved' or 'dropped'."""
    update(connection, "promise", promise_id, {"ended_at": at, "ended": how})


def update_promise(connection: Connection, promise_id: int, values: Mapping[str, Any]) -> None:
    """The promise with new ``values``; its day stays (another day is another promise)."""
    update(connection, "promise", promise_id, values)


def list_reschedules(connection: Connection, lead_id: int) -> list[dict[str, Any]]:
    """The lead's moved promises, newest first: id, at, from, to, why, by."""
    rows = connection.execute(
        "SELECT p.id, p.made_at, q.date, p.date, p.why, p.by FROM promise p JOIN promise q ON q.id = p.moved_from"
        " WHERE p.lead_id = ? ORDER BY p.id DESC",
        (lead_id,),
    )
    return [dict(zip(("id", "at", "from", "to", "why", "by"), row, strict=True)) for row in rows]


def counts(connection: Connection, lead_id: int) -> dict[str, Any]:
    """The lead's columns that count its follow-ups and reschedules, as its rows have them."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(answered), 0), coalesce(sum(visit), 0), min(at), max(at),"
        " (SELECT count(*) FROM promise WHERE lead_id = :lead AND moved_from IS NOT NULL)"
        " FROM followup WHERE lead_id = :lead",
        {"lead": lead_id},
    ).fetchone()
    return dict(zip(_COUNTED, row, strict=True))


def recount(connection: Connection, lead_id: int) -> None:
    """The lead's counts and times are those of its follow-ups and promises."""
    update(connection, "lead", lead_id, counts(connection, lead_id))
    connection.execute(
        "UPDATE lead SET received_at = first_followup_at WHERE id = ? AND received_at IS NULL"
        " AND first_followup_at IS NOT NULL",
        (lead_id,),
    )
