"""Which column of a sheet is which field, and how its rows are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from salesflow.errors import Usage, nearest
from salesflow.exchange import columns as tables
from salesflow.exchange.people import Further
from salesflow.exchange.places import Column
from salesflow.exchange.plain import Columns, plain_columns
from salesflow.exchange.recognise import any_of, find_field, folded, known_columns, numbered
from salesflow.exchange.record import (
    LISTS,
    OF_A_PERSON,
    OF_SOMEBODY,
    PHONES,
    TEXTS,
    VOLUMES,
    Reader,
    Record,
    convert,
)
from salesflow.exchange.values import BLANKS

__all__ = ["Plan", "Record", "known_columns", "plan"]

CUSTOM, UNUSED = "custom", "-"
_JOINED = LISTS | TEXTS
_SAMPLES = 200


@dataclass(frozen=True)
class _Named:
    """A column while it is being settled: what it is, and what its cells look like.

    ``filled`` counts the characters of its sample, ``numbers`` says that they are all numbers,
    ``latin`` that none of them is Chinese.
    """

    index: int
    header: str
    field: str
    place: int
    fixed: bool
    filled: int
    numbers: bool
    latin: bool


@dataclass(frozen=True)
class Plan:
    """How one file is read.

    ``mapping`` is the field of each header that has one, ``custom`` the headers kept as they
    are, ``unused`` those left aside (reckoned anew from the rest), ``doubled`` the headers of
    a field that has several, the one that wins first. ``counts`` grows while rows are read:
    ``swapped_coordinates bad_coordinates masked_phones invisible alone``.
    """

    kind: str
    header: tuple[str, ...]
    mapping: dict[str, str]
    custom: list[str]
    unused: list[str]
    doubled: dict[str, tuple[str, ...]]
    defaults: dict[str, str]
    alone: bool
    reader: Reader = field(repr=False)
    plain: Columns | None = field(repr=False, default=None)

    @property
    def counts(self) -> dict[str, int]:
        """What was met in the rows so far, by name."""
        return self.reader.counts

    def record(self, cells: Sequence[str]) -> Record:
        """The record that one row is; as many cells as the header has names."""
        return self.reader.record(cells)

    def headers(self, field: str) -> list[str]:
        """The headers that this field is read from."""
        return [header for header, known in self.mapping.items() if known == field]

    def without(self, *headers: str) -> Plan:
        """The same plan with these columns kept as custom fields.

        For a column of codes none of which the process has: 状态 of a company register.
        """
        settled = self.mapping | dict.fromkeys((*headers, *self.custom), CUSTOM)
        settled |= dict.fromkeys(self.unused, UNUSED)
        return plan(self.header, (), self.kind, settled, self.defaults, self.doubled, alone=self.alone)


def plan(
    header: Sequence[str],
    samples: Sequence[Sequence[str]] = (),
    kind: str = "leads",
    overrides: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    order: Mapping[str, tuple[str, ...]] | None = None,
    *,
    alone: bool = False,
) -> Plan:
    """The plan by which a file with this header is read.

    ``samples`` are some of its rows (the first two hundred do), ``overrides`` fields by header
    (``custom`` keeps a column as it is, ``-`` leaves it aside), ``defaults`` texts by field for
    blank cells, ``order`` headers by field that win in this order; with ``alone`` a person of an
    address book who has no firm is a lead. Raises Usage where no column
    is the name (of other kinds: the lead), for an unknown column, an unknown field.
    """
    named = _name_all(header, samples, kind, overrides or {})
    named = _settle_leads(named) if kind == "leads" else _settle_others(named, kind)
    fields = {c.header: c.field for c in named}
    named, further = _people_apart(named) if kind == "leads" else (named, [])
    groups = _grouped(named, order or {})
    read = {name: found for name, found in groups.items() if name not in {CUSTOM, UNUSED}}
    chosen = dict(defaults or {})
    _check_needed(kind, read, chosen, header, alone=alone)
    values = {_target(name): convert(name, text) for name, text in _checked(chosen, kind).items()}
    kept = [Column(c.index, c.header) for c in groups.get(CUSTOM, [])]
    places = {name: [Column(c.index, c.header) for c in found] for name, found in read.items()}
    return Plan(
        kind,
        tuple(header),
        {name: field for name, field in fields.items() if field not in {CUSTOM, UNUSED}},
        [column.header for column in sorted(kept)],
        [column.header for column in groups.get(UNUSED, [])],
        {name: tuple(c.header for c in found) for name, found in read.items() if len(found) > 1},
        chosen,
        alone,
        Reader(places, sorted(kept), values, tables.NEEDED[kind], further, alone=alone),
        plain_columns(places, sorted(kept), others=bool(values or further) or kind != "leads"),
    )


def _target(name: str) -> str:
    return "volume_month" if name in VOLUMES else "phone" if name == "mobile" else name


def _name_all(
    header: Sequence[str], samples: Sequence[Sequence[str]], kind: str, overrides: Mapping[str, str]
) -> list[_Named]:
    wanted = _by_column(header, kind, overrides)
    named = []
    for index, name in enumerate(header):
        cells = [row[index].strip() for row in samples[:_SAMPLES] if index < len(row)]
        cells = [cell for cell in cells if cell not in BLANKS]
        found = find_field(name, kind)
        chosen, place = (wanted[name], 0) if name in wanted else found or (CUSTOM, 0)
        numbers = bool(cells) and all(_is_number(cell) for cell in cells)
        latin = all(map(str.isascii, cells))
        filled = sum(map(len, cells))
        named.append(_Named(index, name, chosen, place, name in wanted, filled, numbers, latin))
    return named


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdecimal()


def _by_column(header: Sequence[str], kind: str, overrides: Mapping[str, str]) -> dict[str, str]:
    """The overrides by header as it is written; Usage for a column or field that is not there."""
    by_fold = {folded(name): name for name in header}
    _checked(dict.fromkeys(overrides.values(), ""), kind, (CUSTOM, UNUSED, ""))
    found = {}
    for column, name in overrides.items():
        actual = column if column in header else by_fold.get(folded(column))
        if actual is None:
            known = " | ".join(header)[:200]
            raise Usage("mapping.no_column", column=column, known=known)
        found[actual] = name or CUSTOM
    return found


def _checked(fields: dict[str, str], kind: str, also: tuple[str, ...] = ()) -> dict[str, str]:
    """The fields, each of which this kind of sheet has; Usage with the nearest for another."""
    for name in fields:
        if name not in tables.KINDS[kind] and name not in also:
            near = nearest(name, list(tables.KINDS[kind]))
            raise Usage("mapping.no_field_near" if near else "mapping.no_field", field=name, near=near)
    return fields


def _settle_leads(named: list[_Named]) -> list[_Named]:
    """The columns of leads whose meaning hangs on the other columns."""
    for rule in (_people, _deals, _ids, _derived, _codes, _belongings):
        named = [c if c.fixed else replace(c, field=rule(c, named)) for c in named]
    return named


def _settle_others(named: list[_Named], kind: str) -> list[_Named]:
    """The columns of what hangs on leads."""
    named = [_unit_apart(c, named) for c in named]
    return [_hour_apart(c, named) for c in named] if "at_time" in tables.KINDS[kind] else named


def _hour_apart(column: _Named, named: list[_Named]) -> _Named:
    """时间 is the hour where another column is the day."""
    if column.fixed or column.field != "at" or folded(column.header) not in ("时间", "time"):
        return column
    days = any(c.field == "at" and c.index != column.index for c in named)
    return replace(column, field="at_time") if days else column


def _unit_apart(column: _Named, named: list[_Named]) -> _Named:
    """单位 is what the number counts (套) where another column names the lead."""
    if column.fixed or column.field != "lead" or folded(column.header) != "单位":
        return column
    others = any(c.field == "lead" and c.index != column.index for c in named)
    return replace(column, field=CUSTOM) if others else column


def _people(column: _Named, named: list[_Named]) -> str:
    """``name`` and 姓名 are the person where another column is the firm, and the name where none is."""
    if not any_of([column.header], tables.PERSON_OR_FIRM):
        return column.field
    firm = any(other.index != column.index and any_of([other.header], tables.FIRM) for other in named)
    return "contact" if firm else "name"


def _deals(column: _Named, named: list[_Named]) -> str:
    """What a CRM calls its deal is no firm where another column names the firm."""
    if column.field != "name" or not any_of([column.header], tables.DEALS):
        return column.field
    firm = any(c.field == "name" and not any_of([c.header], tables.DEALS) for c in named)
    return CUSTOM if firm else "name"


def _ids(column: _Named, named: list[_Named]) -> str:
    """``id`` names a lead of ours only in a sheet of ours: among our own names, or instead of a name."""
    if column.field == "uid" and column.numbers and any(c.field == "name" for c in named):
        return CUSTOM  # numbers of somebody's own: those of the next list are the same
    if column.field != "id" or any(c.field == "uid" for c in named):
        return column.field
    if not any(c.field == "name" for c in named):
        return "id"
    ours = all(c.header in tables.LEADS or c.header.startswith("custom.") or _is_option(c) for c in named)
    return "id" if ours else CUSTOM


def _is_option(column: _Named) -> bool:
    return column.header in {"received_at", "next_date", "last_followup_at", "goal", "for", "brand", "set"}


def _derived(column: _Named, named: list[_Named]) -> str:
    """What our own export holds and what follows from the rest is left aside; so is why a row was rejected."""
    if any_of([column.header], tables.REJECTED):
        return UNUSED
    ours = any(c.field == "uid" for c in named)
    return UNUSED if ours and any_of([column.header], tables.DERIVED) else column.field


def _codes(column: _Named, named: list[_Named]) -> str:
    """A number is no place: such a column holds somebody's codes; nor is half a coordinate."""
    if column.numbers and column.field in {"province", "city", "area"}:
        return CUSTOM
    other = {"lat": "lng", "lng": "lat"}.get(column.field)
    return CUSTOM if other and not any(c.field == other for c in named) else column.field


