"""客户服务：到点的回访和再订，没按服务方案做的。"""

TEXTS = {
    "title": "客户服务 {label}   到 {day} 为止   {rep}",
    "care_sum": "回访  今天 {care_due}  晚了 {care_late}  7 天内 {care_ahead}  做了 {care_done}  漏了 "
    "{care_missed}",
    "stock_sum": "再订  该问 {reorder_due}  已用完 {reorder_late}  7 天内 {reorder_upcoming}  问过 {reorder_asked}"
    "  停了 {reorder_stopped}      服务方案  {plans} 家，没按方案 {plans_not_kept}",
    "heading_care": "回访到点 {count}",
    "heading_ahead": "7 天内的回访 {count}",
    "heading_reorders": "该再订的 {count}",
    "heading_reorders_ahead": "7 天内要问再订的 {count}",
    "heading_asked": "问过，还没下单 {count}",
    "heading_audit": "内部审核：没按服务方案做的 {count}",
    "heading_missed": "漏了的回访 {count}",
    "heading_stopped": "停了，过了一轮没再订 {count}",
    "column_lead": "店",
    "column_title": "做什么",
    "column_via": "方式",
    "column_due": "该",
    "column_late": "晚",
    "column_start": "订单",
    "column_product": "产品",
    "column_ends": "用到",
    "column_last": "上次",
    "column_by": "按什么算",
    "column_class": "分类",
    "column_every": "方案",
    "column_contact": "最后接通",
    "every": "每 {days} 天",
    "unclassed": "没分类的客户 {count} 家：{ids}　分类：salesflow edit {id} --set customer_class=分类",
    "name_care": "回访",
    "def_care": "每张没取消的单从交货那天（没写就从签单）按流程的天数该有的回访，遇休息日顺到上班；care_due "
    "是今天的，care_late 过了还没做，care_ahead 7 天内到。",
    "name_care_done": "做了",
    "def_care_done": "在这一期里做的：离这次近的日子有接通的跟进。",
    "name_care_missed": "漏了",
    "def_care_missed": "过了和下一次的正中间还没接通，这一天落在这一期里。",
    "name_reorders": "再订",
    "def_reorders": "货按产品的周期用完，买过三天以上的按他自己隔的天数的中位数：reorder_due 该问了，reorder_"
    "late 已用完，reorder_upcoming 7 天内要问，reorder_asked 问过还没下单。",
    "name_stopped": "停了",
    "def_stopped": "用完以后又过了一轮还没再订，这一天落在这一期里。",
    "name_plans": "服务方案",
    "def_plans": "有分类、分类有方案的客户；plans_not_kept 是离上次接通（没有就从分类那天）超过方案天数的，列"
    "在内部审核，days_late 是超过几天。",
    "name_unclassed": "没分类的",
    "def_unclassed": "有没取消的订单、流程有分类、自己还没分类的客户；战败的不算。",
}
