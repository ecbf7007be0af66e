"""Care visits after the deal, and the service plans of classes of customers."""

TEXTS = {
    "today": "Care visit  {lead}",
    "today_orders": "for {count} orders",
    "today_ask": "ask for: {name}",
    "today_asks": "ask for: {name} and others",
    "heading": "After the deal",
    "plan": "{title}, every {every} days  due {due}  last answered {last}  {what}",
    "visit": "Care visit {on}",
    "of_order": "(order of {on})",
    "so_far": "Care visits: {done} done, {missed} missed",
    "ask_for": "Ask for: {names}",
    "ask_how": "Record whom they name: salesflow referral {id} NAME --as {code}",
    "was": "Counts as the care visit: {titles}",
}
