"""Rows of orders and of payments: what was signed and what came in, on its day and by its author."""

from __future__ import annotations

from typing import Any, NamedTuple

from salesflow.actions.import_cells import Cells
from salesflow.actions.import_find import Found
from salesflow.errors import Usage

_ORDER = ("lead_id", "signed_on", "amount_fen", "product")
_PAYMENT = ("lead_id", "paid_on", "amount_fen")


class SaleIn(NamedTuple):
    """An order to be, with the number that its sheet gives it."""

    row: dict[str, Any]
    number: str | None
    content: tuple[Any, ...]


class PaidIn(NamedTuple):
    """A payment to be, with what its sheet calls the order."""

    row: dict[str, Any]
    order: str | None
    content: tuple[Any, ...]


def read_order(cells: Cells, lead: Found, values: dict[str, Any]) -> SaleIn:
    """The order that the row tells of. Raises Usage or Refused for what cannot be taken."""
    amount, framework = values.get("amount"), cells.flag(values, "framework", False)
    if not amount and not framework:
        raise Usage("rows.no_amount", column=cells.header("amount"))
    number, due = values.get("number"), values.get("due")
    row: dict[str, Any] = {
        "lead_id": lead.id,
        "signed_on": cells.day(values, "signed_on"),
        "amount_fen": amount or None,
        "cost_fen": values.get("cost"),
        "framework": int(framework),
        "product": values.get("product"),
        "note": _note(values.get("note"), (cells.header("number"), number), (cells.header("due"), due)),
        "by": values.get("by") or cells.work.by,
        "recorded_at": cells.work.at,
    }
    return SaleIn(row, number, tuple([row[name] for name in _ORDER]))


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
