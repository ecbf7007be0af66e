"""Chinese: the demonstration book."""

TEXTS = {
    "made": "演示账本：{path}（{count} 家，都是编的）\n"
    "看今天：salesflow --db {path} today\n看本周：salesflow --db {path} report week",
}
