"""``evaluate``: checklists with a score, ours beside each competitor's (L9, M7, M8, F13)."""

from __future__ import annotations

from typing import Any

import pytest
from file_kit import use_trial
from kit import Book, filled

from salesflow.processes import builtin


def fill_rivals(book: Book) -> None:
    """Two shops of the trial process, the first with two competitors."""
    use_trial(book)
    book("add", "甲店")
    book("add", "乙店")
    book("competitor", "1", "红牌")
    book("competitor", "1", "蓝牌")


@pytest.fixture
def trial(book: Book) -> Book:
    """Two shops of the trial process, the first with two competitors."""
    return filled(book, fill_rivals)


def lists(book: Book, lead: int = 1) -> dict[str, dict[str, Any]]:
    """The lead's checklists as ``show --json`` gives them, by code."""
    return {one["code"]: one for one in book.show(lead)["checklists"]}


def test_the_score_is_the_weighted_share_of_the_most(trial: Book) -> None:
    """L9: weights 2, 1, 1 and 0 to 5 points make 20 at most; 2 x 3 + 4 = 10 of them are half."""
    done = trial("evaluate", "1", "chance", "urgent=3", "budget=4", "--json").json
    assert (done["score"], done["answered"], done["total"]) == (50, 2, 3)
    one = lists(trial)["chance"]
    assert one == done
    assert one["title"] == "机会"
    assert [(point["code"], point["points"], point["most"], point["weight"]) for point in one["points"]] == [
        ("urgent", 3, 5, 2),
        ("budget", 4, 5, 1),
        ("access", None, 5, 1),
    ]
    assert "机会 50 分（答 2/3）" in trial("show", "1").out


@pytest.mark.parametrize(
    ("items", "score"),
    [
        (["urgent=0"], 0),
        (["urgent=5", "budget=5", "access=5"], 100),
        (["urgent", "budget", "access"], 100),  # an item alone is the most
        (["budget=1"], 5),
        (["急不急=1"], 10),
        (["URGENT=1"], 10),
    ],
)
def test_scores(trial: Book, items: list[str], score: int) -> None:
    """L9."""
    assert trial("evaluate", "1", "机会", *items, "--json").json["score"] == score


def test_halves_are_rounded_up() -> None:
    """M7: ticks of eight give 12.5, 37.5, 62.5, 87.5."""
    from salesflow.facts import score_of
    from salesflow.processes import Checklist, Point

    eight = Checklist("x", {}, tuple(Point(str(number), {}) for number in range(8)))
    for ticked, percent in ((1, 13), (3, 38), (5, 63), (7, 88)):
        assert score_of(eight, [1] * ticked + [None] * (8 - ticked)).percent == percent


def test_a_list_without_an_answer_has_no_score(trial: Book) -> None:
    """L9: no answer is not the worst answer."""
    one = lists(trial)["chance"]
    assert (one["score"], one["answered"]) == (None, 0)
    assert "还没评：机会、筛选、和对手比" in trial("show", "1").out
    trial("evaluate", "1", "chance", "urgent=0")
    assert lists(trial)["chance"]["score"] == 0


def test_a_list_without_an_answer_says_how_to_give_one(book: Book) -> None:
    """M7, M8: until the first is given."""
    book("add", "锐捷电子", "--process", "logistics")
    assert book("evaluate", "1", "screening").err == "打勾：salesflow evaluate 1 screening 要点 要点\n"
    assert book("evaluate", "1", "fit").err == "打分：salesflow evaluate 1 fit 要点=分\n"
    book("evaluate", "1", "screening", "had_trouble")
    assert book("evaluate", "1", "screening").err == ""


def test_points_are_taken_back_and_cleared_and_undone(trial: Book) -> None:
    """L9."""
    trial("evaluate", "1", "chance", "urgent=3", "budget=4", "--note", "年底定")
    steps = trial.steps()
    trial("evaluate", "1", "chance", "urgent=-", "access=1")
    points = {point["code"]: (point["points"], point["note"]) for point in lists(trial)["chance"]["points"]}
    assert points == {"urgent": (None, None), "budget": (4, "年底定"), "access": (1, None)}
    trial("evaluate", "1", "chance", "budget=5")
    assert lists(trial)["chance"]["points"][1]["note"] == "年底定"  # stays where no new one is
    trial("evaluate", "1", "chance", "--clear")
    assert lists(trial)["chance"]["answered"] == 0
    assert trial.steps() == steps + 3
    trial("undo", "3", "--yes")
    assert lists(trial)["chance"]["score"] == 50
    trial("evaluate", "1", "chance", "budget=4", "--clear")  # cleared first, then given
    assert [point["points"] for point in lists(trial)["chance"]["points"]] == [None, 4, None]


