package leaks_test

// The ways of §10 of the standards in which secrets and persons get into
// documents. The patterns say how offices write them.

var (
	anySecrecy = []string{"secrecy-"}
	isID       = []string{"personal-id"}
	isPhone    = []string{"personal-phone"}
	isCard     = []string{"personal-card"}
	isAddress  = []string{"personal-address"}
	isContact  = []string{"personal-contact", "personal-id"} // papers and plates: either name is right
	isMinor    = []string{"personal-minor"}
	isHealth   = []string{"personal-sensitive"}
)

// idTexts and phoneTexts are for all forms of these numbers; {v} is the token.
var (
	idTexts = []string{
		"申请人{name}，身份证号：{v}，经审核符合条件。",
		"{name}（公民身份号码{v}）于{date}提出申请。",
		"{n}．{name}　男　{v}　{unit}",
		"法定代表人：{name}；居民身份证号码:{v}。",
		"当事人{name}，女，汉族，{v}，住示范市{district}。",
	}
	idTables = [][]string{
		{"序号|姓名|身份证号", "{n}|{name}|{v}"},
		{"姓名|公民身份号码|工作单位|备注", "{name}|{v}|{unit}|"},
		{"姓名|证件号码|补贴金额（元）", "{name}|{v}|{money}"},
	}
	phoneTexts = []string{
		"联系人：{name}，手机：{v}。",
		"{name}，{unit}，{v}",
		"有疑问的，请拨打{v}咨询。",
		"联系电话：{v}（{name}）",
		"报名请与{name}联系（电话{v}），截止{date}。",
	}
	phoneTables = [][]string{
		{"姓名|职务|手机号码", "{name}|科员|{v}"},
		{"序号|户主|联系电话|补助金额", "{n}|{name}|{v}|{money}"},
		{"网格员|联系方式", "{name}|{v}"},
	}
)

