"""Appointments, planned calls, and what they are for."""

TEXTS = {
    "booked": "Appointment",
    "planned": "Planned",
    "who": "booked by {booked_by}, kept by {keeper}",
    "effect": "Effect wanted: {text}",
    "questions": "To ask: {text}",
    "content": "To say: {text}",
}
