"""Appointments, planned calls, and what they are for."""

TEXTS = {
    "booked": "约好",
    "planned": "打算",
    "who": "{booked_by}约，{keeper}去",
    "booked_by": "{name}约的",
    "keeper": "{name}去",
    "effect": "要的效果：{text}",
    "questions": "要问：{text}",
    "content": "要讲：{text}",
}
