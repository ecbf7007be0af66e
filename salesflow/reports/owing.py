"""What every lead owes on a day: the book's orders, payments and days of payment put together (L6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesflow import receivables
from salesflow.models import OrderLine, SalesOrder
from salesflow.money_lines import line_sum
from salesflow.receivables import Account, Balance, Part
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.store import metrics, orders, payments
from salesflow.store.rows import Connection


def read(connection: Connection, day: date, lead_id: int | None = None) -> dict[int, Balance]:
    """The balance of every lead that has an order or a payment by the day, or of this one."""
    sold = orders.list_orders(connection, lead_id)
    paid = payments.list_payments(connection, lead_id)
    dues = orders.list_dues(connection, lead_id)
    ids = list({one.lead_id for one in sold})
    processes = Processes(connection)
    names = metrics.names_of(connection, ids)
    terms = {one: processes[known["process"]].payment_days for one, known in names.items()}
    return receivables.balances(sold, paid, dues, day, terms)


def of_leads(
    connection: Connection, day: date, lead_ids: Sequence[int], processes: Processes
) -> dict[int, Balance]:
    """The balance of each of these leads that has an order or a payment by the day."""
    names = metrics.names_of(connection, lead_ids)
    terms = {one: processes[known["process"]].payment_days for one, known in names.items()}
    sold, paid = orders.orders_of(connection, lead_ids), payments.payments_of(connection, lead_ids)
    return receivables.balances(sold, paid, orders.dues_of(connection, lead_ids), day, terms)


def of_order(balances: dict[int, Balance], order: SalesOrder) -> Account | None:
    """The order's account, None where it does not stand on the day."""
    known = balances.get(order.lead_id)
    return next((one for one in known.accounts if one.order.id == order.id), None) if known else None


def margin(order: SalesOrder) -> int | None:
    """What is left of the order's amount over its cost, None where one of them is not known."""
    if order.amount_fen is None or order.cost_fen is None:
        return None
    return order.amount_fen - order.cost_fen


def line_record(line: OrderLine) -> dict[str, Any]:
    """A line of an order, its sums in yuan."""
    whole, rest = divmod(line.quantity, 1000)
    amount = None if line.price_fen is None else line_sum(line.quantity, line.price_fen)
    return {
        "product": line.product,
        "quantity": line.quantity / 1000 if rest else whole,
        "price": money(line.price_fen),
        "cost": money(line.cost_fen),
        "amount": money(amount),
    }


def part_record(part: Part) -> dict[str, Any]:
    """A part of an order, the day on which it is to be paid, and what of it is not."""
    return {
        "due_on": part.due_on.isoformat(),
        "amount": money(part.amount_fen),
        "outstanding": money(part.open_fen),
        "days_overdue": part.days_overdue,
    }


def balance_record(balance: Balance | None) -> dict[str, Any]:
    """A lead's sums: ``billed = paid + outstanding``; a negative outstanding is its ``credit``."""
    known = balance or Balance(0, (), 0, 0)
    costs = [margin(one.order) for one in known.accounts]
    margins = [one for one in costs if one is not None]
    due = [one.next_due.due_on for one in known.accounts if one.next_due]
    return {
        "billed": money(known.billed_fen),
        "paid": money(known.paid_fen),
        "outstanding": money(known.outstanding_fen),
        "credit": money(known.credit_fen),
        "overdue": money(known.overdue_fen),
        "days_overdue": known.days_overdue,
        "due_on": min(due).isoformat() if due else None,
        "margin": money(sum(margins)) if margins else None,
    }
