"""What the manuals say of window film, lubricants and key accounts, worked out by hand."""

from __future__ import annotations

import pytest
from builtin_kit import FILM, KEY, LOADED, LUBRICANT, checklist, codes, ours, wants

from salesflow import funnel
from salesflow.facts import Facts, Person, missing, score
from salesflow.processes import Process

# Window film to 4S shops


def test_film_screens_targets_by_four_questions_m7() -> None:
    """M7: need and no contract, trouble with the present one, our strengths fit, would try another."""
    found = checklist(FILM, "screening")
    assert [point.code for point in found.points] == ["no_contract", "had_trouble", "strengths", "would_try"]
    assert found.scale == 1
    facts = Facts(stage="info", checklists=FILM.checklists, points={("screening", "would_try"): 1})
    assert score(found, facts) == (25, 1, 4)


def test_film_weighs_the_fit_m8() -> None:
    """M8: network, reputation, stability, claims, payment, communication, price; steadiness and price most."""
    weights = {point.code: point.weight for point in checklist(FILM, "fit").points}
    assert {"network", "reputation", "stability", "claims", "terms", "communication", "price"} <= set(weights)
    assert weights["stability"] == weights["price"] == max(weights.values())


def test_film_insider_s_points_answer_themselves_f13() -> None:
    """F13: film used, decision chain, key person and inner relations are known once the record says them."""
    found = checklist(FILM, "insider_tells")
    facts = Facts(stage="qualified", checklists=FILM.checklists)
    assert score(found, facts) == (0, 0, 12)
    known = facts._replace(
        fields={"supplier": "无", "decision_path": "精品部提，店总批", "inner_relations": "店总听老板娘的"},
        people=(Person("李总", ("decision_maker",)),),
    )
    assert score(found, known) == (33, 4, 12)


def test_film_quotes_by_class_of_shop_f15() -> None:
    """F15: a strategy for each side and for groups; what sets us apart is a field, the rest stands in the plan."""
    assert "difference" in {field.code for field in FILM.fields if field.own}
    group = [one.code for one in FILM.strategies if one.fits("4s", "group", "agent", None)]
    assert group == ["group_shops", "through_agent"]
    # of a shop of which neither size nor side is known nothing can be said
    assert [one.code for one in FILM.strategies if one.fits("4s", None, None, "new_cars")] == []
    sides = {side for one in FILM.strategies for side in one.sides}
    assert sides == set(codes(FILM, "side"))


def test_film_card_is_signed_three_times_f8() -> None:
    """F8: verified, reviewed, archived, in this order."""
    assert codes(FILM, "signoff") == ["verified", "reviewed", "archived"]


def test_film_management_joins_and_invites_f19() -> None:
    """F19: both are kinds of follow-up."""
    assert {"join", "invite"} <= set(codes(FILM, "purpose"))


def test_film_after_a_deal_names_the_group_s_other_shops_e7() -> None:
    """E7, F: the group's other shops come first, the neighbour is among them."""
    found = codes(FILM, "relation")
    assert found[0] == "same_group" and "neighbour" in found


def test_film_completeness_keeps_its_twelve_points_f4() -> None:
    """F4, E4: the kinds of information add shares of their own, the twelve points stay the measure."""
    assert len(FILM.required) == 12
    assert set(FILM.required) - {point for one in FILM.information for point in one.required} == set()


# Lubricants


def test_lubricant_flow_from_survey_to_service_l1() -> None:
    """L1: survey, candidate with a card, credit check, plan, visit, deal, and after it class, plan, audit."""
    assert codes(LUBRICANT, "stage") == [
        "survey", "candidate", "planning", "visiting", "proposal", "negotiation", "deal", "service",
    ]  # fmt: skip
    assert [stage.code for stage in LUBRICANT.stages if stage.won] == ["deal", "service"]
    gates = {stage.code: [want.code for want in stage.gate] for stage in LUBRICANT.stages}
    assert gates["candidate"] == ["kind", "address", "supplier", "person"]
    assert gates["planning"] == ["credit_check.licence", "credit", "volume_month"]
    assert gates["deal"] == ["order"]
    assert gates["service"] == ["order", "payment", "customer_class", "service_plan", "signoff"]


