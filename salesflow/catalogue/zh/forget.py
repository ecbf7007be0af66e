"""``forget``：把一个人从账本和历史里彻底删掉。"""

TEXTS = {
    "mark": "〔已删除〕",
    "whom": "要忘掉谁？salesflow forget 姓名 或 电话，或 salesflow forget 客户 姓名；\n"
    "整个客户：salesflow forget '#编号'；姓名不想留在命令里：salesflow forget -，再输入一行",
    "needs_yes": "没改动。不在终端上，忘掉一个人要带 --yes；先看会删什么：--dry-run",
    "sure": "确定彻底删掉？",
    "changed_since": "就在刚才账本变了，没改动；请再来一次。",
    "which": "“{text}”有好几位，忘掉哪一位？",
    "every_one": "全部：是同一个人",
    "several": "“{text}”有好几位。指明客户：salesflow forget '#编号' 姓名；是同一个人就加 --all：",
    "nobody": "没有叫“{text}”的人，电话也没有。\n看一家的人：salesflow contact 客户",
    "nobody_there": "#{id} 没有叫“{text}”的人，历史里也没有。\n看这家的人：salesflow contact {id}",
    "is_lead": "“{text}”是客户 #{id}，不是联系人。\n连同它的一切都忘掉：salesflow forget '#{id}'",
    "slash": "/",
    "once": "{name}（早先在 #{id}，已删，历史里还有）",
    "at": "{name}  #{id} {lead}",
    "will": "将彻底删掉：",
    "whole": "  整个客户 #{id} {lead}：联系人、跟进、报价、订单、回款，全部；报表里的数也随之少了",
    "counts": "另有 {places} 处提到（其中别的客户 {elsewhere} 家），那里换成〔已删除〕。",
    "for_good": "历史里也不留；这一步不能撤销，此前各步照样能撤销。",
    "done": "已彻底删掉：联系人 {people} 位，客户 {leads} 家；另外改了 {places} 处。",
    "was_changed": "注意：历史早先被改动过（salesflow check 会说在哪），从现在起看不出来了。",
    "not_compacted": "内容已覆盖删除，但文件没能重写（{why}）；腾出地方，或关掉别的程序，再 salesflow check。",
    "shared": "{phone} 也是 {name}（#{id}）的号码，那里留着。",
    "namesake": "还有客户叫这个名字：#{id} {lead}，没动。要删：salesflow forget '#{id}'",
    "copies": "还有 {count} 个文件里有这个人：",
    "copies_do": "用不着的就删掉；要留的备份：salesflow --db 文件 forget 姓名 --yes。"
    "发出去的表、手机通讯录、网盘上的，这里看不到。",
}
