"""The share gone through: of the room's files alone, and nothing measured is nothing held."""

from __future__ import annotations

from typing import Any

from tools import covered


def counted(lines: int, seen: int, branches: int, taken: int) -> dict[str, Any]:
    names = ("num_statements", "covered_lines", "num_branches", "covered_branches")
    return {"summary": dict(zip(names, (lines, seen, branches, taken), strict=True))}


def test_a_room_has_the_lines_and_branches_of_its_files() -> None:
    files = {
        "salesflow/db.py": counted(60, 60, 20, 15),
        "salesflow/schema_tables.py": counted(20, 20, 0, 0),
        "salesflow/store/leads.py": counted(10, 0, 10, 0),
    }
    found = covered.table(files)
    assert found["db and schema"] == (95.0, 75.0)  # 95 of 60 + 20 + 20; 15 of 20
    assert found["store"] == found["actions"] == (0.0, 0.0)
