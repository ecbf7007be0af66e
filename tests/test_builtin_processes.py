"""The processes that come with salesflow, as data: what holds for every file."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builtin_kit import LOADED, NAMES, OURS, checklist, codes, each, wants
from kit import Book

from salesflow import funnel, processes
from salesflow.commands import registry
from salesflow.facts import Facts
from salesflow.processes import Process, Want
from salesflow.render.layout import width
from salesflow.texts import t


def titled(name: str) -> Iterator[tuple[str, str, str]]:
    """Every title of a file: where it stands, Chinese, English."""

    def walk(value: Any, path: str) -> Iterator[tuple[str, str, str]]:
        if isinstance(value, dict):
            if "zh" in value or "en" in value:
                yield f"{path} {value.get('code', '')}".strip(), value.get("zh", ""), value.get("en", "")
            if "incoming_zh" in value:
                yield f"{path}.incoming", value["incoming_zh"], value["incoming_en"]
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            if isinstance(inner, dict | list):
                yield from walk(inner, f"{path}.{key}".strip("."))

    yield from walk(tomllib.loads(processes.builtin(name)), "")


def chinese(text: str) -> bool:
    """Whether there is a Chinese character in the text."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


# Every file


@each
def test_a_process_is_read_without_a_mistake_and_kept_whole_in_a_book(name: str) -> None:
    assert LOADED[name].code == name
    assert processes.from_json(processes.to_json(LOADED[name])) == LOADED[name]


@each
def test_every_title_is_there_in_both_languages_and_differs(name: str) -> None:
    for place, zh, en in titled(name):
        assert chinese(zh), (place, zh)
        assert en.strip() and not chinese(en) and zh != en, (place, en)
        for text in (zh, en):
            assert text == text.strip() and not set("–—…·→★“”’\t\n") & set(text), (place, text)


@each
def test_every_stage_but_the_last_has_a_guide_with_every_part(name: str) -> None:
    """L12: what to prepare, ask, present, answer and how to close, and an open point that never runs out."""
    for stage in LOADED[name].stages[:-1]:
        parts = Counter(item.part for item in stage.guide)
        assert set(parts) == {"prepare", "ask", "present", "answer", "close", "open"}, stage.code
        assert 12 <= len(stage.guide) <= 24, stage.code
        assert [item for item in stage.guide if item.part == "open"][-1].until is None, stage.code


@each
def test_guide_codes_are_unique_and_no_sentence_stands_twice(name: str) -> None:
    items = [item for stage in LOADED[name].stages for item in stage.guide if item.part != "open"]
    assert [code for code, times in Counter(item.code for item in items).items() if times > 1] == []
    for lang in ("zh", "en"):
        texts = Counter(item.title(lang) for item in items)
        assert [text for text, times in texts.items() if times > 1] == []


@each
def test_sentences_are_short_and_stage_titles_fit_a_column(name: str) -> None:
    for stage in LOADED[name].stages:
        assert width(stage.title("zh")) <= 20 and width(stage.title("en")) <= 26, stage.titles
        for item in stage.guide:
            assert width(item.title("zh")) <= 76 and width(item.title("en")) <= 110, item.titles
    for one in LOADED[name].checklists:
        for point in one.points:
            assert width(point.title("zh")) <= 40 and width(point.title("en")) <= 60, point.titles


@each
def test_what_a_gate_wants_is_supplied_by_a_command_that_there_is(name: str) -> None:
    """Nothing can be missing without a command that supplies it."""
    for _, want in wants(LOADED[name]):
        for lang in ("zh", "en"):
            words = funnel.supply_command(want, 12, lang).split()
            assert words[0] == "salesflow" and "12" in words
            assert registry.find_entry(words[1]), words
            assert funnel.want_title(want, lang).strip() and want.ask[lang].strip()


