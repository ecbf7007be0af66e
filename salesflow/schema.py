"""The book's tables, their history triggers, the version, and how older books become this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from salesflow.schema_indexes import INDEXES, VIEWS

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

APPLICATION_ID = 0x53464C57  # "SFLW"
VERSION = 1

_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def _day(column: str) -> str:
    # date(x) alone takes 2026-02-30; with a modifier SQLite normalises it and the comparison fails
    return f"CHECK ({column} IS NULL OR ({column} GLOB '{_DATE}' AND {column} IS date({column}, '+0 days')))"


def _instant(column: str) -> str:
    return f"CHECK ({column} IS NULL OR {column} GLOB '{_DATE}T[0-2][0-9]:[0-5][0-9]')"


TABLES: dict[str, str] = {
    "operation": """CREATE TABLE operation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,               -- the rep's wall clock
  command TEXT NOT NULL,
  reason TEXT,
  by TEXT NOT NULL,
  lead_id INTEGER,                -- the one lead it wrote to, if one
  kind TEXT NOT NULL CHECK (kind IN ('setup', 'step', 'undo', 'redo')),
  target INTEGER REFERENCES operation (id),  -- what an undo or redo reversed
  undone INTEGER NOT NULL DEFAULT 0,
  open INTEGER                    -- 1 while it is being written: triggers file their images under it
) STRICT""",
    "history": """CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operation_id INTEGER NOT NULL REFERENCES operation (id),
  lead_id INTEGER,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT,                    -- JSON; an update holds only the columns that changed, NULLs left out
  after TEXT
) STRICT""",
    "setting": """CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT""",
    "process": """CREATE TABLE process (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  data TEXT NOT NULL,             -- JSON, as processes.to_json writes it
  source TEXT NOT NULL            -- the TOML that it was made from
) STRICT""",
    "workday": f"""CREATE TABLE workday (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  date TEXT NOT NULL UNIQUE {_day("date")},
  work INTEGER NOT NULL CHECK (work IN (0, 1))
) STRICT""",
    "import_profile": """CREATE TABLE import_profile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  header TEXT NOT NULL,           -- JSON list
  mapping TEXT NOT NULL           -- JSON object, column: field
) STRICT""",
    "lead": f"""CREATE TABLE lead (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> '' AND instr(name, char(0)) = 0),
  short TEXT,
  process TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status = 'open' OR status = 'parked' OR status = 'lost'),
  owner TEXT,
  registered_by TEXT NOT NULL,
  grade TEXT,
  graded_at TEXT {_instant("graded_at")},
  kind TEXT,
  need TEXT NOT NULL DEFAULT 'unknown' CHECK (need = 'yes' OR need = 'no' OR need = 'unknown'),
  source TEXT,
  passive INTEGER NOT NULL DEFAULT 0,     -- they asked us (F3)
  referrer_id INTEGER REFERENCES lead (id),
  area TEXT,
  city TEXT,
  province TEXT,
  address TEXT,
  lat REAL,
  lng REAL,
  phone TEXT,                             -- the shop's; several are joined with ' / '
  brands TEXT,                            -- JSON list
  supplier TEXT,
  volume_month INTEGER CHECK (volume_month >= 0),
  ownership TEXT,
  goal_fen INTEGER CHECK (goal_fen >= 0),
  goal_on TEXT {_day("goal_on")},
  next_date TEXT {_day("next_date")},
  next_time TEXT,
  next_reason TEXT,
  next_via TEXT,
  received_at TEXT {_instant("received_at")},  -- when we came to know that they may buy
  first_followup_at TEXT {_instant("first_followup_at")},
  last_followup_at TEXT {_instant("last_followup_at")},
  followups INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0,    -- follow-ups where somebody answered
  visits INTEGER NOT NULL DEFAULT 0,
  reschedules INTEGER NOT NULL DEFAULT 0,
  tags TEXT,                              -- JSON list
  custom TEXT,                            -- JSON object
  note TEXT,                              -- what an imported row remarked
  name_key TEXT NOT NULL,                 -- identity and search, made by names and pinyin
  short_key TEXT,
  city_key TEXT,
  address_key TEXT,
  py TEXT,
  initials TEXT,
  phone_digits TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT""",
    "contact": """CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  name TEXT NOT NULL CHECK (name <> ''),
  title TEXT,
  roles TEXT,                             -- JSON list of codes
  phones TEXT,                            -- JSON list
  wechat TEXT,
  email TEXT,
  attitude TEXT,
  character TEXT,
  hobbies TEXT,
  birthday TEXT,                          -- YYYY-MM-DD, or MM-DD where the year is not known
  py TEXT,
  phone_digits TEXT,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "followup": f"""CREATE TABLE followup (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  at TEXT NOT NULL {_instant("at")},
  via TEXT NOT NULL,
  visit INTEGER NOT NULL DEFAULT 0,       -- counts as a visit: the way is one and somebody answered
  incoming INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 1,
  contact_id INTEGER REFERENCES contact (id),
  note TEXT CHECK (instr(note, char(0)) = 0),
  learned TEXT,
  did TEXT,
  feedback TEXT,
  progress TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT                         -- which row of which kind it was imported from
) STRICT""",
    "promise": f"""CREATE TABLE promise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  date TEXT NOT NULL {_day("date")},
  time TEXT,
  via TEXT,
  reason TEXT,
  made_at TEXT NOT NULL {_instant("made_at")},
  followup_id INTEGER REFERENCES followup (id),  -- the follow-up that made it, if one did
  after_followup INTEGER NOT NULL DEFAULT 0,     -- newest follow-up known when it was made
  moved_from INTEGER REFERENCES promise (id),    -- a reschedule: the promise that it moved
  why TEXT,                                      -- of the reschedule
  by TEXT NOT NULL,
  ended_at TEXT {_instant("ended_at")},
  ended TEXT CHECK (ended IN ('followup', 'moved', 'dropped'))
) STRICT""",
    "move": f"""CREATE TABLE move (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  at TEXT NOT NULL {_instant("at")},
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  from_status TEXT NOT NULL,
  to_status TEXT NOT NULL,
  reason TEXT,                            -- code, of the process's reasons for losing or parking
  competitor TEXT,
  until TEXT {_day("until")},
  why TEXT,
  forced INTEGER NOT NULL DEFAULT 0,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "field_change": f"""CREATE TABLE field_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  field TEXT NOT NULL,                    -- grade, goal_value, goal_on
  at TEXT NOT NULL {_instant("at")},
  old TEXT,
  new TEXT,
  why TEXT,
  followup_id INTEGER REFERENCES followup (id),
  by TEXT NOT NULL
) STRICT""",
    "sales_order": f"""CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  signed_on TEXT NOT NULL {_day("signed_on")},
  amount_fen INTEGER CHECK (amount_fen >= 0),    -- NULL: a supply contract without a sum
  cost_fen INTEGER CHECK (cost_fen >= 0),
  framework INTEGER NOT NULL DEFAULT 0,
  product TEXT,
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
}

