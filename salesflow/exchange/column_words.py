"""Names that columns of several kinds share, the likeliest first, parted by ``|``."""

from __future__ import annotations

SHOP = (
    "name|店名|店名称|门店名称|门店|店铺名称|店铺|店面名称|经销商名称|经销商全称|经销商|公司名称|"
    "公司全称|公司|企业名称|"
    "企业|单位名称|单位|客户名称|客户全称|客户|商家名称|商家|商户名称|机构名称|网点名称|服务商名称|"
    "名称|全称|市场名称|"
    "fullname|sjname|dealer_name|dealer|shop_name|shop|store_name|store|company_name|company|"
    "account_name|account|"
    "organization_name|organization|organisation|customer_name|customer|associated company|deal organization|deal name|"
    "deal title|opportunity name|"
    "business name|lead|客户店名|4s店名称|4s店|服务店名称|服务店|专营店名称|专营店|授权店名称|特约店名称|特约店|"
    "服务站名称|服务站|体验中心名称|体验中心|展厅名称|销售店名称|销售店|网点|交付中心|中心名称|经销商简称|orgname|"
    "dealershipname|name of dealer|outlet"
    "|经销店名称|经销店|门店全称|店全称|企业全称|单位全称|店铺全称|终端名称"
    "|服务网点名称|服务网点|服务中心名称|服务中心|商户|4s店名|4s店全称|车行名称"
    "|车行|公司名|店面|客户单位|往来单位|storename|shopname"
    "|dealer_full_name|dealer_fullname|outlet_name"
)
PHONES = (
    "phone|sales hotline|after-sales hotline|after sales hotline|sales telephone|service telephone|sales number|"
    "联络电话|联络方式|电话|联系电话|电话号码|公司电话|门店电话|店铺电话|固话|固定电话|座机|座机号码|总机|"
    "联系方式|联系号码|热线|"
    "销售电话|销售热线|服务电话|服务热线|售后电话|售后热线|客服电话|24小时热线|24小时服务热线|救援电话|商务电话|"
    "单位主要电话|更多电话|"
    "电话/手机|手机/电话|tel|telephone|selltel|salephone|dealer_tel|sales_tel|sell_tel|sales_phone|servicetel|service_tel|"
    "service_phone|"
    "hotline|phones|phone number|business phone|company main phone|organization phone|telno|"
    "contact number"
)
MOBILES = (
    "手机|行动电话|手机号|手机号码|移动电话|有效手机号|mobile|mobile phone|mobile phone number|cell|cellphone"
)
NUMBERS = "合同号|合同编号|订单号|订单编号|contract no|order no"
NOTES = (
    "note|备注|说明|跟进记录|跟进情况|跟进内容|拜访记录|沟通记录|历史跟进|附注|notes|remark|remarks|"
    "comment|comments|"
    "description|note content|备注信息|备注说明|其他备注|客户备注|沟通内容|沟通情况|拜访情况"
    "|最新进展|最新跟进|跟进备注|情况说明"
)
OWNERS = (
    "跟进销售|归属|归属业务员|所属业务员|负责销售|责任人|归属人|归属销售|客户负责人|跟单人|"
    "owner|所属销售|业务员|销售员|销售代表|销售顾问|跟进人|负责业务员|归属人|客户经理|lead owner|"
    "contact owner|deal owner|person owner|organization owner|opportunity owner|"
    "account owner|sales_agent|sales rep"
)
