"""The eight steps, logistics and the showroom as their manuals have them: rows E, M and K of the domain.

What is expected was read out of the manuals and of the practice page by hand; each walk is worked by commands.
"""

from __future__ import annotations

import pytest
from kit import Book

from salesflow import funnel, processes
from salesflow.facts import score_of
from salesflow.funnel import Facts
from salesflow.processes import Process

EIGHT, LOGISTICS, SHOWROOM = (
    processes.load(processes.builtin(name), name) for name in ("eight-steps", "logistics", "showroom")
)
ALL = pytest.mark.parametrize("process", [EIGHT, LOGISTICS, SHOWROOM], ids=lambda process: process.code)


def titles(process: Process) -> list[str]:
    """The Chinese titles of the stages in their order."""
    return [stage.title("zh") for stage in process.stages]


def won(process: Process) -> list[str]:
    """The stages that are a deal."""
    return [stage.code for stage in process.stages if stage.won]


# The steps


def test_e1_the_eight_steps_in_the_order_of_the_manual() -> None:
    """E1: develop, prepare, approach, needs, present, objections, close, after-sales and referrals."""
    assert titles(EIGHT) == [
        "开发新客户",
        "访前准备",
        "接近",
        "开发需求",
        "产品展示",
        "异议处理",
        "促成",
        "售后服务、索取转介绍",
    ]
    assert won(EIGHT) == [EIGHT.stages[-1].code], "the order ends the closing and begins the after-sales"


def test_m1_the_seven_steps_of_the_sales_department() -> None:
    """M1: gather, screen, visit schedule, sell on site, service contract, signature, maintain."""
    assert titles(LOGISTICS) == [
        "收集资料",
        "电话筛选",
        "约拜访",
        "上门推销",
        "谈服务合同",
        "签约",
        "客户维护",
    ]
    assert won(LOGISTICS) == ["signature", "maintain"]


def test_k11_the_ten_steps_of_the_showroom() -> None:
    """K11: leads, follow-up, visit, needs, present, try, objections, deal, delivery, customers kept."""
    assert [stage.title("en") for stage in SHOWROOM.stages] == [
        "Lead",
        "Follow-up",
        "Visit",
        "Needs",
        "Present",
        "Try",
        "Objections",
        "Deal",
        "Delivery",
        "Customers kept",
    ]
    assert won(SHOWROOM) == ["signing", "handover", "keeping"]


@ALL
def test_stages_after_the_deal_stay_won_and_have_an_interval(process: Process) -> None:
    """F17, M9: a second order takes nobody back, and a customer is cared for by a rhythm of its own."""
    first = next(index for index, stage in enumerate(process.stages) if stage.won)
    for stage in process.stages[first:]:
        assert stage.won and stage.interval > 0, stage.code
        assert any(want.kind == "order" for want in stage.gate), stage.code


# Who the customers are


@ALL
def test_e3_sizes_and_sides(process: Process) -> None:
    """E3: group with branches, single firm, individual; first party, agent, contractor."""
    assert [one.code for one in process.sizes] == ["group", "single", "individual"]
    assert [one.code for one in process.sides] == ["first_party", "agent", "contractor"]


def test_e3_the_industries_of_the_manual() -> None:
    """E3: every industry that the manual lists is understood by its own word."""
    named = "房地产 银行 建筑 部队 邮政 电信 财政 电力 石化 铁路 医药 冶金 公路 航空 市政 厂矿 院校"
    for word in named.split():
        assert word in EIGHT.choice("industry", word).title("zh")


@pytest.mark.parametrize(
    ("noun", "word", "code"),
    [
        ("size", "系统", "group"),
        ("size", "散户", "single"),
        ("size", "个人", "individual"),
        ("side", "甲方", "first_party"),
        ("side", "中介", "agent"),
        ("side", "乙方", "contractor"),
    ],
)
def test_e3_the_manual_s_own_words_for_size_and_side(noun: str, word: str, code: str) -> None:
    assert EIGHT.choice(noun, word).code == code


@ALL
def test_e4_five_kinds_of_information_make_up_the_record(process: Process) -> None:
    """E4: communication, purchasing money, purchasing decision, purchasing need, personal trust."""
    assert [one.code for one in process.information] == [
        "communication",
        "money",
        "decision",
        "need",
        "trust",
    ]
    assert process.required == tuple(point for one in process.information for point in one.required)
    assert len(set(process.required)) == len(process.required), "no point is counted twice"


