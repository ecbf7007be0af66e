"""An order never leads back: a stage after the won one need not be marked as won itself (L11)."""

from __future__ import annotations

from pathlib import Path

from kit import Book

PROCESS = """
code = "delivery"
title = { zh = "交货", en = "Delivery" }
default_via = "call"
[grade_none]
every = 7
[via]
call = { zh = "电话", en = "call" }
[[stage]]
code = "fresh"
title = { zh = "新的", en = "Fresh" }
gate = []
[[stage]]
code = "bought"
title = { zh = "买了", en = "Bought" }
won = true
gate = [{ order = "signed" }]
[[stage]]
code = "delivering"
title = { zh = "在交货", en = "Delivering" }
gate = [{ order = "signed" }]
"""


def test_a_second_order_leaves_the_lead_in_the_stage_after_the_deal(book: Book, tmp_path: Path) -> None:
    own = tmp_path / "delivery.toml"
    own.write_text(PROCESS, "utf-8")
    book("process", "use", str(own))
    book("add", "甲店")
    book("order", "1", "100")
    book("advance", "1", "delivering")
    book("order", "1", "200")
    lead = book("show", "1", "--json").json
    assert lead["stage"] == "delivering"
    assert [move["to"] for move in lead["moves"]] == ["bought", "delivering"]


def test_an_order_that_does_not_open_the_gate_says_what_lacks(book: Book) -> None:
    """L7: signed before it was approved; the lead stays, and the way on is named."""
    book("add", "川西轧钢", "--process", "key-account")
    done = book("order", "1", "5万")
    assert "项目实施" in done.err and "salesflow team sign 1 --by 姓名 --as contract_approved" in done.err
    assert "salesflow advance 1 implementation" in done.err
    assert len(done.lines) == 1, "the answer itself is one line"
    assert book.show(1)["stage"] == "develop"
    book("team", "sign", "1", "--by", "郑总监", "--as", "contract_approved")
    book("advance", "1", "implementation")
    assert book("order", "1", "2万").err == ""
    assert book("order", "1", "1万", "--no-advance").err == ""
