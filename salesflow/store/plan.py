"""What a day's way is laid out from: areas and where their middles are, leads nobody has visited, places promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, marks

_SAMPLE = 500  # leads of an area that are looked at for where it is
_POINT = "lat IS NOT NULL AND lng IS NOT NULL AND (lat <> 0 OR lng <> 0)"
# open, nobody has been there, and nothing is promised
_UNVISITED = "status = 'open' AND visits = 0 AND next_date IS NULL"


class Planned(NamedTuple):
    """What was said of a promise that stands: what for, where, and who keeps it."""

    purpose: str | None
    place: str | None
    keeper: str | None


def any_lead(connection: Connection) -> bool:
    """Whether the book holds a lead."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM lead)").fetchone()[0])


def areas(connection: Connection) -> list[str]:
    """The areas of the book's leads, each found by one look at the index."""
    sql = """WITH RECURSIVE each (area) AS (
  SELECT min(area) FROM lead WHERE area IS NOT NULL
  UNION ALL SELECT (SELECT min(area) FROM lead WHERE area > each.area) FROM each WHERE each.area IS NOT NULL
) SELECT area FROM each WHERE area IS NOT NULL"""
    return [row[0] for row in connection.execute(sql)]


def centres(
    connection: Connection, places: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[float, float]]:
    """The middle of the leads known in each (area, city) that has any with coordinates; '' is a city not said."""
    found = {}
    for area, city in places:
        inner = "SELECT lat, lng FROM lead INDEXED BY lead_area WHERE area = ? AND (? = '' OR coalesce(city, ?) = ?)"
        sql = f"SELECT avg(lat), avg(lng) FROM ({inner} LIMIT {_SAMPLE}) WHERE {_POINT}"
        lat, lng = connection.execute(sql, (area, city, city, city)).fetchone()
        if lat is not None:
            found[area, city] = (lat, lng)
    return found


def planned(connection: Connection, lead_ids: Sequence[int]) -> dict[int, Planned]:
    """What the promises that stand were planned with, by lead, where anything was said."""
    found: dict[int, Planned] = {}
    for part in batches(lead_ids):
        sql = (
            f"SELECT lead_id, purpose, place, keeper FROM promise WHERE lead_id IN ({marks(part)})"
            " AND ended_at IS NULL AND (purpose IS NOT NULL OR place IS NOT NULL OR keeper IS NOT NULL)"
        )
        found.update((row[0], Planned(*row[1:])) for row in connection.execute(sql, part))
    return found


def unvisited_in(
    connection: Connection,
    areas: Sequence[str],
    near: tuple[float, float] | None,
    limit: int,
    owner: str | None = None,
) -> list[int]:
    """Open leads of these areas that nobody has visited: key targets first, then those ``near``."""
    where, values = _owned(owner)
    lat, lng = near or (0.0, 0.0)
    sql = (
        f"SELECT id FROM lead INDEXED BY lead_area WHERE area IN ({marks(areas)}) AND {_UNVISITED}{where}"
        " ORDER BY key_target IS NULL, CASE WHEN ? THEN (lat - ?) * (lat - ?) + (lng - ?) * (lng - ?) END IS NULL,"
        " CASE WHEN ? THEN (lat - ?) * (lat - ?) + (lng - ?) * (lng - ?) END, id LIMIT ?"
    )
    around = [near is not None, lat, lat, lng, lng]
    return [row[0] for row in connection.execute(sql, [*areas, *values, *around, *around, limit])]


def unvisited_around(
    connection: Connection, near: tuple[float, float], degrees: float, limit: int, owner: str | None = None
) -> list[int]:
    """Open leads within so many degrees that nobody has visited, the nearest first."""
    where, values = _owned(owner)
    lat, lng = near
    sql = (
        f"SELECT id FROM lead WHERE lat BETWEEN ? AND ? AND lng BETWEEN ? AND ? AND {_UNVISITED}{where}"
        " ORDER BY (lat - ?) * (lat - ?) + (lng - ?) * (lng - ?), id LIMIT ?"
    )
    box = [lat - degrees, lat + degrees, lng - degrees, lng + degrees]
    return [row[0] for row in connection.execute(sql, [*box, *values, lat, lat, lng, lng, limit])]


def count_unvisited(connection: Connection, owner: str | None = None) -> list[tuple[str, int]]:
    """How many leads nobody has visited are known by name alone in each area, most first; by one covering index."""
    sql = (
        "SELECT area, count(*) FROM lead INDEXED BY lead_untouched"
        " WHERE received_at IS NULL AND status = 'open' AND area IS NOT NULL GROUP BY area ORDER BY 2 DESC, area"
    )
    if owner is not None:
        where, values = _owned(owner)
        sql = sql.replace(" GROUP BY", f"{where} GROUP BY")
        return list(connection.execute(sql, values))
    return list(connection.execute(sql))


def count_unvisited_in(connection: Connection, areas: Sequence[str], owner: str | None = None) -> int:
    """How many open leads of these areas nobody has visited."""
    where, values = _owned(owner)
    sql = f"SELECT count(*) FROM lead INDEXED BY lead_area WHERE area IN ({marks(areas)}) AND {_UNVISITED}{where}"
    return int(connection.execute(sql, [*areas, *values]).fetchone()[0])


def _owned(owner: str | None) -> tuple[str, list[Any]]:
    if owner is None:
        return "", []
    return (" AND owner = ?", [owner]) if owner else (" AND owner IS NULL", [])
