"""What reading a file says."""

from __future__ import annotations

TEXTS = {
    "not_found": "没有这个文件：{file}",
    "is_a_folder": "{file} 是文件夹，请给出里面的文件。",
    "no_permission": "没有权限读取 {file}。",
    "cannot_read": "{file} 读不出来，请换个地方复制一份再试。",
    "empty_file": "{file} 是空文件。",
    "no_rows": "{file} 里没有一行数据。",
    "too_large": "{file} 超过 2 GB，请拆成几个文件。",
    "too_large_json": "{file} 超过 200 MB，请改成一行一条的 JSON Lines（.jsonl）。",
    "long_line": "{file} 里有一行超过 16 MB，不像表格。",
    "double_header": "{file} 的表头有两列都叫「{name}」，请改掉一个名字。",
    "nul": "{file} 第 {line} 行有空字符（NUL），文件可能已损坏，请重新导出。",
    "open_quote": "{file} 第 {line} 行的双引号没有收尾，后面的行会被吞掉，因此一行也没有读入。请补上引号。",
    "bad_quote": "{file} 第 {line} 行的双引号用错了（读到第 {found} 行发现），因此一行也没有读入。\n"
    '单元格里的双引号要写成两个：""',
    "not_text": "{file} 不是文本，也不是能读的表格；能读的有 CSV、TSV、XLSX、XLS、JSON、JSON Lines。",
    "no_encoding": "{file} 既不是 UTF-8 也不是 GB18030，请指明编码，如 --encoding big5。",
    "broken_text": "{file} 是 {encoding}，但第 {line} 行有坏字节，文件可能已损坏，请重新导出。",
    "wrong_encoding": "{file} 第 {line} 行不是 {encoding}。"
    "可试 --encoding utf-8、gb18030、utf-16、big5，或不写让程序判断。",
    "unknown_encoding": "没有这种编码：{encoding}。可试 utf-8、gb18030、utf-16、big5，或不写让程序判断。",
    "web_page": "{file} 其实是网页，不是表格；请用 Excel 或 WPS 打开，另存为 .xlsx。",
    "not_a_workbook": "{file} 不是能读的工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx。",
    "password": "{file} 有密码保护，请去掉密码再导入。",
    "bomb": "{file} 解开后大得不正常，没有读取；请另存为 CSV 再试。",
    "workbook_failed": "{file} 读不了：工作簿已损坏或太大；请另存为 CSV 再试。",
    "unknown_sheet": "{file} 里没有工作表「{sheet}」；有的是：{sheets}",
    "bad_json": "{file} 第 {line} 行起不是 JSON。",
    "no_json_rows": "{file} 里找不到记录：要么一个也没有，要么有好几组。请给出一个对象列表。",
    "more_cells": "这一行有 {cells} 格，表头只有 {header} 格",
    "fewer_cells": "这一行只有 {cells} 格，表头有 {header} 格",
    "long_cell": "第 {column} 列的内容有 {size} 个字，太长了（最多 65536）",
    "swallowed": "从第 {line} 行起有 {rows} 行连成了一格：多半是双引号没有收尾",
    "not_an_object": "不是 JSON 对象",
    "bad_character": "含有不能保存的字符（NUL 或半个代理对）",
}