def test_the_same_again_changes_nothing(trial: Book) -> None:
    trial("evaluate", "1", "chance", "urgent=3")
    before = trial.dump()
    trial("evaluate", "1", "chance", "urgent=3", now="2026-11-25T09:00")
    assert trial.dump() == before


def test_an_item_answers_itself_once_it_is_known(trial: Book) -> None:
    """M7, F13: 'present supplier known' needs no tick."""
    assert lists(trial)["screen"]["answered"] == 0
    trial("edit", "1", "--set", "supplier=红牌")
    one = lists(trial)["screen"]
    assert (one["score"], one["answered"], one["points"][1]["points"]) == (50, 1, 1)
    trial("evaluate", "1", "screen", "known=0", "open")
    assert lists(trial)["screen"]["score"] == 50  # what is said stands


def test_the_gate_asks_for_the_score_and_the_tick_and_names_the_command(trial: Book) -> None:
    """M7, L9."""
    trial("edit", "1", "--set", "need=yes")
    trial("contact", "1", "赵总", "13900001234", "老板")
    out = trial("advance", "1", "--dry-run").out
    assert "salesflow evaluate 1 chance" in out and "salesflow evaluate 1 screen open" in out
    trial("evaluate", "1", "chance", "urgent=3", "budget=3")  # 45
    trial("evaluate", "1", "screen", "open")
    trial.refuse(1, "advance", "1", lines=4)
    trial("evaluate", "1", "chance", "access=1")  # 50
    trial("advance", "1")
    assert trial.show()["stage"] == "second"


# Against competitors


def test_ours_beside_each_competitors(trial: Book) -> None:
    """M8: weights 3, 2, 1: 3x2 + 2x4 + 3 = 17 of 30; 红牌 3x5 + 2x1 + 3 = 20 of 30."""
    trial("evaluate", "1", "fit", "price=2", "speed=4", "name=3")
    trial("evaluate", "1", "fit", "price=5", "speed=1", "name=3", "--competitor", "红牌")
    trial("evaluate", "1", "fit", "price=1", "--competitor", "蓝")
    one = lists(trial)["fit"]
    assert one["score"] == 57
    assert [(r["competitor"], r["score"], r["answered"]) for r in one["rivals"]] == [
        ("红牌", 67, 3),
        ("蓝牌", 10, 1),
    ]
    assert [(r["wins"], r["losses"]) for r in one["rivals"]] == [(["speed"], ["price"]), (["price"], [])]
    assert [point["points"] for point in one["rivals"][0]["points"]] == [5, 1, 3]
    out = trial("evaluate", "1", "fit").out
    assert "比红牌：赢在 送货快   输在 价格" in out and "比蓝牌：赢在 价格" in out
    row = next(line.split() for line in out.splitlines() if line.startswith("price"))
    assert row == ["price", "价格（含税）", "3", "2", "5", "1"]
    assert next(line.split() for line in out.splitlines() if line.startswith("得分"))[-3:] == [
        "57",
        "67",
        "10",
    ]
    shown = trial("show", "1").out
    assert (
        "和对手比 57 分（答 3/3）   红牌 67   蓝牌 10" in shown and "比红牌：赢在 送货快   输在 价格" in shown
    )
    assert "we win on speed   we lose on price" in trial("show", "1", lang="en").out


def test_what_weighs_most_comes_first(trial: Book) -> None:
    """M8: 3 x 1, 2 x 4, 1 x 5."""
    trial("evaluate", "1", "fit", "price=2", "speed=5", "name=5")
    trial("evaluate", "1", "fit", "price=1", "speed=1", "name=0", "--competitor", "红牌")
    assert lists(trial)["fit"]["rivals"][0]["wins"] == ["speed", "name", "price"]


def test_a_competitor_nobody_noted_is_not_added(trial: Book) -> None:
    """M8, F13."""
    done = trial.refuse(3, "evaluate", "1", "fit", "price=2", "--competitor", "红盘")
    assert "红牌" in done.err and "salesflow competitor 1 红盘" in done.err
    assert "蓝牌" in trial.refuse(4, "evaluate", "1", "fit", "price=2", "--competitor", "牌").err
    trial.refuse(2, "evaluate", "1", "chance", "urgent=2", "--competitor", "红牌")
    trial.refuse(3, "evaluate", "2", "fit", "price=2", "--competitor", "红牌")