def _belongings(column: _Named, named: list[_Named]) -> str:
    """Without a column of people, what belongs to one is the shop's or kept as it is."""
    if any(c.field in {"contact", "contact_last", "contact_first"} for c in named):
        return column.field
    if column.field in {"mobile", "contact_phone"}:
        return "phone"
    return CUSTOM if column.field in OF_A_PERSON else column.field


def _people_apart(named: list[_Named]) -> tuple[list[_Named], list[Further]]:
    """The columns without those of a second person and more (联系人2, 电话2), and these, a group for each person."""
    numbers = {c.index: numbered(c.header)[1] for c in named if c.field in OF_SOMEBODY}
    people = sorted({numbers[c.index] for c in named if c.field == "contact"})
    more = [number for number in people if number > 1] if people and people[0] < 2 else []
    apart = [
        [(c.field, Column(c.index, c.header)) for c in named if numbers.get(c.index) == number]
        for number in more
    ]
    return [c for c in named if numbers.get(c.index) not in more], apart


def _grouped(named: list[_Named], order: Mapping[str, tuple[str, ...]]) -> dict[str, list[_Named]]:
    """The columns by field; where one wins, it stands first."""
    groups: dict[str, list[_Named]] = {}
    for column in named:
        groups.setdefault(column.field, []).append(column)
    for name, found in groups.items():
        if name in order:
            found.sort(key=lambda c: order[name].index(c.header) if c.header in order[name] else 99)
        elif name == "contact" or name in PHONES:
            found.sort(key=lambda c: (not c.fixed, not c.filled, c.place))
        elif name not in _JOINED and name not in {CUSTOM, UNUSED}:
            # beside 四川 a column Sichuan Province is the longer one
            found.sort(key=lambda c: (not c.fixed, c.numbers, c.latin, -c.filled, c.place))
    return groups


def _check_needed(
    kind: str, read: Mapping[str, Any], defaults: Mapping[str, str], header: Sequence[str], *, alone: bool
) -> None:
    of_people = kind == "leads" and not read.keys().isdisjoint({"contact_last", "contact_first"})
    if (alone and of_people) or any(name in read or name in defaults for name in tables.NEEDED[kind]):
        return
    key = "mapping.no_name" if kind == "leads" else "mapping.no_key_column"
    key = "mapping.no_firm" if of_people else key
    raise Usage(key, row=" | ".join(header)[:200], field=tables.NEEDED[kind][0])