def test_e4_what_the_manual_puts_into_each_kind() -> None:
    """E4: address and main contact; whose they use and for how much; how they buy, who uses and who decides."""
    wanted = {one.code: set(one.required) for one in EIGHT.information}
    assert {"address", "buyer"} <= wanted["communication"]
    assert {"supplier", "last_paid", "owned_products"} <= wanted["money"]
    assert {"buying_process", "user", "decision_maker"} <= wanted["decision"]
    assert {"business_scope", "workload", "related_firms", "decision_maker.attitude", "headcount"} <= wanted[
        "need"
    ]
    assert {"decision_maker.reach", "decision_maker.personal"} <= wanted["trust"]


@ALL
def test_e5_the_ways_in(process: Process) -> None:
    """E5: cold without a call, cold after one, acquaintance, referral; a lead that was brought is a passive one."""
    assert [one.code for one in process.approaches] == [
        "cold_visit",
        "cold_call",
        "acquaintance",
        "referral",
    ]
    assert process.referral_source in {one.code for one in process.sources if one.passive}


@pytest.mark.parametrize("word", ["业主", "甲方", "施工方", "设计方", "监理方", "同系统的单位"])
def test_e7_the_related_parties_of_a_building_site(word: str) -> None:
    """E7: one deal brings three: owner, contractor, designer, supervisor, the group's other firms."""
    assert word in EIGHT.choice("relation", word).title("zh")


@pytest.mark.parametrize(
    ("process", "words"),
    [(LOGISTICS, ["收货方", "同集团的公司", "同行"]), (SHOWROOM, ["朋友", "同事", "邻居"])],
    ids=lambda one: getattr(one, "code", ""),
)
def test_e7_each_trade_has_related_parties_of_its_own(process: Process, words: list[str]) -> None:
    assert {process.choice("relation", word).code for word in words} <= {
        one.code for one in process.relations
    }


def test_k7_five_sources_of_the_showroom() -> None:
    """K7: canvassing, walk-in, market development, referral by old customers, allied sellers."""
    named = {one.code: (one.title("zh").partition("（")[0], one.passive) for one in SHOWROOM.sources}
    assert named == {
        "canvassing": ("上门拓客", False),
        "market": ("市场开拓", False),
        "walk_in": ("来店", True),
        "referral": ("老用户介绍", True),
        "allied": ("助销", True),
    }
    assert SHOWROOM.referral_source == "referral"


# Grades


def test_k2_windows_and_intervals_of_the_showroom() -> None:
    """K2: closes within 7, 30, 90 days or later; followed up every 2 days, every week, two weeks, month."""
    assert [(one.code, one.within, one.every) for one in SHOWROOM.grades] == [
        ("H", 7, 2),
        ("A", 30, 7),
        ("B", 90, 14),
        ("C", None, 30),
    ]


@pytest.mark.parametrize("process", [EIGHT, LOGISTICS], ids=lambda process: process.code)
def test_l8_grades_by_the_day_of_closing(process: Process) -> None:
    """L8: within a month, three, six, later; each says what it deserves."""
    assert [(one.code, one.within) for one in process.grades] == [
        ("A", 30),
        ("B", 90),
        ("C", 180),
        ("D", None),
    ]
    assert [one.effort["zh"][:4] for one in process.grades if one.code != "C"] == [
        "全力以赴",
        "控制时间",
        "放在最后",
    ]


@pytest.mark.parametrize(
    ("grade", "day"),
    [("H", "2026-11-26"), ("A", "2026-12-01"), ("B", "2026-12-08"), ("C", "2026-12-24")],
)
def test_k2_the_grade_given_at_first_contact_sets_the_next_date(book: Book, grade: str, day: str) -> None:
    """K2: from Tuesday 24 November 2, 7, 14 and 30 days, all of them working days."""
    book("add", "王芳", "--process", "showroom")
    book("call", "1", "想看七座", "--grade", grade)
    assert book.show()["next_date"] == day


def test_k1_36_hours_to_the_first_follow_up(book: Book) -> None:
    """K1: received on Monday at 20:00 the first follow-up is due on Wednesday at 08:00."""
    book("add", "王芳", "--process", "showroom", "--received", "2026-11-23 20:00")
    (item,) = book("today", "--date", "2026-11-25", "--json").json["items"]
    assert (item["bucket"], item["deadline"]) == ("first_contact", "2026-11-25T08:00")


# Checklists


@ALL
def test_l9_the_opportunity_is_weighed_by_six_points(process: Process) -> None:
    """L9: need, timetable, budget, competition, decision, priority."""
    found = next(one for one in process.checklists if one.code == "opportunity")
    assert [point.code for point in found.points] == [
        "need",
        "timetable",
        "budget",
        "competition",
        "decision",
        "priority",
    ]


@ALL
def test_m7_the_four_marks_of_a_target(process: Process) -> None:
    """M7: need and no contract, trouble with the present one, our strengths fit, would try another."""
    found = next(one for one in process.checklists if one.code == "screening")
    assert (found.scale, len(found.points)) == (1, 4)


