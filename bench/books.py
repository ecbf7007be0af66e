"""Books of any size for the bench, written through the book's own schema, history triggers and all."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from salesflow import db, processes, schema
from salesflow.actions import book
from salesflow.actions.keys import lead_keys, person_keys
from salesflow.actions.work import Work
from salesflow.dates import WorkCalendar
from salesflow.errors import Unusable

NOW = datetime(2026, 11, 23, 9, 0)
FOLLOWUPS_A_LEAD = 5

_CITIES = ("成都", "重庆", "绵阳", "德阳", "宜宾", "泸州", "南充", "贵阳", "昆明", "西安")
_AREAS = ("城东", "城西", "城南", "城北", "高新", "双流", "龙泉", "温江")
_FIRMS = ("宝悦", "捷顺", "鹏龙", "港宏", "申蓉", "建国", "三和", "先锋", "华星", "运通", "和谐", "嘉宝")
_BRANDS = ("宝马", "奥迪", "丰田", "本田", "大众", "别克", "福特", "吉利", "长城", "比亚迪", "斯柯达", "蔚来")
_FORMS = ("汽车销售服务有限公司", "汽车贸易有限公司", "汽车有限公司", "汽车销售有限公司")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("建国", "伟", "芳", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "秀英")
_NOTES = (
    "报价已给，等财务批",
    "试贴一台，看侧窗效果",
    "精品经理出差，下周回",
    "老板嫌贵，想比一家",
    "要样板间，约周五看车间",
    "问了质保年限，回他十年",
    "送了两卷样膜",
    "没人接",
)
_REASONS = ("送样", "报价", "签合同", "看试贴车", "约决策人", "问回款", None)


class Maker:
    """The rows of one book, the same for the same size on every machine."""

    def __init__(self, leads: int, process: processes.Process) -> None:
        self.count = leads
        self.process = process
        self.random = random.Random(20261123)
        self.today = NOW.date()

    def leads(self) -> Iterator[dict[str, Any]]:
        """One row of ``lead`` after the other, by id."""
        for number in range(1, self.count + 1):
            yield self._lead(number)

    def _lead(self, number: int) -> dict[str, Any]:
        choose = self.random.choice
        city, brand = choose(_CITIES), choose(_BRANDS)
        firm = f"{choose(_FIRMS)}{chr(0x4E00 + number * 7 % 5000)}{chr(0x4E00 + number * 11 % 5000)}"
        row: dict[str, Any] = {
            "id": number,
            "uid": f"{number:08x}-0000-4000-8000-{self.random.getrandbits(48):012x}",
            "name": f"{city}{firm}{brand}{choose(_FORMS)}",
            "short": f"{firm}{brand}",
            "process": self.process.code,
            "registered_by": "rep",
            "kind": choose(self.process.kinds).code,
            "need": choose(("yes", "yes", "unknown")),
            "source": choose(self.process.sources).code,
            "area": choose(_AREAS),
            "city": city,
            "address": f"{choose(_AREAS)}大道{self.random.randrange(1, 999)}号",
            "phone": f"028-8{self.random.randrange(10**6, 10**7)}",
            "brands": json.dumps([brand], ensure_ascii=False),
            "volume_month": self.random.randrange(20, 300),
            **self._place(),
        }
        ways = self.random.choices(self.process.ways, k=FOLLOWUPS_A_LEAD)
        row["visits"] = sum(way.counts_as_visit for way in ways)
        return {**row, **lead_keys(row), "ways": ways}

    def _place(self) -> dict[str, Any]:
        # nine in ten are open; of these nine in ten have a promise; one in twelve of these is overdue
        stages = [stage.code for stage in self.process.stages]
        status = self.random.choices(("open", "parked", "lost"), (90, 4, 6))[0]
        received = NOW - timedelta(days=self.random.randrange(62, 700), minutes=self.random.randrange(480))
        last = NOW - timedelta(days=self.random.randrange(1, 60), minutes=self.random.randrange(480))
        planned = status == "parked" or (status == "open" and self.random.random() < 0.9)
        overdue = planned and self.random.random() < 0.08
        ahead = -self.random.randrange(1, 12) if overdue else self.random.randrange(0, 60)
        return {
            "stage": self.random.choices(stages, range(len(stages), 0, -1))[0],
            "status": status,
            "grade": self.random.choice([grade.code for grade in self.process.grades] + [None]),
            "goal_fen": self.random.randrange(1, 60) * 500_000 if self.random.random() < 0.5 else None,
            "next_date": (self.today + timedelta(days=ahead)).isoformat() if planned else None,
            "next_time": "14:30" if planned and self.random.random() < 0.1 else None,
            "next_reason": self.random.choice(_REASONS) if planned else None,
            "next_via": self.random.choice(self.process.ways).code if planned else None,
            "received_at": _instant(received),
            "first_followup_at": _instant(received + timedelta(hours=20)),
            "last_followup_at": _instant(last),
            "followups": FOLLOWUPS_A_LEAD,
            "answered": FOLLOWUPS_A_LEAD - 1,
            "created_at": _instant(received),
            "updated_at": _instant(last),
        }

    def people(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``contact`` of one lead: one or two people."""
        for _ in range(1 + (lead["id"] % 3 == 0)):
            name = self.random.choice(_SURNAMES) + self.random.choice(_GIVEN)
            role = json.dumps([self.random.choice(self.process.roles).code])
            phone = f"13{self.random.randrange(10**8, 10**9)}"
            keys = person_keys(name, [phone])
            uid = f"{self.random.getrandbits(64):016x}"
            yield (
                uid, lead["id"], name, role, json.dumps([phone]), keys["py"], keys["phone_digits"], "rep",
                lead["created_at"],
            )  # fmt: skip

    def followups(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``followup`` of one lead, from its first to its last."""
        first = datetime.fromisoformat(lead["first_followup_at"])
        last = datetime.fromisoformat(lead["last_followup_at"])
        for place, via in enumerate(lead["ways"]):
            at = _instant(first + (last - first) * place / (FOLLOWUPS_A_LEAD - 1))
            uid = f"{self.random.getrandbits(64):016x}"
            note = self.random.choice(_NOTES)
            yield (uid, lead["id"], at, via.code, int(via.counts_as_visit), int(place != 2), note, "rep", at)

    def promises(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``promise`` of one lead: one that was kept, and the one that stands."""
        first, last = lead["first_followup_at"], lead["last_followup_at"]
        uid = f"{self.random.getrandbits(64):016x}"
        yield (uid + "k", lead["id"], last[:10], None, None, None, first, "rep", last, "followup")
        if lead["next_date"]:
            planned = [lead[name] for name in ("next_date", "next_time", "next_via", "next_reason")]
            yield (uid, lead["id"], *planned, last, "rep", None, None)

    def moves(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``move`` of one lead: how it came to its stage."""
        codes = [stage.code for stage in self.process.stages]
        start = date.fromisoformat(lead["received_at"][:10])
        for place in range(codes.index(lead["stage"])):
            at = _instant(datetime.combine(start, NOW.time()) + timedelta(days=9 * (place + 1)))
            uid = f"{self.random.getrandbits(64):016x}"
            yield (uid, lead["id"], at, codes[place], codes[place + 1], "open", "open", "rep", at)


COLUMNS = {
    "contact": "uid lead_id name roles phones py phone_digits by created_at",
    "followup": "uid lead_id at via visit answered note by recorded_at",
    "promise": "uid lead_id date time via reason made_at by ended_at ended",
    "move": "uid lead_id at from_stage to_stage from_status to_status by recorded_at",
}


def make(
    path: Path,
    leads: int,
    maker_of: Callable[[processes.Process], Any] | None = None,
    filled: Callable[[sqlite3.Connection, Any], object] | None = None,
) -> Path:
    """A book of that many leads at ``path``, five follow-ups each; one that stands there already is kept."""
    if path.exists() and _is_whole(path):
        return path
    path.unlink(missing_ok=True)
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    connection = db.create_book(half)
    connection.execute("PRAGMA cache_size = -200000")
    with db.transaction(
        connection, command="init", at="2024-01-01T08:00", by="rep", kind="setup"
    ) as operation:
        book.set_up(Work(connection, operation, NOW, "rep", WorkCalendar({})))
    process = processes.load(processes.builtin(processes.builtin_names()[0]), "bench")
    maker = maker_of(process) if maker_of else Maker(leads, process)
    with db.transaction(connection, command="import", at=_instant(NOW - timedelta(days=1)), by="rep"):
        (filled or fill)(connection, maker)
    connection.close()
    half.rename(path)
    return path


def _is_whole(path: Path) -> bool:
    try:
        db.open_book(path).close()
    except Unusable:
        return False  # of an older version
    return True


def fill(
    connection: sqlite3.Connection, maker: Maker, columns_of: Mapping[str, str] = COLUMNS
) -> list[dict[str, Any]]:
    """The leads that were written, each with its people, follow-ups, promises and moves."""
    rows = list(maker.leads())
    names = [name for name in schema.columns("lead") if name in rows[0]]
    insert(connection, "lead", names, ([row[name] for name in names] for row in rows))
    for table, columns in columns_of.items():
        of = {
            "contact": maker.people,
            "followup": maker.followups,
            "promise": maker.promises,
            "move": maker.moves,
        }
        insert(connection, table, columns.split(), (record for row in rows for record in of[table](row)))
    return rows


def insert(connection: sqlite3.Connection, table: str, names: list[str], rows: Iterable[Any]) -> None:
    """Writes rows of these columns."""
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def listed(choose: random.Random, number: int) -> tuple[str, ...]:
    """One row of a dealer list: name, province, city, address, phone, brand."""
    city, brand = choose.choice(_CITIES), choose.choice(_BRANDS)
    firm = f"{choose.choice(_FIRMS)}{chr(0x4E00 + number * 7 % 5000)}{chr(0x4E00 + number * 11 % 4999)}"
    return (
        f"{city}{firm}{brand}{choose.choice(_FORMS)}",
        "四川省",
        f"{city}市",
        f"{choose.choice(_AREAS)}大道{choose.randrange(1, 999)}号",
        f"028-8{choose.randrange(10**6, 10**7)}",
        brand,
    )


def person(choose: random.Random) -> str:
    """The name of somebody at a shop."""
    return choose.choice(_SURNAMES) + choose.choice(_GIVEN)
