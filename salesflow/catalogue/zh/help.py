"""Chinese: the help pages. ``s_*`` one line a command, then what it does and how it is used."""

from salesflow.catalogue.zh import _help_action, _help_money, _help_people
from salesflow.catalogue.zh._help_backup import BACKUP
from salesflow.catalogue.zh._help_road import ROAD
from salesflow.catalogue.zh._help_sending import SENDING

TEXTS = {
    "usage": "用法：salesflow 命令 ...    直接打 salesflow 就是「今天」\n店名可写简称、拼音、编号、电话",
    "usage_of": "用法：{words}",
    "also": "也叫：{names}",
    "options_word": "[选项]",
    "arguments": "写什么",
    "options": "选项",
    "verbs": "做什么",
    "examples": "例子",
    "repeat": "（可写多次）",
    "before": "写在命令前面",
    "foot": "不常用的：salesflow help --all    某一条：salesflow visit --help",
    "foot_all": "某一条怎么用：salesflow help 命令",
    "noun_foot": "某一项怎么用：{words}",
    "group_day": "每天",
    "group_look": "查",
    "group_road": "出门",
    "group_move": "往前推",
    "group_file": "档案",
    "group_money": "钱",
    "group_figures": "看数",
    "group_exchange": "进出",
    "group_book": "账本",
    "group_setup": "设置",
    "group_rare": "不常用",
    "s_today": "今天该跟谁，先有约、再新线索、再逾期",
    "today": "今天该跟谁：逾期的、到期的、等首次跟进的、没定下次的，按该先做的次序。不写命令就是它。"
    "下面的「提醒」是约好的钟点、生日、没办完的事故、到点的回访、快用完的货。\n"
    "--push 发到手机（先 salesflow config push.名字 企业微信），每家的下面写上回话，晚上 paste 收回来。",
    "today_examples": "salesflow\nsalesflow today --area 武侯区\nsalesflow today --date 明天 --limit 10\n"
    "salesflow today --push phone --date 明天",
    "s_visit": "记一次拜访",
    "visit": "记一次拜访，就是 log --via visit。记录不用加引号；里面写「下次周五送样品」「级别 "
    "A」「了解：」都算数。回答里告诉你下次是哪天、从哪来的。",
    "visit_examples": "salesflow visit 华星 见王经理 报了368，嫌贵 下次周五送第二份报价\n"
    "salesflow visit 12 看了样品 -n 3天后 -w 王建国",
    "s_call": "记一次电话（来电＝他们打来）",
    "call": "记一次电话，就是 log --via phone。他们打来的用 来电 或 --in；没人接就写「没接」，自动改天再打。",
    "call_examples": "salesflow call 华星 约了周三下午\n"
    "salesflow call 12 没接\n"
    "salesflow 来电 双流捷豹 问前挡价格 --new",
    "s_log": "记微信、活动等任何一次跟进",
    "log": "记一次已经发生的跟进。下次按你写的；没写就按阶段和级别的间隔算，回答里说清楚。",
    "log_examples": "salesflow log 华星 -v wechat 发了色卡 下次周三\n"
    "salesflow log 12 --at 昨天 见了赵总 --learned 年底换供应商\n"
    "salesflow log 12 送了样品 --goal-met yes --result 肯试两台 --hook 下次带检测报告",
    "s_next": "定下次，或改期",
    "next": "定下次哪天做什么，或改期。改期会计数，请写 --why。写了几点就是约好了：地点、目的、谁约谁去也能写；"
    "打电话前可写想要的效果、要问和要讲的。不写日期，就只补这些。",
    "next_examples": "salesflow next 华星 周五 送样品\n"
    "salesflow next 华星 周五 10:00 送报价 --purpose needs --place 店里 --keeper 李四\n"
    'salesflow next 12 明天 --via phone --effect 约到店总 --questions "月销多少"\n'
    "salesflow next 12 12-01 --why 何总出差\n"
    "salesflow next 12 --no-next",
    "s_add": "加一家新客户",
    "add": "加一家新客户，有店名就行，别的以后补。已经有的、电话一样的会先告诉你。",
    "add_examples": "salesflow add 成都华星宝马 --short 华星 --area 武侯区 -g B\n"
    'salesflow add 锦泰奥迪 --contact "李总 13900005702 buyer" -n "明天 送样品"',
    "s_show": "一家的全部档案",
    "show": "一家的全部：资料全不全、缺什么、有哪些人、走到哪、下次哪天、跟进记录（新的在上）。",
    "show_examples": "salesflow show 华星\nsalesflow show 12 --all\nsalesflow show 13900001234",
    "s_find": "按店名、人、电话、拼音、内容找",
    "find": "在店名、拼音、人、电话、地址、品牌和跟进记录里找，两个字就够。",
    "find_examples": "salesflow find 嫌贵\nsalesflow find cdbm",
    "s_list": "按条件列客户",
    "list": "按条件列客户，几个条件同时算。",
    "list_examples": "salesflow list --stage qualified -g A\n"
    "salesflow list --untouched --area 武侯区\n"
    "salesflow list --where-missing phone -f csv",
    **ROAD,
    **SENDING,
    "s_advance": "进下一阶段，或看还差什么",
    "advance": "进下一阶段，或写明的那个。条件没到就列出差什么、用哪个命令补。--dry-run 只看不进。",
    "advance_examples": "salesflow advance 华星\n"
    "salesflow advance 12 --dry-run\n"
    "salesflow advance 12 --force --why 老板特批",
    "s_park": "暂时放下，到日子回来",
    "park": "暂时放下一家，到日子自己回到今天的单子里。",
    "park_examples": "salesflow park 华星 --reason other --until 3个月后 --why 店里装修\n"
    "salesflow park 12 --until 2027-02-20",
    "s_lose": "战败，记原因",
    "lose": "这家没谈成，记下原因。输给对手的写 --to。",
    "lose_examples": "salesflow lose 华星 --reason competitor --to 某品牌\n"
    "salesflow lose 12 --reason other --why 关店",
    "s_reopen": "重新跟进",
    "reopen": "把暂缓或战败的重新跟起来。",
    "reopen_examples": "salesflow reopen 华星 --next 明天",
    "s_edit": "改资料、目标、标签",
    "edit": "改一家的资料。--set supplier=无 是说他们没用，这也是答案，不是空着。"
    "--set customer_class= 给成交的客户分类，往后按那一类的服务方案走。",
    "edit_examples": "salesflow edit 12 --set supplier=无 --set volume_month=90\n"
    "salesflow edit 华星 --goal 12万 --goal-on 年底 --tag 重点",
    "s_objection": "他们说的不，和管用的回答",
    "objection": "他们为什么不买、你怎么答的、管不管用。写客户就列出，再写内容就记一条；不写客户列最常听到的。",
    "objection_examples": "salesflow objection 华星 价格太贵 --answer 按每台车的利润算账 --worked yes\n"
    "salesflow objection find 太贵\n"
    "salesflow objection edit 华星 3 --answer 先贴一台试试 --worked no",
    "objection_add": "记一条异议：客户、内容、怎么答的",
    "objection_list": "列出一家的；不写客户是最常听到的",
    "objection_edit": "改一条：答案、管不管用",
    "objection_find": "以前怎么答的，哪样最管用",
    "objection_remove": "去掉一条",
    **_help_money.TEXTS,
    **_help_action.TEXTS,
    **_help_people.TEXTS,
    "s_report": "日报、周报、月报、漏斗",
    "report": "各种报表；不写名字就列出有哪些。日报、周报、月报是 report day、week、month。"
    "report service 是成交以后：每张单从交货算起按流程的天数回访，接通的跟进离哪次近就算做了哪次，过了和下一次的"
    "正中间还没有就算漏了；货按产品的周期用完，买过三次（同一天算一次）就按他自己的节奏，隔的天数的中位数；"
    "客户分类的服务方案，过了日子没接通过就列进内部审核。"
    "report forecast 按自己的历史算每家的机会、每周每月能成多少，--backtest 看以前准不准；report hot 是 H 名单。"
    "report kpi 把指标和目标、上期、前四期放在一起；"
    "按期的报表加 --compare 都和上一期、前四期的平均比（hot、forecast、ageing、visits、calendar、service "
    "说的是到那天怎样，看以前的用 --date）；加 --explain 写明每个数怎么数的。"
    "一季是 report quarter；任意一段日子写 --from --to，前一段是它前面一样多的天数；"
    "按期的报表都可以 --period day|week|month|quarter。"
    "report meeting 开例会用，new 交新客户表，sources 看来源（花费用 spend 记），first-contact 看首次跟进，"
    "reasons 看战败原因，ageing 看谁卡住，coverage --city 看空白区和各人地盘，team 看各人。"
    "每个报表都能另写成文件：--html 一页带图的网页（给领导看，A4 打印）、--xlsx 带图的工作簿、--md 发群里；"
    "手机号遮住、人只写姓，要全的加 --with-personal。report calendar 是一个月每天约了几件。",
    "report_examples": "salesflow report week\nsalesflow report week --html 周报.html --xlsx 周报.xlsx\n"
    "salesflow 日报\nsalesflow report month --date 上月底 -f md\n"
    "salesflow report promises --period quarter\n"
    "salesflow report week --from 10-01 --to 11-15\n"
    "salesflow report visits\n"
    "salesflow report month --by rep\n"
    "salesflow report 指标\nsalesflow report kpi --period week --explain\nsalesflow 周报 --compare\n"
    "salesflow report 来源 --period quarter --compare\n"
    "salesflow 报表 预测\nsalesflow report forecast --backtest\nsalesflow report hot -f chat\n"
    "salesflow report 客户服务",
    "s_target": "目标和每天要做多少",
    "target": "每天、每周、每月要做多少，做到了多少，往后每天还要多少。只写 target 就列出来。"
    "指标：拜访 电话（打出去的）跟进 新线索 成交 销售额 毛利 回款。专给某一期的目标优先于「每月」。"
    "工作日按国家日历（config workdays）。日报、周报、月报里都有。",
    "target_examples": "salesflow target set 拜访 100 每月\n"
    "salesflow target set 销售额 30万 --period 2026-12\n"
    "salesflow target set 回款 25万 本月 --rep 李想\n"
    "salesflow target\n"
    "salesflow target solve",
    "target_set": "定一个目标，或改：指标、多少、哪一期",
    "target_set_examples": "salesflow target set 拜访 5 每天\n"
    "salesflow target set 销售额 30 万 每月\n"
    "salesflow target set 成交 2 --period 2026-W47 --why 年底冲一把",
    "target_list": "列出目标和完成多少",
    "target_remove": "去掉一个目标：指标、哪一期",
    "target_solve": "产值公式：销售额＝每天拜访×工作日×成交率×每单，算其中没写的一个；"
    "不写的用当月目标、日历和自己的历史",
    "target_solve_examples": "salesflow target solve\n"
    "salesflow target solve --month 下月 --sales 30万\n"
    "salesflow target solve --sales 30万 --days 22 --rate 5% --order 5.8万\n"
    "salesflow target solve sales --visits 6\n"
    "salesflow target solve rate --visits 5",
    "s_import": "你现在的表，原样拿进来",
    "import": "把现有的表原样拿进来：CSV、TSV、Excel、JSON，手机和 Outlook 的名片（vCard）。"
    "编码、标题行、列名自己认，认不出的列也留着；没写公司的名片不收，除非 --people（一人算一家）；"
    "同一个文件再导一次不会重复。终端上先列出每一列读作什么、前几格是什么，回车才导入，也可以当场改；"
    "脚本里不问（终端上不想问：--yes），--dry-run 只看不导。列名一样的文件下次按 --save-profile 记下的读。\n"
    "--kind 导入客户名下的记录，日期和记录人照原来的；写明是哪一家的列叫 客户 或 lead（店名或编号）。"
    "历史不问门槛；订单在签约那天进成交阶段，导入了阶段记录的按阶段记录。"
    "promises 是约过的每一个日期：有「原定日期」的算改期，有「了结时间」的照它了结。"
    "JSON Lines 每行写明 type 的，各种记录可以放在一个文件里。",
    "import_examples": "salesflow import 客户.xlsx --dry-run\n"
    "salesflow import 客户.xlsx\n"
    "salesflow import 名单.xlsx --sheet all --save-profile 厂家名单\n"
    "salesflow import 拜访记录.xlsx --kind followups\n"
    'salesflow import a.csv --map "门店=name" --default source=street',
    "s_export": "导出：表格、工作簿、手册里的表",
    "export": "把账本写成别的程序能用的文件，或可以打印签字的表。格式看文件后缀，-f 更优先：csv、tsv、json"
    "、jsonl、xlsx；不写 -o 就出到屏幕，工作簿要写 -o。\n"
    "什么：leads contacts followups stages orders payments t"
    "argets quotes objections incidents competitors promi"
    "ses products actions dues，可用 list 的筛选；表：customer-record 客户、followup-record"
    " 客户、new-leads --week|--month、hot-list；calendar、all。\n"
    "工作簿是交给别人的：个人电话打码，个人资料不写，除非 --with-personal；没成交的客户还要他"
    "同意过（--consent 日期，或 salesflow edit 客户 --consent 日期）。c"
    "sv、tsv、json、jsonl 是自己留的，不打码；--mask 让它们也打码。\n"
    "手机日历：calendar（.ics），往后 30 天（--days、--until 改）。约了钟点的占一小时、提前半小时响，"
    "没约钟点的占一天、早上 9 点响。改了期再导入一次，还是那一条，换到新日子；"
    "定下的事没了、撤销了、提前办了，标成取消；"
    "按时办了的，30 天里还留着，不再响。\n"
    "手机通讯录：contacts -f vcf（.vcf），一人一张名片，没有联系人的店用店里的电话。",
    "export_examples": "salesflow export leads -o 客户.csv\n"
    "salesflow export followups --area 武侯区 -o 跟进.xlsx\n"
    "salesflow export customer-record 华星 -o 华星.xlsx\n"
    "salesflow export new-leads --month -o 新增.xlsx\n"
    "salesflow export calendar -o 本周.ics --days 7\n"
    "salesflow export contacts -o 通讯录.vcf --area 武侯区\n"
    "salesflow export leads -f jsonl",
    "s_dupes": "疑似重复的客户，说明为什么",
    "dupes": "把整本账本比一遍：电话一样、名字一样（地址不同的多半是另一个展厅）、去掉公司字样一样、"
    "读音一样（先锋、先峰）、多一个字、地址一样。越有把握越靠前，哪里像、哪里不同都写出来；只列出，不会自己合并。"
    "括号里的店名不同算两家。看过不是同一家的，用 --not-same 记住，以后不再列出，--all 还能看到。"
    "终端上先列一屏，--limit 多列。",
    "dupes_examples": "salesflow dupes --limit 20\nsalesflow dupes --like phone\nsalesflow dupes 12 57\n"
    "salesflow dupes 12 57 --not-same --why 两个展厅\nsalesflow dupes --review",
    "s_merge": "两家其实是一家，合成一家",
    "merge": "把第二家并进第一家：人、跟进、订单、阶段和所有记录一起过来，都不重复计数。两边都有的以第一家为准，"
    "另一份的说法记在「（另一份）」里；阶段按走得远的，级别按最近定的，谁先登记算谁的。"
    "下次留第一家的，另一个作废。终端上先看再问，脚本里直接做；undo 原样拆开。",
    "merge_examples": "salesflow merge 12 57\nsalesflow merge 12 57 --dry-run\n"
    "salesflow merge 12 57 --yes --why 同一家，名字写错了",
    "s_undo": "撤销上一步",
    "undo": "撤销上一步，或前几步；再打一次就再往前。先给你看要撤销什么。",
    "undo_examples": "salesflow undo\nsalesflow undo 3 --yes\nsalesflow undo --list",
    "s_check": "账本有没有坏",
    "check": "查账本：好的就不出声，有毛病一次全列出来（退出码 5）。每一页都看，再按历史从头推一遍："
    "哪家、哪一项和历史不一样，原来是什么、怎么办，一条一行；记下的操作后来被改过也看得出。"
    "只查不修：另写一本用 salvage。",
    "check_examples": "salesflow check\nsalesflow check --json",
    "s_process": "阶段、关卡、级别、原因：改成你们的",
    "process": "跟进的标准流程：阶段、进阶段的条件、级别、间隔、原因，都是可以改的数据。",
    "process_examples": "salesflow 流程\n"
    "salesflow process show film-4s\n"
    "salesflow process new ours --from film-4s --name 我们的流程\n"
    "salesflow process edit ours\n"
    "salesflow process use ours",
    "process_list": "列出账本里的流程，和自带的、还没用过的",
    "process_show": "画出一个流程：阶段、关卡、各有几家；--toml 给出它的文件",
    "process_new": "照一个流程抄一份，另取代码和名称",
    "process_new_examples": "salesflow process new ours --from film-4s --name 我们的流程",
    "process_edit": "改一个流程：打开编辑器，或从文件取；查过没错才采用，先说对客户有什么影响",
    "process_edit_examples": "salesflow process edit ours\n"
    "salesflow process edit ours ours.toml --dry-run\n"
    "salesflow process edit ours ours.toml --move qualified=prospect",
    "process_use": "让新客户走这个流程；写文件就先收进账本",
    "process_use_examples": "salesflow process use lubricant\nsalesflow process use ours.toml",
    "process_update": "把自带流程的新版本收进账本",
    "process_check": "检查一个流程文件：每个错都带行号",
    "s_config": "名字、语言、工作日、流程",
    "config": "账本里的设置。不写就列出；写名字和值就设上。\npush.名字 是名单发到哪里：企业微信、钉钉、飞书、邮件；"
    "网址、密码是秘密，写进账本旁边的 push.toml 或环境变量，不写在命令里。",
    "config_examples": "salesflow config\n"
    "salesflow config rep 陈磊\n"
    "salesflow config push.phone 企业微信\n"
    "salesflow config push.mail 邮件 host=smtp.qq.com user=me@example.com to=me@example.com\n"
    "salesflow config calendar import 2027.csv",
    "config_set": "设一项",
    "config_list": "列出设置",
    "config_calendar": "导入新一年的工作日：calendar import 文件",
    "s_init": "新建账本",
    "init": "新建一本空账本，只有你自己能读。已经有的不动。"
    "网络盘上的锁不可靠，两台电脑会把账本写坏：不写 --i-know 就不在那里建。",
    "init_examples": "salesflow init\nsalesflow --db 二店.db init --rep 陈磊",
    "s_redo": "把撤销的再做回来",
    "redo": "把刚撤销的一步再做回来。",
    "redo_examples": "salesflow redo",
    "s_history": "一家发生过的一切，或账本每一步",
    "history": "一家发生过的一切：跟进、进退阶段、改动。不写客户就列账本的每一步。",
    "history_examples": "salesflow history\nsalesflow history 华星",
    **BACKUP,
    "s_guide": "这个阶段该问什么、做什么",
    "guide": "一个阶段的清单：该了解什么、该做什么。不写 --process 就在账本的流程里找。"
    "哪一家这次该问什么，看 salesflow prepare 店名。",
    "guide_examples": "salesflow guide qualified",
    "s_incident": "出了事，盯到解决",
    "incident": "客户那边出的事：记下、跟进、解决。不写客户列全部没解决的，最早的在上。解决了又出，另记一件。",
    "incident_examples": "salesflow incident 华星 前挡起泡 --due 周五\n"
    "salesflow incident follow 华星 2 师傅已经去看了\n"
    "salesflow incident solve 华星 2 重贴一张\n"
    "salesflow incident",
    "incident_add": "记一件事：客户、什么事、哪天前解决",
    "incident_list": "列出一家的；不写客户是全部没解决的",
    "incident_follow": "跟进：客户、编号、做了什么",
    "incident_solve": "解决：客户、编号、怎么解决的",
    "s_referral": "谁介绍来谁，带来多少",
    "referral": "谁介绍来谁。写客户就看它带来的一串，再写店名就加上、连好；已有的店连上，不重复。",
    "referral_examples": "salesflow referral 华星 天府丰田 --as same_group\n"
    "salesflow referral 华星 甲店 乙店\n"
    "salesflow referral 华星",
    "referral_add": "记下它介绍来的店",
    "referral_list": "看一家带来的一串；不写客户看全部",
    "s_team": "一个队：并账本、撞单、分公海、签字",
    "team": "别人的账本并进来；两人报备同一家（撞单）并排看、裁定；公海的客户分给谁；客户卡和每周新客户的签字。",
    "team_examples": "salesflow team join 李想.db 王芳.db\n"
    "salesflow team conflicts\n"
    "salesflow team settle 3 --to 陈磊 --why 先报备，见过决策人\n"
    "salesflow team assign --dry-run\n"
    "salesflow team sign 华星 --by 李经理\n"
    "salesflow team sign --week --by 李经理 --as reviewed\n"
    "salesflow team unsigned",
    "team_sign": "签一家，或 --week 签一周收到的",
    "team_unsigned": "哪些卡还没签全",
    "team_join": "别人的账本并进来：客户和跟进、报备的人和日期都留着；并两遍不会多",
    "team_join_examples": "salesflow team join 李想.db\n"
    "salesflow team join 分部/*.db --dry-run\n"
    "salesflow team join 旧电脑.db --as 李想",
    "team_conflicts": "撞单并排看：谁先报备、跟进几次、见到谁、最近联系、阶段；--all 连裁定过的",
    "team_conflicts_examples": "salesflow team conflicts\nsalesflow team conflicts -f csv",
    "team_settle": "裁定撞单：两家合成一家，归一个人，写清为什么；undo 可以拆开",
    "team_settle_examples": "salesflow team settle 3 --to 陈磊 --why 先报备，见过决策人",
    "team_assign": "分公海：先按区域，再按在跟的数平均；来找我们的归第一个接触的人；每家说为什么",
    "team_assign_examples": "salesflow team assign --dry-run\n"
    "salesflow team assign --to 陈磊 --to 李想\n"
    "salesflow team assign --area-of 李想=武侯区 --area-of 陈磊=金牛区 --by-area",
    "s_evaluate": "给机会打分：评估、筛选、和对手比",
    "evaluate": (
        "流程里的清单逐项打分。写客户看全部得分；再写清单就逐项问（不在终端上就列出来）；后面写要点"
        "=分就记下：只写要点是满分，要点=- 取消。得分＝各项分数乘权重的和，占满分乘权重的和的百"
        "分之几，四舍五入到整数；没答的算 0 分。--competitor 给对手打分，和我们并排"
        "看赢在哪、输在哪。"
    ),
    "evaluate_examples": (
        "salesflow evaluate 华星\n"
        "salesflow evaluate 华星 opportunity budget=4 timetable=2 --note 年底定\n"
        "salesflow evaluate 华星 screening would_try\n"
        "salesflow evaluate 华星 fit price=2 --competitor 某品牌"
    ),
    "s_competitor": "客户那里的竞争对手",
    "competitor": (
        "客户那里还有谁：强弱、价、关系、里面谁支持。写客户就列出，再写名字就记下；不写客户看每个对"
        "手在几家、输给它几家。"
    ),
    "competitor_examples": (
        "salesflow competitor 华星 某品牌 --price 350 --strengths 牌子响 --supporter 赵总\n"
        "salesflow competitor edit 华星 某品牌 --weaknesses 质保只有8年\n"
        "salesflow competitor"
    ),
    "competitor_add": "记一个对手：客户、名字",
    "competitor_list": "列出一家的；不写客户是全部对手",
    "competitor_edit": "改一个对手；- 是清空",
    "competitor_remove": "去掉一个对手，给它打的分一起去掉",
    "s_tag": "标签",
    "tag": "给客户贴标签。写客户就列出它的；再写标签就贴上。",
    "tag_examples": "salesflow tag 华星 重点\nsalesflow tag remove 华星 重点\nsalesflow list --tag 重点",
    "tag_add": "贴标签",
    "tag_list": "列出标签",
    "tag_remove": "撕掉标签",
    "s_demo": "先看一本演示账本",
    "demo": "做一本有客户、有记录的演示账本，放在你的账本旁边，不碰你的。",
    "demo_examples": "salesflow demo\nsalesflow --db 试.db demo",
    "s_when": "这些日期说法是哪一天",
    "when": "看程序把一句话读成哪一天；读不懂的以 2 退出。",
    "when_examples": "salesflow when 下周三 月底 3个工作日后\nsalesflow when --past 周五",
    "s_completion": "给 shell 的命令补全",
    "completion": "写出一段脚本，让 Tab 键补全命令和选项；没有别的 sf 时，顺便把 sf 设成 salesflow 的短名。",
    "completion_examples": "salesflow completion bash >> ~/.bashrc\n"
    "salesflow completion fish > ~/.config/fish/completions/salesflow.fish",
    "s_help": "帮助",
    "help": "全部命令，或某一条怎么用。",
    "help_examples": "salesflow help\nsalesflow help --all\nsalesflow help visit",
}
