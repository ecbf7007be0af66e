"""The book's indexes, and the views for people with sqlite3 in hand."""

from __future__ import annotations

INDEXES = (
    "CREATE UNIQUE INDEX operation_open ON operation (open) WHERE open IS NOT NULL",
    "CREATE INDEX operation_step ON operation (kind, undone, id)",
    "CREATE INDEX operation_lead ON operation (id, lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX history_operation ON history (operation_id)",
    "CREATE INDEX history_lead ON history (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE UNIQUE INDEX lead_uid ON lead (uid)",
    "CREATE INDEX lead_name ON lead (name_key)",
    "CREATE INDEX lead_short ON lead (short_key) WHERE short_key IS NOT NULL",
    "CREATE INDEX lead_phone ON lead (phone_digits, id) WHERE phone_digits IS NOT NULL",
    "CREATE INDEX lead_phones ON lead (phone_digits, id) WHERE phone_digits GLOB '* *'",  # more than one
    "CREATE INDEX lead_area ON lead (area) WHERE area IS NOT NULL",
    "CREATE INDEX lead_funnel ON lead (process, stage, status, goal_fen)",
    # the three lists of the day: every column that they filter, count or sort by stands in the index
    "CREATE INDEX lead_due ON lead (next_date, status, process, grade, passive, next_time, area, first_followup_at,"
    " received_at, id)"
    " WHERE next_date IS NOT NULL AND status <> 'lost'",
    "CREATE INDEX lead_first ON lead (process, received_at, grade, passive, area, next_date, status,"
    " first_followup_at, id)"
    " WHERE first_followup_at IS NULL AND received_at IS NOT NULL AND status = 'open'",
    # in the order of the day, so that the first few of very many are found without sorting
    "CREATE INDEX lead_rank ON lead (process, grade, passive, next_date, id, status, next_time, area,"
    " first_followup_at, received_at)"
    " WHERE next_date IS NOT NULL AND status <> 'lost'",
    "CREATE INDEX lead_unplanned ON lead (process, grade, passive, next_date, id, area, first_followup_at,"
    " received_at, status)"
    " WHERE next_date IS NULL AND received_at IS NOT NULL AND status = 'open'",
    "CREATE INDEX lead_untouched ON lead (process, grade, area, received_at, status, id)"
    " WHERE received_at IS NULL AND status = 'open'",
    # deleting a row (undo) asks these whether something still points at it
    "CREATE INDEX lead_referrer ON lead (referrer_id) WHERE referrer_id IS NOT NULL",
    "CREATE INDEX followup_contact ON followup (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX promise_from ON promise (moved_from) WHERE moved_from IS NOT NULL",
    "CREATE INDEX field_change_followup ON field_change (followup_id) WHERE followup_id IS NOT NULL",
    "CREATE INDEX contact_lead ON contact (lead_id)",
    "CREATE INDEX contact_phone ON contact (phone_digits, lead_id) WHERE phone_digits IS NOT NULL",
    "CREATE INDEX contact_phones ON contact (phone_digits, lead_id) WHERE phone_digits GLOB '* *'",
    "CREATE INDEX followup_lead ON followup (lead_id, at, id)",
    "CREATE INDEX followup_at ON followup (at, lead_id, via, visit, answered)",
    "CREATE INDEX followup_source ON followup (source_key) WHERE source_key IS NOT NULL",
    "CREATE INDEX promise_lead ON promise (lead_id, id)",
    "CREATE INDEX promise_followup ON promise (followup_id) WHERE followup_id IS NOT NULL",
    "CREATE INDEX promise_date ON promise (date)",
    "CREATE INDEX promise_moved ON promise (made_at) WHERE moved_from IS NOT NULL",
    "CREATE INDEX move_lead ON move (lead_id, at, id)",
    "CREATE INDEX move_at ON move (at)",
    "CREATE INDEX field_change_lead ON field_change (lead_id, field, at, id)",
    "CREATE INDEX sales_order_lead ON sales_order (lead_id)",
    "CREATE INDEX sales_order_signed ON sales_order (signed_on, amount_fen)",
    "CREATE INDEX lead_parent ON lead (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX contact_birthday ON contact (substr(birthday, -5)) WHERE birthday IS NOT NULL",
    "CREATE INDEX promise_appointed ON promise (date) WHERE ended_at IS NULL AND time IS NOT NULL",
    "CREATE INDEX competitor_lead ON competitor (lead_id)",
    "CREATE INDEX competitor_supporter ON competitor (supporter_id) WHERE supporter_id IS NOT NULL",
    "CREATE UNIQUE INDEX score_item ON score (lead_id, checklist, item, coalesce(competitor_id, 0))",
    "CREATE INDEX score_competitor ON score (competitor_id) WHERE competitor_id IS NOT NULL",
    "CREATE INDEX objection_lead ON objection (lead_id)",
    "CREATE INDEX objection_contact ON objection (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX incident_lead ON incident (lead_id)",
    "CREATE INDEX incident_open ON incident (opened_at, lead_id) WHERE solved_at IS NULL",
    "CREATE INDEX incident_note_incident ON incident_note (incident_id)",
    "CREATE UNIQUE INDEX link_pair ON link (lead_id, other_id)",
    "CREATE INDEX link_other ON link (other_id)",
    "CREATE INDEX signoff_lead ON signoff (lead_id)",
    "CREATE INDEX quote_lead ON quote (lead_id, quoted_on, id)",
    "CREATE UNIQUE INDEX not_same_pair ON not_same (lead_id, other_id)",
    "CREATE INDEX not_same_other ON not_same (other_id)",
    "CREATE UNIQUE INDEX former_uid ON former (uid)",
    "CREATE INDEX former_lead ON former (lead_id)",
    "CREATE INDEX conflict_lead ON conflict (lead_id)",
    "CREATE INDEX conflict_other ON conflict (other_id) WHERE other_id IS NOT NULL",
    "CREATE INDEX consent_lead ON consent (lead_id)",
    "CREATE UNIQUE INDEX target_what ON target (metric, period, rep)",
    "CREATE INDEX payment_lead ON payment (lead_id)",
    "CREATE INDEX payment_order ON payment (order_id) WHERE order_id IS NOT NULL",
    "CREATE INDEX order_line_order ON order_line (order_id)",
    "CREATE INDEX order_line_lead ON order_line (lead_id)",
    "CREATE INDEX due_order ON due (order_id)",
    "CREATE INDEX due_lead ON due (lead_id)",
    "CREATE INDEX due_on ON due (due_on)",
    "CREATE INDEX sales_order_delivered ON sales_order (delivered_on) WHERE delivered_on IS NOT NULL",
    "CREATE INDEX negotiation_plan_contact ON negotiation_plan (accepted_from) WHERE accepted_from IS NOT NULL",
    "CREATE UNIQUE INDEX spend_what ON spend (source, period)",
    "CREATE INDEX action_open ON action (due_on) WHERE done_on IS NULL AND dropped_on IS NULL",
    "CREATE INDEX payment_paid ON payment (paid_on, amount_fen)",
)

VIEWS = (
    """CREATE VIEW v_leads AS
SELECT id, name, short, process, stage, status, owner, grade, kind, need, source, area, city, province, address,
  phone, brands, supplier, volume_month, goal_fen / 100.0 AS goal_yuan, goal_on, next_date, next_time, next_reason,
  received_at, last_followup_at, followups, visits, reschedules
FROM lead""",
    """CREATE VIEW v_pipeline AS
SELECT process, stage, count(*) AS leads, sum(coalesce(goal_fen, 0)) / 100.0 AS goal_yuan
FROM lead WHERE status = 'open' GROUP BY process, stage""",
    """CREATE VIEW v_activity AS
SELECT f.id, f.at, l.id AS lead_id, l.name AS lead, f.via, f.answered, c.name AS person, f.note, f.by
FROM followup f JOIN lead l ON l.id = f.lead_id LEFT JOIN contact c ON c.id = f.contact_id""",
)
