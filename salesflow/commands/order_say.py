"""What the commands of orders answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.context import App
from salesflow.money import show_money

if TYPE_CHECKING:
    from salesflow.models import Lead, SalesOrder
    from salesflow.processes import Stage, Want


def record(app: App, order_id: int) -> dict[str, Any]:
    """The order as it now stands, for ``--json``."""
    from salesflow.reports import orders

    with app.read() as connection:
        return orders.read_one(connection, order_id, app.today)


def added(app: App, done: SalesOrder, after: Lead, won: Stage | None) -> None:
    """Nothing; says what was recorded, when it is to be paid, and what it moved."""
    on = common.day_text(app, date.fromisoformat(done.signed_on))
    line = app.t("order.added", amount=_amount(app, done), on=on, order=done.id, **common.named(after))
    if won:
        line += "  " + app.t("order.won", stage=won.title(app.lang))
    elif after.status != "open":
        line += "  " + app.t("order.closed", id=after.id)
    known = record(app, done.id)
    if known["paid"]:  # in advance: what was just signed has no payment of its own yet
        line += "  " + app.t("order.from_advance", paid=show_money(round(known["paid"] * 100), app.lang))
    app.write_lines("  ".join([line, *_more(app, known)]))
    _warn(app, known)
    if won:
        from salesflow.commands.referral import after_deal

        after_deal(app, after.id)


def shut(app: App, lead: Lead, won: Stage, missing: Sequence[Want]) -> None:
    """Nothing; a deal is signed and the lead stands where it stood: says why, and what to do."""
    from salesflow import funnel

    app.warn("order.not_won", stage=won.title(app.lang), count=len(missing))
    for want in missing:
        command = funnel.supply_command(want, lead.id, app.lang)
        app.warn("order.lacks", title=funnel.want_title(want, app.lang), command=command)
    app.warn("order.then", id=lead.id, stage=won.code)


def stepped(app: App, done: SalesOrder, key: str, on: str | None, as_json: bool) -> None:
    """Nothing; says the step ``key`` and what of the order is still owed."""
    known = record(app, done.id)
    if as_json:
        app.emit_json(known)
        return
    day = common.day_text(app, date.fromisoformat(on)) if on else ""
    line = app.t(key, **_named(app, done), amount=_amount(app, done), on=day).rstrip()
    app.write_lines("  ".join([line, *_more(app, known)]))
    _warn(app, known)
    if key == "order.edited":  # it may come to less now than was paid
        _credit(app, done)


def cancelled(app: App, done: SalesOrder, as_json: bool) -> None:
    """Nothing; says that the order is cancelled, and where what was paid for it is now."""
    if as_json:
        app.emit_json(record(app, done.id))
        return
    on = common.day_text(app, date.fromisoformat(done.cancelled_on or done.signed_on))
    app.write_lines(app.t("order.cancelled", **_named(app, done), amount=_amount(app, done), on=on))
    from salesflow.reports import standing_order

    _credit(app, done)
    with app.read() as connection:
        stage = standing_order.without(connection, done.lead_id)
    if stage:
        app.warn("order.still_won", stage=stage.title(app.lang), id=done.lead_id)


def _credit(app: App, done: SalesOrder) -> None:
    from salesflow.reports import owing

    with app.read() as connection:
        balance = owing.read(connection, app.today, done.lead_id).get(done.lead_id)
    if balance and balance.credit_fen:
        app.warn("order.paid_before", credit=show_money(balance.credit_fen, app.lang))


def _amount(app: App, done: SalesOrder) -> str:
    amount = show_money(done.amount_fen, app.lang) if done.amount_fen is not None else ""
    return f"{app.t('order.framework')} {amount}".rstrip() if done.framework or not amount else amount


def _named(app: App, done: SalesOrder) -> dict[str, Any]:
    from salesflow.reports.heads import heads

    with app.read() as connection:
        head = heads(connection, [done.lead_id])[done.lead_id]
    return {"order": done.id, "id": head.id, "name": head.short}


def _more(app: App, known: dict[str, Any]) -> list[str]:
    # the lines as they were understood, and the days of payment that are to come
    from salesflow.reports import orders
    from salesflow.reports.shown import yuan_text

    lines = "; ".join(orders.line_text(one, app.lang, short=True) for one in known["lines"])
    parts = []
    for part in known["dues"]:
        if part["outstanding"]:
            on = common.day_text(app, date.fromisoformat(part["due_on"]))
            if len(known["dues"]) == 1:
                parts.append(app.t("order.due_on", on=on))
            else:
                amount = yuan_text(part["outstanding"], app.lang)
                parts.append(app.t("order.due_line", on=on, amount=amount))
    return [text for text in (lines, "; ".join(parts)) if text]


def _warn(app: App, known: dict[str, Any]) -> None:
    # what is most likely a slip is said, and kept
    from salesflow.reports.shown import fen_of, yuan_text

    sums = [one["amount"] for one in known["lines"]]
    if sums and None not in sums and known["amount"] is not None:
        total = sum(map(fen_of, sums))
        if total != fen_of(known["amount"]):
            app.warn("order.lines_differ", total=show_money(total, app.lang))
    if known["margin"] is not None and known["margin"] < 0:
        app.warn("order.at_a_loss", amount=yuan_text(-known["margin"], app.lang))
