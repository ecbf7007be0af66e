"""Help of the improvement plan."""

TEXTS = {
    "s_action": "改进措施：做什么、几时、谁",
    "action": (
        "例会上定下的改进：做什么、期限、谁做、为了报表里的哪个数。周报月报每期都列，直到做完；那个数定下时是多少，"
        "现在是多少，放在一起看。到期那天 today 提醒。不写别的就是列出；写一句话就是加一条。"
    ),
    "action_examples": (
        "salesflow action 新客户当天打第一个电话 --measure first_contact --due 周五\n"
        "salesflow action 改期必须写理由 --measure 没写理由 --who 小李 --from 2026-W47\n"
        "salesflow action --late\n"
        "salesflow action done 3\n"
        "salesflow action drop 4 --why 人走了"
    ),
    "action_add": "定一条措施：做什么",
    "action_list": "列出措施，迟的在最前",
    "action_done": "做完了一条",
    "action_drop": "不做了，写原因",
    "action_edit": "改一条；- 是清空",
}
