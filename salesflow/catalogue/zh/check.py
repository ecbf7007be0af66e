"""The health of the book."""

TEXTS = {
    "integrity": "文件本身坏了",
    "references": "指向不存在的记录",
    "history": "和历史对不上",
    "operations": "有没写完的一步",
    "counts": "跟进次数或时间不对",
    "promises": "下次日期和承诺对不上",
    "stages": "阶段不在流程里",
    "column_check": "检查",
    "column_meaning": "什么不对",
    "column_where": "在哪里",
    "found": "共 {count} 处不对。先备份，再从好的备份恢复：salesflow backup --list",
}