def test_a_competitor_that_goes_takes_its_points_along(trial: Book) -> None:
    """M8."""
    trial("evaluate", "1", "fit", "price=2", "--competitor", "红牌")
    before = trial.dump()
    trial("competitor", "remove", "1", "红牌")
    assert [rival["competitor"] for rival in lists(trial)["fit"]["rivals"]] == ["蓝牌"]
    assert trial.sql("SELECT count(*) FROM score") == [(0,)]
    trial("undo", "--yes")
    assert [row for row in trial.dump() if 'INTO "score"' in row] == [
        row for row in before if 'INTO "score"' in row
    ]


# The insider


def test_what_an_insider_still_has_to_tell(trial: Book) -> None:
    """F13: once somebody is one; by title, five at most and the rest counted."""
    assert "还要问" not in trial("show", "1").out
    trial("contact", "1", "小孙", "自己人")
    assert "还要问小孙：问一；问二；问三；问四；问五，还有 2 项" in trial("show", "1").out
    trial("edit", "1", "--set", "supplier=红牌")  # answers the second
    trial("evaluate", "1", "inside", "i4", "i1")
    assert "还要问小孙：问三；问五；问六；问七" in trial("show", "1").out
    assert "Still to ask 小孙: three; five; six; seven" in trial("show", "1", lang="en").out
    trial("evaluate", "1", "inside", "i3", "i5", "i6", "i7")
    assert "还要问" not in trial("show", "1").out
    assert lists(trial)["inside"]["role"] == "friend" and lists(trial)["inside"]["score"] == 100


# How it is asked


def test_on_a_terminal_each_item_is_asked(trial: Book) -> None:
    """L9: Enter skips, - takes back, a slip is asked again."""
    trial("evaluate", "1", "chance", "urgent=1", "budget=2")
    done = trial("evaluate", "1", "chance", tty=True, answers=["4", "-", "9", "x", ""])
    assert "急不急（现在 1）" in done.err and "0 到 5" in done.err
    assert [point["points"] for point in lists(trial)["chance"]["points"]] == [4, None, None]
    assert "机会 40 分（答 1/3）" in done.out
    before = trial.dump()
    trial("evaluate", "1", "chance", tty=True, answers=["1"], code=130)  # stopped: nothing is kept
    assert trial.dump() == before
    done = trial("evaluate", "1", "fit", "--competitor", "红", tty=True, answers=["3", "", "1"])
    assert [point["points"] for point in lists(trial)["fit"]["rivals"][0]["points"]] == [3, None, 1]
    trial("--no-input", "evaluate", "1", "chance", tty=True)


def test_elsewhere_it_is_shown(trial: Book) -> None:
    """L9, M7, M8."""
    before = trial.dump()
    out = trial("evaluate", "1").out
    for part in ("chance", "机会", "0/3", "screen", "inside", "0/7"):
        assert part in out
    assert [one["code"] for one in trial("evaluate", "1", "--json").json] == [
        "chance",
        "screen",
        "fit",
        "inside",
    ]
    assert trial("evaluate", "1", "chance", "--json").json["points"][0]["title"] == "急不急"
    assert trial("evaluate", "1", "chance", "-f", "csv").out.count("\n") == 4
    assert trial("evaluate", "1", "chance", "-f", "chat").out.count("\n") == 5
    assert trial.dump() == before


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["chanse"], "chance"),
        (["chance", "urgnt=2"], "urgent"),
        (["chance", "urgent=6"], "5"),
        (["chance", "urgent=-1"], "0"),
        (["chance", "urgent=2.5"], "2.5"),
        (["chance", "urgent="], "urgent"),
        (["chance", "urgent=" + "9" * 5000], "5"),
        (["chance", "urgent=２"], "２"),
        (["chance", "urgent=1", "急不急=2"], "urgent"),
        (["chance", "--note", "x"], "urgent"),
        (["--note", "x"], "chance"),
        (["--clear"], "chance"),
        (["screen", "open=2"], "1"),
    ],
)
def test_what_evaluate_refuses(trial: Book, words: list[str], named: str) -> None:
    """L9: and nothing is kept."""
    assert named in trial.refuse(2, "evaluate", "1", *words).err


def test_a_process_without_checklists_says_so(book: Book) -> None:
    from other_process import add_process

    add_process(book, "bare", without="checklists")
    book("add", "甲店", "--process", "bare")
    assert "checklist" in book.refuse(2, "evaluate", "1").err
    assert book.show()["checklists"] == []
    book.refuse(3, "evaluate", "没有这家")


