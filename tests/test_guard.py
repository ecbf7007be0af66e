"""Formula guard: what a spreadsheet would run is text, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.guard import guard, unguard


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+8613800138000", "'+8613800138000"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("-", "'-"),
        ("-12.50", "-12.50"),
        ("-3", "-3"),
        ("58000", "58000"),
        ("华星=宝马", "华星=宝马"),
        ("", ""),
        ("\t", "\t"),
        ("'引号", "'引号"),
        ("'=1", "''=1"),
    ],
)
def test_only_risky_cells_get_the_quote(cell: str, guarded: str) -> None:
    assert guard(cell) == guarded
    assert unguard(guarded) == cell


@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(st.text(alphabet="'=+-@＝＠\t\r1.a华", max_size=8))
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    blank = not cell.strip()
    assert blank or guard(cell)[:1] not in ("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")