def test_lubricant_ten_steps_in_order_l2() -> None:
    """L2: find, classify, strategy, contact, propose, trial close, objections, contract, collect, after-sales."""
    works = "；".join(stage.work["zh"] for stage in LUBRICANT.stages)
    wanted = ["找", "分类", "策略", "接触", "演示", "试着成交", "异议", "签合同", "货款", "售后"]
    at = [works.index(f"第 {number} 步") for number in range(1, 11)] + [len(works)]
    for number, word in enumerate(wanted):
        assert word in works[at[number] : at[number + 1]], (number + 1, word)
    english = " ".join(stage.work["en"].lower() for stage in LUBRICANT.stages)
    assert [f"step {number}:" in english for number in range(1, 11)] == [True] * 10


@pytest.mark.parametrize(
    ("credit", "ticks", "lacking"),
    [
        (None, {}, ["credit_check.licence", "credit"]),
        ("refused", {"licence": 1}, ["credit"]),
        ("cash_first", {"licence": 0}, ["credit_check.licence"]),
        ("cash_first", {"licence": 1}, []),
        ("good", {"licence": 1}, []),
    ],
)
def test_lubricant_credit_is_checked_before_money_is_risked_l3(
    credit: str | None, ticks: dict[str, int], lacking: list[str]
) -> None:
    """L3: no plan and no visit without a licence seen and a grade that passes; 'no business' does not."""
    facts = Facts(
        stage="candidate",
        fields={"credit": credit, "volume_month": 400},
        points={("credit_check", item): given for item, given in ticks.items()},
        checklists=LUBRICANT.checklists,
        credits=tuple(codes(LUBRICANT, "credit")),
    )
    assert [want.code for want in missing(LUBRICANT.stage("planning").gate, facts)] == lacking


def test_lubricant_two_ways_out_l1() -> None:
    """L1: find the reason and visit again, or give up for now, which is a state with a way back."""
    assert LUBRICANT.choice("purpose", "again").title("zh").startswith("再次拜访")
    parked = {one.code: one.needs for one in LUBRICANT.parked}
    assert parked["given_up"] == "why" and "credit" in parked
    advice = [item.code for item in LUBRICANT.stage("visiting").guide if item.part == "close"]
    assert "why_not_and_again" in advice and "give_up_for_now" in advice
    assert LUBRICANT.park_days == 90


def test_lubricant_end_user_or_dealer_l1() -> None:
    """L1: two kinds, and a gate that asks which."""
    assert codes(LUBRICANT, "kind") == ["end_user", "dealer"]
    assert LUBRICANT.kind("终端").code == "end_user"
    assert LUBRICANT.kind("经销商").code == "dealer"


def test_lubricant_deals_between_the_fourth_and_the_eleventh_visit_l4() -> None:
    """L4."""
    assert LUBRICANT.visits_to_deal == KEY.visits_to_deal == (4, 11)


@pytest.mark.parametrize("process", [LUBRICANT, KEY], ids=lambda process: str(process.code))
def test_grades_a_to_d_with_what_each_deserves_l8(process: Process) -> None:
    """L8: A all effort, B limited time, C watch, D last; the hotter the sooner and the oftener."""
    assert codes(process, "grade") == ["A", "B", "C", "D"]
    words = {"A": "全力", "B": "控制时间", "C": "留意变化", "D": "最后"}
    english = {"A": "all effort", "B": "limited time", "C": "watch", "D": "last"}
    for grade in process.grades:
        assert words[grade.code] in grade.effort["zh"]
        assert english[grade.code] in grade.effort["en"].lower()
    assert [grade.every for grade in process.grades] == [7, 14, 30, 60]
    assert [grade.within for grade in process.grades] == [30, 90, 180, None]


@ours
def test_every_grade_says_what_it_deserves_l8(name: str) -> None:
    """L8, for window film too."""
    assert all(grade.effort["zh"] and grade.effort["en"] for grade in LOADED[name].grades)


@ours
def test_every_stage_says_its_main_work(name: str) -> None:
    assert all(stage.work["zh"] and stage.work["en"] for stage in LOADED[name].stages)


@pytest.mark.parametrize(
    ("process", "stage"), [(LUBRICANT, "proposal"), (KEY, "proposal")], ids=["lubricant", "key-account"]
)
def test_feature_advantage_benefit_evidence_l12(process: Process, stage: str) -> None:
    """L12: what to present, in this order."""
    shown = [item for item in process.stage(stage).guide if item.part == "present"]
    wanted = [("特点", "feature"), ("优点", "advantage"), ("好处", "benefit"), ("证据", "evidence")]
    found = [(item.title("zh")[:2], item.title("en").partition(":")[0].lower()) for item in shown]
    assert found == wanted


