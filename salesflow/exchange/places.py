"""Where a row says that its lead is: coordinates in one column or two, in whichever order they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.exchange.values import BLANKS, coordinates, location


class Column(NamedTuple):
    """One column that a field is read from: its place and its header."""

    at: int
    header: str


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
