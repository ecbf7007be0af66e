"""The people and competitors of two leads as those of one: who is known twice becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.actions.keys import person_keys
from salesflow.actions.merged import Merged
from salesflow.actions.work import Work
from salesflow.money import show_money
from salesflow.names import TITLES, name_key
from salesflow.phones import digits, is_mobile
from salesflow.processes import LISTS, Process
from salesflow.store import merging, stored
from salesflow.store.rows import as_json, listed, update

Row = dict[str, Any]

_KEPT = ("title", "wechat", "email", "attitude", "department", "weight", "birthday")
_TOLD = ("character", "hobbies", "family", "friends")
_RIVAL_TOLD = ("strengths", "weaknesses", "note")


def join(work: Work, done: Merged, process: Process, lang: str) -> None:
    """Nothing; every person, competitor and point of the lead gone is the kept one's, each once, and the plan."""
    _contacts(work, done, process, lang)
    _competitors(work, done, process, lang)
    _plans(work, done, lang)


def _contacts(work: Work, done: Merged, process: Process, lang: str) -> None:
    connection, kept = work.connection, stored.rows_of(work.connection, "contact", done.kept.id)
    chain = max((row["chain"] or 0 for row in kept), default=0)
    for row in stored.rows_of(connection, "contact", done.gone.id):
        same = _same_person(row, kept)
        if same is None:
            # their place in the order of the decision is behind those who are known
            place = row["chain"] + chain if row["chain"] else None
            update(connection, "contact", row["id"], {"lead_id": done.kept.id, "chain": place})
            done.carried["contact"] = done.carried.get("contact", 0) + 1
            continue
        values = _one_person(done, process, same, row, lang)
        merging.one_person(connection, same["id"], row["id"])
        update(connection, "contact", same["id"], values)
        same.update(values)


def _same_person(row: Row, kept: Sequence[Row]) -> Row | None:
    for one in kept:
        if name_key(one["name"]) == name_key(row["name"]):
            return one
    mine = _numbers(row)
    for one in kept:
        shared = mine.keys() & _numbers(one).keys()
        # a mobile is one person's; a shop's own line is shared by all who are called the same way
        if any(is_mobile(number) for number in shared) or (shared and one["name"][0] == row["name"][0]):
            return one
    return None


def _numbers(row: Row) -> dict[str, str]:
    return {digits(phone): phone for phone in listed(row["phones"])}


def _one_person(done: Merged, process: Process, kept: Row, gone: Row, lang: str) -> Row:
    name, title, other = kept["name"], kept["title"], None
    done.people.append((kept["name"], gone["name"]))
    if name != gone["name"]:
        name, title, other = _called(name, title, gone["name"])
    phones = list({**_numbers(kept), **_numbers(gone), **_numbers(kept)}.values())
    values: Row = {
        "name": name,
        "roles": as_json(list(dict.fromkeys((*listed(kept["roles"]), *listed(gone["roles"]))))),
        "phones": as_json(phones),
        "created_at": min(kept["created_at"], gone["created_at"]),
        "chain": kept["chain"] or gone["chain"],
        **person_keys(name, phones),
    }
    for column in _KEPT:
        mine = title if column == "title" else kept[column]
        values[column] = mine if mine is not None else gone[column]
        if mine is not None and gone[column] not in (None, mine):
            _differs(done, process, name, column, (mine, gone[column]), lang)
    for column in _TOLD:
        values[column] = _both(kept[column], gone[column])
    if other:
        _differs(done, process, name, "name", (name, " ".join((other, *_numbers(gone).values()))), lang)
    return values


def _called(name: str, title: str | None, gone: str) -> tuple[str, str | None, str | None]:
    # 王经理 is 王建国: the whole name, the title, and the other name where it says something else
    if name[0] != gone[0]:
        return name, title, gone
    if name[1:] in TITLES and gone[1:] not in TITLES:
        return gone, title or name[1:], None
    return (name, title or gone[1:], None) if gone[1:] in TITLES else (name, title, gone)


def _differs(
    done: Merged, process: Process, name: str, column: str, values: tuple[Any, Any], lang: str
) -> None:
    shown = [process.known(column, str(one)).title(lang) if column in LISTS else str(one) for one in values]
    done.differs(process.field_title("contact", lang), *(f"{name} {text}" for text in shown))


def _both(first: str | None, second: str | None) -> str | None:
    if not first or not second or second in first:
        return first or second
    return f"{first}; {second}"


def _competitors(work: Work, done: Merged, process: Process, lang: str) -> None:
    connection = work.connection
    kept = {name_key(row["name"]): row for row in stored.rows_of(connection, "competitor", done.kept.id)}
    became: dict[int | None, int | None] = {None: None}
    joined: list[int] = []
    for row in stored.rows_of(connection, "competitor", done.gone.id):
        same = kept.get(name_key(row["name"]))
        became[row["id"]] = same["id"] if same else row["id"]
        if same is None:
            update(connection, "competitor", row["id"], {"lead_id": done.kept.id})
            done.carried["competitor"] = done.carried.get("competitor", 0) + 1
        else:
            update(connection, "competitor", same["id"], _one_rival(done, same, row))
            joined.append(row["id"])
    _scores(work, done, became)
    for row_id in joined:
        stored.drop(connection, "competitor", row_id)


def _one_rival(done: Merged, kept: Row, gone: Row) -> Row:
    values: Row = {column: _both(kept[column], gone[column]) for column in _RIVAL_TOLD}
    for column in ("price_fen", "relation", "supporter_id"):
        values[column] = kept[column] if kept[column] is not None else gone[column]
        if kept[column] is not None and gone[column] not in (None, kept[column]):
            text = gone[column] / 100 if column == "price_fen" else gone[column]
            done.dropped.append(("competitor", f"{kept['name']} {text}"))
    return values


def _scores(work: Work, done: Merged, became: dict[int | None, int | None]) -> None:
    # an item has points once; those of the lead kept stand
    known = {
        (row["checklist"], row["item"], row["competitor_id"])
        for row in stored.rows_of(work.connection, "score", done.kept.id)
    }
    for row in stored.rows_of(work.connection, "score", done.gone.id):
        rival = became[row["competitor_id"]]
        if (row["checklist"], row["item"], rival) in known:
            stored.drop(work.connection, "score", row["id"])
            done.dropped.append(("score", f"{row['checklist']} {row['item']} {row['points']}"))
        else:
            values = {"lead_id": done.kept.id, "competitor_id": rival}
            update(work.connection, "score", row["id"], values)
            done.carried["score"] = done.carried.get("score", 0) + 1


_PLANNED = ("interests", "open_points", "fixed_points", "alternatives", "joined_by")


def _plans(work: Work, done: Merged, lang: str) -> None:
    # one negotiation: what both plans say is said, the price that is accepted is that of the lead kept
    table = "negotiation_plan"
    kept, gone = (
        next(iter(stored.rows_of(work.connection, table, one.id)), None) for one in (done.kept, done.gone)
    )
    if gone is None:
        return
    if kept is None:
        update(work.connection, table, gone["id"], {"lead_id": done.kept.id})
        done.carried[table] = 1
        return
    stored.drop(work.connection, table, gone["id"])
    values: Row = {column: _both(kept[column], gone[column]) for column in _PLANNED}
    if kept["accepted_fen"] is None:
        values |= {column: gone[column] for column in ("accepted_fen", "accepted_from")}
    elif gone["accepted_fen"] not in (None, kept["accepted_fen"]):
        done.dropped.append((table, show_money(gone["accepted_fen"], lang)))
    update(work.connection, table, kept["id"], values)
