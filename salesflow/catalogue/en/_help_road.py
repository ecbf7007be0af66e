"""The help pages of the commands for the road."""

ROAD = {
    "s_plan": "Lay out a day's or a week's visits",
    "plan": "Which leads to visit on a day, in which order, when you get there: appointments at their times, what is "
    "due by worth (key target, grade, value, days late), then leads nearby that nobody has visited, on the shortest "
    "way. Calls stand beside it. `plan week` spreads what is due over the working days, "
    "on the day promised or before it, a district a day.\n"
    "Where you set out: --from, or `config home`; hours, speed, minutes a visit, visits a day: config day_start "
    "day_end speed visit_minutes visits. Without coordinates the km are guessed by area and street (~). "
    "It changes nothing: `next` sets dates.",
    "plan_examples": "salesflow plan\n"
    "salesflow plan tomorrow --area Wuhou --visits 6 --until 16:30\n"
    "salesflow plan friday --from 30.65,104.06 --html way.html --ics way.ics\n"
    "salesflow plan week",
    "s_prepare": "One page before a visit or call",
    "prepare": "One page before a visit or a call: whom to see, what for, what was said last, what is missing, what to "
    "ask, objections and competitors. -f html or -o FILE to take along, phones masked unless --with-personal "
    "(before a deal the customer must have agreed).",
    "prepare_examples": "salesflow prepare huaxing\nsalesflow prepare 12 -o huaxing.html --with-personal\n"
    "salesflow prepare 12 -f md",
}
