"""Chinese: a call that scripts may repeat."""

TEXTS = {
    "too_long": "--key 最多 {most} 个字",
    "other_words": "「{key}」这个 --key 已经用在另一次调用上（{command}，{at}），什么也没做。\n"
    "命令、内容或文件不一样，就换一个 --key",
    "taken_back": "「{key}」做的第 {id} 步（{command}，{at}）后来撤销了，什么也没做。\n"
    "要重新做，换一个 --key；刚撤销的，用 salesflow redo 找回来",
    "whole_book": "整本账本不用 --key：账本里已有客户时本来就不收",
}