var kinds = []kind{
	{name: "mark at the top", rules: anySecrecy, place: "top", texts: []string{"{mark}"}, tables: [][]string{{"{mark}|特急"}, {"{mark}"}, {"密级和保密期限|{mark}"}}},
	{name: "mark without period", rules: anySecrecy, place: "top", texts: []string{"{star}"}, tables: [][]string{{"{star}|加急"}, {"{star}"}}},
	{name: "mark before a paragraph", rules: anySecrecy, texts: []string{
		"（{mark}）全市应急物资储备库的位置和存量按附表执行，由{unit}掌握。",
		"{mark}　以下内容由{unit}具体落实，{date}前报告进展。",
		"【{mark}】三、重点目标的部署情况另行通知。",
		"（{star}）{unit}要逐项核对数据。",
	}},
	{name: "level alone", rules: anySecrecy, place: "first", texts: []string{"{level}", "{apart}", "　　{level}"}, tables: [][]string{{"{level}|特急"}, {"{apart}"}}},
	{name: "level with label", rules: anySecrecy, place: "first", texts: []string{"密级：{level}", "密级:{level}", "密　级：{level}", "密级： {level}　　　保密期限：10年", "缓急：特急　密级：{level}"}, tables: [][]string{{"密级|{level}"}, {"紧急程度|特急|密级|{level}"}, {"密级：{level}|编号：{n}"}}},
	{name: "internal marker", rules: anySecrecy, place: "edge", texts: []string{
		"内部资料 注意保存", "内部资料　注意保存", "内部资料，注意保存", "内部文件 不得外传", "内部文件", "内部使用", "仅供内部使用", "仅供内部参考",
		"（内部资料，不得外传）", "注意保存", "不得外传", "不得公开", "工作秘密", "会后收回", "会议材料　会后收回", "（会后收回）", "阅后即焚", "传阅", "内部传阅", "【内部资料】", "工作秘密　注意保存",
	}, tables: [][]string{{"内部资料 注意保存"}, {"内部文件|第{n}期"}, {"工作秘密　不得外传"}, {"会后收回|编号{n}"}, {"仅供内部使用"}}},
	{name: "not for the public", rules: anySecrecy, place: "last", texts: []string{
		"（此件不予公开）", "（此件依申请公开）", "（依申请公开）", "（此件不得公开）", "公开属性：不予公开", "公开方式：依申请公开", "信息公开选项：依申请公开", "（不予公开）",
	}, tables: [][]string{{"公开属性|不予公开"}, {"公开方式|依申请公开|印数|{n}"}, {"（此件不予公开）"}}},
	{name: "copy number", rules: anySecrecy, place: "top", texts: []string{"份号：{copyNo}", "份号 {copyNo}", "份号:{copyNo}", "份号{copyNo}", "份　号：{copyNo}"}, tables: [][]string{{"份号|{copyNo}"}, {"份号：{copyNo}"}}},
	{name: "copy number alone", rules: anySecrecy, place: "top", noSheet: true, texts: []string{"{copyNo}"}, tables: [][]string{{"{copyNo}"}, {"{copyNo}|特急"}}},

	{name: "id", rules: isID, value: "id", texts: of(idTexts, "id"), tables: allOf(idTables, "id")},
	{name: "id ending in X", rules: isID, value: "idX", texts: of(idTexts, "idX"), tables: allOf(idTables, "idX")},
	{name: "id full-width", rules: isID, value: "idWide", texts: of(idTexts, "idWide"), tables: allOf(idTables, "idWide")},
	{name: "id with separators", rules: isID, value: "idSpaced", texts: of(idTexts, "idSpaced"), tables: allOf(idTables, "idSpaced")},
	{name: "id of 15 digits", rules: isID, value: "id15", texts: []string{"身份证号：{id15}（{name}）", "{name}，居民身份证号码{id15}，已退休。", "户主{name}，身份证 {id15}。"}, tables: [][]string{{"姓名|身份证号", "{name}|{id15}"}, {"序号|退休人员|公民身份号码|金额", "{n}|{name}|{id15}|{money}"}}},
	{name: "mobile", rules: isPhone, value: "mobile", texts: of(phoneTexts, "mobile"), tables: allOf(phoneTables, "mobile")},
	{name: "mobile with +86", rules: isPhone, value: "mobile86", texts: of(phoneTexts, "mobile86"), tables: allOf(phoneTables, "mobile86")},
	{name: "mobile with separators", rules: isPhone, value: "mobileApart", texts: of(phoneTexts, "mobileApart"), tables: allOf(phoneTables, "mobileApart")},
	{name: "mobile full-width", rules: isPhone, value: "mobileWide", texts: of(phoneTexts, "mobileWide"), tables: allOf(phoneTables, "mobileWide")},
	{name: "bank card", rules: isCard, value: "card", texts: of(cardTexts, "card"), tables: allOf(cardTables, "card")},
	{name: "bank card in fours", rules: isCard, value: "cardApart", texts: of(cardTexts, "cardApart"), tables: allOf(cardTables, "cardApart")},
	{name: "passport", rules: isContact, value: "passport", texts: of(passportTexts, "passport"), tables: allOf(passportTables, "passport")},
	{name: "passport, new form", rules: isContact, value: "passportNew", texts: of(passportTexts, "passportNew"), tables: allOf(passportTables, "passportNew")},
	{name: "plate beside a name", rules: isContact, value: "plate", texts: []string{"{n}．{name}，车牌号{plate}，小型汽车。", "车主{name}，号牌号码：{plate}，逾期未检验。"}, tables: [][]string{{"姓名|车牌号", "{name}|{plate}"}, {"序号|车主|号牌号码|车型", "{n}|{name}|{plate}|小型汽车"}}},
	{name: "private mail", rules: isContact, value: "mail", texts: []string{"{n}．{name}，{unit}，电子邮箱：{mail}", "请将材料发送给{name}（{mail}）。", "联系人{name}，邮箱{mail}。"}, tables: [][]string{{"姓名|单位|电子邮箱", "{name}|{unit}|{mail}"}, {"评审专家|邮箱", "{name}|{mail}"}}},
	{name: "home with label", rules: isAddress, value: "house", texts: []string{"家庭住址：示范市{district}{road}{house}", "{name}，家庭住址:示范市{district}{road}{house}。", "户籍地址：示范市{district}{road}{house}；申请人：{name}。", "申请人：{name}；现住址：{district}{road}{house}"}, tables: [][]string{{"姓名|家庭住址", "{name}|示范市{district}{road}{house}"}, {"序号|户主|住址|补助金额", "{n}|{name}|{district}{road}{house}|{money}"}}},
	{name: "home in a village", rules: isAddress, value: "village", texts: []string{"家庭住址：示范市西河区青山镇{village}", "户主{name}，家庭住址：青山镇{village}。"}, tables: [][]string{{"户主|家庭住址|改造方式", "{name}|西河区青山镇{village}|维修加固"}}},
	{name: "home in prose", rules: isAddress, value: "house", texts: []string{"申请人{name}家住示范市{district}{road}{house}，房屋建于1998年。", "{name}，男，住示范市{district}{road}{house}。", "经查，{name}现居住在{district}{road}{house}，无其他住房。"}},
	{name: "list of minors", rules: isMinor, texts: []string{"{n}．{name}，女，{born}出生，{school}{class}，监护人{name}。", "学生{name}，{school}{class}，监护人{name}（父亲）。"}, tables: [][]string{
		{"姓名|性别|出生年月|学校班级|监护人", "{name}|女|{born}|{school}{class}|{name}"},
		{"序号|学生姓名|班级|家长姓名", "{n}|{name}|{class}|{name}"},
		{"儿童姓名|出生日期|监护人姓名|与儿童关系", "{name}|{born}|{name}|祖母"},
	}},
	{name: "minor in prose", rules: isMinor, texts: []string{"未成年人{name}（{bornDay}出生）由{unit}临时监护。", "被救助儿童{name}，男，{bornDay}出生，现由{unit}安置。", "{name}，{bornDay}生，系未成年人，就读于{school}。"}},
	{name: "illness", rules: isHealth, texts: []string{"{name}，男，患{illness}，拟给予临时救助{money}元。", "{n}．{name}（{illness}），救助金额{money}元"}, tables: [][]string{{"姓名|病种|救助金额（元）", "{name}|{illness}|{money}"}, {"序号|患者姓名|诊断|医院", "{n}|{name}|{illness}|示范市第一人民医院"}}},
	{name: "disability", rules: isHealth, texts: []string{"{name}，{disability}，每月发放护理补贴{n}元。", "{n}．{name}　女　{disability}　{district}"}, tables: [][]string{{"姓名|残疾类别和等级|补贴标准", "{name}|{disability}|{n}"}, {"序号|残疾人姓名|残疾等级", "{n}|{name}|{disability}"}}},
	{name: "hardship", rules: isHealth, texts: []string{"{name}，{hardship}，家庭人口{n}人，月保障金{money}元。", "{n}．{name}，{district}，{hardship}，因病致贫"}, tables: [][]string{{"户主姓名|低保类别|保障人口|月保障金", "{name}|{hardship}|{n}|{money}"}, {"序号|姓名|困难类型|救助原因", "{n}|{name}|{hardship}|因病致贫"}}},
}

