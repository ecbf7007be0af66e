"""What sheets call their columns: names by field and kind, the likeliest first, parted by ``|``.

Names are compared folded (width, case, blanks and ``* : _ - . /`` gone), so ``dealer_name``
stands for ``Dealer Name`` too. Gathered from real lists, from what CRM and map services
export, and from the keys and options of our own.
"""

from __future__ import annotations

from salesflow.exchange.column_records import RECORDS
from salesflow.exchange.column_words import MOBILES, NOTES, OWNERS, PHONES, SHOP

LEADS: dict[str, str] = {
    "uid": "uid",
    "id": "id",
    "name": SHOP,
    "short": "short|简称|店简称|店名简称|公司简称|客户简称|short_name|shortname|abbreviation",
    "brands": (
        "brands|品牌|主营品牌|代理品牌|经营品牌|销售品牌|汽车品牌|车型品牌|brand|brand_name|make|makes"
        "|所属品牌|品牌名称|品牌名|授权品牌|代理车型|经营车型|主营车型"
    ),
    "kind": (
        "kind|客户类型|客户类别|客户性质|门店类型|店铺类型|类型|类别|customer type|account type|"
        "dealer_type"
    ),
    "need": "need|需求|有无需求|是否有需求|有没有需求|需求情况",
    "source": (
        "source|来源|客户来源|线索来源|信息来源|渠道|来源渠道|lead source"
        "|获客渠道|客户渠道|信息渠道|线索渠道|来源方式"
    ),
    "province": (
        "province|省|provincename|province_name|省/直辖市|所属省|prov|"
        "省份|所属省份|所在省份|所在省|省/市/自治区|商务地址 省/市/自治区|pname|state|"
        "state/region|business state"
        "|省份名称|省名|省/自治区|省/市/自治区|省份/直辖市|省区|所属省区"
    ),
    "city": (
        "city|市|所属市|城市|所属城市|所在城市|所在市|地市|地级市|商务地址 市/县|cityname|city_name|"
        "business city|town"
        "|城市名称|城市名|市名|地市名称|所属地市|所在地市|市/州"
    ),
    "area": (
        "area|区域|所在区|areaname|片区|区|区县|县区|县|所属区县|所在区县|所属区域|所在区域|行政区|行政区域|adname|"
        "district|county|district_name"
        "|区/县|县/区|区、县|所属区|行政区划|所属行政区|区域名称|区县名称|县区名称"
        "|所在县区|county_name|area_name"
    ),
    "address": (
        "address|地址|addr detail|address detail|location address|"
        "经销商地址|营业地址|所在地址|门店详细地址|storeaddress|shop_address|dealeraddress|详细地址|门店地址|店铺地址|公司地址|联系地址|经营地址|单位地址|通信地址|"
        "通讯地址|企业地址|注册地址|企业注册地址|办公地址|实际地址|"
        "最新年报地址|商务地址 街道|addr|street|street address|business street|organization address|"
        "detail_address"
        "|店址|门店位置|具体地址|店面地址|address1|full_address"
        "|storelocation|地址详情"
    ),
    "region": (
        "region|省市区|省市县|省市|省/市/区|省/市|所在省市|所属省市|省份城市|所在地区|所属地区|地区|所在地|地域"
    ),
    "phone": PHONES,
    "mobile": MOBILES,
    "contact": (
        "contact|联系人|联络人|联系人姓名|对接人|接洽人|主要联系人|负责人|店长|总经理|法定代表人|法人代表|"
        "法人|contact_name|"
        "contact person|deal contact person|person name|linkman|客户姓名"
        "|老板|负责人姓名|经办人|客户联系人|主联系人|首要联系人|企业联系人|公司联系人"
        "|对接人姓名|门店负责人|店负责人|企业法人|法定代表"
    ),
    "contact_last": "last name|姓|lastname",
    "contact_first": "first name|名|firstname",
    "contact_phone": (
        "contact_phone|联系人电话|联系人手机|联系人手机号|联系人联系方式|负责人电话|负责人手机|"
        "店长电话|法人电话|"
        "法定代表人电话|person phone|contact mobile|contact phone number"
    ),
    "title": (
        "title|职务|职位|联系人职务|联系人职位|岗位|称呼|job title|position"
        "|联系人职称|职称|岗位名称"
    ),
    "role": "role|roles|角色|联系人角色",
    "wechat": "wechat|微信|微信号|联系人微信|weixin",
    "department": "department|部门|所在部门|联系人部门",
    "birthday": "birthday|生日|出生日期|联系人生日",
    "email": (
        "email|邮箱|电邮|电子邮箱|电子邮件|电子邮件地址|邮件|e-mail|email address|person email|mail"
        "|电子信箱|邮箱地址|邮件地址|企业邮箱|联系邮箱|e-mail地址"
    ),
    "grade": (
        "grade|级别|等级|客户级别|客户等级|意向级别|意向等级|意向度|意向|rating"
        "|客户评级|评级|客户分级|潜客等级|意向程度|客户星级"
    ),
    "stage": (
        "stage|阶段|客户阶段|销售阶段|跟进阶段|进度|状态|跟进状态|客户状态|lead status|deal stage|"
        "deal_stage|lifecycle stage"
    ),
    "status": "status|客户状况",
    "owner": OWNERS,
    "supplier": (
        "supplier|现用膜|现用什么膜|现用品牌|现用膜品牌|在用膜|在用品牌|膜品牌|现用供应商|供应商|"
        "现供应商|合作品牌|竞品"
        "|在用膜品牌|现合作品牌|目前用膜|目前使用品牌|竞品品牌"
    ),
    "volume_month": (
        "volume_month|月销量|月销|月均销量|月销售量|月销台数|月销量台|月均销售量|monthly sales"
        "|月均销售|月均销售台数|月销售台数|月销量(台)"
    ),
    "volume_year": "volume_year|年销量|年销|年销售量|annual sales|yearly sales",
    "volume_day": "volume_day|日销量|日销|日均销量",
    "ownership": (
        "ownership|股份结构|股权结构|股份|股权|股东|投资方|所有制|企业性质|公司性质|所属集团|集团"
    ),
    "shareholders": "shareholders|股东名单|股东信息|持股比例",
    "industry": (
        "industry|行业|所属行业|客户行业"
        "|sector|行业类别|行业分类|国标行业"
    ),
    "size": "size|规模|企业规模|公司规模|客户规模",
    "side": "side|哪一方",
    "helped_by": "helped_by|协助经理|协办经理",
    "credit": "credit|资信|资信等级|信用等级|信用级别",
    "credit_by": "credit_by|资信评定人",
    "credit_on": "credit_on|资信评定日期",
    "parent": "parent|上级公司|上级客户|上级单位|母公司|总公司|parent account|parent company|subsidiary_of",
    "approach": "approach|怎么认识的|认识途径",
    "from_list": "from_list|来自名单|名单|名单来源",
    "buying_step": "buying_step|采购到哪一步|采购阶段",
    "customer_class": "customer_class|客户分类|客户服务等级|服务等级|服务级别|customer class",
    "reference": "reference|标杆|标杆客户",
    "key_target": "key_target|重点|重点客户",
    "goal_value": (
        "goal_value|goal|目标产值|目标金额|客户目标|预计产值|预计金额|预计成交额|预计成交金额|"
        "deal value|amount"
        "|预计销售额|预计合同额|商机金额|意向金额"
    ),
    "goal_on": (
        "goal_on|目标日期|预计成交日期|预计成交时间|预计签约日期|预计签单日期|close date|"
        "expected close date|deal expected close date"
        "|预计成交|预计下单日期|预计下单时间|预计签约时间|预计关闭日期"
    ),
    "received": (
        "received_at|received|收到日期|收到时间|接收日期|线索日期|咨询日期|咨询时间|来电日期"
        "|线索时间|线索创建时间|留资时间|进线时间|获取时间"
    ),
    "created": (
        "created_at|created|创建日期|创建时间|建档日期|录入日期|录入时间|登记日期|create date|"
        "created date|createddate|deal deal created|person person created|organization organization created"
        "|添加时间|新增时间|入库时间|登记时间|添加日期"
    ),
    "last_followup": (
        "last_followup_at|last_followup|上次跟进|上次跟进日期|上次跟进时间|最近跟进|最近跟进日期|"
        "最近跟进时间|最后跟进|"
        "最后跟进时间|最近联系|最近联系时间|上次联系|上次联系时间|最后联系|最后联系时间|最后联系日期|最近联系日期|"
        "上次拜访|上次拜访日期|"
        "最近拜访|last contact|"
        "last contacted|last activity date|last follow up"
        "|最近一次跟进|最近一次跟进时间|最后一次跟进|最后跟进日期|最近拜访日期|最近拜访时间"
        "|上次拜访时间|最后拜访时间|最后拜访日期|末次跟进"
    ),
    "next": (
        "next_date|next|下次|下次日期|下次跟进|下次跟进日期|下次跟进时间|下次联系|下次联系时间|下次联系日期|"
        "下次拜访|下次拜访日期|"
        "下次回访|跟进日期|回访日期|预约日期|计划跟进|计划拜访|next follow up|next contact|"
        "next activity date|activity due date|due date"
        "|下次跟进计划|下次沟通时间|下次电话时间|计划下次跟进|下次预约时间|下次跟踪日期"
        "|计划跟进日期|下次拜访时间|下次回访时间|下次回访日期"
    ),
    "next_time": "next_time|下次跟进时刻",
    "next_reason": (
        "next_reason|for|下次跟进内容|下次跟进理由|下次跟进事项|跟进事项|下次事项|下次做什么|下一步|"
        "下步计划|next step|activity subject"
    ),
    "next_via": "next_via|下次跟进方式|下次方式",
    "via": "via|跟进方式|联系方法|拜访方式",
    "note": NOTES,
    "lat": (
        "lat|纬度|高德纬度|百度纬度|地图纬度|latitude|weidu|pointy|gps_lat|地理纬度|y坐标"
        "|gps纬度|纬度坐标|纬度值"
    ),
    "lng": (
        "lng|经度|高德经度|百度经度|地图经度|lon|long|longitude|jingdu|pointx|gps_lng|gps_lon|地理经度|x坐标"
        "|gps经度|经度坐标|经度值"
    ),
    "location": "location|坐标|经纬度|经度纬度|经度,纬度|经纬度坐标|坐标位置|地理坐标|gps|coordinates|lnglat|latlng",
    "tags": "tags|标签|客户标签|分组|tag|labels|categories",
    "referrer": "referrer|介绍人|推荐人|转介绍人|referred by",
    "process": "process|流程",
    "registered_by": "registered_by|登记人",
    "custom_object": "custom",
}  # fmt: skip

