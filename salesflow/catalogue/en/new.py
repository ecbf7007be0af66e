"""The leads received in a period."""

TEXTS = {
    "name": "New leads",
    "sums": "Received {received} (before: {previous})   asked us {passive}   followed up {followed_up}  "
    " open {open}   won {won}   parked {parked}   lost {lost}",
    "sources": "Sources   {each}",
    "signed": "All signed {signed}   not all {unsigned}: salesflow team unsigned",
    "lacks": "lacks {each}",
    "column_lead": "lead",
    "column_received": "received",
    "column_source": "source",
    "column_stage": "stage",
    "column_grade": "gr",
    "column_status": "status",
    "column_next": "next",
    "column_owner": "whose",
    "column_signed": "signed",
    "name_counts": "received",
    "def_counts": "received: leads whose day received lies in the period, the figure of report week; the"
    " others count them as they stand now: those who asked us, followed up, open, parked, lost, in a won"
    " stage, with all the signatures that the process wants of their stage, and with some missing.",
    "name_previous": "before",
    "def_previous": "how many were received in the period before.",
    "name_sources": "sources",
    "def_sources": "those received by source.",
    "name_owners": "whose",
    "def_owners": "those received by who owns them now.",
    "name_leads": "each lead",
    "def_leads": "its stage, grade, status and next date now, who registered and owns it, who signed what,"
    " what lacks.",
}
