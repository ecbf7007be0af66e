"""Which codes of a process the book's records name, and how often."""

from __future__ import annotations

from salesflow.store.rows import Connection, listed, marks

_COLUMNS = (
    "grade", "source", "kind", "industry", "size", "side", "approach", "credit", "buying_step", "customer_class",
)  # fmt: skip
# what hangs on a lead: the table, and what names the code there
_ROWS = {
    "via": (("followup", "r.via = ?"), ("promise", "r.via = ?")),
    "purpose": (("followup", "r.purpose = ?"), ("promise", "r.purpose = ?")),
    "role": (("contact", "EXISTS (SELECT 1 FROM json_each(r.roles) WHERE value = ?)"),),
    "attitude": (("contact", "r.attitude = ?"),),
    "lost": (("move", "r.to_status = 'lost' AND r.reason = ?"),),
    "parked": (("move", "r.to_status = 'parked' AND r.reason = ?"),),
    "relation": (("link", "r.relation = ?"),),
    "signoff": (("signoff", "r.kind = ?"),),
    "checklist": (("score", "r.checklist = ?"),),
    "point": (("score", "r.checklist || '.' || r.item = ?"),),
}


def count_records(connection: Connection, process: str, noun: str, code: str) -> int:
    """How many records of the leads that follow the process name this code."""
    if noun in _COLUMNS:
        queries = [f"SELECT count(*) FROM lead l WHERE l.process = ? AND l.{noun} = ?"]
    elif noun == "field":
        queries = [
            "SELECT count(*) FROM lead l WHERE l.process = ? AND l.custom IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM json_each(l.custom) WHERE key = ?)"
        ]
    else:
        queries = [
            f"SELECT count(*) FROM lead l JOIN {table} r ON r.lead_id = l.id WHERE l.process = ? AND {named}"
            for table, named in _ROWS.get(noun, ())
        ]
    return sum(connection.execute(sql, (process, code)).fetchone()[0] for sql in queries)


def standing(connection: Connection, process: str) -> dict[str, dict[str, int]]:
    """How many leads stand in each stage of a process, by status."""
    found: dict[str, dict[str, int]] = {}
    sql = "SELECT stage, status, count(*) FROM lead WHERE process = ? GROUP BY stage, status"
    for stage, status, count in connection.execute(sql, (process,)):
        found.setdefault(stage, {})[status] = count
    return found


def leads_in(connection: Connection, process: str, stages: list[str]) -> list[tuple[int, str, str]]:
    """(lead, stage, status) of those who stand in one of the stages of a process, by id."""
    sql = f"SELECT id, stage, status FROM lead WHERE process = ? AND stage IN ({marks(stages)}) ORDER BY id"
    return [(row[0], row[1], row[2]) for row in connection.execute(sql, (process, *stages))]


def codes_of(connection: Connection, lead_id: int) -> set[tuple[str, str]]:
    """Every (noun, code) that the records of one lead name, stages aside: moves know their own process."""
    row = connection.execute(
        f"SELECT {', '.join(_COLUMNS)}, custom FROM lead WHERE id = ?", (lead_id,)
    ).fetchone()
    found = {(noun, code) for noun, code in zip(_COLUMNS, row, strict=False) if code}
    found |= {
        ("field", key) for (key,) in connection.execute("SELECT key FROM json_each(?)", (row[-1] or "{}",))
    }
    sql = """
SELECT 'via', via FROM followup WHERE lead_id = :lead
UNION SELECT 'purpose', purpose FROM followup WHERE lead_id = :lead
UNION SELECT 'via', via FROM promise WHERE lead_id = :lead
UNION SELECT 'purpose', purpose FROM promise WHERE lead_id = :lead
UNION SELECT 'attitude', attitude FROM contact WHERE lead_id = :lead
UNION SELECT to_status, reason FROM move WHERE lead_id = :lead AND to_status <> 'open'
UNION SELECT 'relation', relation FROM link WHERE lead_id = :lead
UNION SELECT 'signoff', kind FROM signoff WHERE lead_id = :lead
UNION SELECT 'checklist', checklist FROM score WHERE lead_id = :lead
UNION SELECT 'point', checklist || '.' || item FROM score WHERE lead_id = :lead
UNION SELECT 'grade', old FROM field_change WHERE lead_id = :lead AND field = 'grade'
UNION SELECT 'grade', new FROM field_change WHERE lead_id = :lead AND field = 'grade'"""
    found |= {(noun, code) for noun, code in connection.execute(sql, {"lead": lead_id}) if code}
    for (roles,) in connection.execute("SELECT roles FROM contact WHERE lead_id = ?", (lead_id,)):
        found |= {("role", role) for role in listed(roles)}
    return found
