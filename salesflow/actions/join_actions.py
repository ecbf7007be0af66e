"""The improvement plan of another rep's book in this one, each action known by its uid (K6)."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.actions.work import Work
from salesflow.store import stored
from salesflow.store.rows import Connection, insert, update


def take(work: Work, other: Connection, rep: str, renamed: Mapping[str, str]) -> int:
    """How many actions are new here or over since they came. What nobody is named for is ``rep``'s own.

    What this book says of an action stands; that it was done or dropped there is taken over.
    """
    here = {row["uid"]: row for row in stored.rows(work.connection, "action")}
    count = 0
    for theirs in stored.rows(other, "action"):
        mine = here.get(theirs["uid"])
        who = theirs["who"] or rep
        by = renamed.get(theirs["by"], theirs["by"])
        if mine is None:
            row = {name: theirs[name] for name in theirs if name != "id"}
            insert(work.connection, "action", row | {"who": renamed.get(who, who), "by": by})
        elif _is_open(mine) and not _is_open(theirs):
            ended = {name: theirs[name] for name in ("done_on", "dropped_on", "note")}
            update(work.connection, "action", mine["id"], ended)
        else:
            continue
        count += 1
    return count


def _is_open(row: Mapping[str, object]) -> bool:
    return row["done_on"] is None and row["dropped_on"] is None
