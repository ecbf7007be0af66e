"""Quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.models import Quote
from salesflow.store.rows import Connection, insert, new_uid

_QUOTE = "id, lead_id, quoted_on, amount_fen, product, in_return, note, by"


def insert_quote(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of the new quote."""
    return insert(connection, "quote", {"uid": new_uid(), **values})


def list_quotes(connection: Connection, lead_id: int | None = None) -> list[Quote]:
    """The lead's quotes, or those of the whole book, the newest first."""
    where, values = _of(lead_id)
    sql = f"SELECT {_QUOTE} FROM quote {where} ORDER BY quoted_on DESC, id DESC"
    return [Quote._make(row) for row in connection.execute(sql, values)]


def _of(lead_id: int | None) -> tuple[str, tuple[int, ...]]:
    return ("WHERE lead_id = ?", (lead_id,)) if lead_id is not None else ("", ())
