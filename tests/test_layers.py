"""The house holds: who imports whom, what only context knows, where SQL lives, what is data.

The rules are functions in ``tools/house.py``; each is also shown a small bad module, so that a rule
that has stopped looking is noticed.
"""

from __future__ import annotations

import tomllib

import pytest
from conftest import ROOT

from tools import house
from tools.house import Source

SOURCES = house.read_package(ROOT)
MODULES = frozenset(source.name for source in SOURCES)
PROCESSES = [
    tomllib.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "salesflow" / "data" / "processes").glob("*.toml"))
]
WORDS = house.process_words(PROCESSES)

# Words of a process that code may say all the same, because there they mean something else: room ('*': any)
# and why. A word is let in here only after reading the line that says it.
ALLOWED: dict[str, dict[str, str]] = {
    "port": {"push": "of a mail server"},
    "user": {"push": "the account at a mail server"},
    "phone": {"*": "a field of leads and contacts, and a kind of column"},
    "wechat": {"*": "a field of contacts"},
    "email": {"*": "a field of contacts"},
    "price": {"*": "a field of quotes"},
    "content": {"*": "a field of promises: what a planned call is to say"},
    "product": {"*": "a field of orders"},
    "competitor": {"*": "a field of stage moves: whom they chose"},
    "customer": {"exchange": "a usual name of the column that holds the lead's name"},
    "客户": {"exchange": "a usual name of the column that holds the lead's name"},
    "电话": {"exchange": "a usual name of the column phone", "commands": "the Chinese name of call"},
    "微信": {"exchange": "a usual name of the column wechat"},
    "邮件": {"exchange": "a usual name of the column email"},
    "visit": {
        "commands": "a command, which cli.md defines as log --via visit",
        "actions": "the column followup.visit: does it count as one",
        "store": "the column followup.visit: does it count as one",
        "processes": "what a gate wants: a number of visits",
        "funnel": "what a gate wants: a number of visits",
    },
    "拜访": {"commands": "the Chinese name of visit"},
    "4s": {"names": "an ending of company names, which says nothing of which company"},
    "C": {"context": "the locale that says nothing about a language"},
    "closed": {"*": "why there is no next date: the lead is parked or lost"},
    "credit": {"*": "a field of leads: their credit grade"},
    "contract": {"*": "a field of orders: the number on paper"},
    "relation": {"*": "what a related party is to a customer, and how a competitor stands with a lead"},
    "relations": {"processes": "the table of what related parties are to each other"},
    "unknown": {"*": "the answer to need: nobody knows yet"},
    "need": {"*": "a field of leads: is there a need; a word of the gate language"},
    "strengths": {"*": "a field of competitors"},
    "join": {
        "commands": "a verb of team: another book is taken in",
        "keeping": "why a copy was made: before another book is taken in",
    },
    "good": {"commands": "the state of a copy of the book"},
    "meeting": {"*": "a report: every open lead's movement in the week"},
    "potential": {"reports": "a customer to be, in the report of areas and territories"},
    "proposal": {"reports": "how territories could be evened out, in the report of areas"},
    "claims": {"reports": "what two reps can show who have both registered a lead"},
    "needs": {"processes": "what must come with a reason"},
    "negotiation": {"reports": "the plan of one, a key of JSON"},
    "accepted": {
        "reports": "the price that the key person takes, a key of JSON",
        "commands": "the same as an option",
    },
    "years": {"dates": "an English word for a length of time"},
    "money": {"*": "a group of commands, and what a column or cell holds"},
    "referral": {
        "commands": "the noun of the command: who brought whom",
        "processes": "a care visit that asks for referrals",
        "reports": "a care visit that asks for referrals",
    },
    "service": {"commands": "a report: customers after the deal", "reports": "the same report's name"},
    "care": {"*": "visits that an order leads to: a table of a process file, a kind of reminder"},
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_the_module_keeps_the_rules_of_the_house(source: Source) -> None:
    broken = [
        *house.forbidden_imports(source, MODULES),
        *house.outside(source),
        *house.sql(source),
        *house.words_in_code(source, WORDS, ALLOWED),
        *house.too_long(source),
        *house.undocumented(source),
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_no_import_goes_round_in_a_circle() -> None:
    assert house.cycle(SOURCES) == []


def test_there_is_a_package_and_a_process_to_look_at() -> None:
    assert len(SOURCES) > 10
    assert PROCESSES, "salesflow/data/processes holds no process"
    assert {process["code"] for process in PROCESSES} <= WORDS


def test_every_folder_with_code_is_a_package() -> None:
    folders = {source.path.rpartition("/")[0] for source in SOURCES}
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").is_file()] == []


def test_no_floor_reaches_up() -> None:
    """The table itself: what a room may import never leads back to it, so no edit can let a circle in."""
    graph = {
        room: {name for name in allowed if room not in house.LEAVES}
        for room, allowed in house.MAY_IMPORT.items()
    }
    seen: set[str] = set()
    while ready := [room for room in graph if room not in seen and graph[room] <= seen]:
        seen.update(ready)
    assert sorted(set(graph) - seen) == []


def module(name: str, text: str, package: bool = False) -> Source:
    """A module that is only this text."""
    path = name.replace(".", "/") + ("/__init__.py" if package else ".py")
    return Source(name, path, text, package)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("salesflow.dates", "from salesflow import db"),
        ("salesflow.dates", "from salesflow.store import leads"),
        ("salesflow.dates", "def f():\n    import salesflow.context"),
        ("salesflow.dates.words", "from salesflow.models import Lead"),
        ("salesflow.dates.workdays", "from salesflow import names"),
        ("salesflow.names", "from salesflow.catalogue.zh import errors"),
        ("salesflow.models", "from salesflow.data import processes"),
        ("salesflow.processes", "from salesflow import funnel"),
        ("salesflow.store.leads", "from salesflow.actions.leads import add"),
        ("salesflow.store.leads", "from ..funnel import gates"),
        ("salesflow.store.leads", "from . import rows\nfrom .. import reports"),
        ("salesflow.process_check", "from salesflow.store import rows"),
        ("salesflow.reports.today", "from salesflow.actions import leads"),
        ("salesflow.reports.today", "from salesflow import db"),
        ("salesflow.exchange.tabular", "from salesflow import funnel"),
        ("salesflow.render.as_json", "from salesflow.models import Lead"),
        ("salesflow.context", "from salesflow.actions import leads"),
        ("salesflow.commands.add", "from salesflow.cli import run"),
        ("salesflow.cli", "from salesflow.actions import leads"),
        ("salesflow.cli", "TABLE = {'x': 'salesflow.actions.leads'}\nimport_module(TABLE[0])"),
        ("salesflow.context", "LAZY = 'salesflow.commands.today:today'"),
        ("salesflow.funnel", "from importlib import import_module\nimport_module('salesflow.db')"),
        ("salesflow.funnel", "import importlib\nimportlib.import_module(f'salesflow.store.{x}')"),
        ("salesflow.funnel", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import db"),
        ("salesflow.attic", "x = 1"),
    ],
)
def test_an_import_that_reaches_up_is_found(name: str, text: str) -> None:
    assert house.forbidden_imports(module(name, text), MODULES)


def test_a_folder_s_own_module_is_read_as_the_folder() -> None:
    store = module(
        "salesflow.store", "from . import rows\nfrom .rows import x\nfrom .. import reports", package=True
    )
    assert house.forbidden_imports(store, MODULES) == [
        "salesflow/store/__init__.py:3: store may not import salesflow.reports"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("salesflow.dates", "from salesflow.errors import Usage\nfrom salesflow.texts import t"),
        (
            "salesflow.dates",
            "from salesflow.dates import workdays as workdays\nfrom salesflow.dates.words import WORDS",
        ),
        ("salesflow.funnel", "from salesflow.processes import Process\nfrom salesflow.dates import read"),
        ("salesflow.texts", "from importlib import import_module\nimport_module(f'salesflow.catalogue.{x}')"),
        ("salesflow.reports.today", "from salesflow.store import leads\nfrom .weekly import build"),
        ("salesflow.commands.today", "from salesflow.reports import today\nfrom salesflow import render"),
        ("salesflow.db", "import json\nfrom xml.store import x\nimport_module('sqlite3')"),
    ],
)
def test_an_import_that_the_floor_allows_is_none(name: str, text: str) -> None:
    assert house.forbidden_imports(module(name, text), MODULES) == []


