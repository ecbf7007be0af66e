"""What to do about a book that cannot be used."""

TEXTS = {
    "restore": "{what}\n最近一份好的备份是 {made} 的：{copy}　放回来：salesflow restore latest",
    "salvage": "{what}\n旁边没有好的备份。把读得出来的另写一本：salesflow salvage",
}
