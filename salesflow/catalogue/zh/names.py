"""Words about names that cannot be taken."""

TEXTS = {
    "empty": "{what} 是空的：写上内容再来。",
    "empty_name": "名称是空的：写上店名再来。",
    "control": "{what} 里有控制字符或换行：去掉它们再来。",
    "dropped": "已去掉看不见的字符：{what}",
    "too_long": "{what} 有 {length} 个字，最多 {most} 个：长的内容写进备注。",
    "phone_rounded": "「{text}」是被表格软件取整过的电话，数字已经丢了：把那一列设为文本，重新填写。",
    "not_an_amount": "看不懂金额「{text}」：写成 58000、58,000、1000.10、¥58000、5.8万 或 1.2亿。",
    "other_currency": "「{text}」是 {currency}：账本只记人民币，折成元再写，原币写进备注。",
    "negative_amount": "金额「{text}」是负数：金额不能小于 0。",
    "too_precise": "金额「{text}」比分还细：小数最多两位。",
    "absurd_amount": "金额「{text}」超过一万亿元：请核对。",
}