@each
def test_an_empty_record_is_asked_for_something_in_every_stage(name: str) -> None:
    process = LOADED[name]
    for stage in process.stages:
        code, titles = funnel.ask(process, Facts(stage=stage.code)) or ("", {})
        assert code and titles["zh"] and titles["en"], stage.code


@each
def test_a_deal_is_never_followed_by_a_stage_that_is_none(name: str) -> None:
    """A second order leads nowhere back: from the first won stage on, all are won and want an order."""
    stages = LOADED[name].stages
    won = [stage.won for stage in stages]
    assert won == sorted(won), [stage.code for stage in stages]
    assert stages[0].gate == () and not stages[0].won
    assert all(any(want.kind == "order" for want in stage.gate) for stage in stages if stage.won)
    assert all(stage.interval for stage in stages if stage.won), "a won stage has no closing grade"


@each
def test_calls_and_visits_can_be_logged(name: str) -> None:
    """The commands visit and call are ways of every process."""
    process = LOADED[name]
    assert process.via("visit").counts_as_visit and not process.via("phone").counts_as_visit
    assert {"visit", "phone"} <= {via.code for via in process.ways if via.incoming}


@each
def test_reasons_say_what_must_come_with_them(name: str) -> None:
    """Closed and set aside: whom they chose, until when, and in other cases why; a double entry is none."""
    process = LOADED[name]
    needs = {(which, one.code): one.needs for which in ("lost", "parked") for one in getattr(process, which)}
    assert needs["lost", "competitor"] == "to"
    assert needs["lost", "other"] == needs["parked", "other"] == "why"
    assert "until" in {value for (which, _), value in needs.items() if which == "parked"}
    assert not process.reason("lost", "invalid").counts


@each
def test_five_kinds_of_information_e4(name: str) -> None:
    """E4: communication, purchasing money, decision and need, personal trust, each with points of its own."""
    process = LOADED[name]
    assert [one.code for one in process.information] == [
        "communication",
        "money",
        "decision",
        "need",
        "trust",
    ]
    assert all(one.required for one in process.information)
    twice = Counter(point for one in process.information for point in one.required)
    assert max(twice.values()) == 1
    assert any(point.endswith(".personal") for point in process.information[4].required)
    assert funnel.completeness(process, Facts(stage=process.first_stage.code))[0] == 0


@each
def test_ways_in_and_who_referred_e5(name: str) -> None:
    """E5: cold with and without a call, an acquaintance, a referral; the source of a lead that was brought."""
    process = LOADED[name]
    assert codes(process, "approach") == ["cold_visit", "cold_call", "acquaintance", "referral"]
    assert process.source(process.referral_source).passive


@each
def test_classes_by_industry_size_and_side_e3(name: str) -> None:
    """E3: size is a group with branches, a single firm or a person; side first party, agent, contractor."""
    process = LOADED[name]
    assert len(process.industries) > 2
    assert codes(process, "size") == ["group", "single", "individual"]
    assert codes(process, "side") == ["first_party", "agent", "contractor"]


@each
def test_related_parties_to_ask_for_after_a_deal_e7(name: str) -> None:
    """E7: one deal brings three: there are at least so many relations to name."""
    assert len(LOADED[name].relations) >= 3


@each
def test_purposes_of_a_visit_f11(name: str) -> None:
    """F11: introduce, needs, relationship, market, competitor."""
    wanted = ["introduce", "needs", "relationship", "market", "competitor"]
    assert codes(LOADED[name], "purpose")[:5] == wanted


@each
def test_evaluation_of_an_opportunity_l9(name: str) -> None:
    """L9: need, timetable, budget, competition, decision, priority; and the customer's own buying steps."""
    found = checklist(LOADED[name], "opportunity")
    wanted = ["need", "timetable", "budget", "competition", "decision", "priority"]
    assert [point.code for point in found.points] == wanted
    assert found.scale > 1 and not found.rivals
    assert len(LOADED[name].buying_steps) > 3


