"""帮助：客户那里的人。"""

TEXTS = {
    "s_contact": "联系人、角色、态度",
    "contact": "一家的人。写客户就列出，再写姓名就加上；电话、微信、角色写在后面。已经有的人，就给他补上。",
    "contact_examples": "salesflow contact 华星\n"
    "salesflow contact 华星 王建国 13900001234 buyer\n"
    "salesflow contact edit 华星 王建国 --wechat bmw-wang",
    "contact_add": "加一个人：姓名，后面写电话、角色；已经有的就补上",
    "contact_list": "列出这家的人",
    "contact_edit": "改一个人的资料",
    "contact_chain": "看决策链：谁先谁后、谁没见过；后面写姓名就排次序",
    "contact_remove": "去掉一个人",
    "s_forget": "把一个人从账本和历史里彻底删掉",
    "forget": (
        "有人要求不再保留其信息时用：姓名、电话、微信、邮箱、性格、爱好、家人、生日，连同历史里的，一起删掉；"
        "备注等处提到全名、电话、账号的地方换成〔已删除〕，文件随后重写，不留字节。不能撤销；此前各步照样能撤销。"
        "最后列出还有此人的备份和文件。'#编号' 是整个客户；- 从标准输入读一行，不进命令历史。"
    ),
    "forget_examples": "salesflow forget 王建国 --dry-run\n"
    "salesflow forget 华星 王建国\n"
    "salesflow forget 13900001234 --all --yes\n"
    "salesflow forget '#12'",
    "contact_forget": "彻底忘掉一个人，历史里也不留；同 salesflow forget",
}
