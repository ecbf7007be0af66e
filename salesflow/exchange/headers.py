"""Which row of a sheet names its columns, and what the columns are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from salesflow.errors import Unusable

LooksLikeHeader = Callable[[Sequence[str]], int]
HEADER_WITHIN = 10


def header_place(rows: Sequence[Sequence[str]], known: LooksLikeHeader) -> tuple[int, int]:
    """Where in ``rows`` the header stands, and how many of its names are known.

    The row with the most known names; without any the first that has two cells filled, so
    that a title above is passed over. A row that data may stand above is no header.
    """
    first = rows[:HEADER_WITHIN]
    filled = [_filled(row) for row in first]
    hits = [known([cell.strip() for cell in row]) for row in first]
    places = sorted(range(len(first)), key=lambda i: (-hits[i], -min(filled[i], 2), i))
    # nothing stands above the first row: it is a header where no other is
    found = next(i for i in places if hits[i] > 1 or all(above * 2 <= filled[i] for above in filled[:i]))
    return found, hits[found]


def column_names(header: Sequence[str], below: Iterable[Sequence[str]], file: str) -> tuple[str, ...]:
    """The names of the columns; one without a name is called by its number.

    Blank cells at the header's end are cut unless a row ``below`` has something there.
    Raises Unusable where two columns have the same name.
    """
    names = [" ".join(cell.strip("\ufeff").split()) for cell in header]
    width = max([_last(names), *(min(_last(row), len(names)) for row in below)])
    _refuse_doubled([name for name in names if name], file)
    return tuple(named_by_number(names[:width]))


def named_by_number(names: Sequence[str]) -> list[str]:
    """The names with each blank one replaced by the number of its column, from 1."""
    taken = set(names)
    result = []
    for place, name in enumerate(names, 1):
        name = name or str(place)
        while not names[place - 1] and name in taken:
            name += "_"
        taken.add(name)
        result.append(name)
    return result


def numbered(rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The names ``1``, ``2`` … for columns without a header, as many as the widest row has."""
    return tuple(str(place) for place in range(1, max(map(_last, rows)) + 1))


def _refuse_doubled(names: Sequence[str], file: str) -> None:
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise Unusable("exchange.double_header", file=file, name=doubled)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _last(row: Sequence[str]) -> int:
    """How many cells there are up to the last that is not blank."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
