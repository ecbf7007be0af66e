"""What sources cost another rep, noted here too, by source and period (K7)."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.actions.work import Work
from salesflow.store import joining, stored
from salesflow.store.rows import Connection, insert, update

_TOLD = ("amount_fen", "note")


def take(work: Work, other: Connection, renamed: Mapping[str, str]) -> int:
    """How many costs are new here or newer.

    There is one sum a source and period: what this book says of both stands, but where the other one
    has changed the very same note since. One that was taken away here does not come back.
    """
    here = {(row["source"], row["period"]): row for row in stored.rows(work.connection, "spend")}
    gone = joining.spends_removed(work.connection)
    count = 0
    for theirs in stored.rows(other, "spend"):
        mine = here.get((theirs["source"], theirs["period"]))
        by = renamed.get(theirs["by"], theirs["by"])
        if mine is None and theirs["uid"] not in gone:
            insert(
                work.connection,
                "spend",
                {**{name: theirs[name] for name in theirs if name != "id"}, "by": by},
            )
            count += 1
        elif (
            mine is not None and mine["uid"] == theirs["uid"] and theirs["recorded_at"] > mine["recorded_at"]
        ):
            values = {name: theirs[name] for name in _TOLD}
            if values != {name: mine[name] for name in _TOLD}:
                update(work.connection, "spend", mine["id"], {**values, "recorded_at": theirs["recorded_at"]})
                count += 1
    return count
