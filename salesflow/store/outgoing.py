"""What is written out, row by row as the book holds it: never all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesflow.store.leads import SORTS, Filter, clauses
from salesflow.store.rows import Connection, batches, mapped, marks

# of every row: the lead's id, process, name and uid; what follows is the kind's own
_OF = "t.lead_id, l.process, l.name AS lead, l.uid AS lead_uid"
_LEAD = "JOIN lead l ON l.id = t.lead_id"

_FROM: dict[str, str] = {
    "contacts": f"""SELECT {_OF}, t.uid, t.name, t.title, t.roles, t.phones, t.wechat, t.email, t.attitude,
  t.character, t.hobbies, t.birthday, t.family, t.friends, t.department, t.chain, t.weight, t.by
FROM contact t {_LEAD}""",
    "followups": f"""SELECT {_OF}, t.uid, t.at, t.via, c.name AS "with", t.incoming, t.answered, t.note, t.learned,
  t.did, t.feedback, t.progress, t.purpose, t.goal_met, t.result, t.hook, g.new AS grade, p.date AS next_date,
  p.time AS next_time, p.reason AS next_reason, p.via AS next_via, t.by, t.recorded_at
FROM followup t {_LEAD}
LEFT JOIN contact c ON c.id = t.contact_id
LEFT JOIN field_change g ON g.followup_id = t.id AND g.lead_id = t.lead_id AND g.field = 'grade'
LEFT JOIN promise p ON p.followup_id = t.id""",
    "stages": f"""SELECT {_OF}, t.uid,
  CASE WHEN t.from_stage <> t.to_stage OR t.from_process IS NOT NULL THEN t.to_stage END AS stage,
  t.to_status AS status, t.at, t.reason, t.competitor, t.until, t.why, t.from_stage AS "from", t.forced, t.by,
  coalesce(t.process, l.process) AS of_process
FROM move t {_LEAD}""",
    "orders": f"""SELECT {_OF}, t.uid, t.id, t.signed_on, t.amount_fen AS amount, t.cost_fen AS cost, t.framework,
  t.product, t.contract, t.delivered_on, t.accepted_on, t.cancelled_on, t.cancel_why, t.note, t.by
FROM sales_order t {_LEAD}""",
    "payments": f"""SELECT {_OF}, t.uid, o.uid AS "order", t.paid_on AS "on", t.amount_fen AS amount, t.method,
  t.note, t.by
FROM payment t {_LEAD} LEFT JOIN sales_order o ON o.id = t.order_id""",
    "quotes": f"""SELECT {_OF}, t.uid, t.quoted_on, t.amount_fen AS amount, t.product, t.in_return, t.cost_fen AS cost,
  t.approved_by, t.note, t.by
FROM quote t {_LEAD}""",
    "objections": f"""SELECT {_OF}, t.uid, t.at, c.name AS "with", t.text, t.answer, t.worked, t.by
FROM objection t {_LEAD} LEFT JOIN contact c ON c.id = t.contact_id""",
    "incidents": f"""SELECT {_OF}, t.uid, t.opened_at, t.text, t.due_on, t.solved_at, t.solution, t.by
FROM incident t {_LEAD}""",
    "competitors": f"""SELECT {_OF}, t.uid, t.name, t.strengths, t.weaknesses, t.price_fen AS price, t.relation,
  c.name AS supporter, t.note, t.by
FROM competitor t {_LEAD} LEFT JOIN contact c ON c.id = t.supporter_id""",
    "promises": f"""SELECT {_OF}, t.uid, t.date, t.time, t.via, t.reason, t.purpose, t.place, t.booked_by, t.keeper,
  t.effect, t.questions, t.content, t.made_at, m.date AS moved_from, t.why, t.by, t.ended_at, t.ended
FROM promise t {_LEAD} LEFT JOIN promise m ON m.id = t.moved_from""",
}
# of no lead
_ALONE = {
    "targets": "SELECT id, metric, period, rep, value AS target, by FROM target ORDER BY id",
    "products": """SELECT id, name, unit, price_fen AS price, cost_fen AS cost, cycle_days, note, by
FROM product ORDER BY id""",
    "actions": """SELECT id, text, measure, baseline, report, due_on AS due, who, made_on AS made, done_on AS done,
  dropped_on AS dropped, note, by FROM action ORDER BY id""",
}

KINDS = (*_FROM, *_ALONE)


def rows(connection: Connection, kind: str) -> Iterator[dict[str, Any]]:
    """The rows of one kind by name, the first written first; money is fen, lists are JSON text."""
    sql = _ALONE.get(kind) or f"{_FROM[kind]} ORDER BY t.id"
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def lead_ids(connection: Connection, chosen: Filter) -> list[int]:
    """The ids of the leads that the filter chooses, sorted as it says."""
    where, values = clauses(chosen)
    sql = f"SELECT id FROM lead WHERE {where} ORDER BY {SORTS[chosen.sort]}"
    if chosen.limit is not None:
        sql, values = f"{sql} LIMIT ?", [*values, chosen.limit]
    return [int(row[0]) for row in connection.execute(sql, values)]


def custom_names(connection: Connection, ids: Sequence[int]) -> list[str]:
    """The names of the fields of one's own that these leads have, in the order in which they come up."""
    found: dict[str, None] = {}
    for part in batches(ids):
        held = dict(
            connection.execute(
                f"SELECT id, custom FROM lead WHERE custom IS NOT NULL AND id IN ({marks(part)})", part
            ).fetchall()
        )
        for lead_id in part:
            if lead_id in held:
                found |= dict.fromkeys(mapped(held[lead_id]))
    return list(found)


def names_of(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The names of these leads."""
    found: dict[int, str] = {}
    for part in batches(ids):
        found.update(
            connection.execute(f"SELECT id, name FROM lead WHERE id IN ({marks(part)})", part).fetchall()
        )
    return found
