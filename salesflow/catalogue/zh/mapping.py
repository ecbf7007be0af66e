"""Words about the columns of a sheet."""

TEXTS = {
    "no_firm": "只有人名，没有哪一列是公司。第一行是：{row}\n"
    '一人算一家：--people；都是某一家的人：--default name=店名；哪一列是公司：--map "列名=name"。',
    "no_name": '没有哪一列是店名。第一行是：{row}\n用 --map "列名=name" 指定；没有表头就加 --no-header。',
    "no_key_column": "没有哪一列是 {field}。第一行是：{row}\n"
    '用 --map "列名={field}" 指定；没有表头就加 --no-header。',
    "no_key_field": "没有哪一列是「{title}」。第一行是：{row}\n"
    '用 --map "列名={field}" 指定；没有表头就加 --no-header。',
    "no_column": "表里没有「{column}」这一列。有：{known}",
    "no_field_near": "没有「{field}」这个字段，是不是 {near}？",
    "total": "「{name}」是合计，不是一家",
    "heading": "「{name}」是分组的标题，不是一家",
    "footer": "「{name}」是表下面的话，不是一家",
    "no_field": "没有「{field}」这个字段：用 name、phone、address 这样的名字，custom 保留原列，- 不要这一列。",
    "not_a_number": "「{text}」不是数：写成 30 这样的整数。",
    "person_alone": "「{name}」没写公司",
    "row_without": "这一行的「{column}」是空的",
}
