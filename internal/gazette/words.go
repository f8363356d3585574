// Package gazette holds the words of the trade: documents, numbers, dates,
// relations, effects and the status that follows from them. It knows neither
// files nor TOML nor HTML, and has no clock: the day for which a status is
// asked is an argument.
package gazette

import "slices"

// A Type is a kind of content, named as its folder in content/ (singular).
type Type string

// The types of content.
const (
	TypeDocument       Type = "document"
	TypeInterpretation Type = "interpretation" // 政策解读
	TypeQuestion       Type = "question"       // 政策问答
	TypeConsultation   Type = "consultation"   // 意见征集
	TypeResponse       Type = "response"       // 回应关切
	TypePage           Type = "page"
	TypeIssue          Type = "issue" // 期
)

var types = []Type{TypeDocument, TypeInterpretation, TypeQuestion, TypeConsultation, TypeResponse, TypePage, TypeIssue}

// Types returns all types of content, in the order in which sites show them.
func Types() []Type { return slices.Clone(types) }

// Folder returns the folder of the type, in content/ and in the site.
func (t Type) Folder() string { return string(t) + "s" }

// A Class (类别) says what a document is in law.
type Class string

// The classes.
const (
	Statute   Class = "法规"      // 法律、行政法规、地方性法规、司法解释
	Rule      Class = "规章"      // 部门规章、地方政府规章
	Normative Class = "行政规范性文件" // 行政规范性文件
	Other     Class = "其他文件"
	Reprint   Class = "转载" // 上级文件
)

var classes = []struct {
	class Class
	code  string
}{
	{Statute, "fagui"}, {Rule, "guizhang"}, {Normative, "guifanxing-wenjian"}, {Other, "qita"}, {Reprint, "zhuanzai"},
}

// Classes returns all classes in order of rank.
func Classes() []Class {
	out := make([]Class, len(classes))
	for i, c := range classes {
		out[i] = c.class
	}
	return out
}

// Code returns the class's part of an address, or "" for an unknown class.
func (c Class) Code() string {
	for _, x := range classes {
		if x.class == c {
			return x.code
		}
	}
	return ""
}

// kinds are the 文种 of the 党政机关公文处理工作条例, article 8, and 令, the short
// name of 命令, with their addresses.
var kinds = []struct{ name, code string }{
	{"决议", "jueyi"}, {"决定", "jueding"}, {"命令", "mingling"}, {"公报", "gongbao"}, {"公告", "gonggao"},
	{"通告", "tonggao"}, {"意见", "yijian"}, {"通知", "tongzhi"}, {"通报", "tongbao"}, {"报告", "baogao"},
	{"请示", "qingshi"}, {"批复", "pifu"}, {"议案", "yian"}, {"函", "han"}, {"纪要", "jiyao"},
}

// Kinds returns the 15 kinds of official documents (文种).
func Kinds() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.name
	}
	return out
}

// KindCode returns the kind's part of an address, or "" for an unknown kind.
func KindCode(kind string) string {
	if kind == "令" {
		kind = "命令"
	}
	for _, k := range kinds {
		if k.name == kind {
			return k.code
		}
	}
	return ""
}

// forms are what a 通知 prints, or what a law is called (文件形式).
var forms = []struct{ name, code string }{
	{"条例", "tiaoli"}, {"规定", "guiding"}, {"办法", "banfa"}, {"细则", "xize"}, {"规则", "guize"},
	{"方案", "fangan"}, {"规划", "guihua"}, {"计划", "jihua"}, {"要点", "yaodian"}, {"预案", "yuan"},
	{"清单", "qingdan"}, {"目录", "mulu"}, {"措施", "cuoshi"}, {"标准", "biaozhun"}, {"制度", "zhidu"},
	{"指南", "zhinan"}, {"规程", "guicheng"}, {"规范", "guifan"}, {"纲要", "gangyao"}, {"章程", "zhangcheng"},
	{"守则", "shouze"}, {"准则", "zhunze"}, {"意见", "yijian"}, {"决定", "jueding"}, {"解释", "jieshi"}, {"法", "fa"},
	{"分工", "fengong"}, {"名单", "mingdan"}, {"公约", "gongyue"}, {"导则", "daoze"}, {"流程", "liucheng"},
}

// FormCode returns the form's part of an address, or "" for one that is not in
// the list: then the site's address of it is made from its name.
func FormCode(form string) string {
	for _, f := range forms {
		if f.name == form {
			return f.code
		}
	}
	return ""
}

// Forms returns the known forms, longest first so that suffixes can be tried
// in order.
func Forms() []string {
	out := make([]string, len(forms))
	for i, f := range forms {
		out[i] = f.name
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

var levels = []struct{ name, code string }{
	{"国家", "guojia"}, {"省", "sheng"}, {"市", "shi"}, {"县", "xian"}, {"部门", "bumen"}, {"乡镇", "xiangzhen"},
}

// Levels returns the levels of issuers (层级), highest first.
func Levels() []string {
	out := make([]string, len(levels))
	for i, l := range levels {
		out[i] = l.name
	}
	return out
}

// LevelCode returns the level's part of an address, or "" for an unknown one.
func LevelCode(level string) string {
	for _, l := range levels {
		if l.name == level {
			return l.code
		}
	}
	return ""
}

// A Disclosure (公开属性) says who may see a document (政府信息公开条例).
type Disclosure string

// The three attributes.
const (
	Public    Disclosure = "主动公开"
	OnRequest Disclosure = "依申请公开"
	NotPublic Disclosure = "不予公开"
)

// Reasons returns the reasons for which a document is not public
// (政府信息公开条例第十四条至第十六条).
func Reasons() []string {
	return []string{
		"国家秘密", "法律、行政法规禁止公开", "危及国家安全、公共安全、经济安全、社会稳定", "商业秘密", "个人隐私",
		"内部事务信息", "过程性信息", "行政执法案卷信息",
	}
}

// A RelationKind (关系) says what one document does to another.
type RelationKind string

// The relations.
const (
	Repeals    RelationKind = "repeals"    // 废止
	Replaces   RelationKind = "replaces"   // 替代
	Lapses     RelationKind = "lapses"     // 宣布失效
	Amends     RelationKind = "amends"     // 修改
	Extends    RelationKind = "extends"    // 延长有效期
	Continues  RelationKind = "continues"  // 继续有效
	Suspends   RelationKind = "suspends"   // 暂停执行
	Resumes    RelationKind = "resumes"    // 恢复
	Corrects   RelationKind = "corrects"   // 更正
	Transmits  RelationKind = "transmits"  // 转发、印发
	Implements RelationKind = "implements" // 贯彻
	BasedOn    RelationKind = "based-on"   // 依据
	Interprets RelationKind = "interprets" // 解读
	RepliesTo  RelationKind = "replies-to" // 答复
	Cites      RelationKind = "cites"      // 引用
)

var relationKinds = []RelationKind{
	Repeals, Replaces, Lapses, Amends, Extends, Continues, Suspends, Resumes, Corrects,
	Transmits, Implements, BasedOn, Interprets, RepliesTo, Cites,
}

// RelationKinds returns all relations in the order in which pages show them.
func RelationKinds() []RelationKind { return slices.Clone(relationKinds) }

// Changes reports whether the relation changes the status of its target.
func (k RelationKind) Changes() bool {
	switch k {
	case Repeals, Replaces, Lapses, Amends, Extends, Continues, Suspends, Resumes, Corrects:
		return true
	}
	return false
}
