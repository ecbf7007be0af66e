"""The book's file written anew, without a byte of what is no longer in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from salesflow import db


def compact(path: Path) -> str:
    """'' once the file holds nothing but what is in the book; else why it could not be written anew.

    What was deleted has been overwritten before that already (``secure_delete``).
    """
    try:
        with closing(db._connect(path)) as connection:
            # it writes the new file as one that is attached
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        return str(error)
    return ""
