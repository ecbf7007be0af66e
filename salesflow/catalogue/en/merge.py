"""Two leads that become one."""

TEXTS = {
    "same": "#{id} {name} cannot be merged with itself. Name two: salesflow merge KEPT OTHER",
    "other_process": "#{id} {name} follows the process {process}, the other one {wanted}: they cannot be merged.\n"
    "First make them the same: salesflow edit {id} --process {wanted}",
    "not_same": "#{id} {name} and #{other_id} {other} were marked as not the same.\n"
    "If they are: add --anyway; to take the mark back: salesflow dupes {id} {other_id} --same-again",
    "two_first": "Name two leads: salesflow merge KEPT OTHER",
    "changed_since": "Somebody has changed them since you looked; nothing was merged. Look again: salesflow merge {id} {other_id}",
    "other_header": "{name} (other)",
    "other_value": "{text} (#{id})",
}
