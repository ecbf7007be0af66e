"""Files of other records than leads, and files of several kinds: each row to those who take its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from salesflow.commands import import_columns, import_file
from salesflow.commands.import_columns import Said
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.import_codes import Codes
    from salesflow.actions.import_lead import RowIn
    from salesflow.actions.imports import Importer, Outcome
    from salesflow.commands.import_file import Opened
    from salesflow.exchange.tabular import Table, TableRow

KINDS = ("leads", "contacts", "followups", "stages", "promises", "orders", "payments", "targets")
TYPE = "type"  # the column of a mixed file that says what a line is
_SAMPLES = 200
# what a row of the kind cannot do without, besides its lead; one column of each group does
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "contacts": (("name",),),
    "followups": (("at",),),
    "stages": (("at",), ("stage", "status")),
    "promises": (("date",),),
    "orders": (("signed_on",), ("amount", "framework", "unit_price", "lines")),
    "payments": (("on",), ("amount",)),
    "targets": (("metric",), ("period",), ("target",)),
}
Done = list[tuple["Opened", "Outcome"]]


class Asked:
    """How the files are to be taken: what was said of them, of rows that are known, and of the process."""

    def __init__(self, said: Said, policy: str, process: str | None) -> None:
        self.said = said
        self.policy = policy
        self.process = process or import_columns.pairs(said.default, "--default").get("process")

    def on(self, said: Said) -> Asked:
        """The same, of a file of which this was said."""
        return Asked(said, self.policy, self.process)


def take(app: App, work: Any, name: str, asked: Asked, kind: str | None) -> Done:
    """What became of the file's rows, kind by kind where it holds several."""
    table = import_file.read_file(name, asked.said, asked.said.sheet)
    if kind is None:
        mixed, table = _is_mixed(table)
        if mixed:
            return _mixed(app, work, name, asked, table)
    if kind in (None, "leads"):
        return [_leads(app, work, name, asked, table)]
    opened = _open(app, work, name, asked.said, kind or "", table)
    with import_file.progress(app) as advance:
        return _records(work, asked, [opened], {}, advance)


def looking(app: App, asked: Asked, kind: str | None) -> Callable[[Any, str, Said], Opened | None]:
    """What opens a file to be shown, and takes nothing of it; it gives None for one of several kinds."""
    from salesflow.actions.imports import all_codes

    def look(work: Any, name: str, said: Said) -> Opened | None:
        table = import_file.read_file(name, said, said.sheet)
        if kind is None:
            mixed, table = _is_mixed(table)
            if mixed:
                return None
        if kind in (None, "leads"):
            return _file(app, work, name, said, all_codes(work, asked.process), table=table)
        return _open(app, work, name, said, kind or "", table)

    return look


def _file(
    app: App,
    work: Any,
    name: str,
    said: Said,
    codes: dict[str, Codes],
    kind: str = "leads",
    table: Table | None = None,
) -> Opened:
    from salesflow.commands import import_preview

    opened = import_file.open_file(app, work, name, said, codes, kind, table)
    import_preview.note(app, work, opened, said)
    return opened


def kind_of(word: str) -> str | None:
    """The kind that a word means, singular or plural; None for none."""
    plain = word.strip().lower().replace("-", "").replace("_", "")
    return next((kind for kind in KINDS if plain in (kind, kind[:-1])), None)


def _leads(app: App, work: Any, name: str, asked: Asked, table: Table) -> tuple[Opened, Outcome]:
    from salesflow.actions.imports import AT_ONCE, Many, all_codes

    opened = _file(app, work, name, asked.said, all_codes(work, asked.process), table=table)
    with import_file.progress(app) as advance:
        importer = _importer(work, asked, opened, advance)
        if opened.plan.plain is None or asked.policy == "update":
            return opened, importer.take(opened.rows, import_file.ahead_of(opened))
        many = Many(opened.lines, opened.row, opened.plan.plain.batch)
        return opened, importer.take_many(many, import_file.ahead_of(opened, AT_ONCE))


def _importer(work: Any, asked: Asked, opened: Opened, advance: Callable[[int], None]) -> Importer:
    from salesflow.actions.imports import Importer, Wanted

    return Importer(
        work, Wanted(asked.policy, asked.process, opened.orders, opened.headers, opened.name, advance)
    )


def _open(app: App, work: Any, name: str, said: Said, kind: str, table: Table) -> Opened:
    from salesflow.commands.import_preview import title

    opened = _file(app, work, name, said, {}, kind, table)
    read = {*opened.plan.mapping.values(), *opened.plan.defaults}
    for group in _NEEDED[kind]:
        if not read & {*group}:
            row = " | ".join(opened.table.header)[:200]
            raise Usage("mapping.no_key_field", row=row, field=group[0], title=title(app, group[0]))
    return opened


