"""The rules of the house as functions: a source text in, the lines that break a rule out.

``docs/architecture.md`` says why; ``tests/test_layers.py`` asks these functions about the whole package
and, on small bad snippets, whether they would notice.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = "salesflow"

# --- who may import whom ---------------------------------------------------------------------------------

BASE = frozenset({"errors", "texts"})
LEAVES = frozenset(
    {
        "errors",
        "texts",
        "models",
        "tables",
        "dates",
        "divisions",
        "names",
        "phones",
        "pinyin",
        "money",
        "concessions",
        "receivables",
        "improvement",
        "guard",
        "keeping",
    }
)
RULES = frozenset(
    {
        "processes",
        "facts",
        "funnel",
        "forecast",
        "notes",
        "pasted",
        "aftersale",
        "targets",
        "value_formula",
        "spending",
        "route",
    }
)
STORAGE = frozenset({"db", "schema", "store"})
EDGES = frozenset({"exchange", "render", "push"})
BELOW_CONTEXT = LEAVES | RULES | STORAGE | EDGES | {"actions", "reports"}

# A room is a module (with its helpers: dates is dates.py and dates_*.py) or a folder. Inside a room anything
# goes but a cycle. Every room must stand here: a new one is placed on its floor on purpose.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "texts": frozenset({"errors", "catalogue"}),
    "catalogue": frozenset(),
    "data": frozenset(),
    **{leaf: BASE for leaf in LEAVES - BASE},
    "divisions": BASE | {"names"},
    "receivables": BASE | {"models"},
    "processes": LEAVES,
    "facts": LEAVES | {"processes"},
    "funnel": LEAVES | {"processes", "facts"},
    "notes": LEAVES,
    "pasted": LEAVES,
    "aftersale": LEAVES | {"processes"},
    "targets": LEAVES,
    "value_formula": LEAVES,
    "spending": LEAVES | {"targets"},
    "route": LEAVES,
    "forecast": frozenset(),
    "schema": LEAVES,
    "db": LEAVES | {"schema"},
    "store": LEAVES | {"schema"},  # undo asks it which tables and columns there are
    "actions": LEAVES | RULES | STORAGE,
    "reports": LEAVES | RULES | {"store"},
    "exchange": LEAVES,
    "push": LEAVES,
    "render": frozenset({"errors", "tables", "texts", "dates", "money", "guard"}),
    "context": LEAVES | RULES | {"db", "store", "render"},  # what the book remembers, and its newest record
    "commands": BELOW_CONTEXT | {"context"},
    "cli": frozenset({"context", "errors", "texts", "commands"}),
    "__main__": frozenset({"cli"}),
}
HELPERS: dict[str, str] = {}  # beginnings that are not the room's own name


@dataclass(frozen=True)
class Source:
    """One module: its dotted name, where it stands and what it says."""

    name: str
    path: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module."""
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The room that the module belongs to; '' for the package itself."""
        return room_of(self.name)

    def at(self, node: ast.AST, words: str) -> str:
        """``file:line: words``."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {words}"


def read_package(root: Path) -> list[Source]:
    """Every module of the package below ``root``, the repository."""
    found = []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found.append(Source(name, path.relative_to(root).as_posix(), path.read_text("utf-8"), package))
    return found


def room_of(module: str) -> str:
    """The room of a dotted name: ``salesflow.dates.words`` is in ``dates``."""
    part = (module.split(".") + [""])[1]
    if part in MAY_IMPORT:
        return part
    beginnings = {room: room for room in MAY_IMPORT} | HELPERS
    family = [room for start, room in beginnings.items() if part == start or part.startswith(f"{start}_")]
    return family[0] if family else part


