"""Rows of follow-ups, stages, contacts, orders, payments and targets, thousands at once, every one accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from salesflow.actions import import_followups, import_moves, import_plans, import_sales
from salesflow.actions.import_cells import Cells, Keys
from salesflow.actions.import_chain import KEPT
from salesflow.actions.import_find import Found, Leads
from salesflow.actions.import_lead import RowIn
from salesflow.actions.import_moves import MoveIn
from salesflow.actions.import_people import People
from salesflow.actions.import_sales import PaidIn, SaleIn, numbers_in, unassigned
from salesflow.actions.import_settle import New, Settling
from salesflow.actions.import_targets import Targets
from salesflow.actions.imports import SHOWN, Outcome
from salesflow.actions.work import Work
from salesflow.errors import SalesflowError
from salesflow.store import bulk, incoming
from salesflow.store.rows import new_uid

TABLES = {"followups": "followup", "stages": "move", "orders": "sales_order", "payments": "payment"}
# what hangs on what: each kind after those that it may name
ORDER = ("contacts", "followups", "stages", "promises", "orders", "payments", "targets")


@dataclass(frozen=True)
class Sheet:
    """The rows of one kind in one file, and how they are read.

    ``orders`` and ``headers`` are the order of dates and the column by field, ``header`` all
    columns, ``aside`` those that say why a row was rejected before.
    """

    kind: str
    rows: Iterable[RowIn]
    header: Sequence[str]
    orders: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    aside: Sequence[str] = ()


class _Reader(Protocol):
    def one(self, row: RowIn, keys: Keys) -> None: ...

    def finish(self) -> None: ...


class Records:
    """Takes the sheets of one file into one step; what they do to the leads is done at the end."""

    def __init__(
        self,
        work: Work,
        policy: str,
        of_file: Mapping[str, int] | None = None,
        progress: Callable[[int], None] = lambda rows: None,
    ) -> None:
        """``of_file``: leads by the ids that the file itself gives them."""
        self._work = work
        self._policy = policy
        self._leads = Leads(work.connection, of_file)
        self._bulk = bulk.Bulk(work.connection)
        self._new: dict[int, New] = {}
        self._orders: dict[str, SaleIn] = {}
        self._rows_of: dict[tuple[Any, ...], SaleIn | None] = {}
        self._paid: list[tuple[PaidIn, str]] = []
        self._progress = progress
        self._seen = 0

    def take(self, sheet: Sheet) -> Outcome:
        """What became of the sheet's rows."""
        done = Outcome()
        cells = Cells(self._work, sheet.orders, sheet.headers)
        keys = Keys(sheet.kind, sheet.header, sheet.aside)
        reader = self._reader(sheet.kind, cells, done)
        for row in sheet.rows:
            done.rows += 1
            self._seen += 1
            if not self._seen % 1000:
                self._progress(self._seen)
            try:
                if row.faults:
                    raise row.faults[0]
                reader.one(row, keys)
            except SalesflowError as error:
                done.reject(row, error)
        reader.finish()
        done.became = self._leads.became
        return done

    def _reader(self, kind: str, cells: Cells, done: Outcome) -> _Reader:
        if kind == "contacts":
            return _Contacts(cells, self._bulk, self._leads, self._policy, done)
        if kind == "targets":
            return _Targets(cells, self._bulk, self._policy, done)
        if kind == "promises":
            return _Promises(self, cells, done)
        return _Events(self, kind, cells, done)

    def finish(self) -> None:
        """Nothing; every lead stands as its records say, and every payment is with its order."""
        self._bulk.flush()
        Settling(self._work, self._bulk).take(self._new, self._progress)
        for new in self._new.values():
            for one in new.orders:
                for table, row in one.hanging():
                    self._bulk.add(table, row)
        self._pay()
        self._bulk.flush()

    def _of(self, lead_id: int) -> New:
        return self._new.setdefault(lead_id, New([], [], [], []))

    def _pay(self) -> None:
        leads = list({paid.row["lead_id"] for paid, _ in self._paid})
        orders = incoming.rows_of(self._work.connection, "sales_order", leads)
        for paid, header in self._paid:
            if paid.order:
                paid.row["order_id"] = self._order(paid, orders.get(paid.row["lead_id"], []))
                if paid.row["order_id"] is None:
                    unassigned(paid, header)
            self._bulk.add("payment", paid.row)

    def _order(self, paid: PaidIn, orders: Sequence[Mapping[str, Any]]) -> int | None:
        text = paid.order or ""
        own = self._orders.get(text)
        if own is not None and own.row["lead_id"] == paid.row["lead_id"]:
            return int(own.row["id"])
        named = [one["id"] for one in orders if text == one["contract"] or text in numbers_in(one["note"])]
        number = text.removeprefix("#")
        named = named or [one["id"] for one in orders if number in (str(one["id"]), one["uid"])]
        return named[0] if len(named) == 1 else None


