"""vCards in: every version, encoding and make that phones and mail programs write, a card a row."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path
from typing import Any

import pytest
from kit import Book


def card(*lines: str, version: str = "3.0") -> str:
    """One card of these lines."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def quoted(text: str, encoding: str = "utf-8") -> str:
    """A text as quoted-printable."""
    lines = [
        quopri.encodestring(line.encode(encoding), quotetabs=True).decode() for line in text.split("\r\n")
    ]
    return "=0D=0A".join(lines).replace("=\n", "").replace(" ", "=20")


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(data)``: the file imported; the answer."""

    def imported(data: str | bytes, *words: str, name: str = "people.vcf", **more: Any) -> dict[str, Any]:
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        found: dict[str, Any] = book("import", str(file), "--json", *words, **more).json
        assert found["rows"] == sum(
            found[key] for key in ("added", "updated", "unchanged", "duplicates", "rejected")
        )
        return found

    return imported


def person(book: Book, lead: int = 1, place: int = 0) -> dict[str, Any]:
    """A person of the lead, in the order in which they came."""
    found: dict[str, Any] = book.show(lead)["contacts"][place]
    return found


# --- versions and makes


ANDROID = card(
    f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('王')};{quoted('建国')};;;",
    f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('王建国')}",
    "TEL;CELL;PREF:139-0000-1111",
    "TEL;WORK:028-85551234",
    "EMAIL;WORK:wang@example.com",
    f"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('华星宝马')};{quoted('销售部')}",
    f"TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('总经理')}",
    f"ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;{quoted('机场路1号')};{quoted('成都市')};{quoted('四川省')};;",
    "BDAY:1980-11-30",
    version="2.1",
)
IPHONE = card(
    "PRODID:-//Apple Inc.//iPhone OS 17.0//EN",
    "N:王;建国;;;",
    "FN:王建国",
    "ORG:华星宝马;销售部",
    "TITLE:总经理",
    "item1.TEL;type=pref:028-85551234",
    "item1.X-ABLabel:店里",
    "TEL;type=CELL;type=VOICE:+86 139 0000 1111",
    "item2.EMAIL;type=INTERNET:wang@example.com",
    "item2.X-ABLabel:_$!<Other>!$_",
    "item3.ADR;type=WORK:;;机场路1号;成都市;四川省;610000;中国",
    "item3.X-ABADR:cn",
    "BDAY;value=date:1980-11-30",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEB",
    " AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAf==",
)
OUTLOOK = (
    card(
        "N;LANGUAGE=zh-cn;CHARSET=gb2312:王;建国",
        "FN;CHARSET=gb2312:建国 王",
        "ORG;CHARSET=gb2312:华星宝马;销售部",
        "TITLE;CHARSET=gb2312:总经理",
        "TEL;WORK;VOICE:(028) 85551234",
        "TEL;CELL;VOICE:139 0000 1111",
        "ADR;WORK;PREF;CHARSET=gb2312:;;机场路1号;成都市;四川省;610000;中华人民共和国",
        "LABEL;WORK;PREF;CHARSET=gb2312;ENCODING=QUOTED-PRINTABLE:=BB=FA=B3=A1=C2=B71=BA=C5=0D=0A=",
        "=B3=C9=B6=BC=CA=D0",
        "BDAY:19801130",
        "EMAIL;PREF;INTERNET:wang@example.com",
        "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2",
        "REV:20261101T080000Z",
        version="2.1",
    )
).encode("gbk")
FOUR = card(
    "KIND:individual",
    "FN:王建国",
    "N:王;建国;;;",
    "ORG;SORT-AS=huaxing:华星宝马;销售部",
    "TITLE:总经理",
    'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+86-139-0000-1111',
    "TEL;VALUE=uri;TYPE=work:tel:+86-28-8555-1234",
    "EMAIL;TYPE=work:wang@example.com",
    'ADR;TYPE=work;LABEL="机场路1号; 成都: 四川":;;机场路1号;成都市;四川省;610000;中国',
    "BDAY:19801130",
    version="4.0",
)


@pytest.mark.parametrize(
    "data", [ANDROID, IPHONE, OUTLOOK, FOUR], ids=["android", "iphone", "outlook", "4.0"]
)
def test_each_make_says_the_same(book: Book, take: Any, data: str | bytes) -> None:
    done = take(data)
    assert (done["added"], done["rejected"], done["custom"]) == (1, 0, [])
    lead = book.show(1)
    assert (lead["name"], lead["phone"], lead["city"], lead["province"]) == (
        "华星宝马", "028-85551234", "成都市", "四川省",
    )  # fmt: skip
    assert lead["address"] == "机场路1号"
    found = person(book)
    assert {key: found[key] for key in ("name", "title", "phones", "email", "birthday", "department")} == {
        "name": "王建国",
        "title": "总经理",
        "phones": ["13900001111"],
        "email": "wang@example.com",
        "birthday": "1980-11-30",
        "department": "销售部",
    }
    assert len(lead["contacts"]) == 1
    # the same file once more adds nothing
    again = take(data)
    assert (again["added"], again["duplicates"]) == (0, 1)
    assert len(book.show(1)["contacts"]) == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_any_encoding_and_any_line_end(book: Book, take: Any, encoding: str, ending: str) -> None:
    text = card(
        "N:欧阳;娜娜;;;", "FN:欧阳娜娜", "ORG:镕泰汽车", "TEL;TYPE=CELL:13900002222", "NOTE:联通大厦，喝茶"
    )
    done = take(text.replace("\r\n", ending).encode(encoding))
    assert (done["added"], done["rejected"]) == (1, 0)
    assert done["encoding"] == encoding.replace("-sig", "").replace("gbk", "gb18030")
    assert (book.show(1)["name"], person(book)["name"]) == ("镕泰汽车", "欧阳娜娜")
    assert book.show(1)["note"] == "联通大厦，喝茶"


def test_it_is_told_by_its_content_and_not_by_its_name(book: Book, take: Any) -> None:
    assert take("\n\n" + FOUR.replace("BEGIN:VCARD", "begin:vcard"), name="通讯录.txt")["added"] == 1


def test_a_file_that_is_none_is_refused_by_name(book: Book, tmp_path: Path) -> None:
    for name, text in (
        ("a.vcf", "店名,电话\n华星,13900001111\n"),
        ("b.vcf", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert "BEGIN:VCARD" in book.refuse(5, "import", str(file)).err


# --- folds, escapes, pictures


def test_folds_within_a_character_and_soft_breaks_are_undone(book: Book, take: Any) -> None:
    note = "早上联系；带\\样品, 合同" * 5
    value = note.replace("\\", "\\\\").replace(",", "\\,").encode()
    pieces = [value[at : at + 50] for at in range(0, len(value), 50)]  # 50 is no multiple of three
    soft = quoted("看样品\r\n再定" * 20)
    broken = [soft[at : at + 69] for at in range(0, len(soft), 69)]  # of three characters each
    data = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\xe7\x8e\x8b\r\n\t\xe6\x80\xbb\r\nORG:A\r\nNOTE:"
        + b"\r\n ".join(pieces)
        + b"\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nORG:B\r\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
        + "=\r\n".join(broken).encode()
        + b"\r\nEND:VCARD\r\n"
    )
    assert take(data)["added"] == 2
    assert (person(book)["name"], book.show(1)["note"]) == ("王总", note)
    assert book.show(2)["note"].splitlines() == ["看样品", *["再定看样品"] * 19, "再定"]


def test_pictures_are_passed_over(book: Book, take: Any) -> None:
    picture = base64.b64encode(bytes(range(256)) * 400).decode()
    lines = [picture[at : at + 72] for at in range(0, len(picture), 72)]
    text = (
        card(
            "FN:王总",
            "ORG:A",
            "PHOTO;ENCODING=BASE64;JPEG:" + "\r\n ".join(lines),
            "",
            "TEL;CELL:13900001111",
            version="2.1",
        )
        + card(
            "FN:李总",
            "ORG:B",
            "PHOTO;JPEG;ENCODING=BASE64:" + "\r\n".join(lines),
            "",
            "TEL;CELL:13900002222",
            version="2.1",
        )
        + card(
            "FN:张总", "ORG:C", f"PHOTO:data:image/jpeg;base64,{picture}", "TEL:13900003333", version="4.0"
        )
    )
    done = take(text)
    assert (done["added"], done["custom"]) == (3, [])
    assert [person(book, lead)["phones"] for lead in (1, 2, 3)] == [
        ["13900001111"], ["13900002222"], ["13900003333"],
    ]  # fmt: skip


def test_escapes_are_cleared_by_version(book: Book, take: Any) -> None:
    take(
        card("FN:A", r"ORG:甲\; 乙\, 丙;部门", r"NOTE:一\n二\\n三")
        + card("FN:B", "ORG:丁", r"NOTE:路径 D:\new", version="2.1")
    )
    assert (book.show(1)["name"], book.show(1)["note"]) == ("甲; 乙, 丙", "一\n二\\n三")
    assert book.show(2)["note"] == r"路径 D:\new"


# --- who is who


TELEPHONE_BOOK = (
    card("FN:妈", "TEL;TYPE=CELL:13900000001")
    + card("FN:10086", "TEL:10086")
    + card("N:王;建国;;;", "FN:王建国", "ORG:华星宝马", "TEL;TYPE=CELL:13900001111")
    + card("FN:李师傅修水管", "TEL;TYPE=CELL:13900000002")
)


def test_who_has_no_firm_does_not_become_a_lead_in_silence(book: Book, take: Any, tmp_path: Path) -> None:
    """Each is named, with the two ways to take them; the rejects, with a firm filled in, come in."""
    file, out = tmp_path / "手机.vcf", tmp_path / "不收.csv"
    file.write_text(TELEPHONE_BOOK, "utf-8")
    done = book("import", str(file), "--rejects", str(out), "--json")
    assert [done.json[name] for name in ("rows", "added", "rejected")] == [4, 1, 3]
    assert [("妈" in done.json["rejects"][0]["reason"]), len(book("list", "--json").json)] == [True, 1]
    assert "3" in done.err and "--people" in done.err and "--default name=" in done.err
    rows = out.read_text("utf-8-sig").splitlines()
    place = rows[0].split(",").index("公司名称")
    told = rows[-1].split(",")
    told[place] = "锦泰奥迪"
    out.write_text("\n".join([rows[0], ",".join(told)]), "utf-8")
    book("import", str(out))
    assert [one["name"] for one in book.show("锦泰奥迪")["contacts"]] == ["李师傅修水管"]


def test_people_without_a_firm_as_leads_or_of_one_lead(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "手机.vcf"
    file.write_text(TELEPHONE_BOOK, "utf-8")
    done = book("import", str(file), "--people", "--json")
    assert (done.json["added"], done.err) == (4, "")
    assert sorted(one["name"] for one in book("list", "--json").json) == [
        "10086",
        "华星宝马",
        "妈",
        "李师傅修水管",
    ]
    book("undo")
    done = book("import", str(file), "--default", "name=散客", "--json")
    assert (done.json["added"], done.json["duplicates"], done.json["rejected"]) == (2, 2, 0)
    assert [one["name"] for one in book.show("散客")["contacts"]] == ["妈", "10086", "李师傅修水管"]


@pytest.mark.parametrize(("answer", "leads"), [("", 1), ("n", 1), ("y", 4)])
def test_on_a_terminal_it_is_asked(book: Book, tmp_path: Path, answer: str, leads: int) -> None:
    file = tmp_path / "手机.vcf"
    file.write_text(TELEPHONE_BOOK, "utf-8")
    done = book("import", str(file), tty=True, answers=[answer, ""])
    assert "3" in done.err and "妈、10086、李师傅修水管" in done.err
    assert len(book("list", "--json").json) == leads


def test_without_a_firm_the_person_is_the_lead(book: Book, take: Any) -> None:
    take(card("N:张;三;;;", "FN:张三", "TEL;TYPE=CELL:13900003333", "TEL;TYPE=HOME:028-87654321"), "--people")
    lead = book.show(1)
    assert (lead["name"], lead["phone"]) == ("张三", None)
    assert (person(book)["name"], person(book)["phones"]) == ("张三", ["13900003333", "028-87654321"])


def test_a_card_of_a_firm_has_nobody(book: Book, take: Any) -> None:
    take(
        card(
            "N:;;;;",
            "FN:远方汽车",
            "ORG:远方汽车",
            "X-ABShowAs:COMPANY",
            "TEL;TYPE=MAIN:13900004444",
            "TEL:021-55556666",
        )
        + card("ORG:星奥奥迪", "TEL;WORK:400-800-1234", version="2.1")
        + card("KIND:org", "FN:先锋汽车", "TEL;TYPE=cell:13900005555", "EMAIL:x@example.com", version="4.0")
    )
    assert [(book.show(lead)["name"], book.show(lead)["contacts"]) for lead in (1, 2, 3)] == [
        ("远方汽车", []), ("星奥奥迪", []), ("先锋汽车", []),
    ]  # fmt: skip
    assert book.show(1)["phone"] == "13900004444 / 021-55556666"
    assert book.show(3)["note"] == "邮箱：x@example.com"


def test_people_of_one_firm_are_of_one_lead(book: Book, take: Any) -> None:
    done = take(
        card("FN:王建国", "ORG:华星宝马", "TEL;TYPE=CELL:13900001111", "NOTE:先找他", "CATEGORIES:重点")
        + card(
            "FN:李四",
            "ORG:华星宝马;销售部",
            "TEL;TYPE=CELL:13900002222",
            "TEL;TYPE=WORK:028-85551234",
            "NOTE:管钱",
        )
        + card(
            "FN:赵六",
            "ORG: 华星宝马",
            "X-WECHAT:zhao6",
            "CATEGORIES:4S,重点",
            "ADR;TYPE=WORK:;;机场路1号;成都市;;;",
        )
    )
    assert (done["rows"], done["added"], done["duplicates"]) == (3, 1, 2)
    lead = book.show(1)
    assert [one["name"] for one in lead["contacts"]] == ["王建国", "李四", "赵六"]
    assert (lead["phone"], lead["address"], lead["tags"]) == ("028-85551234", "机场路1号", ["重点", "4S"])
    assert lead["note"] == "先找他\n李四：管钱"
    assert lead["contacts"][2]["wechat"] == "zhao6"


def test_shops_of_one_name_in_two_places_are_two(book: Book, take: Any) -> None:
    take(
        card("FN:王总", "ORG:华星宝马", "ADR;TYPE=WORK:;;机场路1号;成都市;;;")
        + card("FN:李总", "ORG:华星宝马", "ADR;TYPE=WORK:;;解放路2号;重庆市;;;")
        + card("FN:赵总", "ORG:华星宝马", "ADR;TYPE=WORK:;;解放路2号;重庆市;;;")
    )
    assert [len(book.show(lead)["contacts"]) for lead in (1, 2)] == [1, 2]


@pytest.mark.parametrize(
    ("line", "phones", "shop"),
    [
        ("TEL;TYPE=CELL:13900001111", ["13900001111"], None),
        ("TEL:13900001111", ["13900001111"], None),
        ("TEL;TYPE=WORK:028-85551234", [], "028-85551234"),
        ("TEL:028-85551234", [], "028-85551234"),
        ("TEL;TYPE=HOME:028-85551234", ["028-85551234"], None),
        ("TEL;TYPE=VOICE:028-85551234", ["028-85551234"], None),
        ("TEL;TYPE=WORK:02885551234,8001", [], "028-85551234 转 8001"),
        ("TEL;VALUE=uri;TYPE=work:tel:+86-28-85551234;ext=8001", [], "028-85551234 转 8001"),
        ("item1.TEL:028-85551234\r\nitem1.X-ABLabel:总机", [], "028-85551234"),
        ("TEL;TYPE=\"cell,voice\":86 139-0000-1111", ["13900001111"], None),
    ],
)  # fmt: skip
def test_whose_a_phone_is(book: Book, take: Any, line: str, phones: list[str], shop: str | None) -> None:
    take(card("FN:王总", "ORG:华星宝马", line))
    assert (person(book)["phones"], book.show(1)["phone"]) == (phones, shop)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BDAY:1980-11-30", "1980-11-30"),
        ("BDAY:19801130T000000Z", "1980-11-30"),
        ("BDAY:--1130", "11-30"),
        ("BDAY:--11-30", "11-30"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "02-29"),
        ("BDAY;VALUE=date:1980-11-30", "1980-11-30"),
    ],
)
def test_birthdays(book: Book, take: Any, line: str, day: str) -> None:
    take(card("FN:王总", "ORG:华星宝马", line))
    assert person(book)["birthday"] == day


@pytest.mark.parametrize(
    "line",
    [
        "X-WECHAT:wang_jg", "X-WEIXIN:wang_jg", "IMPP;X-SERVICE-TYPE=WeChat:x-apple:wang_jg",
        "IMPP;type=work:weixin:wang_jg", "X-SOCIALPROFILE;type=wechat:x-apple:wang_jg",
    ],
)  # fmt: skip
def test_wechat(book: Book, take: Any, line: str) -> None:
    take(card("FN:王总", "ORG:华星宝马", line))
    assert person(book)["wechat"] == "wang_jg"


def test_what_no_field_takes_stands_in_the_note(book: Book, take: Any) -> None:
    take(
        card(
            "FN:王总", "ORG:华星宝马", "EMAIL:a@example.com", "EMAIL:b@example.com", "TEL;TYPE=FAX:028-85550000",
            "X-QQ:12345", "URL:https://example.com", "ADR;TYPE=HOME:;;家里路3号;成都市;;;",
        )
    )  # fmt: skip
    lead = book.show(1)
    assert lead["address"] is None and person(book)["email"] == "a@example.com"
    for text in ("b@example.com", "028-85550000", "QQ：12345", "https://example.com", "家里路3号"):
        assert text in lead["note"]


# --- what is broken


def test_broken_cards_are_rejected_by_number_and_the_others_taken(
    book: Book, take: Any, tmp_path: Path
) -> None:
    good = card("FN:王总", "ORG:甲店", "TEL;TYPE=CELL:13900001111", "NOTE:好的好的好的")
    text = (
        good
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:没尾\r\nORG:乙店\r\n"
        + card("TEL:13900002222")
        + card("KIND:group", "FN:客户们", "MEMBER:urn:uuid:1", version="4.0")
        + card("FN:李总", "ORG:丙店")
    ).encode()
    text += b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + b"\xff\xfe\x80" + b"\r\nEND:VCARD\r\n"
    rejects = tmp_path / "rejects.csv"
    done = take(text, "--rejects", str(rejects))
    assert (done["rows"], done["added"], done["rejected"]) == (6, 2, 4)
    assert [one["row"] for one in done["rejects"]] == [2, 3, 4, 6]
    assert "END:VCARD" in done["rejects"][0]["reason"]
    assert [book.show(lead)["name"] for lead in (1, 2)] == ["甲店", "丙店"]
    assert "没尾" in rejects.read_text(encoding="utf-8-sig")


def test_a_card_within_a_card_is_passed_over(book: Book, take: Any) -> None:
    inner = card("FN:秘书", "TEL:13900009999", version="2.1").rstrip()
    done = take(
        card("FN:王总", "ORG:甲店", "AGENT:", *inner.split("\r\n"), "TEL;CELL:13900001111", version="2.1")
    )
    assert (done["rows"], done["added"]) == (1, 1)
    assert person(book)["phones"] == ["13900001111"]


def test_a_card_that_was_masked_brings_no_phone(book: Book, take: Any) -> None:
    take(card("FN:王总", "ORG:甲店", "TEL;TYPE=CELL:139****1111"))
    assert person(book)["phones"] == []


def test_an_endless_value_is_rejected_and_not_held(book: Book, take: Any) -> None:
    done = take(card("FN:王总", "ORG:甲店", "NOTE:" + "长" * 400_000) + card("FN:李总", "ORG:乙店"))
    assert (done["added"], done["rejected"]) == (1, 1) and done["rejects"][0]["row"] == 1


# --- there and back


def test_our_own_cards_bring_the_same_people(book: Book, take: Any, tmp_path: Path) -> None:
    sheet = tmp_path / "own.csv"
    sheet.write_text(
        "店名,联系人,职务,手机,电话,微信,邮箱,生日,部门,角色,省份,城市,区域,地址,纬度,经度,标签,备注\n"
        "华星宝马,王建国,总经理,13900001111,028-85551234 转 8001,wang_jg,w@example.com,1980-11-30,销售部,决策人,"
        '四川省,成都市,武侯区,"机场路1号; 2楼, 东",30.5,104.06,重点、大,一句备注\n'
        '华星宝马,欧阳娜娜,,13900002222,,,,02-29,,,四川省,成都市,武侯区,"机场路1号; 2楼, 东",,,,\n'
        "远方汽车,,,,13900003333 / 021-55556666,,,,,,,,,,,,,\n"
        "老王轮胎,老王,,13900004444,,,,,,,,,,,,,,\n",
        encoding="utf-8",
    )
    book("import", str(sheet))
    book("contact", "edit", "1", "欧阳娜娜", "--phone", "028-87654321")
    book("export", "contacts", "-f", "vcf", "-o", str(tmp_path / "all.vcf"))
    people = book("export", "contacts", "--json").json
    leads = [book.show(lead) for lead in (1, 2, 3)]
    other = Book(tmp_path / "new.db", book.patch)
    other("init", "--rep", "陈磊")
    other("import", str(tmp_path / "all.vcf"))
    ours = ("lead_uid", "uid")
    again = other("export", "contacts", "--json").json
    assert [{k: v for k, v in one.items() if k not in ours} for one in again] == [
        {k: v for k, v in one.items() if k not in ours} for one in people
    ]
    same = ("name", "phone", "province", "city", "area", "address", "lat", "lng", "tags", "note")
    for lead, known in enumerate(leads, 1):
        assert {key: other.show(lead)[key] for key in same} == {key: known[key] for key in same}


def test_thousands_of_cards_two_to_a_firm(book: Book, take: Any) -> None:
    text = "".join(
        card(f"FN:王{i}", f"ORG:名片汽车{i // 2}店", f"TEL;TYPE=CELL:138{i:08}") for i in range(5000)
    )
    done = take(text)
    assert (done["added"], done["duplicates"], done["rejected"]) == (2500, 2500, 0)
    assert book.sql("SELECT count(*), count(DISTINCT lead_id) FROM contact") == [(5000, 2500)]
