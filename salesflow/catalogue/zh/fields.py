"""FIELD=VALUE."""

TEXTS = {
    "no_equals": "「{text}」要写成 字段=值，例如 address=武侯大道1号",
    "unknown": "没有字段「{name}」，是不是 {near}？",
    "not_of_process": "「{name}」记作自己加的一项；流程里的是 {like}",
    "elsewhere": "{name} 不在这里改，用：salesflow {command}",
    "cannot_empty": "{name} 不能为空。",
    "no_phone": "「{text}」不是电话号码。",
    "no_count": "「{text}」不是数量，写成 120；按天、按年说也行：3/天、1000/年。",
    "no_degrees": "{name}「{text}」不是中国的经纬度。",
    "no_need": "需求写 yes、no 或 unknown（有、没有、不明），不是「{text}」。",
    "no_flag": "写 yes 或 no（是、否），不是「{text}」。",
}
