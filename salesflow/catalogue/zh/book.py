"""The book: made, opened, copied, refused."""

TEXTS = {
    "made": "新建了账本：{path}",
    "exists": "{path} 已经在了，没有动它。",
    "cannot_make": "建不了账本 {path}：{why}\n换个地方：salesflow --db 文件 init",
    "not_a_file": "{path} 不是普通文件（是文件夹、链接或设备），没有打开。",
    "missing": "没有账本 {path}\n新建：salesflow --db {path} init；从备份来：salesflow --db {path} restore 备份文件",
    "cannot_read": "读不了 {path}：{why}",
    "empty_file": "{path} 是空文件，不是账本。\n从备份恢复：salesflow restore latest",
    "not_a_book": "{path} 不是 salesflow 账本，没有动它。",
    "foreign": "{path} 是别的程序的数据库，没有动它。",
    "newer": "{path} 是更新版本的 salesflow 写的（第 {version} 版，这里只认到第 {known} 版），没有动它。"
    "\n请升级 salesflow。",
    "cannot_upgrade": "{path} 是旧版本的账本，要先备份再升级才能用，可是{why}。\n没有动它；放到能写的文件夹里再试。",
    "schema_differs": "{path} 的表和程序的不一样，可能被别的程序改过，没有动它。\n看看备份：salesflow backup --list",
    "locked": "账本正被别的程序用着，等了 30 秒：{path}\n过一会儿再试。",
    "on_network": "{path} 在网络盘上（{kind}），那里的锁不可靠；"
    "请把账本放在本机，备份可以放过去：salesflow backup 文件夹",
    "not_on_network": "{path} 在网络盘上（{kind}），那里的锁不可靠，没有新建账本。\n"
    "建在本机：salesflow --db 文件 init；非要建在那里：salesflow --db {path} init --i-know",
    "open_to_others": "{path} 别的账号也能看（另有 {more} 个）。收紧：chmod go-rwx {paths}",
    "linked": "{path} 在这块盘上还有别的名字（硬链接），断电时从那个名字打开会是坏的：只留一个名字",
    "synced": "{path} 在 {name} 同步的文件夹里，两台电脑会把它写成两本；"
    "请放到别处，备份可以放过去：salesflow backup 文件夹",
    "conflict_copy": "{path} 像是同步程序留下的另一份账本；看看里面多了什么：salesflow team join 文件 --dry-run",
    "waiting": "另一个程序正在写账本，最多等 30 秒；Ctrl-C 可以停下",
    "saved_unsure": "已经记下了，但磁盘随后报错（{why}）：{path}\n请勿重复记；现在就备份到别处：salesflow backup 文件",
    "read_only": "写不了 {path}：没有权限，或文件夹不能写。",
    "disk_full": "磁盘满了或出错，什么都没改：{path}（{why}）",
    "no_memory": "内存不够，什么都没改：{path}",
    "damaged": "账本坏了：{path}（{why}）\n从备份恢复：salesflow restore latest　有哪些：salesflow backup list",
    "process_missing": "账本里没有流程「{code}」。看有哪些：salesflow process list",
    "kept": "{path} 是账本，没有覆盖它。\n换个文件名。",
    "backup_exists": "{path} 已经在了，没有覆盖它。",
    "cannot_write": "写不了 {path}：{why}，原来的没有动。",
    "cannot_write_new": "写不了 {path}：{why}。",
    "stale_wal": "{path} 和账本现在的样子不是一套，没有用它，也没有动账本。"
    "\n先把它移走再试；里面可能有没正常关上的程序的改动。",
    "side_file": "{path} 还在，说明账本正被用着或没有正常关上。"
    "\n先用 salesflow check 打开一次；还在就把它移开，再恢复。",
    "in_use": "{path} 正被别的程序开着，没有动它。\n关掉那个程序，再恢复。",
    "in_the_way": "{path} 上有一本好的账本，没有动它。\n恢复到别处：salesflow --db 新文件 restore 备份文件",
    "no_copy": "没有备份 {path}。看有哪些：salesflow backup --list",
    "restore_what": "从哪个备份恢复？这里还没有备份；别处有就写文件：salesflow restore 备份文件",
    "backed_up": "已备份并验过：{path}（{count} 家客户）",
    "restored": "已恢复：{path}（{count} 家客户）",
    "set_aside": "原来的账本放在：{path}",
    "no_backups": "{folder} 里还没有备份。备份：salesflow backup",
    "init_next": "先导入你的表：salesflow import 文件　或加一家：salesflow add 店名",
}
