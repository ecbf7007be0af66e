"""What changed beyond the record, in a lead's history."""

TEXTS = {
    "objection": "objection {what}",
    "answer": "answer: {text}",
    "incident": "incident {what}",
    "link": "relation {what}",
    "signoff": "signed {what}",
    "quote": "quote {what}",
    "approved": "approved by {name}",
    "negotiation": "negotiation: {what}",
    "rest": "the rest",
    "payment_id": "payment {id}",
    "payment": "payment {what}",
}
