"""Appointments, planned calls, and what they are for."""

TEXTS = {
    "booked": "Appointment",
    "planned": "Planned",
    "who": "booked by {booked_by}, kept by {keeper}",
    "booked_by": "booked by {name}",
    "keeper": "kept by {name}",
    "effect": "Effect wanted: {text}",
    "questions": "To ask: {text}",
    "content": "To say: {text}",
}
