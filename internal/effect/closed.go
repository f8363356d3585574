package effect

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// plain reports whether the text before a document that is extended, its
// description included, is of a known kind. Ends are judged by the whole sentence
// (official.go): a wrong extension does less harm than a wrong 已废止.
func plain(lead string) bool {
	clauses := clausesOf(lead)
	for i, c := range clauses {
		last := i == len(clauses)-1 && !strings.HasSuffix(trimSpace(lead), "，") && !strings.HasSuffix(trimSpace(lead), ",")
		if !plainClause(c) && !(last && description(c)) {
			return false
		}
	}
	return true
}

// plainClause knows the clauses that stand before what is ended.
func plainClause(c string) bool {
	t := trimSpace(trimNumber(trimSpace(c)))
	if t == "" || t == "原" || t == "现" {
		return true
	}
	if strings.ContainsAny(t, "《") && startsWith(t, "根据", "依据", "按照", "依照") == 0 {
		return false // another document's clause, unless it is the ground
	}
	if n := selfAt(t); n > 0 {
		rest := t[n:]
		if i, _ := firstOf(rest, []string{"期间", "期内", "之前", "前", "第", "失效", "届满", "期满"}); i >= 0 {
			return false
		}
		i, _ := firstOf(rest, []string{"施行", "实施", "执行", "生效", "公布", "发布", "印发", "实行", "解释", "有效期", "通过", "试行"})
		return i >= 0 || rest == ""
	}
	switch {
	case startsWith(t, "自", "从") > 0:
		return strings.Contains(t, "起") && !strings.Contains(t, "至")
	case startsWith(t, "根据", "依据", "按照", "依照") > 0:
		// 根据清理结果; and a list's own description: 根据…第二次修正、….
		return endsIn(t, "期间", "的") == 0 || description(t)
	case startsWith(t, "经") > 0:
		return endsIn(t, "研究", "同意", "批准", "审议", "审定", "评估", "通过", "清理", "审查", "审核", "研究决定", "决定", "讨论通过") > 0
	case startsWith(t, "有效期", "由", "特此", "现将", "现予") > 0:
		return true
	case startsWith(t, "为了", "为进一步", "为加强", "为规范", "为推进", "为贯彻", "为落实") > 0:
		return true
	}
	if endsIn(t, "会议决定", "研究决定", "现决定", "人民政府决定", "委员会决定", "政府决定", "决定如下", "通知如下", "公告如下", "会议通过", "决定") > 0 {
		return utf8.RuneCountInString(t) < 60 && startsWith(t, "贯彻", "落实", "请", "按", "不") == 0
	}
	return description(t)
}

// description knows how a document is described before its title: 1998年5月市政府发布的,
// 1992年…通过，2006年…修订的, 最高人民法院.
func description(c string) bool {
	t := trimSpace(trimNumber(trimSpace(c)))
	t = strings.TrimLeft(t, "原、和及与以同时")
	if t == "" {
		return true
	}
	if i, _ := firstOf(t, []string{"不得", "不同意", "推动", "完成", "待", "将", "施行后", "实施后", "如", "若", "请", "争取", "牵头", "对", "期间", "情形"}); i >= 0 {
		return false
	}
	if _, ok := zh.ScanDate(t); ok {
		return true
	}
	if endsIn(t, "人民政府", "办公室", "办公厅", "厅", "局", "部", "委", "委员会", "法院", "检察院", "国务院", "总局", "银行", "署", "会") > 0 && utf8.RuneCountInString(t) < 40 {
		return true
	}
	if endsIn(t, "的", "发布", "公布", "印发", "通过", "批准", "修正", "修订", "修改", "令", "颁布", "转发", "批转", "文件发布") > 0 {
		i, _ := firstOf(t, []string{"通过", "公布", "发布", "颁布", "印发", "批准", "转发", "批转", "制定", "修订", "修正", "修改", "施行", "实施", "颁发", "下发", "令"})
		return i >= 0
	}
	return false
}

// negated reports whether the text says that nothing of the kind happens, or
// that it happened elsewhere: then there is nothing to propose either.
func negated(lead, gap string) bool {
	for _, w := range []string{"不得", "不同意", "不予", "不能", "不宜", "未", "并非", "是否", "不应"} {
		if strings.HasSuffix(trimSpace(lead), w) || strings.Contains(gap, w) || endsIn(trimSpace(lead), w+"将", w+"对", w+"把") > 0 {
			return true
		}
	}
	return endsIn(trimSpace(gap), "已", "已经", "已被", "早已", "业已") > 0
}
