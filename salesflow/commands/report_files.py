"""A report as files: a page for the director, a workbook for the assistant, Markdown for a chat; and on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.commands import consent
from salesflow.errors import Usage, not_written

if TYPE_CHECKING:
    from salesflow.context import App
    from salesflow.tables import Report


ON_PAGE = (
    200  # rows of a list on a page: more of them nobody reads there, and a browser takes long to lay them out
)


class Files(NamedTuple):
    """The files that were asked for, by their form; ``-`` is stdout."""

    html: str | None = None
    xlsx: str | None = None
    md: str | None = None

    def named(self) -> dict[str, str]:
        """The forms that were asked for and their names. Raises Usage for an empty name, and for one given twice."""
        found = {form: name for form, name in self._asdict().items() if name is not None}
        for form, name in found.items():
            if not name.strip():
                raise Usage("errors.empty_value", name=f"--{form}")
            if sum(Path(name) == Path(other) for other in found.values()) > 1:
                raise Usage("report.same_file", name=name)
        return found


def show(
    app: App,
    report: Report,
    files: Files,
    personal: bool,
    fmt: str | None = None,
    as_json: bool = False,
    command: str = "",
) -> None:
    """The report in its files, and on the screen unless a file is stdout; what goes to others is masked (K8).

    ``command`` is the one that lists what a page leaves out.
    """
    named = files.named()
    goes_out = bool(named) or app.for_others(fmt, as_json)
    whole = personal
    if personal and goes_out:
        whole = consent.whole(app, _leads_in(report.data), True, "html", more=("html",))
    masked = report if whole or not goes_out else _masked(app, report)
    written = {form: _made(app, masked, form, name, whole, command) for form, name in named.items()}
    for form, name in named.items():
        _put(app, name, written[form])
    if "-" not in named.values():
        others = app.for_others(fmt, as_json, whole)
        app.show(masked if others else report, fmt, as_json, personal=whole)


def _leads_in(data: Any) -> list[int]:
    # whose names stand anywhere in the report
    found: dict[int, None] = {}
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("lead_id"), int):
                found[one["lead_id"]] = None
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return sorted(found)


def _masked(app: App, report: Report) -> Report:
    """The report with people by their surnames and without phones."""
    from salesflow.phones import hidden
    from salesflow.reports import discreet
    from salesflow.tables import mapped

    with app.read() as connection:
        found = discreet.by_surname(report, connection, _leads_in(report.data))
    return mapped(found, lambda text: hidden(text, report.open_phones))


def _made(app: App, report: Report, form: str, name: str, whole: bool, command: str) -> bytes:
    try:
        return _bytes(app, report, form, whole, command)
    except OSError as error:  # a workbook is put together in files without a name
        raise not_written(name, error) from None


def _bytes(app: App, report: Report, form: str, whole: bool, command: str) -> bytes:
    from salesflow import render
    from salesflow.phones import masked

    mask = None if whole else masked
    if form == "html":
        from salesflow.tables import of_format, shortened

        def left_out(count: int) -> str:
            return app.t("report.page_more", count=count, command=command)

        page = shortened(of_format(report, "html"), ON_PAGE, left_out)
        return render.page(page, app.lang, mask=mask).encode()
    if form == "md":
        return render.render(report, "md", app.lang, mask=mask).encode()
    from io import BytesIO

    from salesflow.exchange.workbook_report import Words, write_report
    from salesflow.tables import of_format

    words = Words(**{name: app.t(f"report.sheet_{name}") for name in Words._fields})
    file = BytesIO()
    write_report(file, of_format(report, "xlsx"), words, mask)
    return file.getvalue()


def _put(app: App, name: str, data: bytes) -> None:
    from salesflow.commands.export_phone import put

    put(app, name, data)
    if name != "-":
        app.warn("report.written", file=name)
