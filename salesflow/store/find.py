"""Which leads a word means: id, whole name, phone, part of a name, a person, pinyin (cli.md, LEAD)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesflow.store.rows import Connection, batches, marks

LIMIT = 50


def like(text: str) -> str:
    """``text`` as a LIKE pattern for 'contains', its own wildcards escaped."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _ids(connection: Connection, sql: str, values: Sequence[Any]) -> list[int]:
    return [row[0] for row in connection.execute(f"{sql} LIMIT {LIMIT}", values)]


def by_whole_name(connection: Connection, key: str) -> list[int]:
    """Leads whose name or short name has this key."""
    sql = "SELECT id FROM lead WHERE name_key = ? UNION SELECT id FROM lead WHERE short_key = ? ORDER BY id"
    return _ids(connection, sql, (key, key))


def by_phone(connection: Connection, digits: str) -> list[tuple[int, int | None]]:
    """(lead, contact or None) whose phone holds these digits."""
    pattern = like(digits)
    rows = connection.execute(
        "SELECT id, NULL FROM lead WHERE phone_digits LIKE ? UNION ALL"
        f" SELECT lead_id, id FROM contact WHERE phone_digits LIKE ? LIMIT {LIMIT}",
        (pattern, pattern),
    )
    return [(row[0], row[1]) for row in rows]


def having_phone(connection: Connection, digits: str) -> int | None:
    """The first lead with exactly this phone, its own or a person's; None without one."""
    one_of = "GLOB '* *' AND ' ' || phone_digits || ' ' LIKE '% ' || :digits || ' %'"
    sql = f"""
SELECT id FROM lead WHERE phone_digits = :digits
UNION ALL SELECT id FROM lead INDEXED BY lead_phones WHERE phone_digits {one_of}
UNION ALL SELECT lead_id FROM contact WHERE phone_digits = :digits
UNION ALL SELECT lead_id FROM contact INDEXED BY contact_phones WHERE phone_digits {one_of}
LIMIT 1"""
    row = connection.execute(sql, {"digits": digits}).fetchone()
    return int(row[0]) if row else None


def by_part(connection: Connection, key: str) -> list[int]:
    """Leads whose name or short name contains this key."""
    pattern = like(key)
    sql = "SELECT id FROM lead WHERE name_key LIKE ? ESCAPE '\\' OR short_key LIKE ? ESCAPE '\\' ORDER BY id"
    return _ids(connection, sql, (pattern, pattern))


def by_person(connection: Connection, name: str) -> list[tuple[int, int]]:
    """(lead, contact) whose name is this, or else contains it."""
    whole = connection.execute(
        f"SELECT lead_id, id FROM contact WHERE name = ? ORDER BY lead_id LIMIT {LIMIT}", (name,)
    ).fetchall()
    if whole:
        return [(row[0], row[1]) for row in whole]
    rows = connection.execute(
        f"SELECT lead_id, id FROM contact WHERE name LIKE ? ESCAPE '\\' ORDER BY lead_id LIMIT {LIMIT}",
        (like(name),),
    )
    return [(row[0], row[1]) for row in rows]


def by_pinyin(connection: Connection, letters: str) -> list[int]:
    """Leads whose pinyin or initials, of the whole or the short name, are these letters; else contain them."""
    whole = _ids(
        connection,
        "SELECT id FROM lead WHERE ' ' || initials || ' ' LIKE ? OR ' ' || py || ' ' LIKE ? ORDER BY id",
        (f"% {letters} %", f"% {letters} %"),
    )
    if whole:
        return whole
    pattern = like(letters)
    return _ids(
        connection,
        "SELECT id FROM lead WHERE initials LIKE ? ESCAPE '\\' OR py LIKE ? ESCAPE '\\' ORDER BY id",
        (pattern, pattern),
    )


def people_by_pinyin(connection: Connection, letters: str) -> list[tuple[int, int]]:
    """(lead, contact) whose name's pinyin or initials, in any reading of the surname, is this."""
    rows = connection.execute(
        f"SELECT lead_id, id FROM contact WHERE ' ' || py || ' ' LIKE ? ORDER BY lead_id LIMIT {LIMIT}",
        (f"% {letters} %",),
    )
    return [(row[0], row[1]) for row in rows]


