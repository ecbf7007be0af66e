"""What sources cost."""

TEXTS = {
    "added": "{source} {period} 花费 {amount}（{first} 至 {last}）",
    "more": "{source} {period} 加 {amount}，一共 {total}（{first} 至 {last}）",
    "edited": "{source} {period} 花费改为 {amount}（原来 {before}）",
    "removed": "去掉了 {source} {period} 的花费 {amount}",
    "none": "这个来源 {period} 没有记花费，记了的有：{known}",
    "no_source": "要写哪个来源：salesflow spend 展销会 3000 2026-11",
    "no_amount": "要写花了多少：salesflow spend {source} 3000 2026-11",
    "no_period": "「{text}」不是一期。写 2026-11、2026-W47、2026-11-22、2026-Q4、2026，或 本月、上月。",
    "each": "「{text}」是每一期；花费一期一期地记：salesflow spend 展销会 3000 2026-11",
    "list_none": "还没记花费。记一笔：salesflow spend 展销会 3000 2026-11",
    "total": "{count} 笔，共 {amount}",
    "column_source": "来源",
    "column_period": "哪一期",
    "column_amount": "花费",
    "column_note": "备注",
    "column_by": "谁记的",
}