def _records(
    work: Any,
    asked: Asked,
    sheets: Sequence[Opened],
    of_file: Mapping[str, int],
    advance: Callable[[int], None],
) -> Done:
    from salesflow.actions.import_rows import Records, Sheet
    from salesflow.exchange.columns import REJECTED
    from salesflow.exchange.recognise import any_of

    records = Records(work, asked.policy, of_file, advance)
    done: Done = []
    for opened in sheets:
        header = opened.plan.header
        aside = [name for name in header if any_of([name], REJECTED)]
        sheet = Sheet(opened.plan.kind, opened.rows, header, opened.orders, opened.headers, aside)
        done.append((opened, records.take(sheet)))
    records.finish()
    return done


# Several kinds in one file


def _is_mixed(table: Table) -> tuple[bool, Table]:
    # every line says what it is; a column `type` of leads alone may say other things
    if TYPE not in table.header:
        return False, table
    place, rows = table.header.index(TYPE), iter(table.rows)
    sample = list(islice(rows, _SAMPLES))
    table = replace(table, rows=chain(sample, rows))
    found = {kind_of(row.cells[place]) for row in sample if row.fault is None}
    lines = table.format in ("json", "jsonl")
    hanging = bool(found - {None, "leads", "contacts"})
    return hanging if None in found or not lines else bool(found), table


def _mixed(app: App, work: Any, name: str, asked: Asked, table: Table) -> Done:
    from salesflow.actions.import_rows import ORDER
    from salesflow.actions.imports import all_codes

    parts = _parted(table)
    of_file: dict[str, int] = {}
    done: Done = []
    with import_file.progress(app) as advance:
        if "leads" in parts:
            part = parts.pop("leads")
            codes = all_codes(work, asked.process)
            said = _said_of("leads", asked.said, part)
            opened = replace(_file(app, work, name, said, codes, table=part), mixed=True)
            named: list[tuple[str, Mapping[str, Any]]] = []
            importer = _importer(work, asked, opened, advance)
            done.append((opened, importer.take(_noted(opened, named))))
            of_file = _by_number(work, named)
        sheets = [
            replace(
                _open(app, work, name, _said_of(kind, asked.said, parts[kind]), kind, parts[kind]), mixed=True
            )
            for kind in ORDER
            if kind in parts
        ]
        return done + _records(work, asked, sheets, of_file, advance)


def _parted(table: Table) -> dict[str, Table]:
    place = table.header.index(TYPE)
    rows: dict[str, list[TableRow]] = {}
    last = "leads"
    for row in table.rows:
        kind = kind_of(row.cells[place]) if row.fault is None else None
        if row.fault is None and kind is None:
            row = row._replace(fault=_no_kind(row.cells[place]))
        last = kind or last  # what cannot be read is counted beside the line above it
        rows.setdefault(last, []).append(row)
    return {kind: _narrowed(table, found) for kind, found in rows.items()}


def _no_kind(text: str) -> Any:
    from salesflow.exchange.tabular import Fault

    return Fault("rows.no_type", {"text": text[:40], "known": " ".join(KINDS)})


def _narrowed(table: Table, rows: Sequence[TableRow]) -> Table:
    # the columns of one kind are those in which its lines say something
    width = len(table.header)
    used = [
        place
        for place in range(width)
        if table.header[place] == TYPE or any(row.fault is None and row.cells[place].strip() for row in rows)
    ]
    cut = [
        row._replace(cells=tuple([row.cells[place] for place in used])) if len(row.cells) == width else row
        for row in rows
    ]
    return replace(table, header=tuple([table.header[place] for place in used]), rows=iter(cut))


def _said_of(kind: str, said: Said, part: Table) -> Said:
    # what was said of columns and fields holds for the kinds that have them
    from salesflow.exchange.columns import KINDS as FIELDS

    mapped = import_columns.pairs(said.map, "--map")
    here = [
        f"{column}={field}"
        for column, field in mapped.items()
        if column in part.header and (field in FIELDS[kind] or field in ("custom", "-", ""))
    ]
    defaults = import_columns.pairs(said.default, "--default")
    known = [f"{field}={text}" for field, text in defaults.items() if field in FIELDS[kind]]
    return replace(said, map=[*here, f"{TYPE}=-"], default=known)


def _noted(opened: Opened, named: list[tuple[str, Mapping[str, Any]]]) -> Iterator[RowIn]:
    # each lead's number in its own file, by which the other lines may name it
    header = opened.plan.header
    place = header.index("id") if "id" in header else -1
    for row in opened.rows:
        if place >= 0 and not row.faults and row.cells[place].strip():
            named.append((row.cells[place].strip(), row.values))
        yield row


def _by_number(work: Any, named: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, int]:
    from salesflow.actions.import_find import Leads

    index, found = Leads(work.connection), {}
    for number, values in named:
        lead = {"lead_uid": values.get("uid", ""), "lead": values.get("name", ""), "lead_id": number}
        try:
            found[number] = index.of(lead).id
        except Usage:
            continue  # a row that was not taken, or one of several under one name
    return found