@each
def test_what_customers_choose_by_m8(name: str) -> None:
    """M8: our fit beside each competitor's; price, terms, steadiness, reputation or record, communication."""
    found = checklist(LOADED[name], "fit")
    assert found.rivals and found.scale > 1
    assert {"price", "stability", "communication"} <= {point.code for point in found.points}


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "insider_tells" in codes(LOADED[name], "checklist")]
)
def test_an_insider_has_something_to_tell_f13(name: str) -> None:
    """F13: competitors and who supports them, the decision chain, inner relations; asked of the insider."""
    assert {*OURS} <= {one for one in NAMES if "insider_tells" in codes(LOADED[one], "checklist")}
    found = checklist(LOADED[name], "insider_tells")
    assert (found.role, found.scale, found.rivals) == ("insider", 1, False)
    told = {point.code for point in found.points}
    assert "rival_backer" in told and told & {"decision_path", "organisation", "key_step"}


@each
def test_no_sentence_is_a_manual_s(name: str, shared: Callable[[str], Path]) -> None:
    """Facts are the manuals', words our own: no run of fourteen characters is the same."""
    texts = [path.read_text("utf-8") for path in sorted(shared("manuals").glob("*.txt"))]
    manual = "".join(character for text in texts for character in text if chinese(character))
    for place, zh, _ in titled(name):
        plain = "".join(character for character in zh if chinese(character))
        runs = (plain[at : at + 14] for at in range(len(plain) - 13))
        assert [run for run in runs if run in manual] == [], place


# Every process worked to its end, by the commands that its gates name


FILLINGS = {"phone": "13812345678", "amount": "5万", "when": "2026-12-20", "note": "谈得不错"}


def supplied(process: Process, want: Want, lang: str) -> list[str]:
    """The words of the command that supplies a want of lead 1, its placeholders filled."""
    words = funnel.supply_command(want, 1, lang).split()[1:]
    values = {t(f"gate.word_{word}", lang): filling for word, filling in FILLINGS.items()}
    values[t("gate.word_name", lang)] = f"王{want.value}"  # a person for each role
    values[t("gate.word_value", lang)] = values[t("gate.word_grade", lang)] = value_for(process, want)
    filled = [
        name + equals + values.get(value, value) if equals else values.get(word, word)
        for word in words
        for name, equals, value in [word.partition("=")]
    ]
    if want.kind == "score":
        one = checklist(process, want.value)
        filled += [f"{point.code}={one.scale}" for point in one.points]
    return filled


def value_for(process: Process, want: Want) -> str:
    """Something that a field may hold: the first of its list, a number, else words."""
    if want.kind == "credit":
        return want.value
    noun = want.value
    if noun in processes.LISTS and getattr(process, processes.LISTS[noun]):
        return codes(process, noun)[0]
    return {"volume_month": "400", "phone": "13912345678"}.get(noun, "问到了")


@each
def test_each_gate_is_opened_by_the_commands_that_it_names(name: str, book: Book) -> None:
    """From the first note to the last stage, with nothing but what ``advance`` says is missing."""
    process = LOADED[name]
    book("add", "宏远贸易", "--process", name)
    for stage in process.stages[1:]:
        lacking = missed(book)
        for want in stage.gate:
            who = f"王{want.value}" if f"{want.code}.reach" in lacking else ""
            for _ in range(1 if want.kind == "score" else want.times):
                if who or want.code in lacking:
                    book(*supplied(process, want._replace(who=who), "zh"))
        found = book.show(1)
        if found["stage"] != stage.code:  # an order may have opened it in the same step
            assert found["next_gate"]["missing"] == [], stage.code
            book("advance", "1")
    assert missed(book) == []
    book("order", "1", "3万")
    assert book.show(1)["stage"] == process.stages[-1].code, "a second order leads nowhere back"


def missed(book: Book) -> list[str]:
    """What the next gate of lead 1 misses, by name; [] in the last stage."""
    gate = book.show(1)["next_gate"]
    return [str(one) for one in gate["missing"]] if gate else []
