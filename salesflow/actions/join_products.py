"""The products of another rep's book on this one's list, by their names."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.actions.work import Work
from salesflow.names import name_key
from salesflow.store import joining, stored
from salesflow.store.rows import Connection, insert, update

_TOLD = ("unit", "price_fen", "cost_fen", "cycle_days", "note")


def take(work: Work, other: Connection, renamed: Mapping[str, str]) -> int:
    """How many products are new here or got what was not known of them.

    What this book says of a product stands; one that was taken off the list here does not come back.
    """
    here = {name_key(row["name"]): row for row in stored.rows(work.connection, "product")}
    gone = {name_key(name) for name in joining.products_removed(work.connection)}
    count = 0
    for theirs in stored.rows(other, "product"):
        key = name_key(theirs["name"])
        mine = here.get(key)
        if mine is not None:
            values = {name: theirs[name] for name in _TOLD if mine[name] is None and theirs[name] is not None}
            if values:
                update(work.connection, "product", mine["id"], values)
                count += 1
        elif key not in gone:
            by = renamed.get(theirs["by"], theirs["by"])
            insert(
                work.connection,
                "product",
                {name: theirs[name] for name in theirs if name != "id"} | {"by": by},
            )
            count += 1
    return count
