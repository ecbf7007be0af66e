"""What hangs on the leads of another book: rows under new ids, those that are here brought up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.actions.work import Work
from salesflow.store import joining, stored
from salesflow.store.rows import Connection, insert, update
from salesflow.store.stored import Row

# columns that hold a rep's name
_REPS = ("owner", "registered_by", "by", "helped_by", "credit_by", "booked_by", "keeper", "settled_to", "rep")

# where a row says something else, or nothing, without the row that it refers to
_NEEDED = {"score": ("competitor_id",), "incident_note": ("incident_id",)}

# two leads of one row: known by both, and none where both have become one
_PAIRS = ("link", "not_same", "conflict")

# rows that stay as they were made here; what became of a conflict is settled in each book for itself
_KEPT = (*_PAIRS, "former")

# what makes up an order's sums: what the other book has taken away or replaced is gone here too
_SUMS = ("order_line", "due", "payment")

_KEYS: dict[str, tuple[str, ...]] = {
    "negotiation_plan": (),
    "score": ("checklist", "item", "competitor_id"),
    "link": ("other_id",),
    "not_same": ("other_id",),
}


class Rows:
    """Takes the rows of the other book in; ``ids`` say, table by table, which row here each of them is.

    ``added`` counts the new ones, ``changed`` are the leads that were here and got or lost something;
    ``parts`` are leads here that the other book has made one with a lead of these, ``moved`` the new
    moves by lead.
    """

    def __init__(self, work: Work, other: Connection, renamed: Mapping[str, str]) -> None:
        self._work = work
        self._other = other
        self._renamed = renamed
        self.ids: dict[str, dict[int, int]] = {table: {} for table in ("lead", *joining.HANGING)}
        self.added = 0
        self.changed: set[int] = set()
        self.parts: dict[int, list[int]] = {}
        self.moved: dict[int, set[int]] = {}
        self._theirs: dict[int, list[int]] = {}
        self._last: dict[str, int] = {}
        self._gone: dict[int, tuple[frozenset[Any], tuple[int, ...]]] = {}
        self._taken: dict[int, list[tuple[str, Row]]] = {}

    def next_id(self, table: str) -> int:
        """An id that no row of the table has had."""
        if table not in self._last:
            self._last[table] = joining.last_id(self._work.connection, table)
        self._last[table] += 1
        return self._last[table]

    def theirs(self, lead_id: int) -> list[int]:
        """The leads of the other book that are this one."""
        if not self._theirs:
            for one, here in self.ids["lead"].items():
                self._theirs.setdefault(here, []).append(one)
        return self._theirs[lead_id]

    def mapped(self, table: str, theirs: Row) -> Row:
        """The row as it would stand here: what it refers to by the ids here, reps by their names here."""
        row = {name: self._named(name, value) for name, value in theirs.items()}
        for column, target in joining.references(table).items():
            if theirs[column]:
                row[column] = self.ids[target].get(theirs[column])
        if "after_followup" in row:
            row["after_followup"] = row["after_followup"] or 0
        return row

    def _named(self, name: str, value: Any) -> Any:
        return self._renamed.get(value, value) if name in _REPS and value else value

    def take(self, fresh: frozenset[int]) -> None:
        """Every row of every lead is here; ``fresh`` are the leads that came with them."""
        now, gone = joining.leads_by_uid(self._work.connection)
        for table in joining.HANGING:
            here: dict[int, dict[Any, Row]] = {}
            for theirs in stored.rows(self._other, table):
                row = self.mapped(table, theirs)
                if self._nothing(table, theirs, row):
                    continue
                if table == "former" and (
                    row["uid"] in now or gone.get(row["uid"], row["lead_id"]) != row["lead_id"]
                ):
                    continue  # that one is a lead of its own here, or part of another
                if table in _PAIRS or row["lead_id"] not in fresh:
                    self._compare(table, theirs, row, here)
                else:
                    self._insert(table, theirs, row)
        self._take_away()

    def _take_away(self) -> None:
        for theirs, lead_id in self.ids["lead"].items():
            gone = {(table, row.get("uid")) for table, row in joining.removed(self._other, theirs)}
            for table in _SUMS if gone else ():
                for mine in stored.rows_of(self._work.connection, table, lead_id):
                    if (table, mine["uid"]) in gone:
                        joining.remove(self._work.connection, table, mine["id"])
                        self.changed.add(lead_id)

    def _nothing(self, table: str, theirs: Row, row: Row) -> bool:
        if table in _PAIRS:
            if table == "not_same" and row["other_id"] < row["lead_id"]:
                row["lead_id"], row["other_id"] = row["other_id"], row["lead_id"]
            return bool(row["lead_id"] == row["other_id"])
        return any(theirs[column] and not row[column] for column in _NEEDED.get(table, ()))

    def _insert(self, table: str, theirs: Row, row: Row) -> None:
        row["id"] = self.ids[table][theirs["id"]] = self.next_id(table)
        insert(self._work.connection, table, row)
        self.added += 1
        if table == "move":
            self.moved.setdefault(row["lead_id"], set()).add(row["id"])

    def _compare(self, table: str, theirs: Row, row: Row, here: dict[int, dict[Any, Row]]) -> None:
        lead_id, key = row["lead_id"], _key(table, row)
        if lead_id not in here:
            # what was carried from one lead to another over there stands here where it stood
            leads = (*self.parts.get(lead_id, ()), lead_id)
            mine_all = [one for held in leads for one in stored.rows_of(self._work.connection, table, held)]
            here[lead_id] = {_key(table, one): one for one in mine_all}
            here[lead_id] |= {pair: one for one in mine_all if (pair := _pair(table, one))}
        mine = here[lead_id].get(key) or here[lead_id].get(_pair(table, row))
        if mine is not None:
            self.ids[table][theirs["id"]] = mine["id"]
            if table not in _KEPT and mine["lead_id"] == lead_id:
                self._bring_up(table, mine, theirs, row)
        elif (table, key) in self._removed(lead_id)[0]:
            self._instead(table, theirs, row)
        else:
            self._insert(table, theirs, row)
            here[lead_id][key] = row
            self.changed.add(lead_id)

    def _instead(self, table: str, theirs: Row, row: Row) -> None:
        # a person who was taken away here, or is one with another: what was said to them was said to the namesake
        if table == "contact":
            people = stored.rows_of(self._work.connection, table, row["lead_id"])
            found = next((one["id"] for one in people if one["name"] == row["name"]), None)
            if found:
                self.ids[table][theirs["id"]] = found

    def _bring_up(self, table: str, mine: Row, theirs: Row, row: Row) -> None:
        own = joining.own_columns(table)
        if all(mine[name] == row[name] for name in own):
            return
        if self.is_newer(table, mine, theirs, own):
            values = {name: value for name, value in row.items() if name not in ("id", "lead_id")}
            update(self._work.connection, table, mine["id"], values)
            self.changed.add(row["lead_id"])

    def is_newer(self, table: str, mine: Row, theirs: Row, names: Sequence[str]) -> bool:
        """Whether the other book's version of a row follows on ours; of two that parted the later one does."""
        lead_id = mine["id"] if table == "lead" else mine["lead_id"]
        belonged = (lead_id, *self._removed(lead_id)[1])
        ours = joining.versions(self._work.connection, table, mine["id"], belonged)
        their_lead = theirs["id"] if table == "lead" else theirs["lead_id"]
        other = joining.versions(self._other, table, theirs["id"], (their_lead,))
        now_ours, now_theirs = self._cells(names, mine), self._cells(names, theirs)
        if now_ours in [self._cells(names, state) for _, state in other[:-1]]:
            return True
        if now_theirs in [self._cells(names, state) for _, state in ours[:-1]]:
            return False
        last = [states[-1][0] if states else "" for states in (other, ours)]
        return last[0] > last[1]

    def _cells(self, names: Sequence[str], row: Row) -> tuple[Any, ...]:
        return tuple([self._named(name, row.get(name)) for name in names])

    def _removed(self, lead_id: int) -> tuple[frozenset[Any], tuple[int, ...]]:
        """What was taken away from the lead here (table, key), and the leads that became part of it."""
        if lead_id not in self._gone:
            waiting, gone, found = [lead_id], [], joining.removed(self._work.connection, lead_id)
            while waiting:
                for operation_id in joining.mergers(self._work.connection, waiting.pop()):
                    if operation_id not in self._taken:
                        self._taken[operation_id] = joining.removed_in(self._work.connection, operation_id)
                    found += self._taken[operation_id]
                    parts = [row["id"] for table, row in self._taken[operation_id] if table == "lead"]
                    waiting += [one for one in parts if one not in gone]
                    gone += parts
            keys = frozenset((table, _key(table, row)) for table, row in found if table in joining.HANGING)
            self._gone[lead_id] = (keys, tuple(gone))
        return self._gone[lead_id]


def _key(table: str, row: Row) -> Any:
    """What a row of one lead is known by: its uid, else what there is one of, else all its cells."""
    if row.get("uid"):
        return row["uid"]
    names = _KEYS.get(table)
    if names is None:
        names = tuple(name for name in joining.columns(table) if name not in ("id", "lead_id"))
    return tuple([row.get(name) for name in names])


def _pair(table: str, row: Row) -> Any:
    # two books may have found the same conflict, each under a uid of its own
    return ("pair", row["other_id"]) if table == "conflict" and row.get("other_id") else None
