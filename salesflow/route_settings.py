"""What a day on the road can hold: hours, speed, minutes a visit, visits a day; ``config`` says, else these."""

from __future__ import annotations

from salesflow.errors import Usage

DEFAULTS = {"day_start": "09:00", "day_end": "18:00", "speed": "25", "visit_minutes": "45", "visits": "8"}
# the least and the most of what is a number
LIMITS = {"speed": (1, 200), "visit_minutes": (5, 480), "visits": (1, 30)}
NAMES = ("home", *DEFAULTS)


def checked(key: str, value: str) -> str:
    """The value of the setting as it is kept. Raises Usage where it is none."""
    from salesflow.names import narrow_digits

    if key in LIMITS:
        least, most = LIMITS[key]
        number = narrow_digits(value)
        if not (number.isascii() and number.isdecimal() and len(number) < 5 and least <= int(number) <= most):
            raise Usage("plan.setting_number", key=key, value=value[:40], least=least, most=most)
        return str(int(number))
    if key == "home":
        from salesflow.route_places import read_point

        point = read_point(value)
        return f"{point[0]:.6f},{point[1]:.6f}" if point else value
    return clock(value, key)


def clock(text: str, what: str) -> str:
    """The time of day (HH:MM) that a person wrote: 17:30, 下午5点半, 5pm. Raises Usage."""
    from datetime import date

    from salesflow.dates import parse_when

    said = text.strip()
    day = date(2026, 1, 1)
    try:
        found = parse_when(f"{day.isoformat()} {said}", day)
    except Usage:
        raise Usage("plan.no_time_of_day", what=what, text=said[:40]) from None
    if found.time is None or found.date != day:
        raise Usage("plan.no_time_of_day", what=what, text=said[:40])
    return found.time


def seconds(text: str) -> int:
    """The second of the day of HH:MM."""
    return int(text[:2]) * 3600 + int(text[3:5]) * 60
