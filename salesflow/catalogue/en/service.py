"""Customer service: care visits and re-orders due, service plans that were not kept."""

TEXTS = {
    "title": "Customer service {label}   as of {day}   {rep}",
    "care_sum": "Care visits  today {care_due}  late {care_late}  within 7 days {care_ahead}  done {care_done}"
    "  missed {care_missed}",
    "stock_sum": "Re-orders  due {reorder_due}  run out {reorder_late}  within 7 days {reorder_upcoming}"
    "  asked {reorder_asked}  stopped {reorder_stopped}      Plans  {plans}, not kept {plans_not_kept}",
    "heading_care": "Care visits due {count}",
    "heading_ahead": "Care visits within 7 days {count}",
    "heading_reorders": "Re-orders to ask for {count}",
    "heading_reorders_ahead": "Re-orders to ask for within 7 days {count}",
    "heading_asked": "Asked, no order yet {count}",
    "heading_audit": "Internal audit: service plans not kept {count}",
    "heading_missed": "Care visits missed {count}",
    "heading_stopped": "Stopped: another cycle without an order {count}",
    "column_lead": "lead",
    "column_title": "what for",
    "column_via": "way",
    "column_due": "due",
    "column_late": "late",
    "column_start": "order",
    "column_product": "product",
    "column_ends": "stock",
    "column_last": "last",
    "column_by": "reckoned by",
    "column_class": "class",
    "column_every": "plan",
    "column_contact": "last answered",
    "every": "every {days} days",
    "unclassed": "Customers without a class {count}: {ids}  Give one: salesflow edit {id} --set customer_class=CLASS",
}
