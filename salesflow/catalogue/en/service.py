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
    "unclassed": "Customers without a class {count}: {ids}  Give one: salesflow edit {id} --set "
    "customer_class=CLASS",
    "name_care": "care visits",
    "def_care": "the visits that the process wants after each order that is not cancelled, counted from "
    "delivery (else signing), on working days: care_due today, care_late past and not done, care_ahead "
    "within 7 days.",
    "name_care_done": "done",
    "def_care_done": "done in the period: an answered follow-up on a day nearest to this visit.",
    "name_care_missed": "missed",
    "def_care_missed": "no answered follow-up until past the middle to the next one, and that day fell in "
    "the period.",
    "name_reorders": "re-orders",
    "def_reorders": "stock ends after the product's cycle, from three days of purchase on after the median "
    "of the customer's own gaps: reorder_due to be asked for, reorder_late run out, reorder_upcoming "
    "within 7 days, reorder_asked asked and no order yet.",
    "name_stopped": "stopped",
    "def_stopped": "another cycle over without an order, and that day fell in the period.",
    "name_plans": "plans",
    "def_plans": "customers whose class has a service plan; plans_not_kept are those whose last answered "
    "follow-up (else the day of the class) is longer ago than the plan says, listed as the audit; "
    "days_late is by how much.",
    "name_unclassed": "without a class",
    "def_unclassed": "leads with an order that stands and no class, of processes that have classes; lost "
    "ones not.",
}
