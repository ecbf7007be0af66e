"""Chinese: the help pages of the commands for the road."""

ROAD = {
    "s_plan": "排一天或一周的拜访和路线",
    "plan": "排一天去哪几家、先去哪家、几点到：约好的按时间，到期的按轻重（重点、级别、产值、迟了几天），再捎上"
    "附近没去过的，排成最短的路。打电话的另列。plan week 把一周到期的摊到工作日，约的那天或更早，一天尽量跑一个区。\n"
    "从哪出发写 --from，或先设 config home；几点到几点、车速、每家几分钟、一天几家：config day_start day_end speed "
    "visit_minutes visits。有坐标按坐标算，没有的按区和路名估（公里数前有 ~）。什么都不改，定下次还是 next。",
    "plan_examples": "salesflow plan\n"
    "salesflow plan 明天 --area 武侯区 --visits 6 --until 16:30\n"
    "salesflow plan 周五 --from 30.65,104.06 --html 路线.html --ics 路线.ics\n"
    "salesflow plan week\n"
    "salesflow config home 武侯区武侯大道1号",
    "s_prepare": "访前一页纸",
    "prepare": "去之前、打电话之前看一页：找谁、为了什么、上次说到哪、还差什么、该问什么、异议和对手。"
    "-f html 或 -o 文件 带着走，电话打码；要整的加 --with-personal（没成交的客户还要他同意）。",
    "prepare_examples": "salesflow prepare 华星\nsalesflow prepare 12 -o 华星.html --with-personal\n"
    "salesflow 访前 12 -f md",
}
