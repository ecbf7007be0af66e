"""``report forecast --backtest``: each past month forecast from its eve, and what it brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow.dates import month_label, month_of
from salesflow.forecast import by_day, cumulative
from salesflow.forecast_check import Tried, bins, brier, calibration
from salesflow.forecast_sums import Outlook
from salesflow.reports import forecast_screen
from salesflow.reports.forecast import Span, foretold
from salesflow.reports.forecast_book import Book, View
from salesflow.reports.records import money
from salesflow.store import metrics
from salesflow.store.rows import Connection
from salesflow.tables import Report
from salesflow.texts import t

MOST = 12  # months that are told; those before them make the average
LEAST_DAYS = 28  # of the book before the first month


class Month(NamedTuple):
    """A past month: what was forecast on its eve, what the leads' chances were worth, what it brought."""

    span: Span
    tried: list[Tried]
    outlook: Outlook
    known: bool  # whether anything said what a deal brings
    deals: int
    sales: int


def build(connection: Connection, day: date, lang: str) -> Report:
    """How good the forecasts of the months that were over on ``day`` would have been."""
    tried = list(_months(Book(connection), day))[-MOST:]
    every = [one for month in tried for one in month.tried]
    found = bins(every)
    priced = [month for month in tried if month.known]
    data = {
        "report": "forecast",
        "backtest": True,
        "date": day.isoformat(),
        "months": [_month(one) for one in tried],
        "cases": len(every),
        "closed": sum(one.closed for one in every),
        "brier": _brier(every),
        "calibration_error": _rounded(calibration(found)),
        "bins": [
            one._asdict() | {"chance": _rounded(one.chance), "closed": _rounded(one.closed)} for one in found
        ],
        "deals_in_range": _inside([(month.deals, month.outlook.deals) for month in tried]),
        "sales_in_range": _inside([(month.sales, month.outlook.sales) for month in priced]),
        "missing": [] if tried else [{"code": "months", "text": t("backtest.too_young", lang)}],
    }
    return forecast_screen.backtest(data, day, lang)


def _months(book: Book, day: date) -> Iterator[Month]:
    # the share of those open on the eves before that closed in their month is 'always the average'
    eve = _first_eve(book)
    closed = open_ = 0
    while eve is not None and (last := month_of(eve + timedelta(days=1))[1]) < day:
        span = Span("month", month_label(last), eve + timedelta(days=1), last)
        view = View(book, eve.toordinal())
        if open_ and view.days >= LEAST_DAYS:
            yield _tried(view, span, closed / open_)
        closed += sum(one.won <= last.toordinal() for one in view.open)
        open_ += len(view.open)
        eve = last


def _first_eve(book: Book) -> date | None:
    began = min((way.stays[0].start for way in book.ways if way.stays), default=None)
    return month_of(date.fromordinal(began))[1] if began is not None else None


def _tried(view: View, span: Span, average: float) -> Month:
    eve = span.first - timedelta(days=1)
    days, last = (span.last - eve).days, span.last.toordinal()
    tried = [
        Tried(
            by_day(view.curve(one), days),
            by_day(cumulative(view.default(one)), days),
            average,
            one.won <= last,
        )
        for one in view.open
    ]
    (outlook,) = foretold(view, eve, [span])
    known = view.pace.average is not None or any(fen for fen, _ in view.goals.values())
    deals = sum(span.first.toordinal() <= way.won <= last for way in view.book.ways)
    sales = metrics.order_sums(view.book.connection, span.first.isoformat(), span.last.isoformat())[1]
    return Month(span, tried, outlook, known, deals, sales)


def _brier(tried: Sequence[Tried]) -> dict[str, float | None]:
    return {
        "forecast": _rounded(brier((one.chance, one.closed) for one in tried)),
        "process": _rounded(brier((one.process, one.closed) for one in tried)),
        "average": _rounded(brier((one.average, one.closed) for one in tried)),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _inside(pairs: Sequence[tuple[int, Any]]) -> dict[str, Any]:
    held = sum(band.low <= actual <= band.high for actual, band in pairs)
    return {"months": len(pairs), "inside": held, "rate": _rounded(held / len(pairs)) if pairs else None}


def _month(one: Month) -> dict[str, Any]:
    deals, sales = one.outlook.deals, one.outlook.sales
    return {
        "label": one.span.label,
        "from": one.span.first.isoformat(),
        "to": one.span.last.isoformat(),
        "open": len(one.tried),
        "closed": sum(each.closed for each in one.tried),
        "expected": round(sum(each.chance for each in one.tried), 2),
        "brier": _brier(one.tried),
        "deals": {
            "expected": round(deals.mean, 2),
            "low": round(deals.low),
            "high": round(deals.high),
            "actual": one.deals,
        },
        "sales": {
            "expected": round(sales.mean / 100) if one.known else None,
            "low": round(sales.low / 100) if one.known else None,
            "high": round(sales.high / 100) if one.known else None,
            "actual": money(one.sales),
        },
    }
