"""``spend``: what a source of leads costs, for ``report sources`` (K7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from salesflow import spending
from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesflow.actions.work import Work
    from salesflow.models import Spend


def spend_add(
    ctx: typer.Context,
    source: options.SpendSource = None,
    amount: options.Amount = None,
    words: options.SpendWords = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A cost of a source for a period; of this month where no period is said. What was noted before is added to."""
    from salesflow.actions import spending as actions

    app: App = ctx.obj
    word = _source(source)
    fen, when = _amount(app, amount, word), _period(app, words)
    note = common.line(app, note, "--note")
    with common.working(app, f"spend add {word} {amount} {when}") as work:
        done = actions.add(work, _code(work, word), when, fen, note)
        title = _title(work, done.spend, app.lang)
    key = "spend.added" if done.before is None else "spend.more"
    _say(app, key, done.spend, title, as_json, amount=fen)


def spend_edit(
    ctx: typer.Context,
    source: options.SpendSource = None,
    amount: options.Amount = None,
    words: options.SpendWords = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """A cost that was noted, changed to what it is now said to be."""
    from salesflow.actions import spending as actions

    app: App = ctx.obj
    word = _source(source)
    fen, when = _amount(app, amount, word), _period(app, words)
    note = common.line(app, note, "--note")
    with common.working(app, f"spend edit {word} {amount} {when}") as work:
        done = actions.edit(work, _code(work, word), when, fen, note)
        title = _title(work, done.spend, app.lang)
    _say(app, "spend.edited", done.spend, title, as_json, before=done.before or 0)


def spend_remove(
    ctx: typer.Context,
    source: options.SpendSource = None,
    words: options.SpendWords = None,
    as_json: options.Json = False,
) -> None:
    """A cost taken away."""
    from salesflow.actions import spending as actions

    app: App = ctx.obj
    word, when = _source(source), _period(app, words)
    with common.working(app, f"spend remove {word} {when}") as work:
        found = actions.get(work, _code(work, word), when)
        title = _title(work, found, app.lang)
        actions.remove(work, found)
    _say(app, "spend.removed", found, title, as_json)


def spend_list(
    ctx: typer.Context,
    source: options.SpendSource = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The costs that were noted, or those of one source."""
    from salesflow.reports import spends

    app: App = ctx.obj
    with app.read() as connection:
        code = None if source is None else spends.read_source(connection, source)
        report = spends.build(connection, code, app.lang)
    app.show(report, fmt, as_json)


def _source(text: str | None) -> str:
    if not text:
        raise Usage("spend.no_source")
    return text


def _amount(app: App, text: str | None, source: str) -> int:
    from salesflow.money import parse_amount

    if text is None and app.interactive:
        text = app.ask("target.ask_value", metric=source)
    if not text:
        raise Usage("spend.no_amount", source=source)
    return parse_amount(text)


def _period(app: App, words: Sequence[str] | None) -> str:
    text = common.joined(list(words or ()))
    return spending.read_period(text or f"{app.today:%Y-%m}", app.today)


def _code(work: Work, word: str) -> str:
    from salesflow.reports import spends

    return spends.read_source(work.connection, word)


def _title(work: Work, found: Spend, lang: str) -> str:
    from salesflow.reports import spends

    return spends.title_of(work.connection, found.source, lang)


def _say(app: App, key: str, found: Spend, title: str, as_json: bool, **sums: int) -> None:
    from salesflow.money import show_money
    from salesflow.reports import spends

    if as_json:
        app.emit_json(spends.record(found, title))
        return
    first, last = spending.span(found.period)
    told = {name: show_money(fen, app.lang) for name, fen in sums.items()}
    told = {
        "amount": show_money(found.amount_fen, app.lang),
        "total": show_money(found.amount_fen, app.lang),
    } | told
    app.say(key, source=title, period=found.period, first=first, last=last, **told)
