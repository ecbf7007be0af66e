"""The manuals' own forms as workbooks: read back cell by cell, and by LibreOffice where it is."""

from __future__ import annotations

import shutil
import stat
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from kit import Book


@pytest.fixture
def shop(book: Book) -> Book:
    """A book with a lead of which much is known, one of which little is, and one of last month."""
    now = "2026-11-16T09:00"
    more = ("--set", "volume_month=30", "--set", "ownership=独资", "--set", "supplier=某国产膜")
    book("add", "华星宝马", "--phone", "028-85551234", "--area", "武侯区", "--received", "2026-11-16", *more,
         "--contact", "王建国 13900001111 决策人", "--set", "brands=宝马、MINI", now=now)  # fmt: skip
    personal = ("--character", "爽快", "--hobbies", "钓鱼", "--birthday", "1980-05-06")
    book("contact", "edit", "1", "王建国", *personal, now=now)
    told = (
        "--learned",
        "年底换膜",
        "--did",
        "送色卡",
        "--feedback",
        "嫌贵",
        "--progress",
        "愿意试",
        "--grade",
        "H",
    )
    book("log", "1", "看样品，他手机 13800002222", "--at", "2026-11-17 10:00", *told,
         "--next", "2026-11-27 试贴", now="2026-11-17T11:00")  # fmt: skip
    book("edit", "1", "--goal", "5.8万", "--goal-on", "2026-12-31", now=now)
    book("add", "先锋汽车", "--received", "2026-11-23", now="2026-11-23T09:00")
    book("add", "老店", "--received", "2026-10-05", now="2026-11-16T09:00")
    book("team", "sign", "1", "--by", "周助理", "--as", "verified", now="2026-11-20T17:00")
    return book


def sheet(path: Path) -> Any:
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(path).worksheets[0]


def texts(found: Any) -> list[str]:
    """All texts of a sheet."""
    return [str(cell.value) for row in found.iter_rows() for cell in row if cell.value is not None]


def table(found: Any, first: str) -> list[dict[str, Any]]:
    """The rows below the header that begins with ``first``, by its names, up to the first empty one."""
    rows = list(found.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == first)
    below = []
    for row in rows[start + 1 :]:
        if row[0] is None or not isinstance(row[0], int):
            break
        below.append(dict(zip(rows[start], row, strict=True)))
    return below


