"""Words of the tables."""

TEXTS = {
    "weekdays": "Mon Tue Wed Thu Fri Sat Sun",
    "comma": ", ",
    "yes": "yes",
    "no": "no",
    "group": "{group} {count}",
    "group_cut": "{group} {count} ({shown} shown)",
    "more": "{count} more",
}
