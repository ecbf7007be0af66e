"""Settings, processes, working days and import profiles: what makes a copied book whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.store.rows import Connection


def get_setting(connection: Connection, key: str) -> str | None:
    """The value of a setting, or None."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def list_settings(connection: Connection) -> dict[str, str]:
    """Every setting that has been made."""
    return dict(connection.execute("SELECT key, value FROM setting ORDER BY key").fetchall())


def set_setting(connection: Connection, key: str, value: str | None) -> None:
    """The setting with this value; None takes it away."""
    if value is None:
        connection.execute("DELETE FROM setting WHERE key = ?", (key,))
    elif get_setting(connection, key) is None:
        connection.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (key, value))
    else:
        connection.execute("UPDATE setting SET value = ? WHERE key = ? AND value <> ?", (value, key, value))


def process_codes(connection: Connection) -> list[str]:
    """The processes of the book, the first made first."""
    return [row[0] for row in connection.execute("SELECT code FROM process ORDER BY id")]


def process_data(connection: Connection, code: str) -> str | None:
    """A process's JSON, or None."""
    row = connection.execute("SELECT data FROM process WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else None


def insert_process(connection: Connection, code: str, data: str, source: str) -> None:
    """The process is one of the book's."""
    connection.execute("INSERT INTO process (code, data, source) VALUES (?, ?, ?)", (code, data, source))


def process_source(connection: Connection, code: str) -> str | None:
    """The TOML that a process was made from, or None."""
    row = connection.execute("SELECT source FROM process WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else None


def update_process(connection: Connection, code: str, data: str, source: str) -> None:
    """The process of the book is this version of it now."""
    connection.execute(
        "UPDATE process SET data = ?, source = ? WHERE code = ? AND (data, source) IS NOT (?, ?)",
        (data, source, code, data, source),
    )


def processes_followed(connection: Connection) -> list[str]:
    """The processes that a lead follows, the first made first."""
    sql = "SELECT code FROM process WHERE EXISTS (SELECT 1 FROM lead WHERE lead.process = process.code) ORDER BY id"
    return [row[0] for row in connection.execute(sql)]


def leads_in_stages(connection: Connection, code: str) -> dict[str, int]:
    """How many open leads stand in each stage of a process."""
    rows = connection.execute(
        "SELECT stage, count(*) FROM lead WHERE process = ? AND status = 'open' GROUP BY stage", (code,)
    )
    return dict(rows.fetchall())


def workdays(connection: Connection) -> dict[str, bool]:
    """The imported calendar: day (YYYY-MM-DD) and whether it is worked."""
    return {day: bool(work) for day, work in connection.execute("SELECT date, work FROM workday")}


def set_workdays(connection: Connection, days: Mapping[str, bool]) -> None:
    """The calendar with these days, replacing those that it had."""
    known = workdays(connection)
    for day, work in days.items():
        if day not in known:
            connection.execute("INSERT INTO workday (date, work) VALUES (?, ?)", (day, int(work)))
        elif known[day] != work:
            connection.execute("UPDATE workday SET work = ? WHERE date = ?", (int(work), day))


class Profile(NamedTuple):
    """A saved way of reading files: the field of each column, and the order of their dates where it was said."""

    columns: dict[str, str]
    date_order: str | None = None


def profile(connection: Connection, name: str) -> Profile | None:
    """The saved import profile of this name, or None."""
    row = connection.execute("SELECT mapping FROM import_profile WHERE name = ?", (name,)).fetchone()
    return _profile(row[0]) if row else None


def _profile(text: str) -> Profile:
    # without an order of dates it is the columns alone
    held = json.loads(text)
    if isinstance(held.get("columns"), dict):
        return Profile(held["columns"], held.get("date_order"))
    return Profile(held)


def profile_names(connection: Connection) -> list[str]:
    """The names of the saved import profiles."""
    return [row[0] for row in connection.execute("SELECT name FROM import_profile ORDER BY name")]


def profiles_of(connection: Connection, header: Sequence[str]) -> dict[str, Profile]:
    """The profiles that were saved for this header, by name."""
    said = json.dumps(list(header), ensure_ascii=False)
    sql = "SELECT name, mapping FROM import_profile WHERE header = ? ORDER BY name"
    return {name: _profile(text) for name, text in connection.execute(sql, (said,))}


def save_profile(connection: Connection, name: str, header: Sequence[str], profile: Profile) -> None:
    """The profile, new or replaced."""
    held = profile._asdict() if profile.date_order else profile.columns
    values = (json.dumps(list(header), ensure_ascii=False), json.dumps(held, ensure_ascii=False), name)
    found = connection.execute("SELECT 1 FROM import_profile WHERE name = ?", (name,)).fetchone()
    if found:
        connection.execute(
            "UPDATE import_profile SET header = ?, mapping = ?"
            " WHERE name = ? AND (header, mapping) IS NOT (?, ?)",
            (*values, *values[:2]),
        )
    else:
        connection.execute("INSERT INTO import_profile (header, mapping, name) VALUES (?, ?, ?)", values)
