"""A row of an imported sheet as a record: what each column holds, cleaned and in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.errors import SalesflowError, Usage
from salesflow.exchange import people
from salesflow.exchange.places import Column, Coordinates, first_filled, located
from salesflow.exchange.values import (
    BLANKS,
    is_suspect,
    no_name,
    read_need,
    read_object,
    split_list,
    tidy,
    tidy_lines,
    whole_number,
)
from salesflow.money import parse_amount
from salesflow.names import LONGEST
from salesflow.phones import is_masked, is_mobile, split_phones

LISTS = frozenset(("brands", "tags", "role", "roles"))
PHONES = ("phone", "mobile", "contact_phone")
TEXTS = frozenset(("note", "learned", "did", "feedback", "progress"))
AMOUNTS = frozenset(("goal_value", "amount", "cost", "unit_price", "unit_cost"))
VOLUMES = {"volume_month": 1.0, "volume_year": 1 / 12, "volume_day": 30.0}
PLACES = frozenset(("lat", "lng", "location"))
OF_SOMEBODY = frozenset((*PHONES, "contact", "title", "role", "wechat", "email", "department", "birthday"))
PARTS = frozenset(("contact_last", "contact_first", "custom_object"))
OF_A_PERSON = ("title", "role", "wechat", "email", "department", "birthday")

# Where "none" is an answer and no blank.
_NONE_IS_AN_ANSWER = frozenset(("supplier", "need"))
_BLANK_ANSWERS = BLANKS - {"无", "暂无"}

Values = dict[str, Any]


class Record(NamedTuple):
    """One row: values by field, what no field takes by header, and why it cannot be taken.

    Lists of text: ``brands tags role phone contact_phone``; numbers: ``lat lng volume_month``;
    fen: ``goal_value`` and amounts. All else is text; dates and codes are text as written.
    """

    values: Values
    custom: dict[str, str]
    faults: tuple[SalesflowError, ...]


class _Row:
    """A row on its way to a record."""

    __slots__ = ("cells", "custom", "faults", "values")

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = cells
        self.values: Values = {}
        self.custom: dict[str, str] = {}
        self.faults: list[SalesflowError] = []


Step = Callable[[_Row], None]


class Reader:
    """Reads rows by a settled mapping; ``counts`` says what was met on the way.

    ``columns`` names the columns of each field, the one that wins first. With ``alone``
    a person of an address book who works for no firm is a lead.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[Column]],
        custom: Iterable[Column],
        defaults: Mapping[str, Any],
        needed: tuple[str, ...],
        further: Sequence[people.Further] = (),
        *,
        alone: bool = False,
    ) -> None:
        self.counts: dict[str, int] = {}
        self._alone = alone
        self._columns = columns
        self._further = further
        # a sheet of ours, and not any list with a column of that name: its cells are as the book has them
        self._ours = "uid" in columns and bool(columns.keys() & {"id", "process", "registered_by"})
        self._custom = [(c.at, c.header.removeprefix("custom.") or c.header) for c in custom]
        self._defaults = list(defaults.items())
        self._needed = needed
        lines = [(field, found) for field, found in columns.items() if is_line(field)]
        self._lines = [(f, c[0].at, c[0].header, blanks_of(f)) for f, c in lines]
        self._fills = [(f, x.at, x.header, blanks_of(f)) for f, c in lines for x in c[1:]]
        self._steps = self._all_steps()
        self._is_of_people = bool(columns.keys() & {"contact_last", "contact_first"})
        self._place = located(columns, ours=self._ours)

    def record(self, cells: Sequence[str]) -> Record:
        """The record that the cells of one row are."""
        row = _Row(cells)
        self._read_lines(row)
        if self._custom:
            self._read_custom(row)
        if self._fills:
            self._fill(row)
        for step in self._steps:
            step(row)
        values = row.values
        if self._alone and "name" not in values and "contact" in values and self._is_of_people:
            values["name"] = values["contact"]
        for field, value in self._defaults:
            values.setdefault(field, value)
        if self._place:
            self._place(values, row.custom)
        if self._needed[0] not in values and not any(field in values for field in self._needed):
            row.faults.append(self._nameless(row))
        elif is_suspect(values.get("name", " ")) and (said := no_name(values["name"], cells)):
            row.faults.append(Usage(f"mapping.{said}", name=values["name"][:40]))
        return Record(values, row.custom, tuple(row.faults))

    def _nameless(self, row: _Row) -> SalesflowError:
        """Why a row that names no lead cannot be taken."""
        person = row.values.get("contact")
        if person and self._is_of_people:  # an address book holds the plumber too
            self._count("alone")
            return Usage("mapping.person_alone", name=person[:40])
        first = next((cell.strip() for cell in row.cells if cell.strip()), "")
        if no_name(first, row.cells) == "total":
            return Usage("mapping.total", name=first[:40])
        return Usage("mapping.row_without", column=self._needed_header())

    def _read_lines(self, row: _Row) -> None:
        cells, values = row.cells, row.values
        for field, index, header, blanks in self._lines:
            cell = cells[index]
            if cell:
                cell = cell.strip() if cell.isprintable() else self._tidied(cell, header, row.faults)
                if cell not in blanks:
                    values[field] = cell
                    if len(cell) > LONGEST:
                        row.faults.append(_too_long(cell, header))

    def _read_custom(self, row: _Row) -> None:
        cells, custom = row.cells, row.custom
        for index, header in self._custom:
            cell = cells[index]
            if cell:
                cell = cell.strip() if cell.isprintable() else self._tidied(cell, header, None)
                if cell not in BLANKS:
                    custom[header] = cell

    def _fill(self, row: _Row) -> None:
        """Blanks from the lesser columns of the same field; what differs is kept beside it."""
        for field, index, header, blanks in self._fills:
            cell = row.cells[index]
            cell = cell.strip() if cell.isprintable() else self._tidied(cell, header, row.faults)
            if cell not in blanks and row.values.setdefault(field, cell) != cell:
                row.custom[header] = cell

    def _tidied(self, cell: str, header: str, faults: list[SalesflowError] | None) -> str:
        text, dropped, bad = tidy(cell)
        if dropped:
            self._count("invisible")
        if bad and faults is not None:
            faults.append(Usage("names.control", what=header))
        return tidy_lines(text) if bad else text

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _needed_header(self) -> str:
        found = next((self._columns[field] for field in self._needed if field in self._columns), None)
        return found[0].header if found else self._needed[0]

    def _all_steps(self) -> list[Step]:
        """What the fields at hand want done, each once a row; people before their phones."""
        has = self._columns.keys()
        steps: list[Step] = []
        if has & {"contact_last", "contact_first"}:
            steps.append(self._join_name)
        if "contact" in has:
            steps.append(self._split_contact)
        if "name" in self._needed and has & {*OF_A_PERSON}:  # a row of contacts is a person itself
            steps.append(self._without_person)
            steps.append(self._birthday)
        if has & {*PHONES}:
            steps.append(self._phone_step())
        if self._further:
            steps.append(self._further_people)
        steps += [self._list_step(field) for field in has if field in LISTS]
        steps += [self._text_step(field) for field in has if field in TEXTS]
        if "need" in has:
            steps.append(_need)
        steps += [self._amount_step(field) for field in has if field in AMOUNTS]
        steps += [self._volume_step(field) for field in has if field in VOLUMES]
        if {"lat", "lng"} <= has or "location" in has:
            places = Coordinates(self._columns, self._count)
            steps.append(lambda row: places.read(row.cells, row.values, row.custom))
        if "custom_object" in has:
            steps.append(self._object_step(self._columns["custom_object"][0]))
        return [*steps, _share] if has & {"contact", "phone"} else steps

    def _join_name(self, row: _Row) -> None:
        parts = []
        for field in ("contact_last", "contact_first"):
            found = self._columns.get(field)
            parts.append(tidy(row.cells[found[0].at])[0] if found else "")
        last, first = parts
        name = f"{first} {last}".strip() if (first + last).isascii() else last + first
        if name not in BLANKS:
            row.values.setdefault("contact", name)

    def _split_contact(self, row: _Row) -> None:
        """Several people in the cell of the name, their phones and titles: ``王建国 13900001234/李总``."""
        name = row.values.get("contact", "")
        if not name or name.isalpha() or self._ours:  # in a sheet of ours it is one whole name
            return
        people.put(row.values, people.people_in(first_filled(row.cells, self._columns["contact"])[0] or name))

    def _without_person(self, row: _Row) -> None:
        """What belongs to a person is kept as it is where the row names none."""
        if "contact" in row.values:
            return
        for field in OF_A_PERSON:
            for column in self._columns.get(field, ()):
                cell = tidy(row.cells[column.at])[0]
                if cell not in BLANKS:
                    row.custom[column.header] = cell
            row.values.pop(field, None)

    def _birthday(self, row: _Row) -> None:
        """A birthday as it is kept; what is none stays as it is."""
        if "birthday" not in row.values:
            return
        from salesflow.dates.birthday import read_birthday

        cell = row.values.pop("birthday")
        try:
            row.values["birthday"] = read_birthday(cell)
        except Usage:
            row.custom[self._columns["birthday"][0].header] = cell

    def _phone_step(self) -> Step:
        places = [(c.at, field != "phone") for field in PHONES for c in self._columns.get(field, ())]

        def step(row: _Row) -> None:
            shop: list[str] = []
            person: list[str] = row.values.pop("contact_phone", [])
            named = "contact" in row.values
            for index, personal in places:
                cell = row.cells[index]
                if not cell or cell in BLANKS:
                    continue
                for phone in self._phones(cell, row):
                    (person if named and (personal or is_mobile(phone)) else shop).append(phone)
            if shop:
                row.values["phone"] = shop if len(shop) == 1 else list(dict.fromkeys(shop))
            if person:
                row.values["contact_phone"] = list(dict.fromkeys(person))

        return step

    def _phones(self, cell: str, row: _Row) -> list[str]:
        if is_masked(cell):
            self._count("masked_phones")
        try:
            # in a sheet of ours each number is whole: none takes its neighbour's area code
            cells = cell.split(" / ") if self._ours else [cell]
            found = [phone for one in cells for phone in split_phones(one) if phone not in BLANKS]
        except Usage as fault:
            row.faults.append(fault)
            return []
        if cell.isascii() or self._ours:
            return found
        named = people.named_phones(cell)
        return people.join(row.values, named) if named else found

    def _further_people(self, row: _Row) -> None:
        """Who stands in columns of his own: 联系人2 with 电话2."""
        for group in self._further:
            said: dict[str, Any] = {}
            for field, (at, header) in group:
                cell = tidy(row.cells[at])[0]
                if cell in BLANKS:
                    continue
                if field in PHONES:
                    said.setdefault("contact_phone", []).extend(self._phones(cell, row))
                elif said.setdefault(field, list(split_list(cell)) if field in LISTS else cell) != cell:
                    row.custom[header] = cell
            people.add(row.values, row.custom, said)

    def _list_step(self, field: str) -> Step:
        places = [column.at for column in self._columns[field]]
        personal = field in OF_A_PERSON

        def step(row: _Row) -> None:
            if personal and "contact" not in row.values:
                return
            found = [part for at in places for part in split_list(row.cells[at])]
            if found:
                row.values[field] = found if len(places) == 1 else list(dict.fromkeys(found))

        return step

    def _text_step(self, field: str) -> Step:
        places = [column.at for column in self._columns[field]]

        def step(row: _Row) -> None:
            if not any([row.cells[at] for at in places]):
                return
            parts = [_text(row.cells[at]) for at in places if row.cells[at]]
            text = "\n".join(dict.fromkeys([part for part in parts if part not in BLANKS]))
            if text:
                row.values[field] = text

        return step

    def _amount_step(self, field: str) -> Step:
        def step(row: _Row) -> None:
            cell = first_filled(row.cells, self._columns.get(field, ()))[0]
            if cell:
                try:
                    row.values[field] = parse_amount(cell)
                except Usage as fault:
                    row.faults.append(fault)

        return step

    def _volume_step(self, field: str) -> Step:
        factor = VOLUMES[field]

        def step(row: _Row) -> None:
            cell, header = first_filled(row.cells, self._columns.get(field, ()))
            number = whole_number(cell) if cell else None
            if number is not None and "volume_month" not in row.values:
                row.values["volume_month"] = round(number * factor)
            elif cell:
                row.custom[header] = cell

        return step

    def _object_step(self, column: Column) -> Step:
        return lambda row: row.custom.update(read_object(row.cells[column.at], column.header))


