"""``target``: what is to be reached by day, week and month, and the value formula (E2, K6)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import typer

from salesflow import targets
from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import NotFound, SalesflowError, Usage

if TYPE_CHECKING:
    from salesflow.dates import WorkCalendar

_UNITS = ("万", "亿", "千", "元", "万元", "块", "家", "次", "个", "单")
FACTORS = {
    "sales": ("销售额", "产值", "业绩", "目标"),
    "visits": ("拜访", "拜访量", "每天拜访"),
    "days": ("天数", "工作日", "天"),
    "rate": ("成交率", "转化率"),
    "order": ("客单价", "每单", "单价"),
}


def target_set(
    ctx: typer.Context,
    metric: options.Metric = None,
    value: options.TargetValue = None,
    words: options.PeriodWords = None,
    period: options.TargetPeriod = None,
    rep: options.ForRep = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """A target set, or changed."""
    from salesflow.actions import targets as actions
    from salesflow.reports.targets_list import record

    app: App = ctx.obj
    code = targets.read_metric(_given(app, metric, "target.ask_metric", "target.no_metric"))
    number, rest = _value(app, code, value, words)
    when = _period(app, period, rest, code, number)
    whose, why = common.line(app, rep, "--rep") or "", common.line(app, why, "--why")
    with common.working(app, _step("set", code, when, whose, number), why) as work:
        done = actions.put(work, code, when, whose, number)
        calendar = work.calendar
    if whose:
        _remark_rep(app, whose)
    if as_json:
        app.emit_json(record(done.target) | {"previous": _json_value(code, done.before)})
        return
    key = (
        "target.set" if done.before is None else "target.same" if done.before == number else "target.changed"
    )
    app.say(
        key,
        what=_what(app, code, when, whose),
        value=_shown(app, code, number),
        before=_shown(app, code, done.before),
        days=_days(app, when, calendar),
    )


def target_list(
    ctx: typer.Context,
    words: options.PeriodWords = None,
    period: options.TargetPeriod = None,
    rep: options.ForRep = None,
    show_all: options.All = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The targets with what was reached so far."""
    from salesflow.reports import targets_list as reports

    app: App = ctx.obj
    asked = reports.Asked(rep=common.line(app, rep, "--rep"), all=show_all)
    text = common.joined(words)
    if text:
        try:
            asked = asked._replace(metric=targets.read_metric(text))
        except Usage as error:
            try:
                period = targets.read_period(text, app.today)
            except Usage:
                raise error from None
    if period is not None:
        asked = asked._replace(period=targets.read_period(period, app.today))
    with app.read() as connection:
        calendar = common.calendar(app, connection)
        report = reports.build(connection, asked, app.now, app.lang, calendar)
    app.show(report, fmt, as_json)
    beyond = reports.unknown_days(report, calendar)
    if beyond:
        app.warn("dates.beyond_calendar", date=beyond)