def test_m7_two_marks_of_four_make_a_target() -> None:
    """M7: one mark is 25 of 100 and stays; two are 50 and open the gate to the visit schedule."""
    found = next(one for one in LOGISTICS.checklists if one.code == "screening")
    assert score_of(found, [1, None, None, None]).percent == 25
    assert score_of(found, [None, 1, None, 1]).percent == 50
    gate = next(want for want in LOGISTICS.stage("scheduling").gate if want.kind == "score")
    for ticked, missing in ((["had_trouble"], True), (["had_trouble", "would_try"], False)):
        points = {("screening", item): 1 for item in ticked}
        facts = Facts("screen", points=points, checklists=LOGISTICS.checklists)
        assert bool(funnel.missing((gate,), facts)) is missing


def test_m8_what_customers_choose_a_carrier_by() -> None:
    """M8: network, reputation, stability, claims, payment, communication, price; each competitor beside us."""
    found = next(one for one in LOGISTICS.checklists if one.code == "fit")
    assert [point.code for point in found.points] == [
        "network",
        "reputation",
        "stability",
        "claims",
        "paying",
        "communication",
        "price",
    ]
    assert found.rivals
    # seven points of 5: 21 of 35 is what the contract wants, 20 are 57
    assert score_of(found, [3] * 7).percent == 60
    assert score_of(found, [3] * 6 + [2]).percent == 57


@pytest.mark.parametrize("process", [EIGHT, LOGISTICS], ids=lambda process: process.code)
def test_f13_an_insider_is_asked_by_a_list(process: Process) -> None:
    """F13: what an insider has to tell is a list of its own; what the file knows by now is not asked again."""
    found = next(one for one in process.checklists if one.role)
    assert found.role == "insider"
    assert [point.until.value for point in found.points if point.until][0] == "supplier"


# What the gates hold back


def lacking(process: Process, facts: Facts) -> list[str]:
    """What the next gate misses."""
    found = funnel.next_gate(process, facts)
    assert found
    return [want.code for want in found[1]]


def test_m4_who_is_not_booked_is_not_visited() -> None:
    """M4: inside sales books the hour before field sales goes; a call for something else does not count."""
    facts = Facts("scheduling", fields={"address": "高新西区3号"}, done={("phone", "needs"): 3})
    assert lacking(LOGISTICS, facts) == ["followup"]
    booked = facts._replace(done={("phone", "book_visit"): 1})
    assert lacking(LOGISTICS, booked) == []


def test_m9_nobody_is_left_to_itself_before_the_first_shipment_was_followed() -> None:
    """M9: new customers are watched closely: every three days until their first shipment, sixty days in lists."""
    signed = Facts("signature", order=True)
    assert lacking(LOGISTICS, signed) == ["followup"]
    followed = signed._replace(done={("phone", "first_shipment"): 1})
    assert lacking(LOGISTICS, followed) == []
    assert LOGISTICS.stage("signature").interval == 3
    assert LOGISTICS.new_customer_days == 60


def test_k3_an_unsigned_card_goes_nowhere(book: Book) -> None:
    """K2, K3: contact, grade and the manager's signature before the lead is followed up as one."""
    book("add", "王芳", "--process", "showroom", "--contact", "王芳 13800138001 来谈的人")
    book("call", "1", "想看七座")
    gate = book.show()["next_gate"]
    assert (gate["stage"], gate["missing"]) == ("tracing", ["grade", "signoff"])
    book("edit", "1", "--grade", "A")
    book("advance", "1", code=1)
    book("team", "sign", "1", "--by", "李经理", "--as", "manager")
    book("advance", "1")
    assert book.show()["stage"] == "tracing"


def test_k4_a_moved_date_without_a_reason_is_counted(book: Book) -> None:
    """K4: the second date is a reschedule; the guide tells the rep to write why."""
    book("add", "王芳", "--process", "showroom")
    book("call", "1", "想看七座", "--grade", "H", "--next", "2026-11-26 试驾")
    book("next", "1", "2026-11-27")
    found = book.show()
    assert found["reschedules"] == 1
    assert found["reschedule_list"][0]["why"] is None
    guide = SHOWROOM.stage("tracing").guide
    assert any("改日子要写原因" in item.title("zh") for item in guide)


# A lead worked from the first note to the last stage


def walk(book: Book, steps: list[tuple[str, list[list[str]]]]) -> None:
    """Each stage is shut before its commands and open after them."""
    for stage, commands in steps:
        book("advance", "1", code=1)
        for words in commands:
            book(*words)
        if book.show()["stage"] != stage:
            book("advance", "1")
        assert book.show()["stage"] == stage
    book("advance", "1", code=1)


