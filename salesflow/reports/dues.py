"""What is owed on a day: part by part with the days overdue, by lead, and how old it is (L6, M6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from salesflow import receivables
from salesflow.money import show_money
from salesflow.receivables import Account, Balance, Part
from salesflow.reports import owing
from salesflow.reports.heads import Head, heads
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.store import metrics
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "lead_id", "name", "short", "order_id", "contract", "signed_on", "due_on", "amount", "outstanding",
    "days_overdue", "age", "owner",
)  # fmt: skip
_SHOWN = ("short", "order_id", "due_on", "outstanding", "days_overdue", "contract")
_KINDS = {"order_id": "int", "outstanding": "int", "days_overdue": "int", "due_on": "date"}


class Which(NamedTuple):
    """Whose debts: of one lead, of an area, of a rep's leads; ``overdue``: what is late alone."""

    lead_id: int | None = None
    area: str | None = None
    owner: str | None = None
    overdue: bool = False


class Debt(NamedTuple):
    """A part of an order that is not paid."""

    lead_id: int
    account: Account
    part: Part


def build(connection: Connection, day: date, lang: str, which: Which) -> Report:
    """What is owed at the end of the day, what is late longest first."""
    found = owing.read(connection, day, which.lead_id)
    known = metrics.names_of(connection, list(found))
    kept = {lead_id: one for lead_id, one in found.items() if _asked(known[lead_id], which)}
    debts = sorted(
        _debts(kept, which.overdue), key=lambda one: (-one.part.days, one.lead_id, one.account.order.id)
    )
    names = heads(connection, kept)
    items = [_item(one, names[one.lead_id], known[one.lead_id]["owner"]) for one in debts]
    ages = receivables.ages(one.part for one in debts)
    data: dict[str, Any] = {
        "date": day.isoformat(),
        "totals": _totals(kept.values()),
        "ageing": {code: money(fen) for code, fen in ages.items()},
        "leads": _leads(kept, debts, names),
        "items": items,
    }
    after = _sums(kept.values(), lang)
    told = (_list(debts, names, lang), _ageing(ages, debts, lang), _by_lead(data["leads"], debts, lang))
    sections = (*[one for one in told if one != Section()], Section(after=after))
    title = t("due.title", lang, on=day.isoformat())
    chat = (title, *(_chat(one, names[one.lead_id], lang) for one in debts), *after)
    return Report(data=data, sections=sections, title=title, chat=chat, records="items", fields=FIELDS)


def _asked(lead: dict[str, Any], which: Which) -> bool:
    return (which.area is None or lead["area"] == which.area) and (
        which.owner is None or lead["owner"] == which.owner
    )


def _debts(found: dict[int, Balance], overdue: bool) -> list[Debt]:
    return [
        Debt(lead_id, account, part)
        for lead_id, balance in found.items()
        for account in balance.accounts
        for part in account.parts
        if part.open_fen and (part.days > 0 or not overdue)
    ]


def _item(one: Debt, head: Head, owner: str | None) -> dict[str, Any]:
    order = one.account.order
    return head.record | {
        "order_id": order.id,
        "contract": order.contract,
        "signed_on": order.signed_on,
        **owing.part_record(one.part),
        "age": receivables.age(one.part.days),
        "owner": owner,
    }


def _totals(found: Any) -> dict[str, Any]:
    known: Sequence[Balance] = list(found)
    return {
        "billed": money(sum(one.billed_fen for one in known)),
        "paid": money(sum(one.paid_fen for one in known)),
        "outstanding": money(sum(one.outstanding_fen for one in known)),
        "owed": money(sum(max(one.outstanding_fen, 0) for one in known)),
        "credit": money(sum(one.credit_fen for one in known)),
        "overdue": money(sum(one.overdue_fen for one in known)),
    }


