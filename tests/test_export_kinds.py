"""Every kind of record out, for programs and for people, and back in; what others read is masked (K8)."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from kit import Book, filled, make

from salesflow.exchange.columns import KINDS as READ
from salesflow.exchange.recognise import find_field

KINDS = (
    "leads", "contacts", "followups", "stages", "orders", "payments", "quotes", "objections", "incidents",
    "competitors", "promises",
)  # fmt: skip
PHONE, SHOP = "13900001234", "028-85551234"


def told(book: Book) -> None:
    """A lead of which there is one record of every kind, and one of which little is known."""
    now = {"now": "2026-11-10T09:00"}
    book("add", "华星宝马", "--phone", SHOP, "--area", "武侯区", "--received", "2026-11-02", "--need", "yes",
         "--contact", f"王建国 {PHONE} 决策人", "--set", "编号=007", **now)  # fmt: skip
    book("edit", "1", "--tag", "重点", "--goal", "5.8万", **now)
    book("contact", "edit", "1", "王建国", "--wechat", "wjg8", "--email", "w@x.cn", "--character", "爽快",
         "--hobbies", "钓鱼", "--birthday", "05-12", "--family", "一儿一女", "--friends", "老李",
         "--department", "采购部", "--weight", "5", **now)  # fmt: skip
    said = (
        "--learned",
        "年底换膜",
        "--did",
        "=送样",
        "--feedback",
        "嫌贵",
        "--progress",
        "愿意试",
        "--result",
        "成了一半",
    )
    book("visit", "1", f"他的手机 {PHONE}", "--with", "王建国", "--grade", "A", *said,
         "--next", "2026-11-27 试贴", **now)  # fmt: skip
    book("advance", "1", "qualified", "--force", "--why", "先走一步", now="2026-11-11T09:00")
    book("objection", "1", "太贵", "--answer", "算一年的账", "--worked", "yes", now="2026-11-12T09:00")
    book("incident", "1", "起泡", "--due", "2026-11-30", now="2026-11-12T09:00")
    book("competitor", "1", "红牌", "--strengths", "便宜", "--price", "300", now="2026-11-12T09:00")
    book("quote", "1", "5.8万", "前挡", "--in-return", "先付三成", now="2026-11-13T09:00")
    book("order", "1", "58000.50", "--no-advance", now="2026-11-14T09:00")
    book("payment", "1", "2万", "--method", "转账", now="2026-11-15T09:00")
    book("add", "先锋汽车", now="2026-11-16T09:00")


@pytest.fixture
def shop(book: Book) -> Book:
    """The book of ``told``."""
    return filled(book, told)


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The records of a csv."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def workbook(path: Path) -> list[dict[str, Any]]:
    """The records of a workbook's first sheet by its titles."""
    found = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_every_format_says_the_same(shop: Book, tmp_path: Path, kind: str) -> None:
    as_list = shop("export", kind, "-f", "json").json
    assert as_list and isinstance(as_list, list)
    assert [json.loads(line) for line in shop("export", kind, "-f", "jsonl").lines] == as_list
    sheet = shop("export", kind, "-f", "csv").out
    assert sheet.startswith("\ufeff") and "\r\n" in sheet
    assert rows(shop("export", kind, "-f", "tsv").out, "\t") == rows(sheet)
    assert len(rows(sheet)) == len(as_list)
    path = tmp_path / "out.xlsx"
    shop("export", kind, "-o", str(path))
    assert len(workbook(path)) == len(as_list)
    # the whole of it as if it had been written at once
    assert shop("export", kind, "-f", "json").out == json.dumps(as_list, ensure_ascii=False, indent=2) + "\n"


def test_records_have_codes_and_their_lead(shop: Book) -> None:
    (followup,) = shop("export", "followups", "-f", "json").json
    assert (followup["lead"], followup["lead_id"], followup["via"]) == ("华星宝马", 1, "visit")
    assert (followup["at"], followup["grade"], followup["next_date"]) == (
        "2026-11-10T09:00",
        "A",
        "2026-11-27",
    )
    assert followup["with"] == "王建国" and followup["answered"] is True and followup["by"] == "陈磊"
    (move,) = shop("export", "stages", "-f", "json").json
    assert (move["stage"], move["from"], move["forced"], move["why"]) == (
        "qualified",
        "info",
        True,
        "先走一步",
    )
    (order,) = shop("export", "orders", "-f", "json").json
    assert (order["signed_on"], order["amount"], order["framework"]) == ("2026-11-14", 58000.5, False)
    (person,) = shop("export", "contacts", "-f", "json").json
    assert (
        person["phones"] == [PHONE]
        and person["roles"] == ["decision_maker"]
        and person["birthday"] == "05-12"
    )
    (payment,) = shop("export", "payments", "-f", "json").json
    assert (payment["amount"], payment["on"]) == (20000, "2026-11-15")


