"""How a file will be read, shown before anything is written: each column, its field, three of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesflow.commands import common, import_columns
from salesflow.commands.import_columns import Agreed, Said
from salesflow.context import App
from salesflow.errors import SalesflowError, Usage, nearest

if TYPE_CHECKING:
    from salesflow.actions.import_codes import Codes
    from salesflow.commands.import_file import Opened
    from salesflow.exchange.mapping import Plan
    from salesflow.store.settings import Profile
    from salesflow.tables import Row

    LookAt = Callable[[Any, str, Said], Opened | None]

_VALUES, _WIDTH = 3, 24
_ALONE = 5  # names
_AROUND = 5  # lines above and below the columns
# fields of a sheet that the book calls otherwise
_CALLED = {
    "received": "received_at",
    "created": "created_at",
    "last_followup": "last_followup_at",
    "next": "next_date",
}
_NO = ("n", "no", "否", "不", "ｎ")
_YES = ("", "y", "yes", "是", "好", "对", "ｙ")


@dataclass
class _Look:
    """A file as it would be read: opened, the codes of the processes, the profiles that fit its header."""

    opened: Opened
    said: Said
    codes: Mapping[str, Codes]
    profiles: Mapping[str, Profile]
    chosen: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def order(self) -> str | None:
        """The order of dates that is said so far."""
        if self.said.date_order or not self.profiles:
            return self.opened.date_order
        return self.profiles[self.chosen].date_order if self.chosen else None

    def plan(self) -> Plan:
        """The plan by what has been said so far. Raises Usage."""
        from salesflow.exchange import mapping

        was = self.opened.plan
        profile = self.profiles.get(self.chosen)
        settled = {
            **(profile.columns if profile else {}),
            **import_columns.pairs(self.said.map, "--map"),
            **self.columns,
        }
        plan = mapping.plan(was.header, self.opened.sample, was.kind, settled, was.defaults, alone=was.alone)
        if plan.kind != "leads":
            return plan
        return import_columns.without_foreign(plan, self.opened.sample, self.codes, settled)


def agree(app: App, files: Sequence[tuple[str, Said]], process: str | None, look_at: LookAt) -> bool:
    """Whether the person at the terminal agrees to how the files are read; what they changed stands in ``agreed``.

    ``look_at`` opens a file of which something was said; None for one that is not shown.
    Asked before the step is begun, so that nobody waits for the book while somebody reads.
    """
    for look in _looks(app, files, process, look_at):
        header = look.opened.plan.header
        _ask_alone(app, look)
        if header in look.said.agreed:
            continue
        if not _agreed(app, look):
            return False
        look.said.agreed[header] = Agreed(look.chosen or None, dict(look.columns))
    return True


def _ask_alone(app: App, look: _Look) -> None:
    # somebody's telephone book holds the plumber too: whoever has no firm is a customer only where it is said
    alone = look.opened.table.alone
    if alone:
        names = app.t("lead.comma").join(alone[:_ALONE]) + (" .." if len(alone) > _ALONE else "")
        look.said.people = app.confirm("imports.take_alone", default=False, count=len(alone), names=names)


def _looks(app: App, files: Sequence[tuple[str, Said]], process: str | None, look_at: LookAt) -> list[_Look]:
    from salesflow.actions.imports import all_codes

    found: list[_Look] = []
    with common.trying(app, "import") as work:
        codes = all_codes(work, process)
        for name, said in files:
            # what can be read once only is read when it is imported
            if name == "-" or (Path(name).exists() and not Path(name).is_file()):
                continue
            opened = look_at(work, name, replace(said, quiet=True))
            if opened is not None:
                fits = {} if said.profile else import_columns.fitting(work, opened.plan.header)
                # that it says how dates are read may be all that the file wants
                dated = [name for name, one in fits.items() if one.date_order and not said.date_order]
                chosen = next(iter([*_different(fits, opened), *dated]), "")
                found.append(_Look(opened, said, codes, fits, chosen))
    return found


def _agreed(app: App, look: _Look) -> bool:
    while True:
        try:
            plan = look.plan()
        except Usage as error:
            if not look.chosen or look.columns:
                raise
            look.chosen = ""  # a profile that has grown too old for the file
            app.warn(error.key, **error.values)
            continue
        _show(app, look.opened, plan, look.chosen, look.order)
        while not (said := _answer(app, look)):
            pass
        if said in ("yes", "no"):
            return said == "yes"


def _answer(app: App, look: _Look) -> str:
    """``yes`` or ``no``; ``otherwise`` where something was changed, '' where the words said nothing."""
    said = app.ask("columns.agree_or_profile" if look.chosen else "columns.agree", name=look.chosen)
    word = said.lower()
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    if word == "-" and look.chosen:
        look.chosen = ""
        return "otherwise"
    before = dict(look.columns)
    try:
        for column, name in import_columns.pairs([said], "--map").items():
            look.columns[column] = _field(app, look.opened.plan.kind, name)
        look.plan()
    except SalesflowError as error:
        look.columns = before
        app.warn(error.key, **error.values)
        return ""
    return "otherwise"


def _field(app: App, kind: str, said: str) -> str:
    """The field of a code, or of its title in the language."""
    from salesflow.exchange.columns import KINDS

    found = _by_title(app, (kind,), said)
    if found in KINDS[kind] or found in ("custom", "-", ""):
        return found
    titles = [title(app, name) for name in KINDS[kind]]
    near = nearest(said, [*KINDS[kind], *titles])
    raise Usage("mapping.no_field_near" if near else "mapping.no_field", field=said, near=near)


def named(app: App, kind: str | None, said: Sequence[str]) -> list[str]:
    """What ``--map`` says, with the codes of fields that are called by their titles."""
    from salesflow.exchange.columns import KINDS

    found = []
    for one in said:
        column, equals, name = one.rpartition("=")
        kinds = (kind,) if kind in KINDS else tuple(KINDS)
        found.append(f"{column}={_by_title(app, kinds, name.strip())}" if equals else one)
    return found


def _by_title(app: App, kinds: Sequence[str], said: str) -> str:
    from salesflow.exchange.columns import KINDS

    fields = [name for kind in kinds for name in KINDS[kind]]
    return said if said in fields else next((name for name in fields if title(app, name) == said), said)


def note(app: App, work: Any, opened: Opened, said: Said) -> None:
    """Nothing; on stderr the columns where the import is only tried, and a profile that would read them otherwise."""
    if said.quiet:
        return
    header = opened.plan.header
    agreed = said.agreed.get(header)
    profile = said.profile or (agreed.profile if agreed else None)
    if said.show:
        _show(app, opened, opened.plan, profile or "", opened.date_order)
    if not profile and not agreed and not said.map:
        for name in _different(import_columns.fitting(work, header), opened):
            app.warn("columns.profile_fits", file=opened.name, name=name)


def _different(fits: Mapping[str, Profile], opened: Opened) -> list[str]:
    # one that says what is read anyway need not be offered
    return [name for name, one in fits.items() if one.columns != opened.profile]


def _show(app: App, opened: Opened, plan: Plan, profile: str, order: str | None) -> None:
    from salesflow import render
    from salesflow.tables import Column, Report, Section

    columns = (
        Column("column", app.t("columns.column"), shrink=True),
        Column("field", app.t("columns.read_as")),
        Column("values", app.t("columns.values"), shrink=True),
    )
    row = opened.table.header_row  # 0 where the fields are named by the format itself
    key = "columns.from_file" if row else "columns.of_file"
    before = [app.t(key, file=opened.name, format=_format(opened), row=row)]
    if profile:
        before.append(app.t("columns.by_profile", name=profile))
    if order and opened.orders:
        before.append(app.t("columns.dates_read", order=order))
    rows, after = _fitting(app, [_row(app, opened, plan, place) for place in range(len(plan.header))])
    section = Section(columns, tuple(rows), before=tuple(before), after=after)
    fmt = "table" if app.terminal else "plain"
    width = app.width if app.terminal else 0
    app.stderr.write(render.render(Report(data={}, sections=(section,)), fmt, app.lang, width=width))


def _fitting(app: App, rows: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    # of what is longer than the screen the columns without a value are only named
    if not app.terminal or len(rows) <= app.height - _AROUND:
        return rows, ()
    blank = [str(row.cells[0]) for row in rows if not row.cells[2]]
    names = app.t("lead.comma").join(blank)
    return [row for row in rows if row.cells[2]], (app.t("columns.blank", names=names),) if blank else ()


def _format(opened: Opened) -> str:
    table = opened.table
    return " ".join(filter(None, (table.format, table.encoding, table.sheet)))


def _row(app: App, opened: Opened, plan: Plan, place: int) -> Row:
    from salesflow.exchange.record import is_line
    from salesflow.tables import Row

    header = plan.header[place]
    cells = (row[place].strip() for row in opened.sample if place < len(row))
    values = list(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell))[:_VALUES]
    shown = app.t("columns.between").join(v if len(v) <= _WIDTH else v[: _WIDTH - 2] + ".." for v in values)
    name = plan.mapping.get(header)
    if name is None:
        key = "columns.aside" if header in plan.unused else "columns.kept"
        return Row((header, app.t(key if plan.kind == "leads" else "columns.aside"), shown))
    # the second of two names only fills in where the first is blank
    lesser = is_line(name) and header in plan.doubled.get(name, ())[1:]
    key = "columns.fills" if lesser else "columns.field"
    return Row((header, app.t(key, title=title(app, name), field=name), shown))


def title(app: App, field: str) -> str:
    """The field as people call it."""
    from salesflow.texts import has_text

    name = _CALLED.get(field, field)
    return app.t(f"columns.{name}") if has_text(f"columns.{name}", app.lang) else app.t(f"sheets.{name}")
