"""The book's tables, column by column, each with what it holds."""

from __future__ import annotations

from salesflow.schema_checks import day, instant
from salesflow.schema_money import MONEY

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
  open INTEGER  -- while it is being written: 1, triggers file their images under it; 2, it files them itself
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
  date TEXT NOT NULL UNIQUE {day("date")},
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
  graded_at TEXT {instant("graded_at")},
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
  shareholders TEXT,
  industry TEXT,                          -- codes of the process, where it lists any (E3)
  size TEXT,
  side TEXT,
  parent_id INTEGER REFERENCES lead (id), -- the group or head office whose branch it is
  reference INTEGER CHECK (reference = 1),    -- a customer that others look up to
  key_target INTEGER CHECK (key_target = 1),
  helped_by TEXT,                         -- the manager who helps with an important one (K9)
  credit TEXT,                            -- code of the process's credit grades (L3)
  credit_by TEXT,
  credit_on TEXT {day("credit_on")},
  approach TEXT,                          -- the way in (E5)
  from_list TEXT,                         -- the list that it came from
  buying_step TEXT,                       -- where it stands in its own buying (L9)
  goal_fen INTEGER CHECK (goal_fen >= 0),
  goal_on TEXT {day("goal_on")},
  customer_class TEXT,                    -- code of the process, of a customer after the deal (L1)
  next_date TEXT {day("next_date")},
  next_time TEXT,
  next_reason TEXT,
  next_via TEXT,
  received_at TEXT {instant("received_at")},  -- when we came to know that they may buy
  first_followup_at TEXT {instant("first_followup_at")},
  last_followup_at TEXT {instant("last_followup_at")},
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
  family TEXT,
  friends TEXT,
  department TEXT,
  chain INTEGER CHECK (chain > 0),        -- their place in the order that a purchase goes (F14)
  weight INTEGER CHECK (weight BETWEEN 1 AND 5),
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
  at TEXT NOT NULL {instant("at")},
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
  purpose TEXT,                           -- code of the process
  goal_met TEXT CHECK (goal_met = 'yes' OR goal_met = 'partly' OR goal_met = 'no'),
  result TEXT,                            -- against the goal set before (E9)
  hook TEXT,                              -- why the next contact will be welcome
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT                         -- which row of which kind it was imported from
) STRICT""",
    "promise": f"""CREATE TABLE promise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  date TEXT NOT NULL {day("date")},
  time TEXT,
  via TEXT,
  reason TEXT,
  purpose TEXT,                           -- code of the process (F11)
  place TEXT,
  booked_by TEXT,                         -- who made the appointment, and who keeps it (M4)
  keeper TEXT,
  effect TEXT,                            -- of a call: the effect wanted, questions, content (K10)
  questions TEXT,
  content TEXT,
  made_at TEXT NOT NULL {instant("made_at")},
  followup_id INTEGER REFERENCES followup (id),  -- the follow-up that made it, if one did
  after_followup INTEGER NOT NULL DEFAULT 0,     -- newest follow-up known when it was made
  moved_from INTEGER REFERENCES promise (id),    -- a reschedule: the promise that it moved
  why TEXT,                                      -- of the reschedule
  by TEXT NOT NULL,
  ended_at TEXT {instant("ended_at")},
  ended TEXT CHECK (ended IN ('followup', 'moved', 'dropped'))
) STRICT""",
    "move": f"""CREATE TABLE move (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  at TEXT NOT NULL {instant("at")},
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  from_status TEXT NOT NULL,
  to_status TEXT NOT NULL,
  reason TEXT,                            -- code, of the process's reasons for losing or parking
  competitor TEXT,
  until TEXT {day("until")},
  why TEXT,
  forced INTEGER NOT NULL DEFAULT 0,
  process TEXT,                           -- of to_stage, where the lead follows another one since
  from_process TEXT,                      -- of from_stage, where this move changed the process
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "field_change": f"""CREATE TABLE field_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  field TEXT NOT NULL,                    -- grade, goal_value, goal_on
  at TEXT NOT NULL {instant("at")},
  old TEXT,
  new TEXT,
  why TEXT,
  followup_id INTEGER REFERENCES followup (id),
  by TEXT NOT NULL
) STRICT""",
    "competitor": """CREATE TABLE competitor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  name TEXT NOT NULL CHECK (name <> ''),
  strengths TEXT,
  weaknesses TEXT,
  price_fen INTEGER CHECK (price_fen >= 0),
  relation TEXT,                          -- how they stand with the lead
  supporter_id INTEGER REFERENCES contact (id),  -- who inside supports them
  note TEXT,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "score": f"""CREATE TABLE score (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  checklist TEXT NOT NULL,                -- codes of the process
  item TEXT NOT NULL,
  competitor_id INTEGER REFERENCES competitor (id),  -- NULL: the points are ours, or the lead's
  points INTEGER NOT NULL CHECK (points >= 0),
  note TEXT,
  at TEXT NOT NULL {instant("at")},
  by TEXT NOT NULL
) STRICT""",
    "objection": f"""CREATE TABLE objection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  contact_id INTEGER REFERENCES contact (id),    -- who said it
  at TEXT NOT NULL {instant("at")},
  text TEXT NOT NULL CHECK (text <> ''),
  answer TEXT,
  worked INTEGER CHECK (worked IN (0, 1)),       -- NULL: not known yet
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "incident": f"""CREATE TABLE incident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  opened_at TEXT NOT NULL {instant("opened_at")},
  text TEXT NOT NULL CHECK (text <> ''),
  due_on TEXT {day("due_on")},           -- promised to be solved by
  solved_at TEXT {instant("solved_at")},
  solution TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "incident_note": f"""CREATE TABLE incident_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  incident_id INTEGER NOT NULL REFERENCES incident (id),
  at TEXT NOT NULL {instant("at")},
  text TEXT NOT NULL CHECK (text <> ''),
  by TEXT NOT NULL
) STRICT""",
    "link": """CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  other_id INTEGER NOT NULL REFERENCES lead (id) CHECK (other_id <> lead_id),
  relation TEXT NOT NULL,                 -- what the other is to the lead: a code of the process (E7)
  note TEXT,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "signoff": f"""CREATE TABLE signoff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  kind TEXT NOT NULL,                     -- code of the process: verified, reviewed, archived ... (F8, K3)
  name TEXT NOT NULL CHECK (name <> ''),  -- who signed
  week TEXT,                              -- 2026-W47: signed with that week's sheet of new leads
  at TEXT NOT NULL {instant("at")},
  note TEXT,
  by TEXT NOT NULL
) STRICT""",
    "not_same": """CREATE TABLE not_same (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  other_id INTEGER NOT NULL REFERENCES lead (id) CHECK (other_id > lead_id),
  why TEXT,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "former": """CREATE TABLE former (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  uid TEXT NOT NULL,                      -- of a lead that was merged into this one
  name TEXT NOT NULL,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "conflict": f"""CREATE TABLE conflict (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),   -- registered first
  other_id INTEGER REFERENCES lead (id),           -- NULL once the two are one
  found_at TEXT NOT NULL {instant("found_at")},
  settled_at TEXT {instant("settled_at")},
  settled_to TEXT,                        -- the rep who keeps the lead (F9)
  why TEXT,
  by TEXT NOT NULL
) STRICT""",
    "consent": f"""CREATE TABLE consent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  given_on TEXT NOT NULL {day("given_on")},
  purpose TEXT,                           -- what may be handed on, and to whom (K8)
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "action": f"""CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),  -- an improvement decided (K6)
  measure TEXT,                           -- the figure that it is for, by its name in the reports
  baseline REAL,                          -- that figure in the period when it was decided
  report TEXT,                            -- where it was decided: 2026-W47
  due_on TEXT {day("due_on")},
  who TEXT,
  made_on TEXT NOT NULL {day("made_on")},
  done_on TEXT {day("done_on")},
  dropped_on TEXT {day("dropped_on")},
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "answered": """CREATE TABLE answered (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,               -- a script's own name for a call: the second one writes nothing
  command TEXT NOT NULL,
  answer TEXT NOT NULL,                   -- JSON: what the first call was given
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    **MONEY,
}