def test_the_customer_record(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "客户.xlsx"
    done = shop("export", "customer-record", "华星", "-o", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = sheet(path)
    said = texts(found)
    assert found["A1"].value == "客户信息记录表"
    for fact in (
        "华星宝马",
        "028-85551234",
        "独资",
        "某国产膜",
        "日 1.0　月 30　年 360",
        "宝马、MINI",
        "武侯区",
        "王建国",
    ):
        assert fact in said, fact
    # for others: the phone is masked, what is personal left out, and both are said
    assert "139****1111" in said and not {"13900001111", "爽快", "钓鱼", "爽快、钓鱼"} & {*said}
    assert "1 个" in done.err and "3 项" in done.err and "--with-personal" in done.err
    # the goal is a number, the days are days, the signature made stands with its day, the others have room
    values = [cell.value for row in found.iter_rows() for cell in row]
    assert 58000 in values and datetime(2026, 12, 31) in values
    assert any("核实：周助理" in text and "2026-11-20" in text for text in said)
    assert any(text.startswith("审核：____") for text in said)
    assert (found.page_setup.paperSize, found.page_setup.fitToHeight) == (9, 0)
    assert found.page_setup.orientation == "portrait" and found.sheet_properties.pageSetUpPr.fitToPage


def test_with_the_customers_consent_the_record_is_whole(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "record.xlsx"
    done = shop("export", "customer-record", "1", "-o", str(path), "--with-personal")
    assert "--consent" in done.err and "13900001111" not in texts(sheet(path))
    assert "--with-personal" not in done.err  # who has said it is not told to say it
    done = shop("export", "customer-record", "1", "-o", str(path), "--with-personal", "--consent", "今天")
    assert {"13900001111", "爽快、钓鱼", "1980-05-06"} <= {*texts(sheet(path))}
    assert shop.show(1)["consents"][0]["given_on"] == "2026-11-24"
    # the list of new leads asks for those on it alone
    done = shop("export", "new-leads", "--date", "2026-11-18", "-o", str(path), "--with-personal")
    assert "--consent" not in done.err and "13900001111" in texts(sheet(path))


def test_the_follow_up_record(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "followups.xlsx"
    shop("export", "followup-record", "1", "-o", str(path))
    found = sheet(path)
    (row,) = table(found, "序号")
    assert row["时间"] == datetime(2026, 11, 17, 10, 0)
    assert (row["采取的措施"], row["客户反馈"], row["取得的进展"]) == ("送色卡", "嫌贵", "愿意试")
    assert "年底换膜" in row["收集的信息"] and "138****2222" in row["收集的信息"]
    assert row["下次日期和事由"] == "2026-11-27 试贴" and row["记录人"] == "陈磊"
    assert found.print_title_rows == "$1:$3" and found.page_setup.orientation == "landscape"
    assert found["C4"].alignment.wrap_text and found["C4"].border.left.style == "thin"


def test_the_new_leads_of_a_week_and_of_a_month(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    shop("export", "new-leads", "--week", "--date", "2026-11-18", "-o", str(path))
    (row,) = table(sheet(path), "序号")
    assert row["客户名称"] == "华星宝马" and row["收到日期"] == datetime(2026, 11, 16)
    assert row["核实"] == "周助理\n2026-11-20" and row["审核"] is None and row["存档"] is None
    assert row["关键人"] == "王建国" and row["电话"] == "139****1111" and row["业务员"] == "陈磊"
    shop("export", "new-leads", "--month", "-o", str(path))
    assert sheet(path)["A1"].value == "月新增客户信息汇总表"
    assert [row["客户名称"] for row in table(sheet(path), "序号")] == ["华星宝马", "先锋汽车"]
    shop("export", "new-leads", "--month", "--area", "武侯区", "-o", str(path))
    assert [row["客户名称"] for row in table(sheet(path), "序号")] == ["华星宝马"]
    assert any("2026-11-01" in text and "2026-11-30" in text for text in texts(sheet(path)))
    # this week by itself
    shop("export", "new-leads", "-o", str(path))
    assert [row["客户名称"] for row in table(sheet(path), "序号")] == ["先锋汽车"]


def test_the_h_list(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "hot.xlsx"
    shop("export", "hot-list", "-o", str(path))
    found = sheet(path)
    assert found["A1"].value == "H 级客户名单"
    (row,) = table(found, "序号")
    assert (row["客户"], row["目标金额"], row["预计成交"]) == ("华星宝马", 58000, datetime(2026, 12, 31))
    assert row["竞争对手"] == "某国产膜" and row["下一步"] == "2026-11-27 试贴"
    assert "138****2222" in row["最近一次跟进"] and "13800002222" not in row["最近一次跟进"]
    shop("edit", "1", "--grade", "A")
    shop("export", "hot-list", "-o", str(path))
    assert table(sheet(path), "序号") == []


def test_in_english(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "record.xlsx"
    done = shop("export", "customer-record", "1", "-o", str(path), lang="en")
    assert sheet(path)["A1"].value == "Customer record" and "Customer record written" in done.err
    assert {"People", "Key person"} & {*texts(sheet(path))} and "人员" not in texts(sheet(path))
    shop("export", "hot-list", "-o", str(path), lang="en")
    assert sheet(path)["A1"].value == "H list"


def test_several_leads_are_several_sheets(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    shop("add", "[特殊]店", "--area", "青羊区")
    shop("export", "customer-record", "--status", "open", "-o", str(path))
    assert openpyxl.load_workbook(path).sheetnames == ["华星宝马", "先锋汽车", "老店", "特殊 店"]
    shop.refuse(3, "export", "customer-record", "--area", "没有这个区", "-o", str(path))


def test_what_is_refused(shop: Book, tmp_path: Path) -> None:
    path = str(tmp_path / "x.xlsx")
    shop.refuse(2, "export", "hot-list")
    shop.refuse(2, "export", "hot-list", "-o", "-")
    shop.refuse(2, "export", "hot-list", "-o", str(tmp_path / "x.csv"))
    shop.refuse(2, "export", "hot-list", "1", "-o", path)
    shop.refuse(2, "export", "new-leads", "--week", "--month", "-o", path)
    shop.refuse(2, "export", "customer-record", "1", "--week", "-o", path)
    shop.refuse(2, "export", "customer-record", "-o", path)
    shop.refuse(3, "export", "customer-record", "没有的店铺", "-o", path)
    assert not Path(path).exists()


def test_text_is_never_a_formula(book: Book, tmp_path: Path) -> None:
    book("add", "一家店", "--received", "2026-11-23", "--note", "=1+1", "--address", '=HYPERLINK("http://x")')
    for kind in (("customer-record", "1"), ("followup-record", "1"), ("new-leads", "--week")):
        path = tmp_path / "x.xlsx"
        book("export", *kind, "-o", str(path))
        cells = [cell for row in sheet(path).iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize(
    "kind", ["customer-record 1", "followup-record 1", "new-leads --month", "hot-list", "leads"]
)
def test_libreoffice_opens_it_and_prints_it_on_a_page(shop: Book, tmp_path: Path, kind: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no soffice on this machine")
    path = tmp_path / "form.xlsx"
    shop("export", *kind.split(), "-o", str(path))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = (tmp_path / "form.pdf").read_bytes()
    assert pages.startswith(b"%PDF") and pages.count(b"/Type/Page\n") + pages.count(b"/Type/Page/") == 1


def test_a_day_without_an_hour_is_printed_as_a_day_and_two_signatures_have_room(
    shop: Book, tmp_path: Path
) -> None:
    shop("visit", "1", "送样品", "--at", "2026-11-18", now="2026-11-20T18:00")
    path = tmp_path / "a.xlsx"
    shop("export", "followup-record", "1", "-o", str(path))
    found = sheet(path)
    shown = {
        cell.value: cell.number_format
        for row in found.iter_rows()
        for cell in row
        if isinstance(cell.value, datetime)
    }
    assert shown == {
        datetime(2026, 11, 17, 10, 0): "yyyy-mm-dd hh:mm",
        datetime(2026, 11, 18): "yyyy-mm-dd",
    }
    signs = [cell for row in found.iter_rows() for cell in row if "____" in str(cell.value)]
    areas = {str(area).partition(":")[0]: area for area in found.merged_cells.ranges}
    assert [areas[cell.coordinate].size["columns"] for cell in signs] == [5, 5]  # of ten
