"""The leads received in a period."""

TEXTS = {
    "name": "新客户",
    "sums": "收到 {received}（上一期 {previous}）   主动找来 {passive}   跟过 {followed_up}   在跟 {open}  "
    " 成交 {won}   暂缓 {parked}   战败 {lost}",
    "sources": "来源   {each}",
    "signed": "签齐 {signed}   没签齐 {unsigned}：salesflow team unsigned",
    "lacks": "缺 {each}",
    "column_lead": "店",
    "column_received": "收到",
    "column_source": "来源",
    "column_stage": "阶段",
    "column_grade": "级",
    "column_status": "状态",
    "column_next": "下次",
    "column_owner": "谁的",
    "column_signed": "签字",
    "name_counts": "收到",
    "def_counts": "received 是收到日在这一期里的线索，和周报的新线索同一个数；其余按现在的样子数：主动找来、"
    "跟过、在跟、暂缓、战败、站在成交阶段、签齐和没签齐的（没签齐：流程在这个阶段要的签字还缺）。",
    "name_previous": "上一期",
    "def_previous": "上一期收到几家。",
    "name_sources": "来源",
    "def_sources": "按来源数收到的。",
    "name_owners": "谁的",
    "def_owners": "按现在归谁数。",
    "name_leads": "每一家",
    "def_leads": "现在的阶段、级别、状态、下次，谁登记、归谁，谁签了什么、还缺什么。",
}
