"""People at a lead."""

TEXTS = {
    "no_name": "要写姓名：salesflow contact 店名 姓名 电话 角色",
    "exists": "「{lead}」已经有联系人 {name}。\n改：salesflow contact edit {id} {name} --phone 号码",
    "none": "没有联系人「{text}」，有：{known}",
    "several": "「{text}」对得上好几个人：{known}",
    "role_without_person": "--role 要和 --contact 一起用。",
    "added": "#{lead_id} {lead}　联系人 {name}　{details}",
    "edited": "#{lead_id} {lead}　已改联系人 {name}　{details}",
    "removed": "#{lead_id} {lead}　去掉了联系人 {name}",
    "list_none": "#{id} {name}　还没有联系人。加：salesflow contact {id} 姓名 电话 角色",
    "bad_birthday": "「{text}」不是生日；写 1980-05-12 或 05-12。",
    "nothing": "要改什么？例如 --phone 号码 --role 角色",
    "chain_twice": "{name} 写了两次。",
    "roles_missing": "还没有：{roles}",
    "roles_unmet": "还没见过：{roles}",
    "role_of": "{name}（{role}）",
    "chain_of": "#{id} {name}　决策链",
    "no_chain": "还没排先后：salesflow contact chain {id} 姓名 姓名",
    "buying": "采购到：{step}",
    "buying_place": "{step}（第 {place} 步，共 {steps} 步）",
    "buying_apart": "采购到：{step}　我们这阶段对着：{ours}",
}
