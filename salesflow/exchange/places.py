"""Where a row says that its lead is: coordinates in whichever order they stand, places that an address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.exchange.values import BLANKS, coordinates, location


class Column(NamedTuple):
    """One column that a field is read from: its place and its header."""

    at: int
    header: str


_WHERE = ("province", "city", "area")

Columns = Mapping[str, Sequence[Column]]


def first_filled(cells: Sequence[str], columns: Sequence[Column]) -> tuple[str, str]:
    """The first cell of these columns that is not blank, and its header."""
    for at, header in columns:
        cell = cells[at].strip()
        if cell not in BLANKS:
            return cell, header
    return "", ""


class Coordinates:
    """Reads latitude and longitude into the values of a row; ``count`` is told what was met."""

    def __init__(self, columns: Columns, count: Callable[[str], None]) -> None:
        self._columns = columns
        self._count = count
        self._both = {"lat", "lng"} <= columns.keys()

    def read(self, cells: Sequence[str], values: dict[str, Any], custom: dict[str, str]) -> None:
        """The row's place among its ``values``; what is none is kept in ``custom``."""
        if not self._both:
            self._pair(cells, values, custom, [])
            return
        lat, lng = self._columns["lat"][0], self._columns["lng"][0]
        place = coordinates(cells[lat.at], cells[lng.at])
        unread = []
        if place is None:
            raw = [first_filled(cells, self._columns[field]) for field in ("lat", "lng")]
            place = coordinates(raw[0][0], raw[1][0])
            unread = [(cell, header) for cell, header in raw if cell]
        if place:
            values["lat"], values["lng"], turned = place
            if turned:
                self._count("swapped_coordinates")
        if "location" in self._columns or not place:
            self._pair(cells, values, custom, [] if place else unread)

    def _pair(
        self,
        cells: Sequence[str],
        values: dict[str, Any],
        custom: dict[str, str],
        unread: list[tuple[str, str]],
    ) -> None:
        """A column ``a,b``: it fills what is blank, and goes where it says the same.

        ``unread`` are the cells of latitude and longitude that are no place.
        """
        cell, header = first_filled(cells, self._columns.get("location", ()))
        place = location(cell) if cell else None
        if place is None:
            self._keep([*unread, (cell, header)] if cell else unread, custom)
        elif "lat" not in values:
            values["lat"], values["lng"] = place
            self._keep([(part, name) for part, name in unread if part not in cell], custom)
        elif abs(values["lat"] - place[0]) + abs(values["lng"] - place[1]) > 0.0001:
            custom[header] = cell

    def _keep(self, cells: list[tuple[str, str]], custom: dict[str, str]) -> None:
        if cells:
            self._count("bad_coordinates")
        for cell, header in cells:
            custom[header] = cell


def located(columns: Columns, *, ours: bool) -> Callable[[dict[str, Any], dict[str, str]], None] | None:
    """What fills blank province, city and district of a row's values out of its address; None where nothing can.

    The fields that were filled so are named in ``found``. A sheet of ours says what the book holds.
    """
    if ours or not columns.keys() & {"address", "region"}:
        return None
    header = columns["region"][0].header if "region" in columns else ""

    def fill(values: dict[str, Any], custom: dict[str, str]) -> None:
        region = values.pop("region", None)
        if region and not _fill(values, region, loose=True):
            custom[header] = region
        if "address" in values and not ("city" in values and "area" in values and "province" in values):
            _fill(values, values["address"], loose=False)

    return fill


def _fill(values: dict[str, Any], text: str, *, loose: bool) -> bool:
    from salesflow.divisions import locate

    known = values.get("province", ""), values.get("city", "")
    place = locate(text, *known, loose=loose)
    fresh = [(field, said) for field, said in zip(_WHERE, place, strict=True) if said and field not in values]
    if fresh:
        values.update(fresh)
        if not loose:
            values["found"] = [field for field, _ in fresh]
    return any(place)