# Key accounts


def test_key_account_six_stages_beside_the_buyer_s_six_l7() -> None:
    """L7: the seller's stage and the buyer's step that it goes with, in order; a place for what comes after."""
    pairs = [
        (stage.title("en"), process_step(KEY, stage.buying_step)) for stage in KEY.stages if stage.buying_step
    ]
    assert pairs == [
        ("Develop", "needs found, project set up"),
        ("Enter", "suppliers surveyed and screened"),
        ("Proposal", "criteria set"),
        ("Tender", "bids invited and judged"),
        ("Negotiation", "commitment to buy"),
        ("Implementation", "installation and service"),
    ]
    assert [stage.buying_step for stage in KEY.stages[:6]] == codes(KEY, "buying_step")
    assert [stage.code for stage in KEY.stages[6:]] == ["partnership"]


def process_step(process: Process, code: str) -> str:
    """The English title of a buying step."""
    return process.choice("buying_step", code).title("en")


@pytest.mark.parametrize(
    ("done", "leads_to", "wanted"),
    [
        ("graded and evaluated", "enter", ["project", "opportunity", "grade", "goal"]),
        (
            "insider and key persons found",
            "proposal",
            ["insider", "decision_maker", "specifier", "buyer", "visit", "milestones.listed"],
        ),
        ("criteria influenced, proposal made", "tender", ["milestones.criteria_ours", "followup"]),
        ("bid handed in", "negotiation", ["milestones.bid_in", "quote"]),
        ("contract approved and signed", "implementation", ["signoff", "order"]),
        ("accepted and closed", "partnership", ["order", "milestones.accepted", "payment", "signoff"]),
    ],
)
def test_key_account_gates_l7(done: str, leads_to: str, wanted: list[str]) -> None:
    """L7: what each of the six stages has to bring about is the gate to the next."""
    assert [want.code for want in KEY.stage(leads_to).gate] == wanted, done


def test_key_account_sign_offs_of_the_two_gates_l7() -> None:
    """L7: the contract is approved by one signature, the project closed by another."""
    asked = {stage.code: want.value for stage, want in wants(KEY) if want.kind == "signoff"}
    assert asked == {"implementation": "contract_approved", "partnership": "project_closed"}


def test_key_account_is_won_when_the_contract_is_signed_l7() -> None:
    """L7: implementation is the deal; what comes after is asked its own gate, the order among it."""
    assert [stage.code for stage in KEY.stages if stage.won] == ["implementation", "partnership"]
    facts = Facts(stage="negotiation", order=True, signed=frozenset({"contract_approved"}))
    asked = funnel.gates_to(KEY, "negotiation", "implementation")
    assert [stage.code for stage in asked] == ["implementation"]
    assert missing(asked[0].gate, facts) == ()


@pytest.mark.parametrize(("given", "percent", "passes"), [(2, 40, False), (3, 60, True)])
def test_key_account_is_evaluated_before_time_is_spent_l9(given: int, percent: int, passes: bool) -> None:
    """L9: half of all points let it in. Nine weights of 5 are 45: twos give 18 (40 %), threes 27 (60 %)."""
    found = checklist(KEY, "opportunity")
    assert sum(point.weight for point in found.points) == 9
    facts = Facts(
        stage="develop",
        checklists=KEY.checklists,
        points={("opportunity", point.code): given for point in found.points},
    )
    assert score(found, facts).percent == percent
    gate = [want for want in KEY.stage("enter").gate if want.kind == "score"]
    assert (missing(gate, facts) == ()) is passes


def test_key_account_roles_of_a_purchase_f14() -> None:
    """F14, L7: who decides, buys, influences, uses, informs; who sets the criteria and who approves."""
    assert {
        "decision_maker", "buyer", "influencer", "user", "insider", "specifier", "approver", "finance",
    } == set(codes(KEY, "role")) - {"manager"}  # fmt: skip


def test_key_account_parties_of_a_project_e7() -> None:
    """E7: contractor, owner, designer, supervisor; and the group's other firms."""
    assert {
        "general_contractor", "project_owner", "design_institute", "supervisor", "same_group",
    } <= set(codes(KEY, "relation"))  # fmt: skip
