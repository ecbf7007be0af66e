"""What is fuzzed: one function a door, which takes any bytes and raises nothing but what it finds wrong.

A target calls the program's own readers as a command does. Errors that the program means for people
(``SalesflowError``) are answers; whatever else is raised is a finding.
"""

from __future__ import annotations

import datetime
import io
import json
import unicodedata
from collections.abc import Callable, Mapping

TODAY = datetime.date(2026, 11, 24)
_STEERS = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))


class WrongError(AssertionError):
    """An answer that must not be."""


def table(name: str) -> Callable[[bytes], None]:
    """A target: a file of this name is read, its columns are known, each row becomes a record."""

    def target(data: bytes) -> None:
        from salesflow.errors import SalesflowError
        from salesflow.exchange import mapping, tabular
        from salesflow.exchange.diary import diary

        if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"):
            return  # workbooks are read in a process of their own
        try:
            found = tabular.read_table(io.BytesIO(data), name=name, looks_like_header=mapping.known_columns)
            rows = [row for row, _ in zip(found.rows, range(300), strict=False)]
            cells = [row.cells for row in rows if row.fault is None]
            plan = mapping.plan(found.header, cells[:200], "leads")
        except SalesflowError as error:
            spoken(error)
            return
        for row in rows:
            if row.fault is not None:
                continue
            if len(row.cells) != len(found.header):
                raise WrongError("a row with another number of cells")
            record = plan.record(row.cells)
            for fault in record.faults:
                spoken(fault)
            json.dumps(record.values, default=str).encode()
            if record.values.get("note"):
                diary(record.values["note"], TODAY)

    return target


def dates(data: bytes) -> None:
    """A text as a day in either direction, at the beginning of a text, and as a cell of a sheet."""
    from salesflow.dates import longest_when, parse_when
    from salesflow.errors import SalesflowError

    text = data.decode("utf-8", "replace")[:200]
    for past in (False, True):
        try:
            found = parse_when(text, TODAY, past=past)
        except SalesflowError as error:
            spoken(error)
            continue
        if found.time is not None:
            datetime.time.fromisoformat(found.time)
    for order in ("", "dmy"):
        cell(text, order)
    begun = longest_when(text, TODAY)
    if begun is not None and not 0 < begun[1] <= len(text):
        raise WrongError("a date that ends outside its text")


def cell(text: str, order: str) -> None:
    """A text as a cell of a column of days."""
    from salesflow.dates import parse_cell, parse_date_cell
    from salesflow.errors import SalesflowError

    try:
        parse_date_cell(text, order)
    except SalesflowError as error:
        spoken(error)
    try:
        parse_cell(text, order, TODAY, past=True)
    except SalesflowError as error:
        spoken(error)


def words(data: bytes) -> None:
    """A text as an amount, a phone, a name, a birthday, a clock's time."""
    from salesflow.errors import SalesflowError
    from salesflow.guard import guard, unguard, visible
    from salesflow.money import parse_amount
    from salesflow.names import clean_line, family_and_given, name_key, similar_key
    from salesflow.phones import hidden, masked, split_phones

    text = data.decode("utf-8", "replace")[:400]
    for read in (parse_amount, split_phones, lambda one: clean_line(one, "x")):
        try:
            read(text)
        except SalesflowError as error:
            spoken(error)
    name_key(text)
    similar_key(text)
    family_and_given(text)
    masked(text)
    hidden(text)
    if unguard(guard(text)) != text:
        raise WrongError("a cell that does not come back")
    if any(unicodedata.category(char) in _STEERS for char in visible(text).replace("\n", "")):
        raise WrongError("something hidden is left")


def notes(data: bytes) -> None:
    """A note with its marks, and a text from the phone."""
    from salesflow import notes as marks
    from salesflow import pasted
    from salesflow.exchange.diary import diary

    text = data.decode("utf-8", "replace")[:2000]
    found = marks.parse_note(text, TODAY, ("H", "A", "B"))
    if found.text != text.strip():
        raise WrongError("a note that lost something")
    marks.people_named(text, [(1, "王建国", ("经理",)), (2, "李梅", ())])
    keys, ids = pasted.heads(text)
    known = pasted.Known(dict.fromkeys(keys, [1]), dict.fromkeys(ids, ("甲店",)), ("谁",))
    for entry in pasted.entries(text, known, ("新客户", "new"), lambda line: line.startswith("【")):
        pasted.way(entry.note, lambda one: bool(one))
    diary(text, TODAY)


def process(data: bytes) -> None:
    """A process file: a process, or mistakes with their lines."""
    from salesflow.processes import from_json, to_json
    from salesflow.processes.read import read

    text = data.decode("utf-8", "replace")
    made, mistakes = read(text)
    if (made is None) == (not mistakes):
        raise WrongError("neither a process nor a mistake, or both")
    lines = text.count("\n") + 2
    if any(not 0 < one.line <= lines for one in mistakes):
        raise WrongError("a mistake in a line that there is not")
    if made is not None and from_json(to_json(made)) != made:
        raise WrongError("a process that does not come back")


def gate(data: bytes) -> None:
    """A text in every format: nothing of it steers, and JSON gives it back."""
    from salesflow.render import page, render
    from salesflow.render.gate import safe
    from salesflow.tables import Column, Report, Row, Section

    try:
        text = data.decode("utf-8", "surrogatepass")[:300]  # a lone surrogate may stand in old data
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")[:300]
    shown = safe(text)
    if any(unicodedata.category(char) in _STEERS for char in shown):
        raise WrongError("the gate let it through")
    columns = (Column("name", "店"), Column("note", text or "x"), Column("phone", "电话", "phone"))
    rows = (Row((text, "x", text)), Row(("甲", text, text)))
    section = Section(heading=text, columns=columns, rows=rows, before=(text,), after=(text,))
    report = Report(data=[{"name": text, "note": text}], title=text, sections=(section,))
    for form in ("plain", "table", "json", "jsonl", "csv", "tsv", "md", "chat"):
        answer = render(report, form, "zh", width=40)
        left = answer.replace("\n", "").removeprefix("\ufeff")
        left = left.replace("\r", "") if form == "csv" else left.replace("\t", "") if form == "tsv" else left
        if any(unicodedata.category(char) in _STEERS for char in left):
            raise WrongError(f"{form} let it through")
        if form == "json" and json.loads(answer)[0]["name"] != text:
            raise WrongError("JSON is another text")
    if "<script" in page(report, "zh"):
        raise WrongError("the page let it through")


def spoken(error: Exception) -> None:
    """Nothing; the error can be said in both languages. Raises where a text or a value of it is missing."""
    from salesflow.errors import SalesflowError
    from salesflow.texts import t

    assert isinstance(error, SalesflowError)
    for lang in ("zh", "en"):
        if not t(error.key, lang, **error.values).strip():
            raise WrongError("an error without words")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "csv": table("rows.csv"),
    "json": table("rows.json"),
    "vcf": table("rows.vcf"),
    "dates": dates,
    "words": words,
    "notes": notes,
    "process": process,
    "gate": gate,
}
