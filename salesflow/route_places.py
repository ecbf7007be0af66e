"""How far two places lie from each other: by coordinates where both have them, else by area and street.

A way is the distance through the air times a factor for streets. Coordinates of maps of China (GCJ-02)
and of satellites (WGS-84) differ by 600 m at most, which is no matter for the order of visits.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from salesflow.errors import Usage
from salesflow.names import city_key, narrow_digits

STREETS = 1.4  # what streets add to the way through the air
_EARTH = 6_371_009  # metres
# what a way is taken to be where coordinates do not say it
SAME_STREET, SAME_AREA, OTHER_AREA, OTHER_CITY = 300, 2_000, 8_000, 60_000
_A_NUMBER, _STREET_AT_MOST = 10, 1_500


class Spot(NamedTuple):
    """A place as far as it is known; ``sure`` where the coordinates are its own and not those of its area."""

    lat: float | None = None
    lng: float | None = None
    area: str = ""
    city: str = ""
    street: str = ""
    number: int = 0
    sure: bool = False

    @property
    def known(self) -> bool:
        """Whether anything says where it is."""
        return self.lat is not None or bool(self.area or self.street)


def is_point(lat: float | None, lng: float | None) -> bool:
    """Whether the two are coordinates; 0, 0 is a cell that was never filled."""
    if lat is None or lng is None or (lat == 0 and lng == 0):
        return False
    return -90 <= lat <= 90 and -180 <= lng <= 180


@lru_cache(maxsize=1 << 16)
def metres(first: Spot, second: Spot) -> int:
    """The way from one place to the other, in whole metres."""
    told = _told(first, second)
    if first.lat is None or first.lng is None or second.lat is None or second.lng is None:
        return told
    way = round(STREETS * _air(first.lat, first.lng, second.lat, second.lng))
    if first.sure and second.sure:
        return way
    # the middle of an area says nothing of the way within it
    return max(way, told) if first.area == second.area else way


def is_measured(first: Spot, second: Spot) -> bool:
    """Whether the way between them is reckoned from coordinates of their own."""
    return first.sure and second.sure


def _air(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    north, east = radians(other_lat - lat) / 2, radians(other_lng - lng) / 2
    share = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, share)))


def _told(first: Spot, second: Spot) -> int:
    cities = city_key(first.city), city_key(second.city)
    if all(cities) and cities[0] != cities[1]:
        return OTHER_CITY
    if not first.area or first.area != second.area:
        return OTHER_AREA
    if not first.street or first.street != second.street:
        return SAME_AREA
    if first.number and second.number:
        apart = abs(first.number - second.number) * _A_NUMBER
        return min(SAME_STREET + apart, _STREET_AT_MOST) if apart else SAME_STREET
    return _STREET_AT_MOST


def street_of(address: str | None) -> tuple[str, int]:
    """The street of an address and the number in it; '' and 0 for what it does not say."""
    import re

    found = re.search(
        r"(?:.*(?:[省市区县镇乡]|街道|新区))?\s*([一-鿿]{1,7}?(?:大道|大街|[路街巷道弄])(?:[东西南北中一二三四五六七八九十]{1,2}段)?)"
        r"[^\d一-鿿]*(\d{1,5})?",
        narrow_digits(address or ""),
    )
    return (found[1], int(found[2] or 0)) if found else ("", 0)


def read_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of ``30.65,104.06``, either first where only one can be; None for other texts.

    Raises Usage where two numbers are no coordinates.
    """
    parts = narrow_digits(text).replace("，", ",").strip(" ()（）").split(",")
    try:
        first, second = map(float, parts)
    except ValueError:
        return None
    if abs(first) > 90 >= abs(second):  # as maps of China write it: longitude first
        first, second = second, first
    if not is_point(first, second):
        raise Usage("plan.no_coordinates", text=text[:40])
    return first, second
