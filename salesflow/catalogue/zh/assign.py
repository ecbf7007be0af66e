"""The pool given out."""

TEXTS = {
    "no_reps": "分给谁？账本里还没有谁有客户：写 --to 名字（可以写几次）",
    "owned": "#{id} {name} 是 {rep} 的，不在公海。要先放回公海：salesflow edit {id} --set owner=",
    "no_area_of": "「{text}」看不懂：写 --area-of 名字=区域，几个区用逗号隔开",
    "no_such_rep": "没有归「{text}」的客户，有：{known}　（- 是公海）",
    "new_rep": "{rep} 还没有客户，是新来的。",
    "new_rep_near": "{rep} 还没有客户，是新来的；是不是要写 {near}？（可以 undo）",
    "why_first_contact": "找上门来的，{day} 是他第一个接触",
    "why_area_of": "{area}归他管",
    "why_area": "{area}他最多（{count} 家）",
    "why_evenly": "在跟的他最少（{count} 家）",
    "why_nobody": "{area} 还没有人",
    "why_no_area": "没写区域",
    "line": "#{id} {name}　给 {rep}　{why}",
    "line_left": "#{id} {name}　留在公海　{why}",
    "count": "{rep}：在跟 {open_before}，分到 {given}，现在 {open_after}",
    "nothing": "公海里没有要分的客户。",
    "dry_run": "只是试算，什么都没改。",
}
