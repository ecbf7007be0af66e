"""Two reps' public CRM pipeline replayed, each figure of each report against its own count over the file.

The file has a row an opportunity: 658, engaged from October 2016 on, closed from March to December 2017. Each is a
lead here, received and engaging on its day of engagement, won or lost on its day of closing, its product the source.
What is counted here knows the file alone, with csv, dates and the statistics of Python.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pytest
import test_import_crm
from conftest import ROOT
from kit import Book

FILE = ROOT.parent / "shared" / "data" / "crm" / "pipeline_two_reps_us_dates.csv"
PRODUCTS = ("GTX Basic", "GTX Plus Basic", "GTX Plus Pro", "GTXPro", "MG Advanced", "MG Special")
NOW = "2018-01-05T09:00"
NOTHING = (
    "followups",
    "visits",
    "leads_touched",
    "moved_back",
    "parked",
    "reopened",
    "reschedules",
    "collected",
)
PROCESS = test_import_crm.PROCESS + "[sources.active]\n"


class Deal(NamedTuple):
    """One row of the file."""

    name: str
    agent: str
    product: str
    stage: str
    engaged: date | None
    closed: date | None
    value: int

    def is_(self, stage: str, first: date, last: date) -> bool:
        """Whether it was closed so from the one day to the other."""
        return self.stage == stage and self.closed is not None and first <= self.closed <= last

    @property
    def days(self) -> int:
        """From its engagement to its closing."""
        assert self.engaged and self.closed
        return (self.closed - self.engaged).days


def american(text: str) -> date | None:
    """``3/1/2017``, the first of March."""
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None


@pytest.fixture(scope="module")
def deals() -> list[Deal]:
    """The rows of the file."""
    if not FILE.exists():
        pytest.skip(f"{FILE.relative_to(ROOT.parent)} is not here")
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Deal(
                row["opportunity_id"],
                row["sales_agent"],
                row["product"],
                row["deal_stage"],
                american(row["engage_date"]),
                american(row["close_date"]),
                int(row["close_value"] or 0),
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def crm(deals: list[Deal], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The book with the whole file in it."""
    folder: Path = tmp_path_factory.mktemp("crm")
    names = "".join(
        f'{name.lower().replace(" ", "_")} = {{ zh = "{name}", en = "{name}" }}\n' for name in PRODUCTS
    )
    (folder / "crm.toml").write_text(PROCESS + names, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        book = Book(folder / "book.db", patch, now=NOW, lang="en")
        book("init", now="2016-01-02T08:00")
        book("process", "use", str(folder / "crm.toml"), now="2016-01-02T08:00")
        aside = ("account=-", "deal_stage=-", "close_date=-", "close_value=-")
        read = ("opportunity_id=name", "engage_date=received", "product=source", "sales_agent=owner")
        assert taken(book, "leads", *read, *aside)["added"] == 658
        read = ("opportunity_id=lead", "engage_date=at", "account=-", "deal_stage=-", "close_date=-")
        assert taken(book, "stages", *read, default="stage=Engaging")["added"] == 603
        read = ("opportunity_id=lead", "close_date=at", "deal_stage=stage", "engage_date=-", "account=-")
        assert taken(book, "stages", *read)["added"] == 489
        assert taken(book, "orders", "opportunity_id=lead", "engage_date=-", "account=-")["added"] == 309
        yield book


def taken(book: Book, kind: str, *maps: str, default: str = "") -> Any:
    """The answer of importing the file as that kind, so read."""
    words = [word for one in maps for word in ("--map", one)] + (["--default", default] if default else [])
    return book("import", str(FILE), "--kind", kind, *words, "--json").json


SPANS: dict[str, list[tuple[date, date]]] = {
    "month": [
        (
            date(2017, month, 1),
            date(2017, month + 1, 1) - timedelta(days=1) if month < 12 else date(2017, 12, 31),
        )
        for month in range(1, 13)
    ],
    "quarter": [
        (date(2017, 1, 1), date(2017, 3, 31)),
        (date(2017, 4, 1), date(2017, 6, 30)),
        (date(2017, 7, 1), date(2017, 9, 30)),
        (date(2017, 10, 1), date(2017, 12, 31)),
    ],
    "week": [
        (date(2016, 12, 26) + timedelta(weeks=one), date(2017, 1, 1) + timedelta(weeks=one))
        for one in range(53)
    ],
}


def before(first: date, last: date, kind: str) -> tuple[date, date]:
    """The period of the same kind just before."""
    end = first - timedelta(days=1)
    if kind == "week":
        return first - timedelta(days=7), end
    start = end.replace(day=1)
    for _ in range(2 if kind == "quarter" else 0):
        start = (start - timedelta(days=1)).replace(day=1)
    return start, end


def totals(deals: Sequence[Deal], first: date, last: date) -> dict[str, Any]:
    """What was done from the one day to the other."""
    new = sum(one.engaged is not None and first <= one.engaged <= last for one in deals)
    won = [one for one in deals if one.is_("Won", first, last)]
    return {
        "new_leads": new,
        "advanced": new + len(won),  # into engaging, and from there to won
        "won": len(won),
        "lost": sum(one.is_("Lost", first, last) for one in deals),
        "orders": len(won),
        "sales": sum(one.value for one in won),
        "margin": None,
        **dict.fromkeys(NOTHING, 0),
    }


def stock(deals: Sequence[Deal], day: date) -> int:
    """How many were open at the day's end; what is won stays open, for it is a customer."""
    known = [one for one in deals if one.engaged and one.engaged <= day]
    return sum(not one.is_("Lost", date.min, day) for one in known)


def stages(deals: Sequence[Deal], first: date, last: date) -> list[tuple[Any, ...]]:
    """Of each stage: entered, left, at the end, 90-day conversion, median of the days in it."""
    since = last - timedelta(days=89)
    new = [one for one in deals if one.engaged and first <= one.engaged <= last]
    won = [one for one in deals if one.is_("Won", first, last)]
    recent = [one for one in deals if one.engaged and since <= one.engaged <= last]
    gone = [one.days for one in deals if one.is_("Won", since, last)]
    open_ = [
        one for one in deals if one.engaged and one.engaged <= last and not one.is_("Lost", date.min, last)
    ]
    customers = sum(one.is_("Won", date.min, last) for one in open_)
    share = round(sum(one.is_("Won", date.min, last) for one in recent) / len(recent), 4) if recent else None
    return [
        # engaged on the day on which they are known
        ("prospecting", len(new), len(new), 0, 1.0 if recent else None, 0 if recent else None),
        ("engaging", len(new), len(won), len(open_) - customers, share, median(gone) if gone else None),
        ("won", len(won), 0, customers, None, None),
    ]


@pytest.mark.parametrize("kind", ["month", "quarter", "week"])
def test_the_figures_of_every_period_are_those_of_the_file(crm: Book, deals: list[Deal], kind: str) -> None:
    for first, last in SPANS[kind]:
        found = crm("report", kind, "--date", f"{first}", "--json").json
        assert (found["from"], found["to"], found["complete"]) == (f"{first}", f"{last}", f"{last}" < NOW), (
            first
        )
        assert found["totals"] == totals(deals, first, last), first
        assert found["previous"] == totals(deals, *before(first, last, kind)), first
        ends = {"start": stock(deals, first - timedelta(days=1)), "end": stock(deals, last)}
        assert found["stock"] == ends, first
        keys = ("stage", "entered", "left", "at_end", "conversion", "median_days")
        assert [tuple(one[key] for key in keys) for one in found["funnel"]] == stages(deals, first, last), (
            first
        )
        assert len(found["new_leads"]) == found["totals"]["new_leads"]
        assert len(found["advanced"]) == found["totals"]["advanced"]
        assert {one["name"] for one in found["lost"]} == {
            one.name for one in deals if one.is_("Lost", first, last)
        }
        assert found["promises"]["due"] == found["overdue_at_end"] == found["hot_last"]["named"] == 0


def test_names_without_a_day_are_known_from_the_import_on(crm: Book, deals: list[Deal]) -> None:
    # 55 rows are of prospects that nobody engaged: they came with the file, on 2018-01-05
    found = crm("report", "week", "--json").json
    assert (found["from"], found["complete"]) == ("2018-01-01", False)
    open_ = stock(deals, date(2018, 1, 5))
    assert found["stock"] == {"start": open_, "end": open_ + 55}
    assert found["totals"] == totals(deals, date(2018, 1, 1), date(2018, 1, 7))  # a name on a list is not new


def test_the_twelve_weeks_and_the_average_of_four(crm: Book, deals: list[Deal]) -> None:
    for monday in (date(2017, 6, 26), date(2017, 12, 11)):
        found = crm("report", "week", "--date", f"{monday}", "--json").json
        spans = [
            (monday - timedelta(weeks=ago), monday - timedelta(weeks=ago, days=-6))
            for ago in range(11, -1, -1)
        ]
        each = [totals(deals, *span) for span in spans]
        assert found["trend"] == {name: [one[name] for one in each] for name in found["trend"]}
        four = each[-5:-1]
        for name in ("new_leads", "advanced", "won", "lost", "orders"):
            assert found["average4"][name] == round(sum(one[name] for one in four) / 4, 2), name
        assert found["average4"]["sales"] == (2 * 100 * sum(one["sales"] for one in four) + 4) // 8 / 100


def test_a_range_across_the_months(crm: Book, deals: list[Deal]) -> None:
    first, last = date(2017, 2, 10), date(2017, 11, 19)
    found = crm("report", "month", "--from", f"{first}", "--to", f"{last}", "--json").json
    assert found["totals"] == totals(deals, first, last)
    ago = (last - first).days + 1
    assert found["previous"] == totals(deals, first - timedelta(days=ago), first - timedelta(days=1))
    funnel = crm("report", "funnel", "--from", f"{first}", "--to", f"{last}", "--json").json["funnel"]
    assert [(one["entered"], one["left"], one["at_end"]) for one in funnel] == [
        one[1:4] for one in stages(deals, first, last)
    ]


@pytest.mark.parametrize("kind", ["month", "quarter"])
def test_the_sources(crm: Book, deals: list[Deal], kind: str) -> None:
    for first, last in SPANS[kind]:
        found = crm("report", "sources", "--period", kind, "--date", f"{first}", "--json").json
        told = {one["title"]: one for one in found["sources"]}
        for product in PRODUCTS:
            mine = [one for one in deals if one.product == product]
            same(told.get(product), mine, first, last, kind)
        same(found["totals"], deals, first, last, kind)


def same(told: dict[str, Any] | None, mine: Sequence[Deal], first: date, last: date, kind: str) -> None:
    """What the report says of a source is what its rows of the file say."""
    sums, earlier = totals(mine, first, last), totals(mine, *before(first, last, kind))
    if told is None:
        assert not (sums["new_leads"] or sums["won"] or earlier["new_leads"])
        return
    new = [one for one in mine if one.engaged and first <= one.engaged <= last]
    closed = sum(one.stage == "Won" for one in new)  # by now, whenever that was
    took = [one.days for one in mine if one.is_("Won", first, last)]
    assert {
        key: told[key] for key in ("leads", "previous", "closed", "deals", "orders", "sales", "margin")
    } == {
        "leads": sums["new_leads"],
        "previous": earlier["new_leads"],
        "closed": closed,
        "deals": sums["won"],
        "orders": sums["orders"],
        "sales": sums["sales"],
        "margin": None,
    }
    assert told["rate"] == (round(closed / len(new), 4) if new else None)
    assert told["median_days"] == (median(took) if took else None)


@pytest.mark.parametrize("kind", ["month", "quarter"])
def test_the_reasons(crm: Book, deals: list[Deal], kind: str) -> None:
    for first, last in SPANS[kind]:
        found = crm("report", "reasons", "--period", kind, "--date", f"{first}", "--json").json
        lost = [one for one in deals if one.is_("Lost", first, last)]
        earlier = totals(deals, *before(first, last, kind))["lost"]
        counts = {
            "lost": len(lost),
            "previous": earlier,
            "wrong": 0,
            "to_known": 0,
            "without_reason": len(lost),
        }
        assert found["counts"] == counts, first
        assert found["median_days"] == (median([one.days for one in lost]) if lost else None), first
        assert [(one["stage"], one["count"]) for one in found["stages"]] == (
            [("engaging", len(lost))] if lost else []
        )
        assert Counter(one["owner"] for one in found["leads"]) == Counter(one.agent for one in lost)


@pytest.mark.parametrize("kind", ["month", "quarter", "week"])
def test_the_team(crm: Book, deals: list[Deal], kind: str) -> None:
    for first, last in SPANS[kind][:: 6 if kind == "week" else 1]:
        found = crm("report", "team", "--period", kind, "--date", f"{first}", "--json").json
        told = {one["rep"]: one for one in found["reps"]}
        for agent in ("Anna Snelling", "Boris Faz"):
            mine = [one for one in deals if one.agent == agent]
            sums = totals(mine, first, last) | {"open": stock(mine, last)}
            keys = ("new_leads", "advanced", "won", "lost", "orders", "sales", "collected", "open")
            wanted = {key: sums[key] for key in keys}
            assert (
                {key: told[agent][key] for key in keys} == wanted
                if agent in told
                else not any(wanted.values())
            )


def test_the_meeting_names_who_moved(crm: Book, deals: list[Deal]) -> None:
    for first, last in SPANS["week"][10:50:8]:
        found = crm("report", "meeting", "--date", f"{first}", "--json").json
        moved = {one["name"]: one["movement"] for one in found["leads"]}
        won = {one.name for one in deals if one.is_("Won", first, last)}
        lost = {one.name for one in deals if one.is_("Lost", first, last)}
        new = {one.name for one in deals if one.engaged and first <= one.engaged <= last}
        assert {name for name, how in moved.items() if how == "won"} == won, first
        assert {name for name, how in moved.items() if how == "lost"} == lost, first
        assert {name for name, how in moved.items() if how == "advanced"} == new - won - lost, first
        assert found["counts"]["open"] == stock(deals, last), first


def test_the_measures(crm: Book, deals: list[Deal]) -> None:
    for first, last in SPANS["quarter"]:
        told = crm("report", "kpi", "--period", "quarter", "--date", f"{first}", "--json").json["measures"]
        found = {one["name"]: one["value"] for one in told}
        sums = totals(deals, first, last)
        new = [one for one in deals if one.engaged and first <= one.engaged <= last]
        fresh = sum(one.is_("Won", first, last) for one in new)
        # open before the period and not won yet
        carried = [one for one in deals if one.engaged and one.engaged < first]
        carried = [one for one in carried if one.closed is None or one.closed >= first]
        late = sum(one.is_("Won", first, last) for one in carried)
        assert (found["orders"], found["sales"], found["new_customers"], found["new_leads"]) == (
            sums["orders"], sums["sales"], sums["won"], sums["new_leads"],
        )  # fmt: skip
        assert found["new_closing"] == round(fresh / len(new), 4), first
        assert found["carried_closing"] == (round(late / len(carried), 4) if carried else None), first
        assert found["lost_known"] == (0.0 if sums["lost"] else None), first


def test_what_is_compared_here_can_differ(deals: list[Deal]) -> None:
    check: Callable[..., Any] = totals
    first, last = SPANS["quarter"][1]
    assert check(deals, first, last) != check(deals, first, last - timedelta(days=1))
    assert check(deals[1:], *SPANS["month"][2]) != check(deals, *SPANS["month"][2])
    assert stages(deals, first, last) != stages(deals, first, last - timedelta(days=7))
