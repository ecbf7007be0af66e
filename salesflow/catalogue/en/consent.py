"""Consent: that the customer agreed that others get to read their data."""

TEXTS = {
    "in_future": "The day of the consent cannot be to come: {on}",
    "without_personal": "--consent goes with --with-personal; to note a consent alone:"
    " salesflow edit LEAD --consent WHEN",
    "ask": "Before a deal: {count} leads ({names}). Did these customers agree that others read their phones"
    " and personal data?",
    "lacking": "{count} leads without the customer's consent stay masked: {names}\n"
    "Where they agreed: salesflow edit {id} --consent WHEN (export takes --consent WHEN itself)",
    "given": "Consent noted for {count} leads: {on}",
    "line": "The customer agreed that others may have their data: {on}",
    "line_for": "The customer agreed that others may have their data: {on}   {purpose}",
    "noted": "#{id} {name}: the customer agreed on {on} that others may have their data",
    "withdrawn": "#{id} {name}: the customer's consent is taken back",
    "none": "No consent of the customer is noted for #{id} {name}.",
    "alone": "--consent stands alone, or with --why.",
}