def target_remove(
    ctx: typer.Context,
    metric: options.Metric = None,
    words: options.PeriodWords = None,
    period: options.TargetPeriod = None,
    rep: options.ForRep = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """A target taken away."""
    from salesflow.actions import targets as actions
    from salesflow.reports.targets_list import record

    app: App = ctx.obj
    code = targets.read_metric(_given(app, metric, "target.ask_metric", "target.no_metric"))
    when = _period(app, period, list(words or ()), code, None)
    whose, why = common.line(app, rep, "--rep") or "", common.line(app, why, "--why")
    with common.working(app, _step("remove", code, when, whose), why) as work:
        try:
            found = actions.get(work, code, when, whose)
        except NotFound as error:
            raise _none(app, error, _what(app, code, when, whose), code) from None
        actions.remove(work, found)
    if as_json:
        app.emit_json(record(found))
        return
    app.say("target.removed", what=_what(app, code, when, whose), value=_shown(app, code, found.value))


def target_solve(
    ctx: typer.Context,
    factor: options.Factor = None,
    sales: options.FactorSales = None,
    visits: options.FactorVisits = None,
    days: options.FactorDays = None,
    rate: options.FactorRate = None,
    order: options.FactorOrder = None,
    month: options.OfMonth = None,
    rep: options.ForRep = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The value formula solved for what is not known."""
    from salesflow.reports import targets_solve as reports
    from salesflow.value_formula import Factors

    app: App = ctx.obj
    known = Factors(
        _sum("--sales", sales),
        _decimal("--visits", visits),
        None if days is None else Fraction(days),
        _share(rate),
        _sum("--order", order),
    )
    label = _month(app, month)
    given = reports.Given(known, _factor(app, factor), label, common.line(app, rep, "--rep") or "", app.today)
    with app.read() as connection:
        calendar = common.calendar(app, connection)
        report = reports.build(connection, given, app.lang, calendar)
    app.show(report, fmt, as_json)
    last = targets.span(label)[1]
    if report.data["month"] and not calendar.known(last):
        app.warn("dates.beyond_calendar", date=last.isoformat())


def _given(app: App, text: str | None, ask: str, key: str) -> str:
    found = app.ask(ask) if text is None and app.interactive else text
    if not found:
        raise Usage(key)
    return found


def _value(app: App, code: str, value: str | None, words: Sequence[str] | None) -> tuple[int, list[str]]:
    # `30 万 每月` is thirty times ten thousand
    rest = list(words or ())
    if value is not None and rest and rest[0] in _UNITS:
        value += rest.pop(0)
    title = targets.metric_title(code, app.lang)
    if value is None and app.interactive:
        value = app.ask("target.ask_value", metric=title)
    if not value:
        raise Usage("target.no_value", metric=title)
    return targets.read_value(code, value, title), rest


def _period(app: App, said: str | None, rest: list[str], code: str, number: int | None) -> str:
    text = common.joined(rest)
    if said is not None and text:
        raise Usage("errors.extra_words", words=text[:80])
    if said is None and not text and app.interactive:
        text = app.ask("target.ask_period")
    if not (said or text):
        raise Usage(
            "target.no_period", metric=code, value="" if number is None else f" {_json_value(code, number)}"
        )
    return targets.read_period(said or text, app.today)


def _step(verb: str, code: str, when: str, whose: str, number: int | None = None) -> str:
    # history names the step by what it did, in the words of the command line
    value = "" if number is None else f" {_json_value(code, number)}"
    return f"target {verb} {code}{value} {when}" + (f" --rep {whose}" if whose else "")


def _json_value(code: str, number: int | None) -> int | float | None:
    from salesflow.money import yuan

    return number if number is None or code not in targets.MONEY else yuan(number)


def _shown(app: App, code: str, number: int | None) -> str:
    from salesflow.reports.targets_screen import value

    return value(code, number, app.lang)


def _none(app: App, error: NotFound, what: str, code: str) -> NotFound:
    # no such target: it and those that there are in the words of the list
    from salesflow.reports.targets_list import period_text

    known = [period_text(one, app.lang) for one in str(error.values["known"]).split()]
    title = targets.metric_title(code, app.lang)
    key = "target.none" if known else "target.none_at_all"
    return NotFound(key, what=what, metric=title, known=app.t("lead.comma").join(known))


def _what(app: App, code: str, when: str, whose: str) -> str:
    from salesflow.reports.targets_list import period_text

    parts = (period_text(when, app.lang), whose, targets.metric_title(code, app.lang))
    return " ".join(part for part in parts if part)


def _days(app: App, when: str, calendar: WorkCalendar) -> str:
    # how many working days there are for it, from today on
    kind = targets.kind_of(when)
    label = targets.label_of(kind, app.today) if when in targets.KINDS else when
    first, last = targets.span(label)
    run = targets.run(kind, first, last, app.today, calendar)
    if last < app.today:
        return app.t("target.past", period=label)
    return "" if kind == "day" else app.t("target.days", period=label, left=run.left, days=run.days)


def _remark_rep(app: App, whose: str) -> None:
    from salesflow.store import assigning

    with app.read() as connection:
        known = assigning.owners(connection)
    if whose not in known and whose != app.rep:
        app.warn("target.new_rep", rep=whose, known="  ".join(known[:12]) or "-")


def _factor(app: App, text: str | None) -> str | None:
    if text is None:
        return None
    for name, words in FACTORS.items():
        if text.lower() == name or text in words:
            return name
    known = (words[0] if app.lang == "zh" else name for name, words in FACTORS.items())
    raise Usage("errors.not_one_of", name=app.t("options.m_factor"), value=text[:40], known=" ".join(known))


def _month(app: App, text: str | None) -> str:
    if text is None:
        return targets.label_of("month", app.today)
    try:
        found = targets.read_period(text, app.today)
    except SalesflowError:
        found = ""
    if targets.kind_of(found) != "month" or found == "month":
        raise Usage("target.no_month", text=text[:40])
    return found


def _sum(name: str, text: str | None) -> Fraction | None:
    from salesflow.money import parse_amount

    if text is None:
        return None
    fen = parse_amount(text)
    if not fen:
        raise Usage("target.zero_factor", name=name)
    return Fraction(fen)


def _decimal(name: str, text: str | None) -> Fraction | None:
    from salesflow.names import narrow_digits

    if text is None:
        return None
    plain = narrow_digits(text.strip())
    whole, _, part = plain.partition(".")
    if (
        not (plain.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in plain))
        or len(plain) > 12
    ):
        raise Usage("target.no_decimal", name=name, text=text[:40])
    if not Fraction(plain):
        raise Usage("target.zero_factor", name=name)
    return Fraction(plain)


def _share(text: str | None) -> Fraction | None:
    if text is None:
        return None
    plain = text.strip().replace("％", "%")
    over, slash, by = plain.removesuffix("%").partition("/")
    rate, parts = _decimal("--rate", over) or Fraction(1), _decimal("--rate", by) if slash else None
    rate /= parts or 1
    rate /= 100 if plain.endswith("%") else 1
    if rate > 1:
        raise Usage("target.no_rate", text=text[:40])
    return rate
