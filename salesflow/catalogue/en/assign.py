"""The pool given out."""

TEXTS = {
    "no_reps": "To whom? Nobody in the book owns a lead yet: say --to NAME (may be repeated)",
    "owned": "#{id} {name} is {rep}'s and not in the pool. To put it there: salesflow edit {id} --set owner=",
    "no_area_of": "Cannot read '{text}': --area-of NAME=AREA, several areas with commas",
    "no_such_rep": "No lead is owned by '{text}'; there are: {known}  (- is the pool)",
    "new_rep": "{rep} has no leads yet, and is new.",
    "new_rep_near": "{rep} has no leads yet, and is new; was {near} meant? (undo takes it back)",
    "why_first_contact": "they asked us; had the first contact on {day}",
    "why_area_of": "has the area {area}",
    "why_area": "has most leads in {area} ({count})",
    "why_evenly": "has the fewest open leads ({count})",
    "why_nobody": "nobody has leads in {area} yet",
    "why_no_area": "it names no area",
    "line": "#{id} {name}  to {rep}  {why}",
    "line_left": "#{id} {name}  stays in the pool  {why}",
    "count": "{rep}: open {open_before}, given {given}, now {open_after}",
    "nothing": "Nothing in the pool to give out.",
    "dry_run": "Only tried; nothing was changed.",
}
