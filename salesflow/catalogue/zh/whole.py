"""The whole book, out and in again."""

TEXTS = {
    "writing": "已写 {rows} 条",
    "wrote": "整本账本已写到 {file}：{leads} 家客户，{records} 条记录，电话和历史都在里面，只有你能读。\n"
    "恢复：salesflow --db 新文件 init，再 salesflow --db 新文件 import {file}",
    "wrote_plain": "整本账本已写到 {file}：{leads} 家客户，{records} 条记录，只有你能读。",
    "too_many": "有一种记录超过 {most} 行，一张表放不下。\n写 -f jsonl，或分开导出：salesflow export leads 加筛选",
    "wants_jsonl": "整本账本不能写成 {format}：-f jsonl 能原样导回来，-f xlsx 给人看。\n"
    "要 {format} 就只导出一种，比如 salesflow export leads",
    "never_masked": "整本账本不打星号，打了就恢复不了。\n给别人看的：salesflow export leads --mask",
    "no_filters": "整本账本就是全部，不能只要一部分。\n只要一部分：salesflow export leads 加筛选",
    "alone": "{file} 是整本账本，要单独导入。",
    "from_a_pipe": "{file} 是整本账本，管道要从标准输入来：… | salesflow import -",
    "no_option": "{file} 是整本账本，原样恢复，用不上 {option}。",
    "not_empty": "{file} 是整本账本，这里已有 {count} 家客户，什么都没改。恢复到空账本：先 salesflow --db 新文件 init\n"
    "并到这本里来：再 salesflow team join 新文件",
    "restored": "已照 {file} 恢复：{path}（{leads} 家客户，{followups} 次跟进，{steps} 步操作）",
    "would_restore": "能照 {file} 恢复：{leads} 家客户，{followups} 次跟进，{steps} 步操作",
    "aside": "原来那本空账本里做过的放在：{path}",
    "newer": "{file} 是更新版本的 salesflow 写的（第 {version} 版，这里只认到第 {known} 版），什么都没改。"
    "\n请升级 salesflow。",
    "an_object": "{file} 是 export all -f json 写的，导不回来，什么都没改。\n要能导回来：salesflow export all -f jsonl",
    "cut": "{file} 不完整，到第 {line} 行就断了，什么都没改。\n重新抄一份，或从原来的账本再导出。",
    "not_json": "{file} 第 {line} 行读不出来，文件坏了，什么都没改。\n重新抄一份，或从原来的账本再导出。",
    "no_such_type": "{file} 第 {line} 行的 type「{type}」账本里没有，什么都没改。",
    "no_such_column": "{file} 第 {line} 行的「{column}」账本里没有，什么都没改。",
    "refused": "{file} 第 {line} 行账本不收（{why}），什么都没改。",
    "edited": "{file} 第 {line} 行被改过：{where}（{what}），什么都没改。\n恢复原样的文件，再在账本里改。",
    "changed": "{file} 写好以后被改过，和结尾的校验对不上，什么都没改。\n重新抄一份，或从原来的账本再导出。",
    "unsound": "{file} 没被改过，但写它的账本当时就有毛病：{where}（{what}），什么都没改。\n"
    "在那本账本里查：salesflow check",
}
