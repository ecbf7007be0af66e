"""A lead that would stand above itself."""

TEXTS = {
    "self_referrer_id": "#{id} 不能是自己介绍来的。",
    "self_parent_id": "#{id} 不能是自己的总部。",
    "referrer_id": "#{other_id}「{other}」本来就是 #{id}「{name}」介绍来的（{chain}），不能绕成一圈。\n"
    "先改：salesflow edit {other_id} --set referrer=",
    "parent_id": "#{other_id}「{other}」本来就在 #{id}「{name}」下面（{chain}），不能绕成一圈。\n"
    "先改：salesflow edit {other_id} --set parent=",
}