def imports(source: Source, modules: frozenset[str]) -> Iterator[tuple[ast.AST, str]]:
    """Each import of ours, wherever it stands, with the module meant; '?' where nobody can tell."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names if _ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node)
            for alias in node.names if _ours(base) else []:
                whole = f"{base}.{alias.name}"
                inside = whole in modules or (base == PACKAGE and alias.name != "__version__")
                yield node, whole if inside else base
        elif isinstance(node, ast.Call) and _last_name(node.func) in ("import_module", "__import__"):
            target = _dynamic(node)
            if target == "?" or _ours(target):
                yield node, target
        elif isinstance(node, ast.Constant) and str(node.value).startswith(f"{PACKAGE}.commands."):
            yield node, str(node.value).partition(":")[0]


def forbidden_imports(source: Source, modules: frozenset[str]) -> list[str]:
    """Imports that the floor of the module does not allow."""
    room = source.room
    if room and room not in MAY_IMPORT:
        return [f"{source.path}:1: no floor for the room '{room}': place it in tools/house.py"]
    found = []
    for node, target in imports(source, modules):
        other = room_of(target)
        if target == "?" or (other and other != room and other not in MAY_IMPORT.get(room, frozenset())):
            found.append(source.at(node, f"{room or PACKAGE} may not import {target}"))
    return found


def cycle(sources: Sequence[Source]) -> list[str]:
    """The modules of one import cycle, in order, or nothing."""
    modules = frozenset(source.name for source in sources)
    graph = {
        source.name: {target for _, target in imports(source, modules) if target in modules}
        for source in sources
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - (1 if source.is_package else 0)
    base = source.name.split(".")[: len(source.name.split(".")) - up]
    return ".".join([*base, node.module] if node.module else base)


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _dynamic(node: ast.Call) -> str:
    text = literal(node.args[0]) if node.args else None
    if text is None:
        return "?"
    known, gap, _ = text.partition("{")
    return (known.rpartition(".")[0] if gap else known) or "?"


def literal(node: ast.AST) -> str | None:
    """The text of a string or f-string (a value stands as ``{}``), else None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "{}" for part in node.values)
    return None


# --- the world outside -----------------------------------------------------------------------------------

# The clock, the environment, the terminal: context alone knows them and hands down what it read.
OUTSIDE = re.compile(
    r"(print|input|exit|quit|breakpoint"
    r"|sys\.(exit|stdin|stdout|stderr|argv)|os\.(environ|environb|getenv|_exit|getlogin)"
    r"|datetime\.datetime\.(now|today|utcnow)|datetime\.date\.today|time\.(time|time_ns|localtime|gmtime|ctime)"
    r"|pathlib\.Path\.(home|cwd)|os\.(getcwd|path\.expanduser)"
    r"|(locale|getpass|platformdirs)\..*)"
)
# Started as processes of their own: pipes and arguments are how they are called.
PROGRAMS = frozenset({"salesflow.exchange.spreadsheet_child"})
SQL_CLOCK = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\(\s*'now'", re.IGNORECASE)


def outside(source: Source) -> list[str]:
    """Uses of the clock, the environment or the terminal below context."""
    if source.room not in BELOW_CONTEXT | {"catalogue", "data", ""}:
        return []
    known = _imported_names(source.tree)
    found = []
    for node in ast.walk(source.tree):
        name = _dotted(node, known)
        called = name.startswith("sys.") and source.name in PROGRAMS
        if name and OUTSIDE.fullmatch(name) and not called:
            found.append(source.at(node, f"{name} below context"))
        elif isinstance(node, ast.ImportFrom) and node.module in ("locale", "getpass", "platformdirs"):
            found.append(source.at(node, f"{node.module} below context"))
    found += [source.at(n, "SQL reads the clock") for n, text in strings(source) if SQL_CLOCK.search(text)]
    return found


def _imported_names(tree: ast.Module) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and not node.level:
            known.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return known


def _dotted(node: ast.AST, known: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id) if isinstance(node.ctx, ast.Load) else ""
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, known)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


# --- SQL -------------------------------------------------------------------------------------------------

SQL_ROOMS = frozenset({"store", "schema", "db"})
SQL = re.compile(
    r"\b(SELECT\s[\s\S]*\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|REPLACE\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b"
    r"|(CREATE|DROP|ALTER)\s+(TEMP\w*\s+|UNIQUE\s+|VIRTUAL\s+)?(TABLE|INDEX|VIEW|TRIGGER)\b|PRAGMA\s+\w"
    r"|(LEFT|INNER|CROSS)\s+JOIN\b|(ORDER|GROUP)\s+BY\b|BEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED)\b"
    r"|SAVEPOINT\s|ATTACH\s+DATABASE|WHERE\s+\w+\s*(=|<|>|IN\b|IS\b|LIKE\b))"
)
SQL_BEGINNING = re.compile(
    r"\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s"
    r"|pragma\s|with\s+\w+\s+as\s*\()"
)
SQL_CALLS = frozenset({"execute", "executemany", "executescript"})


