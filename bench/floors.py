"""The floor under each command: Python that imports sqlite3, runs the query and prints the rows."""

from __future__ import annotations

import sys

PROGRAM = """
import sqlite3, sys
book = sqlite3.connect(sys.argv[1])
for query in sys.argv[2].split(';'):
    for row in book.execute(query):
        print(*row, sep='\\t')
"""

# today's rows, each with whom to ask for and what was said last
_PERSON = "(SELECT name FROM contact WHERE lead_id = lead.id ORDER BY id LIMIT 1)"
_NOTE = "(SELECT note FROM followup WHERE lead_id = lead.id ORDER BY at DESC, id DESC LIMIT 1)"
_DAY = f"""SELECT id, grade, coalesce(short, name), next_date, next_time, next_via, next_reason, area, phone,
  stage, visits, last_followup_at, {_PERSON}, {_NOTE} FROM lead
WHERE (next_date <= '2026-11-23' OR next_date IS NULL AND received_at IS NOT NULL) AND status = 'open'
ORDER BY next_date IS NULL, next_date, grade, id"""

_LIST = (
    "SELECT id, grade, coalesce(short, name), stage, area, next_date, next_reason, last_followup_at FROM lead"
)

QUERIES = {
    "today": _DAY,
    "list": f"{_LIST} WHERE status = 'open' ORDER BY id",
    "find": f"{_LIST} WHERE name LIKE '%宝悦%' OR short LIKE '%宝悦%' ORDER BY id LIMIT 50",
    "show": "SELECT * FROM lead WHERE id = 377; SELECT * FROM contact WHERE lead_id = 377;"
    " SELECT at, via, note, by FROM followup WHERE lead_id = 377 ORDER BY at DESC",
    "report week": "SELECT by, via, count(*), sum(visit), sum(answered) FROM followup"
    " WHERE at >= '2026-11-23' GROUP BY by, via;"
    " SELECT to_stage, to_status, count(*) FROM move WHERE at >= '2026-11-23' GROUP BY to_stage, to_status",
    "report funnel": "SELECT stage, count(*), sum(goal_fen) FROM lead WHERE status = 'open' GROUP BY stage",
    "history": "SELECT id, at, command, by FROM operation ORDER BY id DESC LIMIT 20",
    "process show": "SELECT data FROM process",
    "nothing": "SELECT 1",
}


def floor(query: str, book: str) -> list[str]:
    """The program that prints the rows of QUERIES[query] from ``book``."""
    return [sys.executable, "-c", PROGRAM, book, QUERIES[query]]
