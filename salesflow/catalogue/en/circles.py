"""A lead that would stand above itself."""

TEXTS = {
    "self_referrer_id": "#{id} cannot have brought itself.",
    "self_parent_id": "#{id} cannot be its own head office.",
    "referrer_id": "#{other_id} '{other}' was itself brought by #{id} '{name}' ({chain}): a circle.\n"
    "Change that first: salesflow edit {other_id} --set referrer=",
    "parent_id": "#{other_id} '{other}' itself stands below #{id} '{name}' ({chain}): a circle.\n"
    "Change that first: salesflow edit {other_id} --set parent=",
}
