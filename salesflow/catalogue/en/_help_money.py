"""The help pages of money: quotes, orders, payments, products."""

TEXTS = {
    "s_quote": "prices offered",
    "quote": "Prices offered, each as a step down. A lead alone draws the staircase: how much each step was, what it "
    "was for, and beside it the competitors' prices and the one that the key person accepts. With an amount one is "
    "recorded, against the last quote of the same product.\n"
    "Warned of: a step not smaller than the last one, one with nothing in return, the fourth (the process says how "
    "many), a price below cost. A rise is no step.\n"
    "A special price is below the product's list price, below cost, or approved by somebody (--approved-by); "
    "quote --special lists them all with who approved them.\n"
    "quote plan is the plan of the negotiation: what we hold, what may be talked about and what not, alternatives, "
    "who of our management comes, the accepted price; with the process's strategy for this class of prospects.",
    "quote_examples": "salesflow quote 12 380 --product windscreen\n"
    "salesflow quote 12 368 --product windscreen --in-return '50 cars at first'\n"
    "salesflow quote 12\n"
    "salesflow quote --special\n"
    "salesflow quote edit 3 365 --approved-by 'Ms Li'\n"
    "salesflow quote plan 12 --interests '10 years warranty' --accepted 360 --from 'Mr Zhao'",
    "quote_add": "Record a quote: lead, amount",
    "quote_list": "A lead's staircase; without a lead all quotes",
    "quote_edit": "Change a quote by its number; - empties",
    "quote_remove": "Take a quote back, by its number",
    "quote_plan": "See or write the negotiation's plan; - empties",
    "s_order": "Orders: signed, delivered, accepted, cancelled",
    "order": "Orders. A lead alone lists them, an amount after it records one, and the won stage is entered where its "
    "gate now stands open. Without a day of payment it is due so many days after the delivery (else the signature) as "
    "the process says. A cancelled order leaves sales, margin and what is owed.",
    "order_examples": "salesflow order huaxing 58000\n"
    "salesflow order huaxing --line 'Film 50 368 210' --line 'Side x20 @500' --due 'eom 10000' --due +60d\n"
    "salesflow order deliver 3 --at yesterday\nsalesflow order cancel 3 --why 'not wanted any more'",
    "order_add": "record one: lead, amount or lines",
    "order_list": "list them: amount, owed, due, days late, margin",
    "order_deliver": "it was delivered",
    "order_accept": "the customer has accepted it",
    "order_edit": "change one",
    "order_cancel": "cancel one, with a reason",
    "s_payment": "What was paid and is owed",
    "payment": "Money received, and what is owed. A lead lists its own, with an amount one is recorded; "
    "without an order it counts for the oldest. More than is owed is refused; in advance: --anyway.",
    "payment_examples": "salesflow payment 12 20000 --order 1 --method transfer\nsalesflow payment due\n"
    "salesflow payment schedule 1 '12-01 30%' 'eom 70%'\nsalesflow payment 12",
    "payment_add": "record one: lead, amount",
    "payment_list": "list payments",
    "payment_due": "who owes how much, days late, ageing",
    "payment_schedule": "divide an order into days of payment",
    "payment_edit": "change one",
    "payment_remove": "take one away",
    "s_product": "Products: price, cost, how long they last",
    "product": (
        "What is sold: unit, price, cost, and how long an order of it lasts. A quote below cost is "
        "warned of, and a re-order is asked for before the stock ends. Without a name they are listed; "
        "a name with a price records one, or changes it where it is there. Quotes and orders may name "
        "a product that is not listed."
    ),
    "product_examples": (
        'salesflow product add windscreen --unit sheet --price 380 --cost 150 --cycle "2 months"\n'
        "salesflow product edit windscreen --cost 160\n"
        "salesflow product"
    ),
    "product_add": "Record a product: its name",
    "product_list": "List the products",
    "product_edit": "Change a product; - empties",
    "product_remove": "Take it off the list; quotes and orders stay as they are",
    "s_spend": "What sources of leads cost",
    "spend": (
        "Note what a source costs: the stand at a fair, a platform's yearly fee, what goes to those who refer"
        ". report sources spreads it over the days of its period and reckons what a lead and a deal cost. Wit"
        "hout more it lists them; noting another sum of the same source and period adds to it, edit changes i"
        "t."
    ),
    "spend_examples": (
        "salesflow spend exhibition 3000 2026-11\n"
        'salesflow spend internet 12000 2026 --note "yearly fee"\n'
        "salesflow spend edit exhibition 3500 2026-11\n"
        "salesflow report sources"
    ),
    "spend_add": "Note a cost: source, how much, for which period",
    "spend_list": "List them, or those of one source",
    "spend_edit": "Change a cost: source, how much, for which period",
    "spend_remove": "Take a cost away: source, period",
}
