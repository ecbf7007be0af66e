"""Each report takes its own options, and says which reports take one that it does not."""

from __future__ import annotations

from kit import Book


def test_an_option_of_another_report_is_refused_with_those_that_take_it(book: Book) -> None:
    told = book("report", "visits", "--by", "rep", code=2, lang="en").err
    assert told.startswith("report visits takes no --by; these do: day week month")
    assert book("report", "week", "--backtest", code=2, lang="zh").err.startswith(
        "report week 没有 --backtest"
    )


def test_the_list_names_every_report_with_a_line_each(book: Book) -> None:
    listed = book("report", "--json").json
    assert [one["report"] for one in listed][:3] == ["day", "week", "month"]
    assert all(one["meaning"] for one in listed)
