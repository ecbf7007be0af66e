"""A book in which every report has something to tell: deals, losses, care, areas, reps, targets, the plan."""

from __future__ import annotations

import shlex

from kit import Book

LOG = (
    ("2026-07-06T09:00", "config set city 成都"),
    ("2026-07-06T09:00", "add 华星宝马 --short 华星 --area 武侯区 --grade B --source enquiry --brand 宝马"),
    ("2026-07-06T15:00", "call 1 谈了 --next 7-10"),
    ("2026-07-10T10:00", "visit 1 看样品 --next 7-15"),
    ("2026-07-15T10:00", "visit 1 报价 --next 7-20 --grade H"),
    ("2026-07-16T10:00", "advance 1 qualified --force --why 急"),
    ("2026-07-16T11:00", "quote 1 380"),
    ("2026-07-20T10:00", "visit 1 签约"),
    ("2026-07-20T11:00", "product add 前挡 --unit 张 --price 380 --cost 150 --cycle 30天"),
    ("2026-07-20T11:30", "order 1 --line '前挡 50 380'"),
    ("2026-07-22T11:30", "order deliver 1"),
    ("2026-07-25T11:30", "payment 1 9000 --order 1"),
    ("2026-07-26T11:30", "edit 1 --set customer_class=主力店"),
    ("2026-09-01T09:00", "add 锦泰奥迪 --area 高新区 --grade A --source street --brand 奥迪"),
    ("2026-09-01T10:00", "visit 2 初访 --next 9-10"),
    ("2026-09-08T10:00", "next 2 9-15 --why 他出差"),
    ("2026-09-16T10:00", "call 2 打了 --no-answer --next 9-20"),
    ("2026-09-25T10:00", "lose 2 --reason competitor --to 某低价膜"),
    ("2026-10-08T09:00", "add 三和凯迪拉克 --area 武侯区 --source exhibition --set goal_value=50000"),
    ("2026-10-09T09:00", "visit 3 初访 --next 10-20"),
    ("2026-10-12T09:00", "park 3 --reason other --why 装修 --until 2026-11-20"),
    ("2026-10-15T09:00", "add 天府丰田 --area 双流区 --grade H --source enquiry"),
    ("2026-10-15T15:00", "call 4 谈了 --next 10-20"),
    ("2026-10-20T15:00", "visit 4 试贴 --next 10-27"),
    ("2026-10-21T15:00", "advance 4 qualified --force --why 急"),
    ("2026-10-22T09:00", "spend 展销会 3000 2026-10"),
    ("2026-11-02T09:00", "target set 拜访 20 每周"),
    ("2026-11-02T09:00", "target set 销售额 30万 每月"),
    ("2026-11-02T09:00", "target set 拜访 5 每周 --rep 李想"),
    ("2026-11-10T09:00", "add 港宏本田 --source referral --referrer 1"),
    ("2026-11-16T09:00", "add 红牌楼大众 --grade H --area 武侯区 --set goal_value=80000"),
    ("2026-11-16T10:00", "visit 6 初访 --next 11-20"),
    ("2026-11-17T10:00", "next 6 11-25"),
    ("2026-11-18T10:00", "visit 4 再谈 --at 2026-11-16T16:00 --next 11-30"),
    ("2026-11-19T10:00", "order 4 5.8万 --no-advance --cost 2万 --due '11-25 1万' --due +60d"),
    ("2026-11-19T11:00", "action 当天打电话 --measure first_contact --due 11-20 --from 上周"),
    ("2026-11-19T11:05", "action 多跑 --measure 销售额 --who 小李"),
    ("2026-11-23T10:00", "advance 6 qualified --force --why 急"),
    ("2026-11-24T09:00", "add 西部奔驰之星 --area 金牛区"),
)


def fill(book: Book) -> None:
    """Half a year of the book's life."""
    for now, words in LOG:
        book(*shlex.split(words), now=now)