def test_e1_worked_from_the_first_note_to_the_referral(book: Book) -> None:
    """E1: all eight steps by commands; the order alone opens the last."""
    book("add", "蓉江建设", "--process", "eight-steps", "--source", "扫街")
    points = [f"{item}=2" for item in ("need", "timetable", "budget", "competition", "decision", "priority")]
    walk(
        book,
        [
            (
                "preparation",
                [
                    ["edit", "1", "--set", "industry=建筑", "--set", "side=乙方"],
                    ["contact", "1", "周工", "13800138000", "--role", "使用人"],
                ],
            ),
            (
                "approaching",
                [["edit", "1", "--set", "address=人民南路1号"], ["call", "1", "约好周四上午"]],
            ),
            (
                "finding_needs",
                [
                    ["visit", "1", "见到周工", "--purpose", "introduce"],
                    ["edit", "1", "--goal", "5万", "--goal-on", "2026-12-31"],
                ],
            ),
            (
                "presentation",
                [
                    [
                        "edit",
                        "1",
                        "--set",
                        "need=yes",
                        "--set",
                        "supplier=无",
                        "--set",
                        "采购要走哪几步=三家比价",
                    ],
                    ["contact", "1", "刘总", "13900139000", "--role", "决策人"],
                ],
            ),
            ("doubts", [["log", "1", "演示了两小时", "--purpose", "demonstrate"]]),
            ("closing", [["quote", "1", "4.8万"], ["evaluate", "1", "opportunity", *points]]),
            ("aftercare", [["order", "1", "4.8万"]]),
        ],
    )


def test_m1_worked_from_the_first_note_to_maintenance(book: Book) -> None:
    """M1, M4, M7, M8: inside screens and books, field sells; a framework contract is signed."""
    book("add", "天虹电子", "--process", "logistics", "--source", "园区")
    fit = [
        f"{item}=3" for item in ("network", "reputation", "stability", "claims", "paying", "communication")
    ]
    walk(
        book,
        [
            ("screen", [["edit", "1", "--set", "phone=02866668888", "--set", "area=高新区"]]),
            (
                "scheduling",
                [
                    ["contact", "1", "陈姐", "13700137000", "--role", "仓库"],
                    [
                        "edit",
                        "1",
                        "--set",
                        "goods=主板",
                        "--set",
                        "主要线路=成都到上海",
                        "--set",
                        "volume_month=120",
                    ],
                    ["evaluate", "1", "screening", "had_trouble", "would_try"],
                ],
            ),
            (
                "onsite",
                [
                    ["edit", "1", "--set", "address=高新西区3号"],
                    ["call", "1", "约好周四两点", "--purpose", "book_visit"],
                ],
            ),
            (
                "contract",
                [
                    ["visit", "1", "看了仓库", "--purpose", "needs"],
                    ["contact", "1", "王总", "13900139001", "--role", "决策人"],
                    ["edit", "1", "--set", "need=yes", "--set", "supplier=顺达", "--set", "年货量=1500票"],
                    ["edit", "1", "--set", "payment_terms=月结30天"],
                    ["quote", "1", "36万"],
                    ["evaluate", "1", "fit", *fit, "price=3"],
                ],
            ),
            ("signature", [["order", "1", "--framework"]]),
            ("maintain", [["log", "1", "首票准点签收", "--purpose", "first_shipment"]]),
        ],
    )
    assert book.show()["next_date"] is not None


def test_k11_worked_from_the_first_call_to_a_customer_kept(book: Book) -> None:
    """K11: all ten steps by commands."""
    book("add", "王芳", "--process", "showroom", "--source", "来店")
    walk(
        book,
        [
            (
                "tracing",
                [
                    ["contact", "1", "王芳", "13800138001", "--role", "决策人"],
                    ["call", "1", "想看七座", "--in", "--grade", "A"],
                    ["team", "sign", "1", "--by", "李经理", "--as", "manager"],
                ],
            ),
            ("meeting", [["edit", "1", "--set", "need=yes", "--set", "意向车型=七座"]]),
            ("analysis", [["visit", "1", "来店看了一次", "--incoming"]]),
            (
                "showing",
                [["edit", "1", "--set", "用途=接送孩子", "--set", "budget=20万", "--set", "buy_by=12月底"]],
            ),
            ("trial", [["log", "1", "讲了七座版", "--via", "visit", "--purpose", "showing"]]),
            ("doubts", [["log", "1", "后排满意", "--via", "试驾"], ["quote", "1", "19.8万"]]),
            ("signing", [["order", "1", "19.8万"]]),
            ("handover", [["payment", "1", "1万"]]),
            (
                "keeping",
                [["log", "1", "交车合影", "--via", "visit", "--purpose", "交车"], ["payment", "1", "18.8万"]],
            ),
        ],
    )
    assert book("report", "week", "--json").json["totals"]["won"] == 1