var (
	cardTexts = []string{
		"收款人{name}，账号：{v}，开户行：示范银行东岭支行。",
		"补贴发放至{name}的银行卡，卡号{v}。",
		"户名：{name}；开户银行：示范农村商业银行；银行账号 {v}",
	}
	cardTables     = [][]string{{"姓名|开户行|银行账号", "{name}|示范银行|{v}"}, {"序号|姓名|卡号|金额", "{n}|{name}|{v}|{money}"}}
	passportTexts  = []string{"{name}，护照号码：{v}。", "出访人员{name}，护照号{v}，有效期至{date}。", "{n}．{name}　护照　{v}"}
	passportTables = [][]string{{"姓名|护照号码", "{name}|{v}"}, {"序号|姓名|单位|护照号", "{n}|{name}|{unit}|{v}"}}
)

// The text around them.

var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

var titles = []string{
	"示范市人民政府办公室关于印发{year}年工作要点的通知", "示范市{district}人民政府关于城市更新项目的公告", "示范市民政局关于补助资金发放情况的公示",
	"示范市人民政府关于加强安全生产工作的意见", "示范市教育局关于做好{year}年招生工作的通知", "示范市拟补贴对象名单", "示范市第{n}批项目名单",
}

var headings = []string{"总体要求", "工作目标", "主要任务", "保障措施", "组织领导", "时间安排", "有关要求", "资金管理", "监督检查", "附则"}

var innocents = []string{
	"为贯彻落实《国务院办公厅关于推进政务公开工作的意见》（{doc}）精神，结合本市实际，制定本方案。",
	"到{year}年底，全市新建改建道路{n}公里，完成投资{money}万元，同比增长{decimal}%。",
	"（一）加强统筹协调。{unit}牵头，各区县配合，{date}前完成阶段任务。",
	"（二）压实工作责任。各单位主要负责同志要亲自研究、亲自推动，每季度报送一次进展。",
	"各区人民政府要落实属地责任，建立工作台账，明确完成时限，确保各项任务落到实处。",
	"{unit}负责政策解释，联系电话：{tel}，工作日上午8:30—12:00，下午14:00—17:30。",
	"本通知自{date}起施行，有效期五年。《关于有关事项的通知》（{doc}）同时废止。",
	"市财政安排专项资金{money}元，由{unit}按照进度拨付，任何单位不得截留、挪用。",
	"第{n}条　建设单位应当在开工前将施工方案报{unit}备案。",
	"全市共有各类市场主体{big}户，其中企业{big}户，个体工商户{big}户。",
	"项目位于示范市{district}，东至规划道路，西至{road}，用地面积{big}平方米，容积率不大于{n}。",
	"申请材料齐全、符合法定形式的，应当当场受理；不符合的，应当一次告知需要补正的全部内容。",
	"公示期为{date}起五个工作日，对公示内容有异议的，可以书面向{unit}反映。",
	"会议指出，要坚持以人民为中心的发展思想，着力解决群众反映强烈的突出问题。",
	"供水单位应当保证水压不低于国家标准，停水须提前二十四小时公告。",
	"检查组共检查{n}家单位，发现问题{n}项，已整改{n}项，整改率{decimal}%。",
	"市生态环境局公布的监测数据显示，全年优良天数{n}天，细颗粒物平均浓度每立方米{n}微克。",
	"有下列情形之一的，由城市管理部门责令限期改正；逾期不改正的，处一千元以上五千元以下罚款。",
	"补贴标准为每亩{n}元，按照实际种植面积核定，通过统一平台发放。",
	"公共图书馆、文化馆应当免费开放，每周开放时间不少于五十六小时。",
	"经{date}市政府第{n}次常务会议讨论通过，现予公布。",
	"各部门要加强宣传引导，通过政府网站、政务新媒体等渠道及时发布信息，回应社会关切。",
	"新能源公交车购置计划{n}辆，充电设施{n}处，由市交通运输局组织实施。",
	"{unit}要会同有关部门开展联合检查，结果于{date}前报市政府办公室。",
}
