"""Areas against leads, customers, visits and value."""

TEXTS = {
    "name": "Coverage",
    "no_city": "No city '{city}' is known, and no lead is there. Write its Chinese name: --city 成都",
    "column_area": "area",
    "column_leads": "leads",
    "column_customers": "customers",
    "column_potential": "open",
    "column_untouched": "untouched",
    "column_visits": "visits",
    "column_unvisited": "unvisited",
    "column_sales": "sales",
    "column_value": "goals",
    "column_rep": "rep",
    "column_areas": "areas",
    "column_share": "share",
    "column_load": "load",
    "column_spread": "km apart",
    "heading_blank": "Blank areas",
    "no_list": "No city whose districts are known: salesflow report coverage --city 成都",
    "unknown": "{city}: districts with no lead known {count}: {each}",
    "all_known": "{city}: leads are known in all {count} districts",
    "no_deal": "Areas with leads but no deal {count}: {each}",
    "heading_territories": "Territories",
    "shared": "{area} has several reps: {each}",
    "heading_proposal": "One rep an area and about as much for each: it could be like this",
    "move": "{count} of {area} ({whose}) to {rep}",
    "even": "All have about as much, and each area has one rep: nothing to move.",
    "loads": "Loads then: {each}",
    "chat": "{area}: leads {leads}, customers {customers}, visits {visits}",
    "name_areas": "areas",
    "def_areas": "leads: known by the end, lost ones too; customers: open at the end in a won stage;"
    " potential: open, received, not won; untouched: names on lists; deals: those in a won stage, open or"
    " not. An area is the same with and without 区, 县, 市.",
    "name_visits": "visits",
    "def_visits": "visits in the period at which somebody answered, the figure of report week; unvisited:"
    " open at the end and never visited up to now.",
    "name_sales": "sales",
    "def_sales": "orders signed in the period and not cancelled by its end; value: the goals of potential"
    " and untouched leads.",
    "name_blank": "blank",
    "def_blank": "unknown: official districts of the city in which no lead is known; the city is --city,"
    " else the one with most leads; no_deal: areas with leads of which none has entered a won stage.",
    "name_territories": "territories",
    "def_territories": "open existing and potential customers of each rep; share: half the share of all"
    " existing ones and half that of all potential ones; load: how many even shares that is (1 is just"
    " right); spread_km: how far they lie from their middle on average as the crow flies, - without"
    " coordinates.",
    "name_proposal": "proposal",
    "def_proposal": "from the heaviest area on: to who has most of it, unless that makes more than an even"
    " share and a tenth; else to who has least so far. Only a proposal; salesflow team assign assigns.",
}