class _Events:
    """The rows of one sheet of what happened: follow-ups, stages, orders, payments."""

    def __init__(self, records: Records, kind: str, cells: Cells, done: Outcome) -> None:
        connection = records._work.connection
        self._records, self._kind, self._cells, self._done = records, kind, cells, done
        self._keys = incoming.source_keys(connection, TABLES[kind])
        self._typed = Counter(incoming.typed(connection, TABLES[kind]))
        self._uids: dict[str, int] | None = None
        self._take: Callable[[Found, dict[str, Any]], tuple[dict[str, Any], tuple[Any, ...], Any]]
        self._take = getattr(self, f"_{kind}")

    def one(self, row: RowIn, keys: Keys) -> None:
        """Nothing; the row is counted, and waits where it is new."""
        lead = self._records._leads.of(row.values)
        columns, content, said = self._take(lead, row.values)
        key = keys.of(row)
        if isinstance(said, MoveIn) and said.stage is None:
            key += KEPT
        known = self._records._policy != "add" and self._known(key, content, row.values.get("uid"))
        if isinstance(said, SaleIn) and self._is_line(said, known):
            return
        if known:
            if self._records._policy == "skip":
                self._done.duplicates += 1
            else:
                self._done.unchanged += 1
            return
        uid = row.values.get("uid")
        columns["uid"] = uid if uid and self._is_free(uid) else new_uid()
        if self._uids is not None:
            self._uids[columns["uid"]] = 0
        columns["source_key"] = key
        self._keys.add(key)
        self._done.added += 1
        self._keep(lead.id, row, said)

    def finish(self) -> None:
        """Nothing; what waits is brought to its leads once the whole file has been read."""

    def _is_line(self, said: SaleIn, known: bool) -> bool:
        # rows of one contract and day, each with its product and quantity, are the lines of one order
        if said.number is None or not said.lines:
            return False
        first = self._records._rows_of.setdefault(said.same, None if known else said)
        if known or first is said:
            return False
        if first is None:
            self._done.duplicates += 1
        else:
            first.join(said)
            self._done.added += 1
        return True

    def _known(self, key: str, content: tuple[Any, ...], uid: str | None) -> bool:
        if key in self._keys or (uid and not self._is_free(uid)):
            return True
        if self._typed.get(content, 0) > 0:  # what was typed before its sheet came
            self._typed[content] -= 1
            return True
        return False

    def _is_free(self, uid: str) -> bool:
        if self._uids is None:
            self._uids = incoming.uids(self._records._work.connection, TABLES[self._kind])
        return uid not in self._uids

    def _keep(self, lead_id: int, row: RowIn, said: Any) -> None:
        records = self._records
        if self._kind == "payments":
            records._paid.append((said, self._cells.header("order")))
            return
        new = records._of(lead_id)
        if self._kind == "followups":
            new.followups.append(said)
        elif self._kind == "stages":
            new.moves.append(said)
        else:
            said.row["id"] = records._bulk.next_id("sales_order")
            for name in (said.number, row.values.get("uid")):
                if name:
                    records._orders.setdefault(name, said)
            new.orders.append(said)

    def _followups(self, lead: Found, values: dict[str, Any]) -> tuple[dict[str, Any], tuple[Any, ...], Any]:
        found = import_followups.read(self._cells, lead, values)
        return found.row, found.content, found

    def _stages(self, lead: Found, values: dict[str, Any]) -> tuple[dict[str, Any], tuple[Any, ...], Any]:
        found = import_moves.read(self._cells, lead, values)
        return found.row, found.content, found

    def _orders(self, lead: Found, values: dict[str, Any]) -> tuple[dict[str, Any], tuple[Any, ...], Any]:
        found = import_sales.read_order(self._cells, lead, values)
        return found.row, found.content, found

    def _payments(self, lead: Found, values: dict[str, Any]) -> tuple[dict[str, Any], tuple[Any, ...], Any]:
        found = import_sales.read_payment(self._cells, lead, values)
        return found.row, found.content, found