def sql(source: Source) -> list[str]:
    """SQL, and the calls that run it, outside store/, schema and db; connections and commits outside db."""
    found = []
    if source.room not in SQL_ROOMS | {"catalogue"}:
        found += [
            source.at(node, "SQL outside store/, schema and db")
            for node, text in strings(source)
            if SQL.search(text) or SQL_BEGINNING.match(text)
        ]
    known = _imported_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            call = node.func.attr
            if call in SQL_CALLS and source.room not in SQL_ROOMS:
                found.append(source.at(node, f".{call}() outside store/, schema and db"))
            if source.room != "db" and call in ("commit", "rollback"):
                found.append(source.at(node, f".{call}() outside db"))
        if source.room != "db" and _dotted(node, known) == "sqlite3.connect":
            found.append(source.at(node, "sqlite3.connect outside db"))
    return found


def strings(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every string of the code, f-strings whole; no docstrings."""
    skipped: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            skipped.update([id(first.value)] if isinstance(first, ast.Expr) else [])
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
        text = literal(node)
        if text is not None and id(node) not in skipped:
            yield node, text


# --- a process is data -----------------------------------------------------------------------------------

SENTENCES = frozenset({"ask", "work", "effort", "what", "text"})
JUDGED = frozenset({"process", "stage", "grade", "via", "source", "role", "roles", "attitude", "reason"})


def process_words(tables: Sequence[Mapping[str, object]]) -> frozenset[str]:
    """Every code and Chinese title that process files define: of processes, stages, grades, sources …

    What a gate asks, a stage's work and a grade's effort are sentences, and what ``fields`` names are columns
    of every book: no words of its own.
    """
    return frozenset(word for table in tables for word in _words(table))


def _words(value: object, key: str = "", within: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, Mapping):
        if isinstance(value.get("code"), str):
            yield value["code"]
        if isinstance(value.get("zh"), str) and key not in SENTENCES:
            yield value["zh"]
            if key not in ("", "title") and within != "fields":
                yield key
        for name, inner in value.items():
            yield from _words(inner, str(name), key)


def words_in_code(
    source: Source, words: frozenset[str], allowed: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Strings equal to a process's word; ``allowed`` gives, by word and room ('*': all), the reason.

    No reason lets a stage, grade, way, source or role be compared with such a word.
    """
    if source.room in ("catalogue", "data"):
        return []
    judged = {id(part) for node in ast.walk(source.tree) for part in _judged(node)}
    return [
        source.at(node, f"'{text}' is a word of a process, which is data")
        for node, text in strings(source)
        if text in words and (id(node) in judged or not {source.room, "*"} & set(allowed.get(text, {})))
    ]


def _judged(node: ast.AST) -> Iterator[ast.AST]:
    """What a stage, grade, way, source or role is compared with here."""
    if isinstance(node, ast.Compare):
        if any(_last_name(part) in JUDGED for part in (node.left, *node.comparators)):
            yield from ast.walk(node)
    elif isinstance(node, ast.Match) and _last_name(node.subject) in JUDGED:
        for case in node.cases:
            yield from ast.walk(case.pattern)


# --- size and words of explanation -----------------------------------------------------------------------


def too_long(source: Source, limit: int = 400) -> list[str]:
    """The file, if it is longer than one room should be; cli is at most 150 lines."""
    limit = 150 if source.room == "cli" else limit
    lines = len(source.text.splitlines())
    fine = lines <= limit or source.room == "data"
    return [] if fine else [f"{source.path}:{lines}: {lines} lines, at most {limit}"]


def undocumented(source: Source) -> list[str]:
    """Public modules, classes, functions and methods without a docstring."""
    if source.room in ("catalogue", "data") or (source.is_package and not source.text.strip()):
        return []
    found = [] if ast.get_docstring(source.tree) else [f"{source.path}:1: no docstring"]
    classes = [node for node in source.tree.body if isinstance(node, ast.ClassDef)]
    public = [owner.body for owner in classes if not owner.name.startswith("_")]
    for body in [source.tree.body, *public]:
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not (
                node.name.startswith("_") or ast.get_docstring(node) or _is_setter(node)
            ):
                found.append(source.at(node, f"{node.name} has no docstring"))
    return found


def _is_setter(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(mark, ast.Attribute) and mark.attr == "setter" for mark in node.decorator_list)
