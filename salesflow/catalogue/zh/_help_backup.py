"""备份和恢复怎么用。"""

BACKUP = {
    "s_backup": "备份，并验过能打开",
    "backup": "把账本抄一份，并打开验过。不写就放在账本旁边的 .backups 里；"
    "写文件夹（U 盘、网盘）就在那里放一份带日期的。\n"
    "平时不用管：升级、导入、合并、并入、删人以前，和每天头一次记东西以后，自动抄一份；留七天、四周、十二个月，"
    "手工抄的从不删。不要自动的：config backup no。",
    "backup_examples": "salesflow backup\n"
    "salesflow backup /media/u盘/\n"
    "salesflow backup list\n"
    "salesflow backup verify\n"
    "salesflow backup test",
    "backup_make": "抄一份，并打开验过",
    "backup_list": "列出有哪些备份：时间、为什么、多大",
    "backup_verify": "验一份，或全部：每一页、每一步历史。有坏的退出码 5",
    "backup_test": "演练：抄一份，恢复到别处，检查、比对，再清掉",
    "s_restore": "从备份恢复账本",
    "restore": "从一份备份恢复账本。好的账本从不被覆盖：恢复到别处写 --db 新文件；坏了的那本放在旁边留着。",
    "restore_examples": "salesflow restore latest\n"
    "salesflow restore 20261122-0731-daily.db\n"
    "salesflow --db 新账本.db restore 账本-20261120.db",
    "s_salvage": "从坏了的账本里把读得出的另写一本",
    "salvage": "一页一页读坏了的账本，把读得出来的都写进一本新账本；坏的文件一个字节也不动。"
    "丢了的，历史里有就按历史补上。"
    "每张表读出多少、补回多少、哪些拿不准、哪些丢了，都说清楚。有好的备份更好：先看 backup list。",
    "salvage_examples": "salesflow salvage\nsalesflow salvage 坏了.db --to 新的.db\nsalesflow salvage --json",
}