def test_the_list_is_sorted_by_a_score(trial: Book) -> None:
    """M7: who is worth a visit first."""
    trial("add", "丙店")
    trial("add", "膜店", "--process", "film-4s")
    trial("evaluate", "1", "chance", "urgent=1")
    trial("evaluate", "3", "chance", "urgent=4")
    found = trial("list", "--sort", "score:chance", "--json").json
    assert [(one["id"], one["score"]) for one in found] == [(3, 40), (1, 10), (2, None), (4, None)]
    assert [one["id"] for one in trial("list", "--sort", "score:机会", "--limit", "2", "--json").json] == [
        3,
        1,
    ]
    assert "得分" in trial("list", "--sort", "score:chance").lines[0]
    assert "chance" in trial.refuse(2, "list", "--sort", "score:chanse").err


def test_the_help_says_how_it_is_rounded(trial: Book) -> None:
    assert "四舍五入" in trial("evaluate", "--help").out.replace("\n", "")
    assert "rounded" in trial("evaluate", "--help", lang="en").out


def test_points_for_a_competitor_are_answered_with_its_score(book: Book) -> None:
    """M8: 2 of 5 for what weighs 3 of 17 in all is 7 of 100."""
    book("add", "川西轧钢", "--process", "key-account")
    book("competitor", "1", "北岭")
    done = book("evaluate", "1", "fit", "price=2", "--competitor", "北岭")
    assert "和对手比 - 分" in done.out and "北岭 7" in done.out


def test_a_gate_says_how_far_the_score_is(book: Book) -> None:
    """L7, L9: need 4 of 5, weight 2 of 9: 8 of 45 is 18 of 100."""
    book("add", "川西轧钢", "--process", "key-account")
    book("evaluate", "1", "opportunity", "need=4")
    assert "机会评估：50 分（现在 18）" in book("advance", "1", "--dry-run").out
    assert "机会评估：50 分（现在 18）" in book("show", "1").out


def test_a_tick_is_asked_with_yes_and_no(book: Book) -> None:
    """M7, L3: a list of ticks knows no other points."""
    book("add", "甲店")
    answers = ["y", "否", "", "x", "是"]
    done = book("evaluate", "1", "screening", tty=True, answers=answers)
    assert "0 到 1 分" not in done.err and "目标筛选 50 分（答 3/4）" in done.out
    found = next(one for one in book("evaluate", "1", "--json").json if one["code"] == "screening")
    assert [point["points"] for point in found["points"]] == [1, 0, None, 1]
    assert "现在 否" in book("evaluate", "1", "screening", tty=True, answers=["", "", "", "n"]).err
    book("evaluate", "1", "screening", "would_try=yes", "no_contract=-")
    book.refuse(2, "evaluate", "1", "screening", "would_try=3")
    book.refuse(2, "evaluate", "1", "opportunity", "need=yes")


def test_points_are_carried_over_in_proportion_to_a_process_of_another_scale(book: Book) -> None:
    """L9, L11: all of 0 to 5 is all of 0 to 3, and never more than 100; back again it is what it was."""
    book("add", "川西轧钢", "--process", "key-account")
    every = ("need", "timetable", "budget", "competition", "decision", "priority")
    book("evaluate", "1", "opportunity", *every)
    book("competitor", "1", "北岭")
    book("evaluate", "1", "opportunity", "budget=2")

    def standing() -> tuple[list[int], int]:
        one = next(one for one in book.show(1)["checklists"] if one["code"] == "opportunity")
        return [point["points"] for point in one["points"]], one["score"]

    assert standing() == ([5, 5, 2, 5, 5, 5], 87)  # 39 of 45, weights 2 1 2 1 2 1
    book("edit", "1", "--process", "eight-steps")
    assert standing() == ([3, 3, 1, 3, 3, 3], 89)  # 2 of 5 is 1.2 of 3; 16 of 18
    book("undo")
    assert standing() == ([5, 5, 2, 5, 5, 5], 87)


def test_points_are_carried_over_where_the_process_changes_its_scale(book: Book) -> None:
    """L11."""
    book("add", "川西轧钢", "--process", "key-account")
    book("evaluate", "1", "opportunity", "need=3", "budget=5")
    source = book.path.with_name("mine.toml")
    text = builtin("key-account").replace("scale = 5", "scale = 10", 1)
    source.write_text(text, "utf-8")
    book("process", "edit", "key-account", str(source))
    one = next(one for one in book.show(1)["checklists"] if one["code"] == "opportunity")
    assert [point["points"] for point in one["points"]] == [6, None, 10, None, None, None]