def test_the_filters_of_list_choose_whose_records(shop: Book) -> None:
    for kind in KINDS[1:]:
        assert shop("export", kind, "-f", "json", "--area", "武侯区").json, kind
        assert shop("export", kind, "-f", "json", "--area", "锦江区").json == [], kind
    names = [one["name"] for one in shop("export", "leads", "-f", "json", "--where-missing", "area").json]
    assert names == ["先锋汽车"]
    assert [one["id"] for one in shop("export", "-f", "json", "--sort", "name", "--limit", "1").json] == [1]
    assert shop("export", "leads", "-f", "json", "--tag", "重点").json[0]["id"] == 1
    listed = shop("list", "--untouched", "--json").json
    assert [one["id"] for one in shop("export", "-f", "json", "--untouched").json] == [
        one["id"] for one in listed
    ]


def test_a_kind_by_its_chinese_name(shop: Book) -> None:
    assert shop("export", "跟进", "-f", "json").json == shop("export", "followups", "-f", "json").json
    shop.refuse(2, "export", "folowups")


def test_a_workbook_for_people(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "客户.xlsx"
    done = shop("export", "leads", "-o", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sheet = openpyxl.load_workbook(path).worksheets[0]
    lead = workbook(path)[0]
    # words for codes, days as days, money as numbers, phones as text
    assert (lead["阶段"], lead["需求"], lead["客户状况"], lead["级别"]) == ("有效信息", "有", "在跟", "A")
    assert lead["下次跟进"] == datetime(2026, 11, 27) and lead["目标金额"] == 58000
    assert lead["电话"] == SHOP and lead["编号"] == "007"
    titles = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet[f"{titles['电话']}2"].number_format == "@"
    assert sheet[f"{titles['目标金额']}2"].number_format == "#,##0.00"
    # the header stays in sight and on every page; a filter; A4 across, as wide as the page
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1" and sheet.sheet_properties.pageSetUpPr.fitToPage
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)
    # 华星宝马 is eight cells wide, the header 客户名称 too
    assert sheet.column_dimensions[titles["客户名称"]].width >= 10
    assert sheet.column_dimensions[titles["uid"]].hidden and not sheet.column_dimensions["B"].hidden
    # for others: the person's phone is masked, the shop's own stays
    assert lead["联系人电话"] == "139****1234" and lead["微信"] is None and lead["邮箱"] is None
    assert "1 个" in done.err and "2 项" in done.err and "--with-personal" in done.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind for kind in (*KINDS, "targets") if kind in READ])
def test_import_knows_the_titles_of_a_workbook(shop: Book, tmp_path: Path, kind: str, lang: str) -> None:
    path = tmp_path / "out.xlsx"
    shop("export", kind, "-o", str(path), lang=lang)
    titles = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    keys = rows_header(shop("export", kind, "-f", "csv").out)

    def fields(names: list[str]) -> set[str]:
        found = [find_field(name, kind) for name in names if not name.startswith("custom.")]
        return {one[0] for one in found if one}

    assert fields(titles) == fields(keys)


def rows_header(text: str) -> list[str]:
    """The names of a csv's columns."""
    return next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "json", "xlsx"])
def test_out_and_into_another_book(shop: Book, tmp_path: Path, ending: str) -> None:
    other = make(tmp_path / "other.db", shop.patch)
    kinds = ("leads", "contacts", "stages", "orders", "payments")
    whole = ("--with-personal", "--consent", "2026-11-20") if ending == "xlsx" else ()
    for kind in kinds:
        path = tmp_path / f"{kind}.{ending}"
        shop("export", kind, "-o", str(path), *whole)
        answer = other("import", str(path), "--kind", kind, "--json").json
        assert answer["rejected"] == 0, answer
    for kind, keys in (
        ("leads", ("uid", "name", "phone", "area", "need", "grade", "tags", "custom", "goal_value")),
        ("contacts", ("lead_uid", "name", "phones", "roles", "wechat", "email")),
        ("stages", ("lead_uid", "stage", "at", "why", "by")),
        ("orders", ("lead_uid", "signed_on", "amount", "product", "by")),
        ("payments", ("lead_uid", "on", "amount", "method", "by")),
    ):  # fmt: skip
        ours, theirs = (one("export", kind, "-f", "json").json for one in (shop, other))
        # the order that is imported made a customer of the lead: one move more
        theirs = [[one[key] for key in keys] for one in theirs[: len(ours)]]
        assert theirs == [[one[key] for key in keys] for one in ours], kind
    other("check")