def _share(row: _Row) -> None:
    if "people" in row.values:
        people.share(row.values)


def _need(row: _Row) -> None:
    """The need as its code; a word that says neither yes nor no is a fault."""
    if "need" in row.values:
        try:
            row.values["need"] = read_need(row.values["need"])
        except Usage as fault:
            row.faults.append(fault)


def is_line(field: str) -> bool:
    """Whether a field is one line of text, taken as it stands."""
    return field not in LISTS | TEXTS | AMOUNTS | PLACES | PARTS and field not in (*PHONES, *VOLUMES)


def blanks_of(field: str) -> frozenset[str]:
    """The cells that say nothing in this field."""
    return _BLANK_ANSWERS if field in _NONE_IS_AN_ANSWER else BLANKS


def convert(field: str, text: str) -> Any:
    """The value of a field from one text, as a row would have it; Usage where it cannot be read."""
    if field in PHONES:
        return split_phones(text)
    if field in LISTS:
        return list(split_list(text))
    if field in AMOUNTS:
        return parse_amount(text)
    if field in VOLUMES:
        number = whole_number(text)
        if number is None:
            raise Usage("mapping.not_a_number", text=text)
        return round(number * VOLUMES[field])
    if field == "need":
        return read_need(text)
    return text.strip()


def _text(cell: str) -> str:
    return cell.strip() if cell.isprintable() else tidy_lines(cell)


def _too_long(cell: str, header: str) -> Usage:
    return Usage("names.too_long", what=header, length=len(cell), most=LONGEST)
