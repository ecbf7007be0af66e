"""Two leads that become one."""

TEXTS = {
    "same": "#{id}「{name}」和自己合不了。写两家：salesflow merge 留下的 并进去的",
    "other_process": "#{id}「{name}」走的是流程 {process}，另一家走 {wanted}，合不了。\n"
    "先换成一样的：salesflow edit {id} --process {wanted}",
    "not_same": "#{id}「{name}」和 #{other_id}「{other}」标过「不是同一家」。\n"
    "真是同一家：加 --anyway；要取消标记：salesflow dupes {id} {other_id} --same-again",
    "two_first": "要写两家：salesflow merge 留下的 并进去的",
    "changed_since": "看的时候和现在不一样了，有人改过，没有合并。请再看一遍：salesflow merge {id} {other_id}",
    "other_header": "{name}（另一份）",
    "other_value": "{text} (#{id})",
}