def _leads(found: dict[int, Balance], debts: Sequence[Debt], names: dict[int, Head]) -> list[dict[str, Any]]:
    # every lead that owes, or has paid in advance; what is late longest first
    parts: dict[int, list[Part]] = {}
    for one in debts:
        parts.setdefault(one.lead_id, []).append(one.part)
    rows = []
    for lead_id, balance in found.items():
        if lead_id in parts or balance.credit_fen:
            ages = receivables.ages(parts.get(lead_id, []))
            sums = owing.balance_record(balance)
            rows.append(
                names[lead_id].record | sums | {"ageing": {code: money(fen) for code, fen in ages.items()}}
            )
    return sorted(rows, key=lambda one: (-one["days_overdue"], -one["outstanding"], one["lead_id"]))


def _list(debts: Sequence[Debt], names: dict[int, Head], lang: str) -> Section:
    rows = tuple(
        Row(
            (
                names[one.lead_id].text,
                one.account.order.id,
                one.part.due_on.isoformat(),
                show_money(one.part.open_fen, lang),
                one.part.days_overdue or None,
                one.account.order.contract,
            ),
            style="late" if one.part.days_overdue else "",
        )
        for one in debts
    )
    columns = tuple(
        Column(
            key, t(f"due.column_{key}", lang), _KINDS.get(key, "text"), shrink=key in ("short", "contract")
        )
        for key in _SHOWN
    )
    return Section(
        columns=columns, rows=rows, header=bool(rows), after=() if rows else (t("due.none", lang),)
    )


def _ageing(ages: dict[str, int], debts: Sequence[Debt], lang: str) -> Section:
    if not debts:
        return Section()
    counts = dict.fromkeys(ages, 0)
    for one in debts:
        counts[receivables.age(one.part.days)] += 1
    columns = (
        Column("age", t("due.column_age", lang)),
        Column("count", t("due.column_count", lang), "int"),
        Column("outstanding", t("due.column_outstanding", lang), "int"),
    )
    rows = tuple(
        Row((_age_title(code, lang), counts[code], show_money(fen, lang))) for code, fen in ages.items()
    )
    return Section(columns=columns, rows=rows, heading=t("due.ageing", lang))


def _age_title(code: str, lang: str) -> str:
    titles = {"not_due": t("due.age_not_due", lang), receivables.OLDEST: t("due.age_over_90", lang)}
    return titles.get(code) or t("due.age_days", lang, days=code)


def _by_lead(leads: Sequence[dict[str, Any]], debts: Sequence[Debt], lang: str) -> Section:
    # where anybody owes in several parts; one part a lead is told above
    if len(leads) < 2 or len({one.lead_id for one in debts}) == len(debts):
        return Section()
    rows = tuple(
        Row(
            (
                f"#{one['lead_id']} {one['short']}",
                yuan_text(one["outstanding"], lang),
                yuan_text(one["overdue"], lang) if one["overdue"] else None,
                one["days_overdue"] or None,
            )
        )
        for one in leads
    )
    keys = ("short", "outstanding", "overdue", "days_overdue")
    columns = tuple(
        Column(key, t(f"due.column_{key}", lang), "text" if key == "short" else "int", shrink=key == "short")
        for key in keys
    )
    return Section(columns=columns, rows=rows, heading=t("due.by_lead", lang))


def _sums(found: Any, lang: str) -> tuple[str, ...]:
    known: Sequence[Balance] = list(found)
    if not known:
        return ()
    owed = sum(max(one.outstanding_fen, 0) for one in known)
    late = sum(one.overdue_fen for one in known)
    credit = sum(one.credit_fen for one in known)
    lines = [t("due.total", lang, amount=show_money(owed, lang), late=show_money(late, lang))]
    if credit:
        lines.append(t("order.credit", lang, amount=show_money(credit, lang)))
    return tuple(lines)


def _chat(one: Debt, head: Head, lang: str) -> str:
    key = "due.chat_late" if one.part.days_overdue else "due.chat"
    amount = show_money(one.part.open_fen, lang)
    return t(
        key, lang, name=head.text, amount=amount, on=one.part.due_on.isoformat(), days=one.part.days_overdue
    )
