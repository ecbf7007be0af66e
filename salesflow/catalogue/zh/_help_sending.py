"""Chinese: the help pages of what goes to a phone, comes back from it, and comes by itself."""

SENDING = {
    "s_paste": "把手机上写的一段话变成多条跟进",
    "paste": "把手机上写的话一次记完。一条以 #编号、店名或「新客户 店名」开头，后面的话和 log 一样写，可以换行；"
    "聊天里的时间行（陈磊 2026-11-24 10:05）就是那条的时间；第一个词是 拜访 到店 见 电话 来电 微信 就是方式。"
    "先列出来看，回车（或 --yes）才写，一步撤销。同一段话再贴一次不会重复记。today -f chat 推到手机的名单，"
    "在每条下面写了字，整段贴回来就行。",
    "paste_examples": "salesflow paste\nsalesflow paste notes.txt --yes\nsalesflow paste - < notes.txt",
    "s_review": "把今天没了的过一遍，出日报",
    "review": "一天结束时把该做没做的、没定下次的、头一次跟进没定级别的一条条过一遍；"
    "然后日报放进剪贴板，下一个工作日的名单发到手机（设过推送就问）。"
    "日报的样子用 -f 定，不写就是 -f chat；没有终端时 -f chat 不问，只出日报。"
    "--spread 不问，把逾期的摊到往后几个工作日。",
    "review_examples": "salesflow review\nsalesflow review -f chat\n"
    'salesflow review --spread 3 --per-day 8 --why "出差一周"',
    "s_schedule": "每天早晚自动出名单",
    "schedule": "打印一段给系统定时用的设置，照着装上，名单就自己来。"
    "默认 18:30 出下一个工作日的（电脑晚上七点就合上了）；"
    "写 --at 07:30 就是早上出当天的。只在工作日出，一天一次：没网的话过一小时、两小时再试，发过就不再发。"
    "--push 发到手机：先用 config push.名字 设好，秘密写进账本旁边的 push.toml。",
    "schedule_examples": "salesflow schedule cron --push phone\n"
    "salesflow schedule systemd --at 07:30 --push phone\n"
    "salesflow schedule launchd > ~/Library/LaunchAgents/salesflow-today.plist\n"
    "salesflow schedule windows --push phone > today.xml",
}
