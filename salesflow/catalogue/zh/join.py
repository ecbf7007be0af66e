"""Other reps' books joined into this one."""

TEXTS = {
    "which_book": "并入哪本账？salesflow team join 文件.db（可以一次写几个）",
    "as_one_book": "--as 给一本账的业务员改名：一次只写一个文件。",
    "own": "{path} 就是这本账，没有动它。",
    "not_closed": "{path} 正被用着，或没有正常关上。\n关上别的程序，或先打开一次：salesflow --db {path} check",
    "not_sound": "{path} 坏了（{where}），什么都没并入。\n看看哪里坏了：salesflow --db {path} check",
    "same_rep": "{path} 的业务员也叫 {rep}，和这本账的同名，算一个人。不是一个人：撤销后写 --as 名字",
    "stage_missing": "流程 {process} 在这本账里没有阶段「{stage_zh}」（{stage}），对方有 {count} 家在那里。"
    "什么都没并入。\n"
    "两边用一样的流程再并：salesflow process edit {process} 流程文件"
    "（对方的：salesflow --db 对方账本 process show {process} --toml）",
    "line": "{file}　{rep}：{leads} 家，新 {added}，更新 {updated}，没变 {unchanged}",
    "comma": "，",
    "merged": "和已有的合成一家 {count}",
    "conflicts": "撞单 {count}",
    "targets": "指标 {count}",
    "products": "产品 {count}",
    "actions": "措施 {count}",
    "spends": "花费 {count}",
    "processes": "带来流程 {names}",
    "total": "共 {books} 本：新 {added}，更新 {updated}，没变 {unchanged}",
    "see_conflicts": "撞单并排看：salesflow team conflicts",
    "dry_run": "只是试算，什么都没改。",
}
