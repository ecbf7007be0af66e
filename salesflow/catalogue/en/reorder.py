"""Re-orders: when the stock ends."""

TEXTS = {
    "today": "Re-order  {lead}  {product} {when} ({basis})",
    "ends_today": "used up today",
    "today_more": "{count} more are running out",
    "any_product": "goods",
    "ends": "enough for {days} more days, until {on}",
    "ended": "ran out {days} days ago",
    "by_rhythm": "every {days} days, {count} times so far",
    "by_product": "a lot lasts {days} days",
    "line": "Re-order {product}",
    "asked": "asked on {on}",
    "stopped": "another cycle has passed: stopped",
    "until": "stock lasts until {on}",
}
