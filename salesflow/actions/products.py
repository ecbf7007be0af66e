"""Products: added, changed, taken off the list; and the name by which a quote or an order means one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.actions.work import Work
from salesflow.errors import Ambiguous, NotFound, Refused, Usage, nearest
from salesflow.models import Product
from salesflow.names import name_key
from salesflow.store import products


def add(work: Work, name: str, values: Mapping[str, Any]) -> Product:
    """The product on the list. Raises Refused where one of that name is there, or a sum is 0."""
    _refuse_known(work, name)
    _refuse_zero(values)
    row = {"name": name, **values, "by": work.by, "created_at": work.at}
    return _get(work, products.insert_product(work.connection, row))


def put(work: Work, name: str, values: Mapping[str, Any]) -> tuple[Product, bool]:
    """The product on the list, or the one of that name with these values; and whether it was there."""
    found = products.find(work.connection, name)
    if found is None or not values:
        return add(work, name, values), False
    return edit(work, found, values), True


def edit(work: Work, found: Product, values: Mapping[str, Any]) -> Product:
    """The product with these values; None empties one. Raises Refused for a name that another has.

    Quotes and orders made under another name keep theirs.
    """
    if not values:
        raise Usage("product.nothing")
    if values.get("name"):
        _refuse_known(work, values["name"], found.id)
    _refuse_zero(values)
    products.update_product(work.connection, found.id, values)
    return _get(work, found.id)


def remove(work: Work, found: Product) -> None:
    """The product off the list; quotes and orders keep its name."""
    products.delete_product(work.connection, found.id)


def pick(work: Work, text: str) -> Product:
    """The product that ``text`` (a name or a part of one) means. Raises NotFound with the nearest, Ambiguous."""
    known = products.list_products(work.connection)
    key = name_key(text)
    found = [one for one in known if name_key(one.name) == key]
    found = found or [one for one in known if key and key in name_key(one.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in (found or known)[:_MOST])
    if found:
        raise Ambiguous("product.several", text=text[:60], known=names)
    near = nearest(text, [one.name for one in known])
    key = "product.none_near" if near else "product.none" if known else "product.none_at_all"
    raise NotFound(key, text=text[:60], near=near, known=names)


_MOST = 10


def named(work: Work, name: str | None) -> tuple[str | None, Product | None, str | None]:
    """The name to store, the product that it means, and the nearest name where products exist and none is meant.

    A name is spelt as the product spells it. One that no product has is taken as it is: what is sold
    once needs no entry. The third is '' where none is near, None where there is nothing to say: no
    products at all, or the name was written before.
    """
    if name is None:
        return None, None, None
    known = products.by_key(work.connection)
    found = known.get(name_key(name))
    if found is not None:
        return found.name, found, None
    before = {name_key(one) for one in products.unlisted(work.connection)} if known else set()
    if not known or name_key(name) in before:
        return name, None, None
    return name, None, nearest(name, [one.name for one in known.values()])


def _refuse_known(work: Work, name: str, but: int | None = None) -> None:
    found = products.find(work.connection, name)
    if found is not None and found.id != but:
        raise Refused("product.exists", name=found.name)


def _refuse_zero(values: Mapping[str, Any]) -> None:
    if values.get("price_fen") == 0:
        raise Usage("product.zero")
    if values.get("cycle_days") is not None and values["cycle_days"] < 1:
        raise Usage("product.no_cycle", text=values["cycle_days"])


def _get(work: Work, product_id: int) -> Product:
    return next(one for one in products.list_products(work.connection) if one.id == product_id)
