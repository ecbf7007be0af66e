"""What people see of a forecast: weeks and months with their ranges, the likeliest leads and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from salesflow.dates import weekday_name
from salesflow.money import show_money
from salesflow.reports import forecast_charts
from salesflow.reports.forecast_book import USUAL_DEALS
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

LISTED = 20  # leads on a screen; the records have them all
FIELDS = (
    "lead_id", "name", "short", "process", "stage", "grade", "days_in_stage", "chance", "by_next_week",
    "by_month_end", "value", "value_from", "basis", "cases", "closed", "why", "next_date", "next_reason",
)  # fmt: skip


def report(data: dict[str, Any], day: date, lang: str) -> Report:
    """The forecast, ready for every output."""
    title = t("forecast.title", lang, day=day_text(day, lang), open=data["open"])
    sections = [_spans(data, "weeks", lang), _spans(data, "months", lang)] if _something(data) else []
    sections += [_leads(data, lang)] if data["leads"] else []
    if data["missing"]:
        lines = tuple(one["text"] for one in data["missing"])
        sections.insert(0, Section(heading=t("forecast.missing", lang), before=lines))
    charts = forecast_charts.ahead(data, lang) if _something(data) else ()
    return Report(
        data, tuple(sections), title, _chat(data, lang, title), "leads", fields=FIELDS, charts=charts
    )


def _something(data: dict[str, Any]) -> bool:
    # with no lead under way, what was sold, customers' further orders and new leads still make a month
    return bool(data["open"] or data["deals_known"] or data["average_order"])


def day_text(day: date, lang: str) -> str:
    """``11-22 周日``."""
    return f"{day:%m-%d} {weekday_name(day, lang)}"


def amount(yuan: float | None, lang: str) -> str | None:
    """An amount that is only expected: to the hundred yuan, to the thousand from a million on."""
    if yuan is None:
        return None
    step = 100_000 if abs(yuan) >= 1_000_000 else 10_000
    return show_money(round(yuan * 100 / step) * step, lang)


def _spans(data: dict[str, Any], name: str, lang: str) -> Section:
    columns = (
        Column("label", t(f"forecast.column_{name}", lang)),
        Column("to", t("forecast.column_to", lang), drop=1),
        Column("so_far", t("forecast.column_so_far", lang), "int"),
        Column("deals", t("forecast.column_deals", lang), "int"),
        Column("deals_range", t("forecast.column_range", lang)),
        Column("sales", t("forecast.column_sales", lang), "int"),
        Column("sales_range", t("forecast.column_range", lang)),
    )
    rows = []
    for one in data[name]:
        deals, sales = one["deals"], one["sales"]
        rows.append(
            Row(
                (
                    one["label"],
                    one["to"][5:],
                    deals["so_far"],
                    f"{deals['expected']:.1f}",
                    _range(deals["low"], deals["high"], lang),
                    amount(sales["expected"], lang),
                    _range(amount(sales["low"], lang), amount(sales["high"], lang), lang),
                )
            )
        )
    after = (t("forecast.range_note", lang),) if name == "months" else ()
    return Section(columns, tuple(rows), t(f"forecast.heading_{name}", lang), after=after)


def _range(low: object, high: object, lang: str) -> str | None:
    return None if low is None else t("forecast.range", lang, low=low, high=high)


def _leads(data: dict[str, Any], lang: str) -> Section:
    columns = (
        Column("lead_id", "#", "id"),
        Column("short", t("forecast.column_lead", lang), shrink=True),
        Column("chance", t("forecast.column_chance", lang), "rate"),
        Column("by_month_end", t("forecast.column_month", lang), "rate", drop=1),
        Column("value", t("forecast.column_value", lang), "int"),
        Column("why", t("forecast.column_why", lang), shrink=True),
    )
    rows = tuple(
        Row(
            (
                one["lead_id"],
                one["short"],
                one["chance"],
                one["by_month_end"],
                worth(one, lang),
                one["why"],
            )
        )
        for one in data["leads"][:LISTED]
    )
    rest = data["open"] - len(rows)
    after = [t("forecast.leads_note", lang, within=data["within_days"])]
    if data["goal_share"] != 1 and any(one["value_from"] == "goal" for one in data["leads"]):
        after.append(t("forecast.goal_share", lang, share=f"{data['goal_share']:.0%}", usual=USUAL_DEALS))
    after += [t("forecast.more", lang, count=rest, most=len(rows))] if rest > 0 else []
    heading = t("forecast.heading_leads", lang, count=data["open"])
    return Section(columns, rows, heading, after=tuple(after))


def worth(one: dict[str, Any], lang: str) -> str | None:
    """What a lead may bring; ``约`` where that is the average order."""
    shown: str | None = amount(one["value"], lang)
    return t("forecast.about", lang, value=shown) if one["value_from"] == "average" else shown


def _chat(data: dict[str, Any], lang: str, title: str) -> tuple[str, ...]:
    lines = [title] + [one["text"] for one in data["missing"]]
    for one in data["months"] if _something(data) else ():
        deals, sales = one["deals"], one["sales"]
        lines.append(
            t(
                "forecast.chat_month",
                lang,
                label=one["label"],
                deals=f"{deals['expected']:.1f}",
                deals_range=_range(deals["low"], deals["high"], lang),
                sales=amount(sales["expected"], lang) or "-",
                sales_range=_range(amount(sales["low"], lang), amount(sales["high"], lang), lang) or "-",
            )
        )
    for one in data["leads"][:5]:
        chance = f"{one['chance']:.0%}"
        lines.append(
            t("forecast.chat_lead", lang, id=one["lead_id"], lead=one["short"], chance=chance, why=one["why"])
        )
    return tuple(lines)


# The backtest


def backtest(data: dict[str, Any], day: date, lang: str) -> Report:
    """How good the forecasts were, ready for every output."""
    title = t("backtest.title", lang, day=day_text(day, lang))
    if data["missing"]:
        lines = tuple(one["text"] for one in data["missing"])
        return Report(data, (Section(before=lines),), title, (title, *lines), "months")
    scores = data["brier"]
    told = (
        t(
            "backtest.brier",
            lang,
            cases=data["cases"],
            closed=data["closed"],
            **{name: f"{scores[name]:.4f}" for name in scores},
        ),
        t("backtest.calibration", lang, error=f"{data['calibration_error']:.1%}"),
        t("backtest.deals_inside", lang, **data["deals_in_range"]),
        t("backtest.sales_inside", lang, **data["sales_in_range"]),
    )
    sections = (_months(data, lang), _bins(data, lang), Section(before=told))
    charts = forecast_charts.back(data, lang)
    return Report(data, sections, title, (title, *told), "months", charts=charts)


def _months(data: dict[str, Any], lang: str) -> Section:
    names = (
        "label",
        "deals_expected",
        "deals_range",
        "deals",
        "sales_expected",
        "sales_range",
        "sales",
        "in",
    )
    numbers = ("deals_expected", "deals", "sales_expected", "sales")
    columns = tuple(
        Column(name, t(f"backtest.column_{name}", lang), "int" if name in numbers else "text")
        for name in names
    )
    rows = []
    for one in data["months"]:
        deals, sales = one["deals"], one["sales"]
        known = sales["low"] is not None
        inside = known and sales["low"] <= sales["actual"] <= sales["high"]
        rows.append(
            Row(
                (
                    one["label"],
                    f"{deals['expected']:.1f}",
                    _range(deals["low"], deals["high"], lang),
                    deals["actual"],
                    amount(sales["expected"], lang),
                    _range(amount(sales["low"], lang), amount(sales["high"], lang), lang),
                    amount(sales["actual"], lang),
                    t("backtest.inside" if inside else "backtest.outside", lang) if known else None,
                )
            )
        )
    return Section(columns, tuple(rows), t("backtest.heading_months", lang))


def _bins(data: dict[str, Any], lang: str) -> Section:
    columns = (
        Column("bin", t("backtest.column_bin", lang)),
        Column("cases", t("backtest.column_cases", lang), "int"),
        Column("chance", t("backtest.column_chance", lang), "int"),
        Column("closed", t("backtest.column_closed", lang), "int"),
    )
    rows = tuple(
        Row(
            (
                t("forecast.range", lang, low=f"{one['low']:.0%}", high=f"{one['high']:.0%}"),
                one["cases"],
                f"{one['chance']:.1%}",
                f"{one['closed']:.1%}",
            )
        )
        for one in data["bins"]
    )
    return Section(columns, rows, t("backtest.heading_bins", lang))
