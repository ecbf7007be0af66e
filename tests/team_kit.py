"""Books of several reps, beside each other."""

from __future__ import annotations

from kit import Book

# what a join must not touch of the other book, and what it may leave in this one
TRAIL = ("operation", "history", "sqlite_sequence")


def rep_book(book: Book, rep: str, name: str = "") -> Book:
    """A new book of ``rep`` beside ``book``."""
    path = book.path.with_name(f"{name or rep}.db")
    made = Book(path, book.patch)
    made("init", "--rep", rep, now="2026-11-01T08:00")
    return made


def tables(book: Book) -> list[str]:
    """The rows of the book as SQL, without the trail of operations."""
    return [
        line for line in book.dump() if not line.startswith(tuple(f'INSERT INTO "{one}"' for one in TRAIL))
    ]


def join(book: Book, *others: Book, **more: str) -> list[dict[str, object]]:
    """The answers of joining the books."""
    done = book("team", "join", *(str(one.path) for one in others), "--json", **more).json
    return done if isinstance(done, list) else [done]


def sound(book: Book) -> None:
    """Nothing; ``check`` finds nothing either."""
    assert book("check").out == ""
