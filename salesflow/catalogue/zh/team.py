"""Signatures on cards."""

TEXTS = {
    "no_name": "谁签的？写 --by 姓名",
    "ask_name": "谁签的？",
    "update_first": "账本里的流程 {process} 是旧的，没有列签字的种类。\n"
    "换成随程序来的新版：salesflow process update {process}",
    "no_kind": "流程 {process} 没有列签字的种类：写 --as 签什么，或在流程里加 [signoffs]",
    "no_kinds": "这里的流程没有列签字的种类；在流程里加 [signoffs]。",
    "lead_and_week": "写一家，或者写 --week，不能都写。",
    "date_without_week": "--date 要和 --week 一起用。",
    "week_to_come": "{date} 那周还没到。",
    "signed_already": "#{id} {lead}　{kind_zh} 已经签过：{name}，{at}",
    "signed": "#{id} {lead}　{title}：{name} 签了",
    "week_signed": "{week}　{name} 签了 {count} 家{title}",
    "week_none": "{week}　没有要签的",
    "week_already": "，{count} 家早签过",
    "week_without": "{count} 家的流程没有这种签字，没有签。",
    "title_in": "：{titles}",
    "line_signed": "签字  {each}",
    "line_unsigned": "还没签  {each}",
    "count": "{count} 家没签全。签一家：salesflow team sign 编号 --by 姓名；签一周：--week",
    "all_signed": "都签全了。",
    "column_lead_id": "#",
    "column_short": "店",
    "column_received_at": "收到",
    "column_missing": "还没签",
}
