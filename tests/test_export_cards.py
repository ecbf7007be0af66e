"""The people as cards: what stands on one, whose card it is, what a mask leaves."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from kit import Book

from salesflow.exchange.vcard import Card, Place, fold, write_cards
from salesflow.names import family_and_given


def cards(book: Book, *words: str) -> list[list[str]]:
    """The lines of each card, unfolded."""
    text = book("export", "contacts", "-f", "vcf", *words).out
    assert "\n" not in text.replace("\r\n", "")
    found = text.replace("\r\n ", "").split("END:VCARD\r\n")
    assert found.pop() == ""
    return [card.splitlines() for card in found]


def values(card: list[str], name: str) -> list[str]:
    """What the card says under a name, parameters and all."""
    return [line[len(name) + 1 :] for line in card if line.startswith((f"{name}:", f"{name};"))]


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with two people."""
    book(
        "add", "华星宝马", "--area", "武侯区", "--address", "机场路1号; 2楼", "--set", "city=成都市",
        "--phone", "028-85551234", "--contact", "王建国 13900001111",
    )  # fmt: skip
    book(
        "contact", "edit", "1", "王建国", "--title", "总经理", "--birthday", "1980-11-30", "--wechat", "wang_jg",
        "--email", "w@example.com", "--hobbies", "钓鱼", "--phone", "028-87654321",
    )  # fmt: skip
    book("contact", "1", "欧阳娜娜", "决策人")
    book("contact", "edit", "1", "欧阳娜娜", "--birthday", "02-29", "--department", "采购部")
    return book


def test_a_person_s_card(shop: Book) -> None:
    first, second = cards(shop)
    assert first[:3] == ["BEGIN:VCARD", "VERSION:3.0", "PRODID:-//salesflow//NONSGML salesflow//ZH"]
    assert first[4:] == [
        "N:王;建国;;;",
        "FN:王建国",
        "ORG:华星宝马",
        "TITLE:总经理",
        "TEL;TYPE=CELL:13900001111",
        "TEL;TYPE=VOICE:028-87654321",
        "TEL;TYPE=WORK:028-85551234",
        "EMAIL;TYPE=INTERNET:w@example.com",
        "X-WECHAT:wang_jg",
        "ADR;TYPE=WORK:;武侯区;机场路1号\\; 2楼;成都市;;;中国",
        "BDAY:1980-11-30",
        "NOTE:爱好：钓鱼",
        "REV:2026-11-24T02:05:00Z",
    ]
    assert values(second, "N") == ["欧阳;娜娜;;;"] and values(second, "ORG") == ["华星宝马;采购部"]
    assert values(second, "BDAY") == ["--0229"] and values(second, "X-SALESFLOW-ROLE") == ["decision_maker"]


def test_uids_stay_and_rev_is_of_the_book(shop: Book, tmp_path: Path) -> None:
    before = [values(card, "UID") for card in cards(shop)]
    first, second = tmp_path / "a.vcf", tmp_path / "b.vcf"
    shop("export", "contacts", "-o", str(first))
    shop("export", "contacts", "-o", str(second), now="2026-11-25T10:00")
    assert first.read_bytes() == second.read_bytes() and stat.S_IMODE(first.stat().st_mode) == 0o600
    shop("contact", "edit", "1", "王建国", "--title", "董事长", now="2026-11-25T10:00")
    after = cards(shop)
    assert [values(card, "UID") for card in after] == before
    assert values(after[0], "REV") == ["2026-11-25T02:00:00Z"]


def test_a_shop_without_people_has_a_card_of_its_own(book: Book) -> None:
    book("add", "远方汽车", "--phone", "021-55556666")
    book("add", "没有电话的店")
    done = book("export", "contacts", "-f", "vcf")
    (card,) = cards(book)
    assert "X-ABShowAs:COMPANY" in card and values(card, "FN") == values(card, "ORG") == ["远方汽车"]
    assert values(card, "TEL") == ["TYPE=WORK:021-55556666"] and values(card, "N") == [";;;;"]
    assert done.err.startswith("1 家")


def test_a_shop_s_mobile_is_on_the_shop_s_card(book: Book) -> None:
    # on a person's card it would be taken for the person's
    book("add", "老王轮胎", "--phone", "13900004444", "--contact", "老王 13900005555")
    firm, person = cards(book)
    assert values(firm, "TEL") == ["TYPE=WORK:13900004444"] and "X-ABShowAs:COMPANY" in firm
    assert values(person, "TEL") == ["TYPE=CELL:13900005555"] and values(person, "N") == [";老王;;;"]


def test_a_mask_hides_phones_and_what_is_personal(shop: Book) -> None:
    shop("edit", "1", "--set", "note=找王总 13900001111")
    whole = "\n".join(cards(shop)[0])
    masked = "\n".join(cards(shop, "--mask")[0])
    for text in ("13900001111", "wang_jg", "w@example.com", "1980-11-30", "钓鱼", "028-87654321"):
        assert text in whole and text not in masked
    assert "139****1111" in masked and "028-85551234" in masked  # the shop's own landline stays
    assert shop("export", "contacts", "-f", "vcf", "--mask").err


def test_filters_choose_whose_people(shop: Book) -> None:
    shop("add", "星奥奥迪", "--area", "锦江区", "--contact", "张三 13900003333")
    assert [values(card, "FN") for card in cards(shop, "--area", "锦江")] == [["张三"]]
    assert len(cards(shop)) == 3


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王建国", ("王", "建国")),
        ("欧阳娜娜", ("欧阳", "娜娜")),
        ("欧阳", ("欧", "阳")),
        ("司马懿", ("司马", "懿")),
        ("王经理", ("王", "经理")),
        ("老王", ("", "老王")),
        ("阿迪力·买买提", ("", "阿迪力·买买提")),
        ("John Smith", ("Smith", "John")),
        ("Cher", ("", "Cher")),
        ("王", ("王", "")),
    ],
)
def test_surname_and_given_name(name: str, parts: tuple[str, str]) -> None:
    assert family_and_given(name) == parts


def test_lines_are_folded_by_bytes_and_no_character_is_split() -> None:
    note = "送样品，看现场; a,b\\c\n第二行𠮷野家🚗\x07" * 30
    data = write_cards(
        [Card("u", "华星宝马", "2026-11-24T10:05", name="王", note=note, place=Place("四川省"))]
    )
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    assert fold("短") == "短".encode() and b"\x07" not in data
    joined = data.replace(b"\r\n ", b"").decode()
    assert "𠮷野家🚗送样品，看现场\\; a\\,b\\\\c\\n第二行" in joined


def test_a_phone_in_a_tag_is_masked_with_the_others(book: Book) -> None:
    book("add", "甲店", "--contact", "王经理 13912345678")
    book("edit", "1", "--tag", "找13912345678")
    assert "找139****5678" in book("export", "contacts", "-f", "vcf", "--mask").out
    assert "13912345678" not in book("export", "contacts", "-f", "vcf", "--mask").out
