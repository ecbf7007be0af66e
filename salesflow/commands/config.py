"""``config``: settings kept in the book; the calendar of a new year."""

from __future__ import annotations

from pathlib import Path

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import NotFound, Unusable, Usage

_PUSH = "push."


def config_list(
    ctx: typer.Context,
    setting: options.Setting = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The settings, or one of them."""
    from salesflow.actions.book import SETTINGS
    from salesflow.route_settings import DEFAULTS
    from salesflow.tables import Column, Report, Row, Section

    app: App = ctx.obj
    if setting is not None and setting not in SETTINGS and not setting.startswith(_PUSH):
        from salesflow.errors import nearest

        raise Usage(
            "config.unknown", key=setting, near=nearest(setting, list(SETTINGS)) or ", ".join(SETTINGS)
        )
    with app.read():
        pushes = [key for key in app.settings if key.startswith(_PUSH)]
        values = {key: app.settings.get(key) for key in (*SETTINGS, *pushes)}
    values |= {setting: values.get(setting)} if setting else {}
    defaults = {
        "backup": "yes",
        "rep": app.rep,
        "lang": app.lang,
        "workdays": app.t("config.national"),
        **DEFAULTS,
    }
    chosen = [setting] if setting else list(values)
    rows = []
    for key in chosen:
        shown = values[key] or (app.t("config.default", value=defaults[key]) if key in defaults else None)
        rows.append(Row((key, shown, app.t(f"config.means_{'push' if key.startswith(_PUSH) else key}"))))
    columns = tuple(Column(key, app.t(f"config.column_{key}")) for key in ("key", "value", "meaning"))
    data = {key: values[key] for key in chosen}
    app.show(Report(data=data, sections=(Section(columns=columns, rows=tuple(rows)),)), fmt, as_json)


def config_set(
    ctx: typer.Context,
    setting: options.Setting = None,
    value: options.SettingWords = None,
    as_json: options.Json = False,
) -> None:
    """A setting made; ``-`` takes it back to the default."""
    from salesflow.actions import book

    app: App = ctx.obj
    text = common.joined(value)
    if not setting or not text:
        raise Usage("config.no_value", key=setting or "rep")
    if setting.lower().startswith("push."):
        from salesflow.commands import push_setup

        push_setup.configure(app, setting.lower(), text, as_json)
        return
    with common.working(app, "config") as work:
        now = book.configure(work, setting, None if text == "-" else text)
    if setting == "lang" and now:
        app.remember_lang(now)
    if as_json:
        app.emit_json({setting: now})
    elif now is None:
        app.say("config.unset", key=setting)
    else:
        app.say("config.set", key=setting, value=now)


def config_calendar(
    ctx: typer.Context, words: options.SettingWords = None, as_json: options.Json = False
) -> None:
    """A year's working days taken in: ``config calendar import FILE``."""
    from salesflow.actions import book
    from salesflow.dates import parse_calendar_file

    app: App = ctx.obj
    said = list(words or ())
    if said[:1] in (["import"], ["导入"]):
        said = said[1:]
    if len(said) != 1:
        raise Usage("config.calendar_import")
    days = parse_calendar_file(_read(said[0]))
    with common.working(app, "config calendar") as work:
        count = book.import_calendar(work, days)
    if as_json:
        app.emit_json({"days": count, "first": min(days).isoformat(), "last": max(days).isoformat()})
    else:
        app.say("config.calendar", count=count, first=min(days), last=max(days))


def _read(name: str) -> str:
    raw = b""
    try:
        raw = Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound("exchange.not_found", file=name) from None
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
    except OSError as error:
        raise Unusable("book.cannot_read", path=name, why=error) from None
