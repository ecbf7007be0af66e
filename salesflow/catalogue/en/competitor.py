"""Competitors."""

TEXTS = {
    "heading": "Competitors",
    "added": "#{id} {name}  competitor {competitor}  {details}",
    "known": "#{id} {name}  competitor {competitor} is there already, noted  {details}",
    "edited": "#{id} {name}  changed competitor {competitor}  {details}",
    "removed": "#{id} {name}  took off competitor {competitor}  {details}",
    "exists": "#{id} '{lead}' has the competitor {name} already.\n"
    "Change it: salesflow competitor edit {id} {name} --price PRICE",
    "none": "#{id} has no competitor '{text}'; there are: {known}\nAdd it: salesflow competitor {id} {text}",
    "none_near": "#{id} has no competitor '{text}'; did you mean {near}?\n"
    "Add it: salesflow competitor {id} {text}",
    "several": "'{text}' may be any of these competitors: {known}",
    "no_name": "Which competitor? salesflow competitor LEAD NAME",
    "nothing": "Change what? For example --price 350 --supporter NAME",
    "list_none": "#{id} {name}  no competitors yet. Add one: salesflow competitor {id} NAME",
    "nowhere": "No competitors yet. Add one: salesflow competitor LEAD NAME",
    "column_name": "competitor",
    "column_price": "price",
    "column_strengths": "strong in",
    "column_weaknesses": "weak in",
    "column_relation": "relation",
    "column_supporter": "supporter",
    "column_note": "note",
    "column_leads": "leads",
    "column_lost": "lost to them",
}
