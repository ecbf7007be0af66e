"""How the columns of one file are read: what was said of them, whose codes they hold, the order of their dates."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.errors import Usage
from salesflow.names import NOBODY, is_nobody

if TYPE_CHECKING:
    from salesflow.actions.import_codes import Codes
    from salesflow.exchange.mapping import Plan
    from salesflow.exchange.tabular import TableRow
    from salesflow.store.settings import Profile

_DATES = ("received", "created", "last_followup", "next", "goal_on", "credit_on",
          "at", "next_date", "until", "date", "made_at", "moved_from", "ended_at", "signed_on", "due",
          "collected_on",
          "on")  # fmt: skip
_MORE = 500


class Agreed(NamedTuple):
    """What the person at the terminal said of the columns under one header: a profile, fields by column."""

    profile: str | None
    columns: dict[str, str]


@dataclass
class Said:
    """What was said of the files on the command line, and at the terminal of each header.

    ``show`` tells to show the columns of every file, ``quiet`` to say nothing of them;
    ``several`` that more sheets of the same file are read, ``people`` that a card without a firm is a lead.
    """

    map: list[str]
    default: list[str]
    profile: str | None
    sheet: str | None
    encoding: str | None
    header: bool | None
    date_order: str | None
    show: bool = False
    quiet: bool = False
    several: bool = False
    people: bool = False
    agreed: dict[tuple[str, ...], Agreed] = dataclasses.field(default_factory=dict)

    def called(self, name: str) -> str:
        """What messages call the file: beside its name the sheet, where several are read."""
        return f"{name} [{self.sheet}]" if self.several else name


def overrides(work: Any, said: Said, header: Sequence[str]) -> dict[str, str]:
    """The fields that the profile and ``--map`` give to columns; a profile's columns may be absent."""
    profile = _profile(work, said, header)
    known = (
        {column: field for column, field in profile.columns.items() if column in header} if profile else {}
    )
    agreed = said.agreed.get(tuple(header), Agreed(None, {}))
    return known | pairs(said.map, "--map") | agreed.columns


def order_said(work: Any, said: Said, header: Sequence[str]) -> str | None:
    """The order of dates by ``--date-order`` or the profile; of a file that is only looked at, by one that fits it."""
    if said.date_order is not None:
        return said.date_order
    if profile := _profile(work, said, header):
        return profile.date_order
    fits = fitting(work, header).values() if said.quiet else ()
    return next((profile.date_order for profile in fits if profile.date_order), None)


def fitting(work: Any, header: Sequence[str]) -> dict[str, Profile]:
    """The saved profiles that were made of a file with this header, by their names."""
    from salesflow.store import settings

    return settings.profiles_of(work.connection, header)


def _profile(work: Any, said: Said, header: Sequence[str]) -> Profile | None:
    """The profile by which the file is to be read, if any is said."""
    from salesflow.store import settings

    agreed = said.agreed.get(tuple(header), Agreed(None, {}))
    name = said.profile if said.profile is not None else agreed.profile
    if name is None:
        return None
    found = settings.profile(work.connection, name)
    if found is None:
        known = ", ".join(settings.profile_names(work.connection)) or "-"
        raise Usage("imports.no_profile", name=name, known=known)
    return found


def pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    """The names and values of ``NAME=VALUE``; of ``--map`` the column may hold a ``=`` itself."""
    found = {}
    for text in texts:
        name, equals, value = text.rpartition("=") if option == "--map" else text.partition("=")
        if not equals or not name.strip():
            raise Usage("imports.no_equals", option=option, text=text[:60])
        found[name.strip()] = value.strip()
    return found


def defaults(said: Said) -> dict[str, str]:
    """What blank cells are filled with, by field; an owner of no name is nobody, as with ``edit --set owner=``."""
    found = pairs(said.default, "--default")
    if "owner" in found and is_nobody(found["owner"]):
        found["owner"] = NOBODY
    return found


def check_defaults(defaults: Mapping[str, str], codes: Mapping[str, Codes]) -> None:
    """Nothing; raises Usage with the nearest where ``--default`` names a code that the process has not."""
    from salesflow.actions.import_codes import FIELDS
    from salesflow.exchange.record import LISTS
    from salesflow.exchange.values import split_list

    for field, text in defaults.items():
        if field in FIELDS:
            for part in split_list(text) if field in LISTS else (text,):
                codes[""].check(field, part)


def without_foreign(
    plan: Plan, cells: Sequence[Sequence[str]], codes: Mapping[str, Codes], settled: Mapping[str, str]
) -> Plan:
    """The plan with columns none of whose codes is known kept as they are: 状态 of a company register."""
    from salesflow.actions.import_codes import FIELDS

    foreign = []
    for field in (*FIELDS, "need", "process"):
        for header in plan.headers(field):
            said = set() if header in settled else _said(plan, header, field, cells)
            known = sum(_known(codes, field, value) for value in said)
            if said and known * 2 < len(said):  # some words are everybody's: Other, Open
                foreign.append(header)
    return plan.without(*foreign) if foreign else plan


def _said(plan: Plan, header: str, field: str, cells: Sequence[Sequence[str]]) -> set[str]:
    from salesflow.exchange.record import LISTS, blanks_of
    from salesflow.exchange.values import split_list

    place = plan.header.index(header)
    texts = {row[place].strip() for row in cells} - blanks_of(field)
    return {part for text in texts for part in split_list(text)} if field in LISTS else texts


@cache
def _shipped() -> frozenset[str]:
    # codes and titles of the built-in processes
    from salesflow.processes import builtin_names, builtin_titles

    names = builtin_names()
    return frozenset((*names, *(title for name in names for title in builtin_titles(name).values())))


def _known(codes: Mapping[str, Codes], field: str, value: str) -> bool:
    from salesflow.exchange.values import need_code

    if field == "need":
        return need_code(value) is not None
    if field == "process":
        held = any(value in (code, *found.process.titles.values()) for code, found in codes.items())
        return held or value in _shipped()
    return any(found.knows(field, value) for found in codes.values())


def date_orders(
    plan: Plan, sample: list[TableRow], rows: Iterator[TableRow], said: str | None
) -> dict[str, str]:
    """The order of dates by field; ``sample`` grows by as many rows as it takes to know.

    Raises Usage, naming both readings, where the whole column does not settle it.
    """
    from salesflow.exchange.date_order import ORDERS, DateOrder

    if said is not None and said not in ORDERS:
        raise Usage("errors.not_one_of", name="--date-order", value=said, known=" ".join(ORDERS))
    fields = [field for field in _DATES if plan.headers(field)]
    if said is not None:
        return dict.fromkeys(fields, said)
    found = {field: DateOrder() for field in fields}
    fresh = sample
    while fresh:
        _see(plan, fresh, found)
        still_open = any(column.is_open for column in found.values())
        fresh = list(islice(rows, _MORE)) if still_open else []
        sample += fresh
    for field, column in found.items():
        if column.is_open:
            header = plan.headers(field)[0]
            raise Usage("imports.date_order", column=header, text=column.unclear, readings=column.readings)
    return {field: column.order for field, column in found.items()}


def _see(plan: Plan, rows: Sequence[TableRow], found: Mapping[str, Any]) -> None:
    for row in rows:
        values = plan.record(row.cells).values if found and row.fault is None else {}
        for field, column in found.items():
            if field in values:
                column.see(values[field])