UNTRACKED = ("operation", "history")
TRACKED = tuple(name for name in TABLES if name not in UNTRACKED)


def columns(table: str) -> tuple[str, ...]:
    """The column names of ``table`` in the order of its DDL."""
    body = TABLES[table].partition("(\n")[2].rpartition("\n)")[0]
    return tuple(line.split()[0] for line in body.splitlines())


def _image(row: str, names: tuple[str, ...]) -> str:
    # NULLs stay in: leaving them out, as below, costs an import a fifth of its time
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in names)
    return f"json_object({pairs})"


def _changes(row: str, names: tuple[str, ...]) -> str:
    pairs = ", ".join(
        f"'{name}', CASE WHEN OLD.{name} IS NOT NEW.{name} THEN {row}.{name} END" for name in names
    )
    return f"json_patch('{{}}', json_object({pairs}))"  # a merge patch leaves NULLs out


def _trigger(table: str, event: str, row: str, before: str, after: str) -> str:
    lead = f"{row}.id" if table == "lead" else f"{row}.lead_id" if "lead_id" in columns(table) else "NULL"
    return (
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN\n"
        "  INSERT INTO history (operation_id, lead_id, table_name, row_id, before, after) VALUES (\n"
        f"    (SELECT id FROM operation WHERE open = 1), {lead}, '{table}', {row}.id,\n"
        f"    {before},\n    {after});\nEND"
    )


def history_triggers(table: str) -> tuple[str, ...]:
    """The three triggers that write down every change of ``table`` (P4)."""
    names = columns(table)
    return (
        _trigger(table, "INSERT", "NEW", "NULL", _image("NEW", names)),
        _trigger(table, "UPDATE", "NEW", _changes("OLD", names), _changes("NEW", names)),
        _trigger(table, "DELETE", "OLD", _image("OLD", names), "NULL"),
    )


GUARDS = (
    "CREATE TRIGGER history_kept BEFORE DELETE ON history BEGIN SELECT raise(ABORT, 'history is kept'); END",
    "CREATE TRIGGER history_fixed BEFORE UPDATE ON history BEGIN SELECT raise(ABORT, 'history is kept'); END",
)


def statements() -> tuple[str, ...]:
    """Every statement that makes an empty book of this version, in order."""
    triggers = tuple(sql for table in TRACKED for sql in history_triggers(table))
    return (*TABLES.values(), *INDEXES, *VIEWS, *triggers, *GUARDS)


def create(connection: sqlite3.Connection) -> None:
    """An empty book of this version in ``connection``'s open transaction."""
    for sql in statements():
        connection.execute(sql)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


# Append only: MIGRATIONS[n] brings a book of version n + 1 to version n + 2, inside one transaction.
# Each is given sqlite_utils' Database; a table with history changes by ``rebuild``, never by
# ``transform``, which drops triggers without a word.
MIGRATIONS: tuple[Callable[[Database], None], ...] = ()


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """The book of ``version`` brought to VERSION inside the transaction that is open."""
    from sqlite_utils import Database

    book = Database(connection)
    for step in MIGRATIONS[version - 1 :]:
        step(book)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def rebuild(connection: sqlite3.Connection, table: str) -> None:
    """``table`` as TABLES says it now, with the rows and ids that it had, its indexes and triggers.

    Columns that both have are copied; a new one must be NULL there, for nobody has said it yet, and
    the history, which is not written to, must still tell every value. Foreign keys are off meanwhile.
    """
    connection.execute("PRAGMA legacy_alter_table = ON")  # references by name stay as they are
    for event in ("insert", "update", "delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS {table}_{event}")
    connection.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    connection.execute(TABLES[table])
    had = {row[1] for row in connection.execute(f"PRAGMA table_info({table}_before)")}
    both = ", ".join(name for name in columns(table) if name in had)
    connection.execute(f"INSERT INTO {table} ({both}) SELECT {both} FROM {table}_before")
    used = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (f"{table}_before",)
    ).fetchone()
    connection.execute(f"DROP TABLE {table}_before")
    if used:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, used[0]))
    for sql in (*INDEXES, *history_triggers(table)):
        if f" ON {table} " in sql:
            connection.execute(sql)
    connection.execute("PRAGMA legacy_alter_table = OFF")


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the tables, indexes and triggers are exactly those of this version (nothing injected)."""
    found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    found.discard("CREATE TABLE sqlite_sequence(name,seq)")
    return found == set(statements())