def test_a_circle_is_found_wherever_its_imports_stand() -> None:
    first = module("salesflow.store.leads", "def f():\n    from salesflow.store import moves")
    second = module("salesflow.store.moves", "from . import leads")
    package = module("salesflow.store", "", package=True)
    assert set(house.cycle([first, second, package])) == {first.name, second.name}
    assert house.cycle([first, package, module(second.name, "from salesflow import store")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "print('x')",
        "x = input",
        "import sys\nsys.exit(1)",
        "from sys import stderr\nstderr.write('')",
        "import os\nos.environ['X']",
        "from os import environ as env\nenv.get('X')",
        "import os\nos.getenv('X')",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime as when\nwhen.today()",
        "import datetime as dt\ndt.date.today()",
        "def f():\n    from datetime import date\n    return date.today()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from pathlib import Path\nPath.home()",
        "import platformdirs\nplatformdirs.user_data_dir('x')",
        "def f():\n    from getpass import getuser",
        "SQL = \"x > datetime('now')\"",
        "SQL = 'created TEXT DEFAULT CURRENT_TIMESTAMP'",
    ],
)
def test_a_look_outside_below_context_is_found(text: str) -> None:
    assert house.outside(module("salesflow.store.leads", text))
    assert house.outside(module("salesflow.context", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import date\ndate(2026, 1, 1).isoformat()",
        "import time\ntime.monotonic()",
        "def f(now, row):\n    row.print = now.today\n    return row.input",
        "'''print(x) reads datetime.now()'''",
    ],
)
def test_what_only_looks_like_the_outside_is_none(text: str) -> None:
    assert house.outside(module("salesflow.funnel", text)) == []


