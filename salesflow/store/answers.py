"""What calls with a key were answered (``--key``): the second call of that name writes nothing."""

from __future__ import annotations

import json
from typing import NamedTuple

from salesflow.store.rows import Connection


class Answer(NamedTuple):
    """The answer to the first call with a key; ``words`` is the fingerprint of what was asked for."""

    command: str
    words: str
    out: str
    at: str


class TakenBack(NamedTuple):
    """The step that a key stood for, since taken back by ``undo``."""

    id: int
    at: str
    command: str


def find(connection: Connection, key: str) -> Answer | None:
    """What the call with this key was answered; None where there was none, or its step was taken back."""
    row = connection.execute(
        "SELECT command, answer, recorded_at FROM answered WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    held = json.loads(row[1])
    return Answer(row[0], held["words"], held["out"], row[2])


def taken_back(connection: Connection, key: str) -> TakenBack | None:
    """The step of this key where ``undo`` took it back; None where there is none."""
    # the answer is the last that a step writes: one look at each step taken back, however much it changed
    row = connection.execute(
        """
SELECT o.id, o.at, o.command FROM operation o
JOIN history h ON h.id = (SELECT max(id) FROM history WHERE operation_id = o.id)
WHERE o.kind = 'step' AND o.undone <> 0 AND h.table_name = 'answered' AND json_extract(h.after, '$.key') = ?
ORDER BY o.id DESC LIMIT 1""",
        (key,),
    ).fetchone()
    return TakenBack(*row) if row else None


def put(connection: Connection, operation_id: int, key: str, answer: Answer, by: str) -> None:
    """Nothing; the answer is kept as the last part of that operation, which is closed and stays so."""
    connection.execute("UPDATE operation SET open = 1 WHERE id = ?", (operation_id,))
    held = json.dumps({"words": answer.words, "out": answer.out}, ensure_ascii=False)
    connection.execute(
        "INSERT INTO answered (key, command, answer, by, recorded_at) VALUES (?, ?, ?, ?, ?)",
        (key, answer.command, held, by, answer.at),
    )
    connection.execute("UPDATE operation SET open = NULL WHERE id = ?", (operation_id,))


def put_alone(connection: Connection, key: str, answer: Answer, by: str) -> None:
    """The same of a call that changed nothing: no step, so that ``undo`` has nothing to stand still on."""
    row = connection.execute(
        "INSERT INTO operation (at, command, by, kind) VALUES (?, ?, ?, 'setup')",
        (answer.at, answer.command, by),
    )
    put(connection, row.lastrowid or 0, key, answer, by)
