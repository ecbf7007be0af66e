"""报表写成文件。"""

TEXTS = {
    "page_more": "还有 {count} 行没列在这里，全部：{command}",
    "written": "写好了：{file}",
    "same_file": "{name} 写了两遍，一种格式一个文件。",
    "sheet_tables": "报表",
    "sheet_charts": "图",
    "sheet_numbers": "近 12 期",
    "sheet_footer": "第 &P 页，共 &N 页",
    "sheet_yes": "是",
    "sheet_no": "否",
    "sheet_comma": "、",
}