def test_a_cell_is_never_a_formula_nor_a_link(shop: Book, tmp_path: Path) -> None:
    """K5, K6: whatever a spreadsheet would calculate is text, and comes back as it was."""
    bad = [
        "=1+1",
        "+1",
        "-a",
        "@x",
        "＝1",
        "\t=1",
        "'=1",
        "http://x.cn",
        "mailto:a@b.cn",
        "=cmd|' /C calc'!A0",
    ]
    for text in bad:
        shop("edit", "2", "--set", f"{chr(97 + bad.index(text))}a={text.strip()}")
    sheet = shop("export", "leads", "-f", "csv").out
    cells = [cell for row in csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "＝", "\t") or cell[:2] == "-a"]
    path = tmp_path / "out.xlsx"
    shop("export", "leads", "-o", str(path))
    found = openpyxl.load_workbook(path).worksheets[0]
    values = [cell for row in found.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in values} <= {"s", "n", "d"} and not any(
        cell.hyperlink for cell in values
    )
    assert "=1+1" in [cell.value for cell in values] and "http://x.cn" in [cell.value for cell in values]
    other = make(tmp_path / "other.db", shop.patch)
    (tmp_path / "out.csv").write_text(sheet, encoding="utf-8", newline="")
    for source in ("out.csv", "out.xlsx"):
        other("import", str(tmp_path / source))
    assert other.show("先锋汽车")["custom"] == shop.show(2)["custom"]


def test_control_characters_are_written_out_and_lines_stay_lines(shop: Book, tmp_path: Path) -> None:
    """K6: no program is steered by old data, in a text file nor in a workbook."""
    with_sql(shop, "UPDATE followup SET note = ? WHERE id = 1", "一\x1b[2J\u202e\n二\x07")
    text = shop("export", "followups", "-f", "csv").out
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text
    assert rows(text)[0]["note"] == "一\\x1b[2J\\u202e\n二\\x07"
    path = tmp_path / "out.xlsx"
    shop("export", "followups", "-o", str(path))
    assert workbook(path)[0]["内容"] == "一\\x1b[2J\\u202e\n二\\x07"