# Of our own records, but worked out anew: left aside in a file of ours, custom in others'.
DERIVED = (
    "stage_title|passive|new_customer|first_followup_at|followups|visits|reschedules|completeness|"
    "missing|"
    "updated_at|answered|contacts|followup_list|moves|reschedule_list|next_gate|"
    "被动|新客户|首次跟进|跟进次数|拜访次数|改期次数|完整度|还缺什么|更新时间"
)

# What a file of rejected rows says beside its own columns.
REJECTED = "导入文件|导入行号|未导入原因|import_file|import_row|import_reason"

# What a CRM calls a deal: a name only where no column is the firm.
DEALS = "deal name|deal title|opportunity name|opportunity"

# A person where another column is the firm, the firm where there is none.
PERSON_OR_FIRM = "name|full name|姓名|名字|联系人姓名|客户姓名"
FIRM = (
    "公司名称|公司全称|公司|企业名称|单位名称|单位|经销商名称|经销商|门店名称|店名|店铺名称|company|"
    "company_name|"
    "account name|organization|organization name|associated company|dealer_name|shop_name|store_name"
)

KINDS: dict[str, dict[str, str]] = {"leads": LEADS, **RECORDS}

# What a kind cannot do without; of leads one of these names the row.
NEEDED: dict[str, tuple[str, ...]] = {
    "leads": ("name", "uid", "id"),
    "followups": ("lead", "lead_uid", "lead_id"),
    "stages": ("lead", "lead_uid", "lead_id"),
    "promises": ("lead", "lead_uid", "lead_id"),
    "contacts": ("lead", "lead_uid", "lead_id"),
    "orders": ("lead", "lead_uid", "lead_id"),
    "payments": ("lead", "lead_uid", "lead_id"),
    "targets": ("metric",),
}

# Headers that nobody listed, by how they end (leads alone): 某某销售部电话 is a phone.
ENDINGS: dict[str, str] = {
    "注册地址": "address",
    "经营地址": "address",
    "详细地址": "address",
    "通讯地址": "address",
    "门店地址": "address",
    "公司地址": "address",
    "店地址": "address",
    "电话": "phone",
    "热线": "phone",
    "座机": "phone",
    "固话": "phone",
    "联系方式": "phone",
    "手机": "mobile",
    "手机号": "mobile",
    "手机号码": "mobile",
    "店名": "name",
    "公司名称": "name",
    "经销商名称": "name",
    "客户名称": "name",
    "门店名称": "name",
}
