"""Areas against leads, customers, visits and value."""

TEXTS = {
    "name": "覆盖",
    "no_city": "不认识城市「{city}」，也没有客户在那里。写全名：--city 成都",
    "column_area": "区",
    "column_leads": "客户",
    "column_customers": "成交",
    "column_potential": "在谈",
    "column_untouched": "没碰过",
    "column_visits": "拜访",
    "column_unvisited": "没去过",
    "column_sales": "销售额",
    "column_value": "目标产值",
    "column_rep": "谁",
    "column_areas": "几个区",
    "column_share": "占",
    "column_load": "均份的倍数",
    "column_spread": "平均远近（公里）",
    "heading_blank": "空白",
    "no_list": "没有哪座城市的区县表可比：salesflow report coverage --city 成都",
    "unknown": "{city} 一家都不知道的区县 {count}：{each}",
    "all_known": "{city} {count} 个区县都有认识的客户",
    "no_deal": "有客户没成交的区 {count}：{each}",
    "heading_territories": "各人的地盘",
    "shared": "{area} 几个人都在跑：{each}",
    "heading_proposal": "一个区归一个人、各人差不多，可以这样分",
    "move": "{area} 的 {count} 家（{whose}）归 {rep}",
    "even": "各人差不多，一个区也只归一个人，不用动。",
    "loads": "分了以后，均份的倍数：{each}",
    "chat": "{area} 客户 {leads} 成交 {customers} 拜访 {visits}",
    "name_areas": "区",
    "def_areas": "leads 是到期末知道的，战败的也算；customers 是期末在跟、站在成交阶段的；potential"
    " 是期末在跟、收到过、还没成交的；untouched 是名单上还没收到的；deals 是站在成交阶段的，不管在不在跟；"
    "「武侯」和「武侯区」是一个区。",
    "name_visits": "拜访",
    "def_visits": "这一期里有人接待的上门次数，和周报同一个数；unvisited 是期末在跟、到现在一次都没去过的。",
    "name_sales": "销售额",
    "def_sales": "这一期签的订单，到期末没取消的；value 是在谈和没碰过的目标之和。",
    "name_blank": "空白",
    "def_blank": "unknown：官方区县表里一家客户都不知道的区县，城市用 --city，不写是客户最多的那座；no_deal："
    "有客户、一家都没进成交阶段的区。",
    "name_territories": "地盘",
    "def_territories": "各人在跟的成交客户和在谈客户；share 是他占全部成交客户的几成和占全部在谈的几成，"
    "取一半一半；load 是它等于几个均份（1 是正好）；spread_km 是各家离中心的平均直线距离，没有坐标是 -。",
    "name_proposal": "怎么分",
    "def_proposal": "从最重的区分起：给在这个区份额最大、分了不超过均份一成的人，没有就给到此最少的人。"
    "只是建议，分用 salesflow team assign。",
}
