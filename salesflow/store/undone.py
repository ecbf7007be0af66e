"""Which steps are taken back, as ``undo`` and ``redo`` left them: walked through once more from the first step on."""

from __future__ import annotations

from collections.abc import Iterator

from salesflow.store.rows import Connection


def marked_otherwise(connection: Connection) -> Iterator[str]:
    """Steps whose mark does not say whether they are taken back; none where the way cannot be made out."""
    marks = meant(connection)
    if marks is None:
        return  # an older program filed other images of what it took back
    for operation, undone in connection.execute("SELECT id, undone FROM operation ORDER BY id"):
        if undone != marks.get(operation, 0):
            yield f"operation {operation}: undone"


def meant(connection: Connection) -> dict[int, int] | None:
    """The mark of every step that was ever taken back; None where that cannot be made out."""
    operations = connection.execute("SELECT id, kind FROM operation ORDER BY id").fetchall()
    if not any(kind in ("undo", "redo") for _, kind in operations):
        return {}
    counts = dict(connection.execute("SELECT operation_id, count(*) FROM history GROUP BY operation_id"))
    return _walked(connection, operations, counts)


def _walked(
    connection: Connection, operations: list[tuple[int, str]], counts: dict[int, int]
) -> dict[int, int] | None:
    standing: list[int] = []
    back: list[int] = []  # the step taken back last stands last
    meant: dict[int, int] = {}
    for operation, kind in operations:
        if kind == "step":
            meant.update(dict.fromkeys(back, 2))
            back.clear()
            if _changed(connection, operation):
                standing.append(operation)
        elif kind in ("undo", "redo"):
            source, target = (standing, back) if kind == "undo" else (back, standing)
            left = counts.get(operation, 0) - _answers(connection, operation)
            while left > 0 and source:
                step = source.pop()
                target.append(step)
                meant[step] = int(kind == "undo")
                left -= counts.get(step, 0)
            if left:
                return None
    return meant


def _answers(connection: Connection, operation: int) -> int:
    # its own answer under a key is the last that an undo files, and none of what it took back; what a redo
    # brings back may end with an answer too, which was there before
    row = connection.execute(
        "SELECT id, row_id, table_name, before FROM history WHERE operation_id = ? ORDER BY id DESC LIMIT 1",
        (operation,),
    ).fetchone()
    if row is None or row[2] != "answered" or row[3] is not None:
        return 0
    sql = "SELECT 1 FROM history WHERE row_id = ? AND table_name = 'answered' AND id < ? LIMIT 1"
    return int(connection.execute(sql, (row[1], row[0])).fetchone() is None)


def _changed(connection: Connection, operation: int) -> bool:
    # a step of an older book that left everything as it was is passed over
    sql = "SELECT 1 FROM history WHERE operation_id = ? AND before IS NOT after LIMIT 1"
    return connection.execute(sql, (operation,)).fetchone() is not None
