"""``export``: what the book holds, out. Each kind is written by a module of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

from salesflow.commands import common, options
from salesflow.commands.filters import chosen_by, filtered
from salesflow.context import App
from salesflow.texts import LANGUAGES, t

# kind: the module of ``commands`` and the function there, which takes the app and what was asked for
RECORDS = (
    "leads contacts followups stages orders payments targets"
    " quotes objections incidents competitors promises products actions dues"
)
FORMS = "customer-record followup-record new-leads hot-list"
KINDS = {
    **dict.fromkeys(RECORDS.split(), ("export_records", "write")),
    **dict.fromkeys(FORMS.split(), ("export_forms", "write")),
    "calendar": ("export_phone", "calendar"),
    "all": ("export_book", "write"),
}


@filtered
def export(
    ctx: typer.Context,
    what: options.ExportKind = None,
    lead: options.ExportLead = None,
    output: options.Output = None,
    *,
    week: options.SheetWeek = False,
    month: options.SheetMonth = False,
    date: options.Date = None,
    days: options.Days = None,
    until: options.Until = None,
    mask: options.Mask = False,
    personal: options.WithPersonal = False,
    consent: options.Consent = None,
    why: options.Why = None,
    fmt: options.FileFormat = None,
    as_json: options.Json = False,
    **chosen: Any,
) -> None:
    """What the book holds of one kind, in the format of the file's ending or of ``-f``."""
    from salesflow.commands.export_asked import Asked

    app: App = ctx.obj
    named = kind_of(what or "leads")
    common.one_of(named, tuple(KINDS), "export")
    asked = Asked(
        named,
        lead,
        output,
        "json" if as_json else fmt,
        mask,
        personal,
        consent,
        week,
        month,
        date,
        why,
        chosen_by(app, chosen),
        days,
        until,
    )
    module, function = KINDS[named]
    getattr(import_module(f"salesflow.commands.{module}"), function)(app, asked)


def kind_of(word: str) -> str:
    """The kind of that code or title (``leads``, 客户); the word itself where it is none."""
    for code in () if word in KINDS else (*RECORDS.split(), *FORMS.split()):
        key = f"{'sheets' if code in RECORDS else 'forms'}.kind_{code.replace('-', '_')}"
        if word in [t(key, lang) for lang in LANGUAGES]:
            return code
    return word
