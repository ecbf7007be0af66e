"""Settings kept in the book."""

TEXTS = {
    "unknown": "没有设置「{key}」，可以设：{near}",
    "not_allowed": "{key} 不能是「{value}」，可以是：{known}",
    "not_workdays": "「{value}」不是工作日；写 mon-fri、周一至周六 或 mon,wed,sat。",
    "set": "{key} = {value}",
    "unset": "{key} 用默认的了",
    "calendar": "日历记下 {count} 天（{first} 至 {last}）。",
    "column_key": "设置",
    "column_value": "值",
    "column_meaning": "说明",
    "default": "（默认）{value}",
    "means_rep": "你的名字，写进每条记录",
    "means_lang": "语言：zh 或 en",
    "means_format": "输出格式",
    "means_city": "所在城市",
    "means_workdays": "工作日；不设就按国家日历",
    "means_process": "新客户用的流程",
    "national": "国家日历",
    "no_value": "要写值：salesflow config {key} 值；恢复默认：salesflow config {key} -",
    "calendar_import": "用法：salesflow config calendar import 文件",
}
