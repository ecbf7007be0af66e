"""What is owed, as arithmetic alone: whatever was cancelled or paid too much, billed = paid + outstanding."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salesflow.models import Due, Payment, SalesOrder
from salesflow.receivables import Account, age, ages, balances

DAY = date(2026, 11, 22)


def _order(number: int, amount: int | None, signed: str, **more: Any) -> SalesOrder:
    return SalesOrder(number, 1, signed, amount, amount is None, None, None, "me")._replace(**more)


def _paid(amount: int, on: str, order: int | None = None) -> Payment:
    return Payment(0, 1, order, on, amount, None, None, "me")


def _shown(account: Account) -> list[tuple[str, int, int, int]]:
    return [(str(one.due_on), one.amount_fen, one.open_fen, one.days_overdue) for one in account.parts]


def test_a_small_book_worked_out_by_hand() -> None:
    # order 1: 1,000.00 signed 08-01, 30 days: due 08-31, which is 83 days before 11-22 (30 in September, 31 in
    #   October, 22 in November); order 2: 600.00 in parts, 200.00 on 10-31 (22 days late) and the rest, 400.00,
    #   on 11-30; order 3: 500.00, cancelled, with 100.00 paid for it.
    # paid: 700.00 for none, 100.00 for order 3, 250.00 for order 2.
    # the 800.00 that belong to no order that stands go to the oldest, order 1, which then owes 200.00;
    # the 250.00 of order 2 cover its first part and 50.00 of the second, of which 350.00 are open.
    orders = [
        _order(2, 60000, "2026-10-01"),
        _order(3, 50000, "2026-07-01", cancelled_on="2026-11-01"),
        _order(1, 100000, "2026-08-01"),
    ]
    payments = [_paid(70000, "2026-09-01"), _paid(10000, "2026-07-02", 3), _paid(25000, "2026-11-01", 2)]
    dues = [Due(1, 1, 2, "2026-11-30", None), Due(2, 1, 2, "2026-10-31", 20000)]
    found = balances(orders, payments, dues, DAY, {1: 30})[1]
    assert (found.billed_fen, found.paid_fen, found.outstanding_fen) == (160000, 105000, 55000)
    first, second = found.accounts
    assert (first.order.id, first.paid_fen, first.outstanding_fen, first.days_overdue) == (
        1,
        80000,
        20000,
        83,
    )
    assert _shown(first) == [("2026-08-31", 100000, 20000, 83)]
    assert _shown(second) == [("2026-10-31", 20000, 0, 0), ("2026-11-30", 40000, 35000, 0)]
    assert second.days_overdue == 0
    assert (found.overdue_fen, found.days_overdue) == (20000, 83)
    parts = [part for account in found.accounts for part in account.parts]
    assert ages(parts) == {"not_due": 35000, "0-30": 0, "31-60": 0, "61-90": 20000, "over_90": 0}
    # at the end of October order 3 still stood, and its 100.00 were its own; order 2 had been paid nothing
    then = balances(orders, payments, dues, date(2026, 10, 31), {1: 30})[1]
    assert [(one.order.id, one.paid_fen, one.outstanding_fen) for one in then.accounts] == [
        (3, 50000, 0),
        (1, 30000, 70000),
        (2, 0, 60000),
    ]


def test_what_is_due_on_the_day_is_not_late_and_stands_in_the_first_band() -> None:
    assert [age(days) for days in (-1, 0, 30, 31, 60, 61, 90, 91)] == [
        "not_due", "0-30", "0-30", "31-60", "31-60", "61-90", "61-90", "over_90",
    ]  # fmt: skip
    found = balances([_order(1, 100, "2026-11-22")], [], [], DAY, {})[1]
    assert (found.days_overdue, found.overdue_fen) == (0, 0)


def test_the_days_count_from_the_delivery_once_it_is_known() -> None:
    order = _order(1, 100, "2026-09-01", delivered_on="2026-10-01")
    assert _shown(balances([order], [], [], DAY, {1: 30})[1].accounts[0]) == [("2026-10-31", 100, 100, 22)]
    before = balances([order], [], [], date(2026, 9, 30), {1: 30})[1].accounts[0]
    assert _shown(before) == [("2026-10-01", 100, 100, 0)]


def test_what_no_day_was_named_for_is_due_as_usual() -> None:
    # 300 on 10-01; the other 700 thirty days after the signature: 10-11
    dues = [Due(1, 1, 1, "2026-10-01", 300)]
    account = balances([_order(1, 1000, "2026-09-11")], [], dues, DAY, {1: 30})[1].accounts[0]
    assert _shown(account) == [("2026-10-01", 300, 300, 52), ("2026-10-11", 700, 700, 42)]


def test_more_than_all_orders_is_a_credit() -> None:
    orders = [_order(1, 100, "2026-09-01"), _order(2, None, "2026-09-01")]
    found = balances(orders, [_paid(250, "2026-09-02", 1)], [], DAY, {})[1]
    assert (found.outstanding_fen, found.credit_fen) == (-150, 150)
    assert [(one.paid_fen, one.outstanding_fen) for one in found.accounts] == [(100, 0), (0, 0)]


_days = st.integers(0, 60).map(lambda days: (DAY - timedelta(days=30) + timedelta(days=days)).isoformat())
_orders = st.lists(
    st.tuples(st.none() | st.integers(0, 10**9), _days, st.none() | _days, st.none() | _days), max_size=6
)
_payments = st.lists(st.tuples(st.integers(1, 10**9), _days, st.none() | st.integers(1, 7)), max_size=6)
_dues = st.lists(st.tuples(st.integers(1, 6), _days, st.none() | st.integers(1, 10**9)), max_size=8)


@given(_orders, _payments, _dues)
def test_billed_is_paid_and_outstanding_whatever_was_done(
    sold: list[tuple[int | None, str, str | None, str | None]],
    got: list[tuple[int, str, int | None]],
    planned: list[tuple[int, str, int | None]],
) -> None:
    orders = [
        _order(number, amount, signed, cancelled_on=cancelled, delivered_on=delivered)
        for number, (amount, signed, cancelled, delivered) in enumerate(sold, 1)
    ]
    dues = [Due(number, 1, *one) for number, one in enumerate(planned)]
    for found in balances(orders, [_paid(*one) for one in got], dues, DAY, {1: 30}).values():
        assert found.billed_fen == found.paid_fen + found.outstanding_fen
        owed = sum(one.outstanding_fen for one in found.accounts)
        assert owed - found.credit_fen == found.outstanding_fen
        assert not (owed and found.credit_fen)
        for one in found.accounts:
            assert one.outstanding_fen >= 0
            assert one.paid_fen + one.outstanding_fen == (one.order.amount_fen or 0)
            assert sum(part.amount_fen for part in one.parts) == (one.order.amount_fen or 0)
            assert sum(part.open_fen for part in one.parts) == one.outstanding_fen
            assert sum(ages(one.parts).values()) == one.outstanding_fen
