"""What changed beyond the record, in a lead's history."""

TEXTS = {
    "objection": "异议 {what}",
    "answer": "答：{text}",
    "incident": "事故 {what}",
    "link": "关系 {what}",
    "signoff": "签字 {what}",
    "quote": "报价 {what}",
    "approved": "{name}批",
    "negotiation": "谈判 {what}",
    "rest": "余款",
    "payment_id": "第 {id} 号回款",
    "payment": "回款 {what}",
}