def search(connection: Connection, text: str, key: str, letters: str, digits: str, limit: int) -> list[int]:
    """Leads whose record, people or notes hold the text, best kind of match first."""
    pattern, named = like(text), like(key)
    spelt = like(letters) if letters else ""
    dialled = like(digits) if len(digits) >= 3 else ""
    sql = """
WITH hit (id, rank) AS (
  SELECT id, 0 FROM lead WHERE name_key LIKE :named ESCAPE '\\' OR short_key LIKE :named ESCAPE '\\'
  UNION ALL SELECT id, 1 FROM lead WHERE :spelt <> '' AND (py LIKE :spelt OR initials LIKE :spelt)
  UNION ALL SELECT lead_id, 2 FROM contact WHERE name LIKE :text ESCAPE '\\'
    OR (:spelt <> '' AND py LIKE :spelt) OR wechat LIKE :text ESCAPE '\\'
  UNION ALL SELECT id, 3 FROM lead WHERE :dialled <> '' AND phone_digits LIKE :dialled
  UNION ALL SELECT lead_id, 3 FROM contact WHERE :dialled <> '' AND phone_digits LIKE :dialled
  UNION ALL SELECT id, 4 FROM lead WHERE address LIKE :text ESCAPE '\\' OR brands LIKE :text ESCAPE '\\'
    OR area LIKE :text ESCAPE '\\' OR city LIKE :text ESCAPE '\\' OR tags LIKE :text ESCAPE '\\'
    OR supplier LIKE :text ESCAPE '\\' OR note LIKE :text ESCAPE '\\' OR custom LIKE :text ESCAPE '\\'
  UNION ALL SELECT lead_id, 5 FROM followup WHERE note LIKE :text ESCAPE '\\' OR learned LIKE :text ESCAPE '\\'
    OR did LIKE :text ESCAPE '\\' OR feedback LIKE :text ESCAPE '\\' OR progress LIKE :text ESCAPE '\\'
  UNION ALL SELECT lead_id, 5 FROM promise WHERE ended_at IS NULL AND reason LIKE :text ESCAPE '\\'
)
SELECT id FROM hit GROUP BY id ORDER BY min(rank), id LIMIT :limit"""
    given = {"text": pattern, "named": named, "spelt": spelt, "dialled": dialled, "limit": limit}
    return [row[0] for row in connection.execute(sql, given)]


def names(connection: Connection) -> list[tuple[int, str, str | None, str | None]]:
    """(id, name, short, pinyin) of every lead, for the nearest names where nothing matches."""
    return connection.execute("SELECT id, name, short, py FROM lead ORDER BY id").fetchall()


def same_name(connection: Connection, key: str) -> list[tuple[int, str, str]]:
    """(id, city key, address key) of the leads with this name, in the order of their ids."""
    rows = connection.execute(
        "SELECT id, coalesce(city_key, ''), coalesce(address_key, '') FROM lead WHERE name_key = ? ORDER BY id",
        (key,),
    )
    return rows.fetchall()


def called(connection: Connection, keys: Sequence[str]) -> dict[str, list[int]]:
    """The leads whose name or short name has one of these keys, by key, in order of their ids."""
    found: dict[str, list[int]] = {}
    for part in batches(keys):
        many = marks(part)
        sql = (
            f"SELECT name_key, id FROM lead WHERE name_key IN ({many})"
            f" UNION SELECT short_key, id FROM lead WHERE short_key IN ({many}) ORDER BY 2"
        )
        for key, lead_id in connection.execute(sql, (*part, *part)):
            found.setdefault(key, []).append(lead_id)
    return found


def last_written(connection: Connection) -> int | None:
    """The lead of the last command that wrote to one lead, undone ones left out."""
    row = connection.execute(
        "SELECT lead_id FROM operation WHERE lead_id IS NOT NULL AND undone = 0 AND kind = 'step'"
        " AND EXISTS (SELECT 1 FROM lead WHERE lead.id = lead_id) ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return int(row[0]) if row else None


def companies(connection: Connection) -> Iterator[tuple[int, str, str | None]]:
    """(id, name, city) of each lead that screens print without city and legal form."""
    yield from connection.execute(
        "SELECT id, name, city FROM lead WHERE short IS NULL AND name LIKE '%公司%' ORDER BY id"
    )


def everyone(
    connection: Connection,
) -> Iterator[tuple[str, str | None, str, str | None, str | None]]:
    """(name, city, name key, city key, all phones' digits) of every lead, by id."""
    sql = (
        "SELECT l.name, l.city, l.name_key, l.city_key,"
        " nullif(trim(coalesce(l.phone_digits, '') || ' ' || coalesce(group_concat(c.phone_digits, ' '), '')), '')"
        " FROM lead l LEFT JOIN contact c ON c.lead_id = l.id GROUP BY l.id ORDER BY l.id"
    )
    yield from connection.execute(sql)


def with_uid(connection: Connection, uid: str) -> int | None:
    """The lead that has this uid, or into which the one that had it was merged; None without one."""
    sql = "SELECT id FROM lead WHERE uid = ? UNION ALL SELECT lead_id FROM former WHERE uid = ? LIMIT 1"
    row = connection.execute(sql, (uid, uid)).fetchone()
    return int(row[0]) if row else None


def is_lead(connection: Connection, lead_id: int) -> bool:
    """Whether a lead has this id."""
    return connection.execute("SELECT 1 FROM lead WHERE id = ?", (lead_id,)).fetchone() is not None