class _Promises:
    """The rows of one sheet of promises: each is known by its lead, when it was made, and for which day."""

    def __init__(self, records: Records, cells: Cells, done: Outcome) -> None:
        self._records, self._cells, self._done = records, cells, done
        self._known = incoming.promises(records._work.connection)
        self._uids = set(incoming.uids(records._work.connection, "promise"))
        self._standing = {(key[0], key[2]) for key, end in self._known.items() if end[0] is None}

    def one(self, row: RowIn, keys: Keys) -> None:
        """Nothing; the row is counted, and waits where it is new or says how one ended."""
        lead = self._records._leads.of(row.values)
        plan = import_plans.read(self._cells, lead, row.values)
        known = self._known.get((lead.id, *plan.key))
        if known or not self._cells.reads("made_at") and (lead.id, plan.row["date"]) in self._standing:
            self._done.duplicates += self._records._policy == "skip"
            self._done.unchanged += self._records._policy != "skip"
            if known is None or plan.end is None or plan.end == known:
                return  # else the sheet says how it ended
        else:
            self._done.added += 1
        uid = row.values.get("uid")
        plan.row["uid"] = uid if uid and uid not in self._uids else new_uid()
        self._uids.add(plan.row["uid"])
        self._known[lead.id, *plan.key] = plan.end or (None, None)
        if plan.end is None:
            self._standing.add((lead.id, plan.row["date"]))
        self._records._of(lead.id).plans.append(plan)

    def finish(self) -> None:
        """Nothing; what waits is brought to its leads once the whole file has been read."""


def _counted(done: Outcome, became: str, row: RowIn, lead_id: int, changed: list[str]) -> None:
    setattr(done, became, getattr(done, became) + 1)
    if became == "updated" and done.updated <= SHOWN:
        done.changes.append((row.number, lead_id, changed))


class _Contacts:
    """The rows of one sheet of people."""

    def __init__(self, cells: Cells, rows: bulk.Bulk, leads: Leads, policy: str, done: Outcome) -> None:
        self._people = People(cells, rows)
        self._leads, self._policy, self._done = leads, policy, done

    def one(self, row: RowIn, keys: Keys) -> None:
        """Nothing; the row is counted, and the person told more of or waiting."""
        became, lead_id, changed = self._people.take(self._leads.of(row.values), row.values, self._policy)
        _counted(self._done, became, row, lead_id, changed)

    def finish(self) -> None:
        """Nothing; every row is in the book."""
        self._people.finish()


class _Targets:
    """The rows of one sheet of targets."""

    def __init__(self, cells: Cells, rows: bulk.Bulk, policy: str, done: Outcome) -> None:
        self._targets = Targets(cells, rows)
        self._policy, self._done = policy, done

    def one(self, row: RowIn, keys: Keys) -> None:
        """Nothing; the row is counted, and the target changed or waiting."""
        became, changed = self._targets.take(row.values, self._policy, keys.of(row))
        _counted(self._done, became, row, 0, changed)

    def finish(self) -> None:
        """Nothing; every row is in the book."""
        self._done.reckoned = self._targets.reckoned
        self._targets.finish()