def test_a_program_of_its_own_has_its_pipes_and_no_clock() -> None:
    (program,) = house.PROGRAMS & MODULES
    assert house.outside(module(program, "import sys\nsys.stdin.read(sys.argv[1])")) == []
    assert house.outside(module(program, "import time\ntime.time()"))


@pytest.mark.parametrize(
    "text",
    [
        "Q = 'SELECT id FROM lead'",
        "Q = 'select id from lead where x'",
        "Q = ('SELECT id '\n     'FROM lead')",
        "Q = f'SELECT {columns} FROM lead'",
        "Q = 'UPDATE lead SET name = ?'",
        "Q = 'DELETE FROM lead'",
        "Q = 'INSERT OR IGNORE INTO tag VALUES (?)'",
        "Q = 'CREATE UNIQUE INDEX x ON lead(id)'",
        "Q = 'PRAGMA foreign_keys=ON'",
        "Q = ' ORDER BY id'",
        "Q = 'WHERE id = ?'",
        "connection.execute(query)",
        "connection.executemany(query, rows)",
        "connection.commit()",
        "import sqlite3\nsqlite3.connect(path)",
        "from sqlite3 import connect\nconnect(path)",
    ],
)
def test_sql_in_another_room_is_found(text: str) -> None:
    assert house.sql(module("salesflow.actions.leads", text))


def test_sql_is_at_home_in_its_rooms_and_the_commit_in_db() -> None:
    query = "Q = 'SELECT id FROM lead'\nconnection.execute(Q)"
    for name in ("salesflow.store.leads", "salesflow.schema", "salesflow.schema_history", "salesflow.db"):
        assert house.sql(module(name, query)) == []
    commit = "import sqlite3\nsqlite3.connect(p)\nc.commit()"
    assert house.sql(module("salesflow.db", commit)) == []
    assert len(house.sql(module("salesflow.store.leads", commit))) == 2
    prose = "'''SELECT x FROM y'''\nX = 'Select a lead from the list'\nY = 'with what, where and from whom'"
    assert house.sql(module("salesflow.commands.leads", prose)) == []


PROCESS = """
code = "film"
title = { zh = "汽车膜", en = "Film" }
[[stage]]
code = "prospect"
title = { zh = "准客户", en = "Prospect" }
gate = [{ field = "supplier", ask = { zh = "现用什么膜", en = "film now" } }]
[[grade]]
code = "H"
[sources.passive]
enquiry = { zh = "主动咨询", en = "they asked" }
[fields]
supplier = { zh = "现用膜", en = "film now used" }
"""


def test_the_words_of_a_process_are_its_codes_and_titles() -> None:
    assert house.process_words([tomllib.loads(PROCESS)]) == {
        "film", "汽车膜", "prospect", "准客户", "H", "enquiry", "主动咨询", "现用膜",
    }  # fmt: skip


def test_a_word_of_a_process_in_code_is_found_unless_it_means_something_else() -> None:
    words = house.process_words([tomllib.loads(PROCESS)])
    bad = module("salesflow.funnel", "'''A prospect.'''\nx = ['prospect', 'H']")
    assert len(house.words_in_code(bad, words, {})) == 2
    assert len(house.words_in_code(bad, words, {"H": {"funnel": "hours"}})) == 1
    assert len(house.words_in_code(bad, words, {"H": {"dates": "hours"}})) == 2
    assert house.words_in_code(bad, words, {"H": {"*": "hours"}, "prospect": {"*": "a view"}}) == []
    assert house.words_in_code(module("salesflow.funnel", "x = 'a prospect'"), words, {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "lead.grade == 'H'",
        "'H' != grade",
        "grade in ('H', 'X')",
        "'H' in person.roles",
        "match lead.grade:\n    case 'X' | 'H': ...",
    ],
)
def test_no_reason_lets_a_grade_be_judged_by_its_name(text: str) -> None:
    words = house.process_words([tomllib.loads(PROCESS)])
    assert len(house.words_in_code(module("salesflow.funnel", text), words, {"H": {"*": "hours"}})) == 1


def test_a_long_file_is_found() -> None:
    assert house.too_long(module("salesflow.store.leads", "x = 1\n" * 401))
    assert house.too_long(module("salesflow.cli", "x = 1\n" * 151))
    assert house.too_long(module("salesflow.store.leads", "x = 1\n" * 400)) == []


def test_a_public_name_without_a_docstring_is_found() -> None:
    text = "'''M.'''\nclass A:\n    '''A.'''\n    def b(self): ...\n    def _c(self): ...\ndef _d(): ...\n"
    assert house.undocumented(module("salesflow.funnel", text)) == [
        "salesflow/funnel.py:4: b has no docstring"
    ]
    assert house.undocumented(module("salesflow.funnel", "def f():\n    '''F.'''\n")) == [
        "salesflow/funnel.py:1: no docstring"
    ]