def with_sql(book: Book, query: str, *values: Any) -> None:
    """The book after a change that no command makes: what an older program may have left."""
    import sqlite3

    connection = sqlite3.connect(book.path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(query, values)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_cell_too_long_for_a_workbook_is_cut_and_said(shop: Book, tmp_path: Path) -> None:
    with_sql(shop, "UPDATE followup SET note = ? WHERE id = 1", "长" * 40_000)
    path = tmp_path / "out.xlsx"
    done = shop("export", "followups", "-o", str(path), lang="en")
    assert "1 cells" in done.err and len(workbook(path)[0]["Note"]) == 32_767
    assert len(rows(shop("export", "followups", "-f", "csv").out)[0]["note"]) == 40_000


# What others read (K8, J9)

PRIVATE = (PHONE, "wjg8", "w@x.cn", "爽快", "钓鱼", "05-12", "一儿一女", "老李")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_handed_in_holds_no_phone_of_a_person_and_nothing_personal(
    shop: Book, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "out.xlsx"
    shop("export", kind, "-o", str(path))
    said = "\n".join(str(value) for row in workbook(path) for value in row.values())
    assert not [one for one in PRIVATE if one in said]
    for fmt in ("csv", "tsv", "json", "jsonl"):
        masked = shop("export", kind, "-f", fmt, "--mask").out
        assert not [one for one in PRIVATE if one in masked], (kind, fmt)


def test_what_the_rep_keeps_is_whole(shop: Book) -> None:
    for fmt in ("csv", "tsv", "json", "jsonl"):
        text = shop("export", "contacts", "-f", fmt).out
        assert not [one for one in PRIVATE if one not in text], fmt
        assert PHONE in shop("export", "followups", "-f", fmt).out
        assert SHOP in shop("export", "leads", "--mask", "-f", fmt).out


def test_before_a_deal_the_customer_must_have_agreed(shop: Book, tmp_path: Path) -> None:
    path = str(tmp_path / "out.xlsx")
    done = shop("export", "contacts", "-o", path, "--with-personal")
    assert "--consent" in done.err and "华星宝马" in done.err
    assert workbook(Path(path))[0]["电话"] == "139****1234" and workbook(Path(path))[0]["性格"] is None
    steps = shop.steps()
    done = shop("export", "contacts", "-o", path, "--with-personal", "--consent", "昨天", "--why", "给厂家")
    person = workbook(Path(path))[0]
    assert (person["电话"], person["性格"], person["微信"]) == (PHONE, "爽快", "wjg8")
    assert "打码" not in done.err and shop.steps() == steps + 1
    # it is written down, told, used again without a word, and can be taken back
    (consent,) = shop.show(1)["consents"]
    assert (consent["given_on"], consent["purpose"], consent["by"]) == ("2026-11-23", "给厂家", "陈磊")
    assert "2026-11-23" in shop("show", "1").out and "给厂家" in shop("show", "1").out
    assert "--consent" not in shop("export", "contacts", "-o", path, "--with-personal").err
    assert workbook(Path(path))[0]["电话"] == PHONE
    shop("undo")
    assert shop.show(1)["consents"] == []


def test_a_terminal_asks_whether_the_customer_agreed(shop: Book, tmp_path: Path) -> None:
    path = str(tmp_path / "out.xlsx")
    done = shop("export", "contacts", "-o", path, "--with-personal", tty=True, answers=["n"])
    assert "华星宝马" in done.err and workbook(Path(path))[0]["电话"] == "139****1234"
    assert shop.show(1)["consents"] == []
    shop("export", "contacts", "-o", path, "--with-personal", tty=True, answers=["y"])
    assert workbook(Path(path))[0]["电话"] == PHONE
    assert [one["given_on"] for one in shop.show(1)["consents"]] == ["2026-11-24"]


def test_after_the_deal_nobody_is_asked(shop: Book, tmp_path: Path) -> None:
    path = str(tmp_path / "out.xlsx")
    shop("advance", "1", "customer", "--force", "--why", "签了")
    done = shop("export", "contacts", "--limit", "1", "-o", path, "--with-personal")
    assert workbook(Path(path))[0]["电话"] == PHONE and "--consent" not in done.err


def test_a_consent_by_itself(shop: Book) -> None:
    shop("edit", "1", "--consent", "2026-11-20", "--why", "给总部")
    assert [one["given_on"] for one in shop.show(1)["consents"]] == ["2026-11-20"]
    assert shop("edit", "1", "--consent", "-", "--json").json["consents"] == []
    assert "没有" in shop("edit", "1", "--consent", "no").out
    shop.refuse(1, "edit", "1", "--consent", "2026-12-20")
    shop.refuse(2, "edit", "1", "--consent", "尽快")
    shop.refuse(2, "edit", "1", "--consent", "今天", "--goal", "1万")
    shop.refuse(2, "export", "leads", "--consent", "今天")


def test_a_masked_phone_is_never_imported(shop: Book, tmp_path: Path) -> None:
    other = make(tmp_path / "other.db", shop.patch)
    for kind in ("leads", "contacts"):
        path = tmp_path / f"{kind}.csv"
        shop("export", kind, "--mask", "-o", str(path))
        other("import", str(path), "--kind", kind)
    assert [one["phones"] for one in other("export", "contacts", "-f", "json").json] == [[]]
    assert "*" not in str(other("list", "--json").json)


# Faults (A6, A7)


def test_the_old_file_stays_where_the_disk_is_full(shop: Book, tmp_path: Path) -> None:
    """A6: the file grows no further than a full disk lets it; the good export of yesterday is still there."""
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048));"
        "from salesflow.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    for number in range(40):
        shop("add", f"第{number}家店")
    environ = {**os.environ, "SALESFLOW_DB": str(shop.path), "SALESFLOW_LANG": "en", "PYTHONPATH": str(ROOT)}
    for name in ("leads.csv", "leads.jsonl", "leads.xlsx"):
        path = tmp_path / name
        path.write_text("yesterday")
        done = subprocess.run(
            [sys.executable, "-c", code, "export", "leads", "-o", str(path)],
            env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 5 and done.stdout == "", done
        assert "Traceback" not in done.stderr and 1 <= done.stderr.count("\n") <= 2, done.stderr
        assert path.read_text() == "yesterday"
    assert not list(tmp_path.glob(".*.part"))


def test_an_interrupted_export_leaves_the_old_file(
    shop: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from salesflow.reports import outgoing

    def stop(*_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(outgoing, "_lead_records", stop)
    for name in ("out.csv", "out.xlsx"):
        path = tmp_path / name
        path.write_text("old")
        shop("export", "leads", "-o", str(path), code=130)
        assert path.read_text() == "old" and not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("fmt", ["csv", "json", "jsonl"])
def test_a_full_or_closed_stdout_is_told(shop: Book, fmt: str) -> None:
    """A7, A9."""
    environ = {**os.environ, "SALESFLOW_DB": str(shop.path), "SALESFLOW_LANG": "en", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "salesflow", "export", "leads", "-f", fmt]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command, env=environ, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 5 and "Traceback" not in done.stderr and done.stderr.count("\n") <= 2
    piped = subprocess.run(
        f"{' '.join(command)} | head -c 1", shell=True, env=environ, capture_output=True, check=False
    )
    assert piped.stderr == b""


def test_a_workbook_wants_a_file(shop: Book, tmp_path: Path) -> None:
    shop.refuse(2, "export", "leads", "-f", "xlsx")
    shop.refuse(2, "export", "leads", "-f", "xlsx", "-o", "-")
    shop.refuse(2, "export", "leads", "1", "-f", "csv")
    shop.refuse(2, "export", "followups", "-f", "vcf", "-o", str(tmp_path / "x.vcf"))
    # -f beats the ending
    path = tmp_path / "out.txt"
    shop("export", "leads", "-f", "xlsx", "-o", str(path))
    assert openpyxl.load_workbook(path.rename(tmp_path / "out.xlsx")).sheetnames == ["客户"]


def test_a_book_is_never_written_over(shop: Book, tmp_path: Path) -> None:
    before = shop.path.read_bytes()
    shop.refuse(1, "export", "leads", "-f", "csv", "-o", str(shop.path))
    assert shop.path.read_bytes() == before


def test_progress_is_for_a_terminal_alone(shop: Book, tmp_path: Path) -> None:
    assert shop("export", "leads", "-o", str(tmp_path / "a.csv")).err.count("\n") == 1
    assert "客户" in shop("export", "leads", "-o", str(tmp_path / "b.csv"), tty=True).err


def test_thousands_of_leads_in_little_memory(book: Book, tmp_path: Path) -> None:
    """What is written grows, what is held does not: ten times the leads take no tenth more."""
    head = "店名,电话,城市,区域,联系人,手机,备注\n"
    lines = [
        f"第{number}号汽车销售服务有限公司,028-8{number:07},成都,武侯区,王{number},139{number:08},备注{number}\n"
        * 1
        for number in range(6000)
    ]
    (tmp_path / "in.csv").write_text(head + "".join(lines), encoding="utf-8")
    book("import", str(tmp_path / "in.csv"))
    code = (
        "import resource, sys; from salesflow.cli import main; sys.argv[1:] and main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    environ = {**os.environ, "SALESFLOW_DB": str(book.path), "SALESFLOW_LANG": "en", "PYTHONPATH": str(ROOT)}

    def held(*words: str) -> int:
        command = [sys.executable, "-c", code, "export", "leads", "-o", str(tmp_path / "out.csv"), *words]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert held() < held("--limit", "600") * 1.1
    assert len(rows((tmp_path / "out.csv").read_text(encoding="utf-8"))) in (600, 6000)


def test_why_a_lead_was_lost_is_said_in_words_and_known_again(shop: Book, tmp_path: Path) -> None:
    """In a workbook the reason has its title, as the stage has, and the sheet comes into another book."""
    shop("lose", "2", "--reason", "price", now="2026-11-17T09:00")
    path = tmp_path / "stages.xlsx"
    shop("export", "stages", "-o", str(path))
    title = next(
        one["titles"]["zh"]
        for one in shop("process", "show", "--json").json["lost"]
        if one["code"] == "price"
    )
    assert workbook(path)[-1]["丢单原因"] == title
    other = make(tmp_path / "other.db", shop.patch)
    other("add", "先锋汽车", now="2026-11-02T09:00")
    other("import", str(path), "--kind", "stages", "--map", "lead_uid=-", "--map", "客户编号=-", "--json")
    assert other.show("先锋汽车")["status_moves"][-1]["reason"] == "price"
