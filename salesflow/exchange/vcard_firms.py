"""The firms of a file of cards: what several cards say of one firm is told once, and where its own card is."""

from __future__ import annotations

from salesflow.names import name_key

FIRM, PERSON, NOTE, TAGS = "公司名称", "联系人", "备注", "标签"
PLACE = ("省份", "城市", "区县", "地址", "纬度", "经度")


class Firms:
    """The firms of the file: what is the firm's own stands on the first of its cards, nothing of it is lost.

    Cards of a firm with another address are another shop; one without an address belongs to the first.
    """

    def __init__(self) -> None:
        self._shops: dict[str, list[dict[str, str]]] = {}
        self._first: dict[int, dict[str, str]] = {}
        self._of: dict[int, dict[str, str]] = {}

    def meet(self, number: int, cells: dict[str, str]) -> None:
        """The card's share of what the firm is known by."""
        firm = cells.get(FIRM)
        if not firm:
            return
        shops = self._shops.setdefault(name_key(firm), [])
        shop = next((one for one in shops if _agree(one, cells)), None)
        if shop is None:
            shop = self._first[number] = {}
            shops.append(shop)
        self._of[number] = shop
        for name in PLACE:
            if cells.get(name):
                shop.setdefault(name, cells[name])
        tags = "、".join(filter(None, (shop.get(TAGS), cells.get(TAGS))))
        shop[TAGS] = "、".join(dict.fromkeys(tags.split("、")))
        note, person = cells.get(NOTE, ""), cells.get(PERSON, "")
        if note and note not in shop.get(NOTE, ""):
            first = number in self._first or not person
            said = note if first else f"{person}：{note}" if "\n" not in note else f"{person}：\n{note}"
            shop[NOTE] = "\n".join(filter(None, (shop.get(NOTE), said)))

    def told(self, number: int, cells: dict[str, str]) -> dict[str, str]:
        """The cells with what all cards of the firm say of it: its place on each, its notes on the first."""
        shop = self._of.get(number)
        if shop is None:
            return cells
        kept = {name: text for name, text in cells.items() if name not in (TAGS, NOTE)}
        place = {name: shop[name] for name in PLACE if name in shop}
        notes = {name: shop.get(name, "") for name in (TAGS, NOTE)} if number in self._first else {}
        return {**kept, **place, **notes}


def _agree(shop: dict[str, str], cells: dict[str, str]) -> bool:
    return all(
        not shop.get(name) or not cells.get(name) or shop[name] == cells[name] for name in ("城市", "地址")
    )
