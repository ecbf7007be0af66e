"""The manuals' own forms as workbooks: of one lead, of several, of a week or a month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from salesflow.commands import common, lists
from salesflow.commands.export_asked import format_of
from salesflow.commands.filters import Filters
from salesflow.context import App
from salesflow.errors import NotFound, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesflow.commands.export_asked import Asked
    from salesflow.reports import forms
    from salesflow.store.rows import Connection
    from salesflow.tables import Form

    Draw = Callable[[Connection, forms.Asked], Iterator[Form]]

FORMAT = "xlsx"
OF_A_LEAD = ("customer-record", "followup-record")
MOST = 200  # sheets of one workbook


def write(app: App, asked: Asked) -> None:
    """The form of that kind, ready to print and to sign."""
    from salesflow.commands.consent import allowed
    from salesflow.commands.export_records import left_out
    from salesflow.commands.files import writing
    from salesflow.reports.discreet import Veil
    from salesflow.reports.forms import Asked as How

    format_of(asked, (FORMAT,), FORMAT)
    if asked.output in (None, "-"):
        raise Usage("sheets.wants_file", kind=asked.kind)
    ids, draw = _of_leads(app, asked) if asked.kind in OF_A_LEAD else _of_list(app, asked)
    veil = Veil(allowed(app, ids, asked.personal, asked.consent, asked.why))
    how = How(app.lang, app.today, app.rep, veil)
    with writing(Path(str(asked.output))) as file, app.read() as connection:
        from salesflow.exchange.workbook_form import write_forms

        count = write_forms(file, _safe(draw(connection, how)), app.t("sheets.page"))
    title = app.t(f"forms.kind_{asked.kind.replace('-', '_')}")
    app.warn("sheets.done", title=title, count=count, file=asked.output)
    left_out(app, veil, asked.personal)


def _of_leads(app: App, asked: Asked) -> tuple[list[int], Draw]:
    """The leads meant, and what draws their forms one after another."""
    from salesflow.reports import forms_lead

    if asked.week or asked.month or asked.date:
        raise Usage("forms.no_period", kind=asked.kind)
    if asked.lead is None and asked.filters != Filters():
        ids = _chosen(app, asked)
        if not ids:
            raise NotFound("forms.no_lead")
        if len(ids) > MOST:
            raise Usage("forms.too_many", count=len(ids), most=MOST)
    else:
        ids = [common.pick(app, asked.lead).id]
    one = forms_lead.customer if asked.kind == OF_A_LEAD[0] else forms_lead.followups

    def draw(connection: Connection, how: forms.Asked) -> Iterator[Form]:
        return (one(connection, lead_id, how) for lead_id in ids)

    return ids, draw


def _of_list(app: App, asked: Asked) -> tuple[list[int], Draw]:
    from salesflow.reports import forms_list

    if asked.lead:
        raise Usage("errors.extra_words", words=asked.lead[:80])
    if asked.week and asked.month:
        raise Usage("forms.week_or_month")
    day = common.day(app, asked.date, past=True) if asked.date else app.today
    span = forms_list.span_of(day, month=asked.month)
    within = None if asked.filters == Filters() else frozenset(_chosen(app, asked))
    new = asked.kind == "new-leads"
    with app.read() as connection:
        news = forms_list.new_ids(connection, span, within) if new else []
        ids = news if new else forms_list.hot_ids(connection, app.today, within)
    one = forms_list.new_leads if new else forms_list.hot_list

    def draw(connection: Connection, how: forms.Asked) -> Iterator[Form]:
        yield one(connection, span, ids, how)

    return ids, draw


def _chosen(app: App, asked: Asked) -> list[int]:
    from salesflow.reports import outgoing

    parent_id = lists.parent_of(app, asked.filters)
    with app.read() as connection:
        wanted = lists.wanted_of(connection, asked.filters, parent_id)
        return outgoing.lead_ids(connection, wanted, app.today)


def _safe(found: Iterator[Form]) -> Iterator[Form]:
    """The forms with what would steer a program written out."""
    from salesflow.commands.export_text import safe_lines

    for form in found:
        rows = [
            row._replace(
                cells=tuple(
                    [
                        cell._replace(value=safe_lines(cell.value)) if isinstance(cell.value, str) else cell
                        for cell in row.cells
                    ]
                )
            )
            for row in form.rows
        ]
        yield form._replace(rows=tuple(rows))
