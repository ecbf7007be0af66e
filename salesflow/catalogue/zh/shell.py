"""Chinese: the shell around every command."""

TEXTS = {
    "begin": "还没有账本。三种开始：\n"
    "  salesflow import 你的表.xlsx    你现在的表，原样拿进来\n"
    "  salesflow add 店名              加第一家客户\n"
    "  salesflow demo                  先看一本演示账本",
    "clock_behind": "电脑的时间 {now} 比账本里最新的记录 {newest} 还早，请看看时间对不对",
    "clock_far": "电脑的时间是 {now}，不大可能：请看看电脑的日期。已照它记下",
    "zone_unknown": "时区 TZ={zone} 不存在，电脑只好按 UTC 走（现在 {now}）。在中国写 TZ=Asia/Shanghai",
    "yes_default": "[回车=是 n=否]",
    "no_default": "[y=是 回车=否]",
    "number": "写 1 到 {most}；回车，都不选：",
    "no_clipboard": "这里没有剪贴板可放，上面的字自己复制",
    "copied": "已放进剪贴板（{count} 行）",
    "completion_head": "salesflow 的命令补全（{shell}）。装一次：",
    "completion_alias": "sf 是 salesflow 的短名",
    "completion_no_alias": "这台电脑上已有叫 sf 的程序，不设短名",
    "completion_which": "哪种 shell？写 salesflow completion bash（或 zsh、fish、powershell）",
    "completion_unknown": "没有「{value}」的补全，有：{known}",
    "completion_unknown_near": "没有「{value}」的补全，是不是 {near}？有：{known}",
}
