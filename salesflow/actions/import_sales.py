"""Rows of orders and of payments: what was signed and what came in, on its day and by its author."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.actions.import_cells import Cells
from salesflow.actions.import_find import Found
from salesflow.actions.import_moves import is_won
from salesflow.errors import Refused, Usage
from salesflow.money import parse_amount
from salesflow.money_lines import Line, line_sum, parse_line, parse_quantity
from salesflow.store.rows import new_uid

_ORDER = ("lead_id", "signed_on", "amount_fen", "product")
_PAYMENT = ("lead_id", "paid_on", "amount_fen")


class SaleIn(NamedTuple):
    """An order to be, with the number that its sheet gives it, its lines and its days of payment.

    ``sums`` are what each of its rows says that it comes to, and what the row's own line comes to,
    ``collected`` the days and amounts that its sheet says were paid.
    """

    row: dict[str, Any]
    number: str | None
    content: tuple[Any, ...]
    lines: list[Line]
    dues: list[tuple[str, int | None]]
    sums: list[tuple[int | None, int | None]]
    collected: list[tuple[str, int]]

    @property
    def same(self) -> tuple[Any, ...]:
        """What the rows of one order have in common."""
        return self.row["lead_id"], self.number, self.row["signed_on"]

    def hanging(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(table, row) of what hangs on the order, once it has an id."""
        of = {
            "order_id": self.row["id"],
            **{name: self.row[name] for name in ("lead_id", "by", "recorded_at")},
        }
        for line in self.lines:
            yield "order_line", {"uid": new_uid(), **of, **line._asdict()}
        for due_on, fen in self.dues:
            yield "due", {"uid": new_uid(), **of, "due_on": due_on, "amount_fen": fen}
        for paid_on, paid in self.collected:
            yield "payment", {"uid": new_uid(), **of, "paid_on": paid_on, "amount_fen": paid}

    def join(self, other: SaleIn) -> None:
        """Nothing; the other row's line is one of this order's."""
        self.lines.extend(other.lines)
        self.sums.extend(other.sums)
        costs = self.row["cost_fen"], other.row["cost_fen"]
        self.row["cost_fen"] = None if None in costs else sum(costs)
        if self.row["product"] != other.row["product"]:
            self.row["product"] = None
        said = {given for given, _ in self.sums}
        own = [line for _, line in self.sums]
        # a sheet may repeat the order's whole amount in each of its rows
        if len(said) == 1 and None not in own and said == {sum(one for one in own if one is not None)}:
            self.row["amount_fen"] = said.pop()
        else:
            self.row["amount_fen"] = sum(given or line or 0 for given, line in self.sums)
        _days(self.row, self.dues, other.dues)
        # a sheet may repeat what was paid in each row, as it does the day of payment
        self.collected.extend(one for one in other.collected if one not in self.collected)


def _days(
    row: dict[str, Any], dues: list[tuple[str, int | None]], more: list[tuple[str, int | None]]
) -> None:
    # the same day repeated in each row is one; the rest is due once
    for one in more:
        if one not in dues and not (one[1] is None and any(fen is None for _, fen in dues)):
            dues.append(one)


class PaidIn(NamedTuple):
    """A payment to be, with what its sheet calls the order."""

    row: dict[str, Any]
    order: str | None
    content: tuple[Any, ...]


def read_order(cells: Cells, lead: Found, values: dict[str, Any]) -> SaleIn:
    """The order that the row tells of. Raises Usage or Refused for what cannot be taken."""
    stage = values.get("deal_stage")
    if stage is not None and not is_won(cells.codes(lead.process), stage):
        raise Refused("rows.not_won", column=cells.header("deal_stage"), text=stage[:40])
    lines = _lines(cells, values)
    own = _come_to(lines, "price_fen")
    amount, framework = values.get("amount"), cells.flag(values, "framework", False)
    if not (amount or own) and not framework:
        raise Usage("rows.no_amount", column=cells.header("amount"))
    number = values.get("number")
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "signed_on": cells.day(values, "signed_on"),
        "amount_fen": amount or own,
        "cost_fen": values["cost"] if values.get("cost") is not None else _come_to(lines, "cost_fen"),
        "framework": int(framework),
        "product": values.get("product") or (lines[0].product if len(lines) == 1 else None),
        "contract": number,
        "by": values.get("by") or cells.work.by,
        "recorded_at": cells.work.at,
    }
    row |= _steps(cells, values, row["signed_on"])
    dues, untold = _dues(cells, values, row["signed_on"])
    count = None if lines else values.get("quantity")
    collected, unread = _collected(cells, values, row["signed_on"])
    row["note"] = _note(
        values.get("note"),
        (cells.header("due"), untold),
        (cells.header("quantity"), count),
        (cells.header("collected"), unread),
    )
    content = tuple([row[name] for name in _ORDER])
    return SaleIn(row, number, content, lines, dues, [(amount, own)], collected)


