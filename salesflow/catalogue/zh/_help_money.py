"""帮助页里钱的那几条：报价、订单、回款。"""

TEXTS = {
    "s_quote": "报价",
    "quote": "报过的价，和每一步退让。写客户就画出台阶：退多少、换来什么，旁边是对手的价和关键人认可的价；再写金额就"
    "记一笔，和同一样产品上一次报的比。\n"
    "这些会提醒：退得不比上一步小、没换来什么、第 4 次退（次数在流程里定）、低于成本。涨价不算一步。\n"
    "特价：低于产品的定价、低于成本，或写了谁批的（--approved-by）；quote --special 列出全部特价和谁批的。\n"
    "quote plan 是谈判计划：守住什么、可谈什么、不谈什么、备选、哪位领导同去、对方认可的价；流程里对这类客户的打法"
    "也在。",
    "quote_examples": "salesflow quote 华星 380 --product 前挡\n"
    "salesflow quote 华星 368 --product 前挡 --in-return 首批50台\n"
    "salesflow quote 华星\n"
    "salesflow quote --special\n"
    "salesflow quote edit 3 365 --approved-by 李经理\n"
    "salesflow quote plan 华星 --interests 质保十年 --fixed 独家 --accepted 360 --from 赵总",
    "quote_add": "记一笔报价：客户、金额",
    "quote_list": "画一家的台阶；不写客户列出全部报价",
    "quote_edit": "改一笔报价：报价编号；- 是清空",
    "quote_remove": "去掉一笔报价：报价编号",
    "quote_plan": "看或写谈判计划；- 是清空",
    "s_order": "订单、交货、验收、作废",
    "order": "订单。写客户就列出，再写金额就记一笔，条件到了自动进成交阶段。没约定哪天付的，交货（没记交货的按签订）后"
    "几天到期，天数在流程里。作废的不再算销售、毛利和欠款。",
    "order_examples": "salesflow order 华星 5.8万\n"
    "salesflow order 华星 --line '前挡膜 50 368 210' --line '侧挡 x20 @500' --due '月底 1万' --due '+60d'\n"
    "salesflow order deliver 3 --at 昨天\n"
    "salesflow order accept 3\n"
    "salesflow order cancel 3 --why 客户不要了",
    "order_add": "记一笔订单：客户、金额或明细",
    "order_list": "列出订单：金额、未付、该付、逾期、毛利",
    "order_deliver": "交货了",
    "order_accept": "客户验收了",
    "order_edit": "改订单",
    "order_cancel": "作废，要写原因",
    "s_payment": "回款和欠款",
    "payment": "收到的钱，和谁还欠多少。写客户就列出，再写金额就记一笔；不写订单的先抵最早的。"
    "比欠的多就不收，预收加 --anyway。",
    "payment_examples": "salesflow payment 华星 2万 --order 1 --method 转账\n"
    "salesflow payment due\n"
    "salesflow payment due --overdue --area 武侯\n"
    "salesflow payment schedule 1 '12-01 30%' '月底 70%'\n"
    "salesflow payment 华星",
    "payment_add": "记一笔回款：客户、金额",
    "payment_list": "列出回款",
    "payment_due": "谁欠多少、逾期几天、账龄",
    "payment_schedule": "订单分几次、哪天付",
    "payment_edit": "改一笔回款",
    "payment_remove": "删一笔回款",
    "s_product": "产品：价、成本、用多久",
    "product": (
        "卖什么：单位、价、成本、一单用多久。报价低于成本会提醒，用完之前提醒再订。不写名字就列"
        "出；写名字再写价就记下，已经有的改好。报价和订单里写的产品不在表里也能记。"
    ),
    "product_examples": (
        "salesflow product add 前挡 --unit 张 --price 380 --cost 150 --cycle 2个月\n"
        "salesflow product edit 前挡 --cost 160\n"
        "salesflow product"
    ),
    "product_add": "记一个产品：名字",
    "product_list": "列出产品",
    "product_edit": "改一个产品；- 是清空",
    "product_remove": "从产品表里去掉；报过的价和订单不变",
    "s_spend": "来源花了多少钱",
    "spend": (
        "记一个来源花了多少：展会的摊位费、平台的年费、给介绍人的钱。report sources 按天数摊到"
        "各期，算每条线索、每单成交花多少。不写别的就列出；同一个来源同一期再记一笔是加上去，改用 edit。"
    ),
    "spend_examples": (
        "salesflow spend 展销会 3000 2026-11\n"
        "salesflow spend 互联网 1.2万 2026 --note 平台年费\n"
        "salesflow spend edit 展销会 3500 2026-11\n"
        "salesflow report sources"
    ),
    "spend_add": "记一笔：来源、多少、哪一期",
    "spend_list": "列出；写来源就只列它的",
    "spend_edit": "改一笔：来源、多少、哪一期",
    "spend_remove": "去掉一笔：来源、哪一期",
}
