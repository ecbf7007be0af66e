"""The book's tables of money: products, orders, quotes, payments, targets; amounts in whole fen."""

from __future__ import annotations

from salesflow.schema_checks import day

MONEY: dict[str, str] = {
    "product": """CREATE TABLE product (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  unit TEXT,
  price_fen INTEGER CHECK (price_fen > 0),         -- of one: what we ask
  cost_fen INTEGER CHECK (cost_fen >= 0),          -- of one: what it costs us
  cycle_days INTEGER CHECK (cycle_days > 0),       -- how long an order of it lasts (L10)
  note TEXT,
  by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT""",
    "sales_order": f"""CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  signed_on TEXT NOT NULL {day("signed_on")},
  amount_fen INTEGER CHECK (amount_fen >= 0),    -- NULL: a supply contract without a sum
  cost_fen INTEGER CHECK (cost_fen >= 0),
  framework INTEGER NOT NULL DEFAULT 0,
  product TEXT,
  contract TEXT,                          -- its number on paper
  delivered_on TEXT {day("delivered_on")},
  accepted_on TEXT {day("accepted_on")},
  cancelled_on TEXT {day("cancelled_on")},
  cancel_why TEXT,
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "order_line": """CREATE TABLE order_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  order_id INTEGER NOT NULL REFERENCES sales_order (id),
  product TEXT NOT NULL CHECK (product <> ''),
  quantity INTEGER NOT NULL CHECK (quantity > 0),  -- in thousandths
  price_fen INTEGER CHECK (price_fen >= 0),        -- of one
  cost_fen INTEGER CHECK (cost_fen >= 0),          -- of one
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "due": f"""CREATE TABLE due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  order_id INTEGER NOT NULL REFERENCES sales_order (id),
  due_on TEXT NOT NULL {day("due_on")},
  amount_fen INTEGER CHECK (amount_fen > 0),       -- NULL: whatever is left of the order then
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
    "quote": f"""CREATE TABLE quote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  quoted_on TEXT NOT NULL {day("quoted_on")},
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  product TEXT,
  in_return TEXT,                         -- what we get for a step down
  cost_fen INTEGER CHECK (cost_fen >= 0), -- what it would cost us, where it was said with the quote
  approved_by TEXT,                       -- a special price: who of ours allowed it (M2)
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "negotiation_plan": """CREATE TABLE negotiation_plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL UNIQUE REFERENCES lead (id),
  interests TEXT,                         -- ours, on which we do not give way (F15)
  open_points TEXT,                       -- what may be talked about
  fixed_points TEXT,                      -- what may not
  alternatives TEXT,                      -- ready at hand
  joined_by TEXT,                         -- who of our own management comes (F19)
  accepted_fen INTEGER CHECK (accepted_fen > 0),   -- the price that the key person says is accepted
  accepted_from INTEGER REFERENCES contact (id),   -- who says so
  by TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT""",
    "payment": f"""CREATE TABLE payment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  order_id INTEGER REFERENCES sales_order (id),
  paid_on TEXT NOT NULL {day("paid_on")},
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  method TEXT,
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "target": """CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  metric TEXT NOT NULL CHECK (metric <> ''),
  period TEXT NOT NULL,                   -- 2026-11-22, 2026-W47, 2026-11; day, week, month: every one
  rep TEXT NOT NULL DEFAULT '',           -- '': all of the book
  value INTEGER NOT NULL CHECK (value >= 0),  -- a count; fen where the metric is money
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source_key TEXT
) STRICT""",
    "spend": """CREATE TABLE spend (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  source TEXT NOT NULL,                   -- code of the process: what a source of leads costs
  period TEXT NOT NULL,                   -- 2026-11-22, 2026-W47, 2026-11
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  note TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT""",
}