def _collected(cells: Cells, values: dict[str, Any], signed: str) -> tuple[list[tuple[str, int]], str | None]:
    # (what was paid, what was no amount); without a day of its own it came in when the order was signed
    text = values.get("collected")
    if not text or _no(text):
        return [], None
    try:
        fen = parse_amount(text)
    except Usage:
        return [], text
    if not fen:
        return [], None
    day = cells.day(values, "collected_on") if values.get("collected_on") else signed
    return [(day, fen)], None


def _lines(cells: Cells, values: dict[str, Any]) -> list[Line]:
    # a row is a line where it says of what how much; a cell of lines has one a line, or between semicolons
    told = (values.get("lines") or "").replace("；", ";").replace("\n", ";").split(";")
    found = [parse_line(text) for text in told if text.strip()]
    product, count = values.get("product"), values.get("quantity")
    if found or not product or not count:
        return found
    return [Line(product, parse_quantity(count), values.get("unit_price") or None, values.get("unit_cost"))]


def _come_to(lines: list[Line], field: str) -> int | None:
    sums = [getattr(one, field) for one in lines]
    if not lines or None in sums:
        return None
    return sum(line_sum(one.quantity, fen) for one, fen in zip(lines, sums, strict=True))


_STEPS = ("delivered_on", "accepted_on", "cancelled_on")


def _steps(cells: Cells, values: dict[str, Any], signed: str) -> dict[str, Any]:
    # the days of delivery, acceptance and cancelling; none lies before the signature
    found: dict[str, Any] = {}
    for field in _STEPS:
        text = values.get(field)
        if text is None or (field == "cancelled_on" and _no(text)):
            continue
        # `作废: 是` says that, and not when: it never counted
        found[field] = signed if field == "cancelled_on" and _yes(text) else cells.day(values, field)
        if found[field] < signed:
            raise Refused("rows.before_signed", column=cells.header(field), date=found[field], signed=signed)
    if "cancelled_on" in found:
        found["cancel_why"] = values.get("cancel_why")
    return found


def _yes(text: str) -> bool:
    return text.strip().casefold() in ("是", "已作废", "作废", "yes", "y", "true", "1")


def _no(text: str) -> bool:
    return text.strip().casefold() in ("否", "无", "no", "n", "false", "0", "-")


def _dues(
    cells: Cells, values: dict[str, Any], signed: str
) -> tuple[list[tuple[str, int | None]], str | None]:
    # (days of payment, what was none): `2026-12-01`, or `2026-12-01 20000; 2027-01-31`
    text = values.get("due")
    if not text:
        return [], None
    found: list[tuple[str, int | None]] = []
    try:
        for part in text.replace("；", ";").replace("\n", ";").split(";"):
            day, _, amount = part.strip().partition(" ")
            if day:
                fen = parse_amount(amount) if amount.strip() else None
                found.append((cells.promised(day, "due", signed).date.isoformat(), fen or None))
    except Usage:
        return [], text
    rests = sum(fen is None for _, fen in found)
    return ([], text) if rests > 1 else (found, None)


def read_payment(cells: Cells, lead: Found, values: dict[str, Any]) -> PaidIn:
    """The payment that the row tells of. Raises Usage or Refused for what cannot be taken."""
    amount = values.get("amount")
    if not amount:
        raise Usage("rows.no_amount", column=cells.header("amount"))
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "paid_on": cells.day(values, "on"),
        "amount_fen": amount,
        "method": values.get("method"),
        "note": values.get("note"),
        "by": values.get("by") or cells.work.by,
        "recorded_at": cells.work.at,
    }
    return PaidIn(row, values.get("order"), tuple([row[name] for name in _PAYMENT]))


def _note(note: str | None, *more: tuple[str, str | None]) -> str | None:
    # what has no column of its own is kept in the note, by the name that the sheet gives it
    said = [note, *(f"{header} {text}" for header, text in more if text)]
    return "\n".join([text for text in said if text]) or None


def unassigned(paid: PaidIn, header: str) -> None:
    """Nothing; what the sheet calls an order that is not known stays in the payment's note."""
    paid.row["note"] = _note(paid.row["note"], (header, paid.order))


def numbers_in(note: str | None) -> set[str]:
    """The words of an order's note, one of which may be its number."""
    return set((note or "").split())
