package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A subject is who a clause speaks of.
type subject uint8

const (
	bare    subject = iota // nobody is named: 现予公布，自…起施行
	own                    // 本办法
	ownPart                // 本办法第三章, 其中第五条
	foreign                // 《他办法》, 许可证
)

// selves are what a document calls itself after 本.
var selves = []string{
	"法", "条例", "规定", "办法", "细则", "规则", "规程", "规范", "决定", "决议", "命令", "令", "通知", "通告", "公告", "意见", "批复", "函",
	"解释", "方案", "规划", "计划", "目录", "清单", "标准", "准则", "守则", "章程", "制度", "措施", "预案", "指南", "政策", "文件", "纲要",
	"导则", "公约", "要点", "指引", "细目", "范围", "流程", "规范性文件", "修正案", "基准", "定额", "布告", "通报", "说明", "安排", "名单", "计划表", "政策措施",
}

// modifiers may stand between 本 and what the document is: 本工作方案, 本专项资金管理办法.
var modifiers = []string{
	"实施", "管理", "暂行", "试行", "若干", "补充", "工作", "行动", "操作", "优惠", "扶持", "奖励", "奖补", "补贴", "补助", "资助", "支持", "激励", "专项", "资金",
	"评审", "评定", "评价", "评估", "认定", "考核", "监督", "指导", "应急", "技术", "建设", "发展", "总体", "具体", "服务", "审批", "审查", "申报", "处罚", "行政", "裁量权", "裁量",
	"惠企", "产业", "人才", "财政", "修订", "配套", "收费", "征收", "安置", "补偿", "救助", "保障", "使用", "分配", "议事", "登记", "备案", "公开", "三年", "五年", "年度", "改革", "政策", "专业", "规划",
}

// selfAt returns the length of 本… at the start of s, 0 for none.
func selfAt(s string) int {
	rest, ok := strings.CutPrefix(s, "本")
	if !ok {
		return 0
	}
	best := selfName(rest)
	if best == 0 {
		return 0
	}
	n := len("本") + best
	// 本办法（试行）; what a bracket holds is blotted out.
	if t := startsWith(s[n:], "（", "("); t > 0 {
		if j := strings.IndexAny(s[n:], "）)"); j > 0 && j < 40 {
			_, w := utf8.DecodeRuneInString(s[n+j:])
			n += j + w
		}
	}
	return n
}

// selfName returns the length of what a document calls itself at the start of s,
// without 本: 办法, 工作方案, 《办法》.
func selfName(s string) int {
	if strings.HasPrefix(s, "《") {
		if i := strings.Index(s, "》"); i > 0 {
			return i + len("》")
		}
		return 0
	}
	if s == "文" || strings.HasPrefix(s, "文") && startsWith(s[len("文"):], "自", "有效期", "执行", "施行") > 0 {
		return len("文")
	}
	at := 0
	for range 4 {
		if n := longestPrefix(s[at:], selves); n > 0 {
			best := at + n
			// 本政策措施, 本规划方案: what is known already may only modify.
			if m := longestPrefix(s[at:], modifiers); m > 0 {
				if more := longestPrefix(s[at+m:], selves); more > 0 {
					best = max(best, at+m+more)
				}
			}
			return best
		}
		n := longestPrefix(s[at:], modifiers)
		if n == 0 {
			return 0
		}
		at += n
	}
	return 0
}

// subjectOf says who the clause that begins its time expression at from speaks
// of: what stands right before it, else the clauses before.
func (r *reader) subjectOf(s *sentence, from int) (subject, string) {
	end := from
	for {
		c := clauseStart(s.mask, end)
		clause := s.mask[c:end]
		if who, self, ok := r.clauseSubject(s, c, clause); ok {
			return who, self
		}
		if c == 0 {
			return bare, ""
		}
		_, w := utf8.DecodeLastRuneInString(s.mask[:c])
		end = c - w
	}
}

func (r *reader) clauseSubject(s *sentence, at int, clause string) (subject, string, bool) {
	t := strings.TrimLeft(clause, " \t　")
	if t == "并" {
		return bare, "", false
	}
	t = trimNumber(t)
	if n := selfAt(t); n > 0 {
		self, rest := t[:n], t[n:]
		if i := strings.Index(rest, "第"); i >= 0 && i < 6 && strings.ContainsAny(rest, "条章节款项") {
			return ownPart, self, true
		}
		if startsWith(trimSpace(rest), "规定的", "所称", "所列", "施行前", "实施前", "施行后", "实施后", "公布前", "发布前", "施行之前", "规定") > 0 {
			return foreign, self, true
		}
		return own, self, true
	}
	for i := strings.LastIndex(t, "本"); i > 0; i = strings.LastIndex(t[:i], "本") {
		if n := selfAt(t[i:]); n > 0 {
			self := t[i : i+n]
			rest := trimSpace(t[i+n:])
			switch {
			case rest == "" || startsWith(rest, "经", "自", "于", "从", "已") > 0:
				return own, self, true
			case startsWith(rest, "第") > 0:
				return ownPart, self, true
			}
		}
	}
	if startsWith(t, "其中", "但", "第") > 0 && strings.ContainsAny(t, "条章款项") {
		return ownPart, "", true
	}
	for _, m := range s.titles {
		if m.Start >= at && m.End <= at+len(clause) {
			rest := trimSpace(s.mask[m.End : at+len(clause)])
			rest = strings.TrimLeft(rest, "）)")
			switch {
			case r.isOwn(m.Title):
				return own, "", true
			case rest == "" || strings.HasPrefix(rest, "（") || startsWith(rest, "已", "经") > 0:
				if startsWith(rest, "已", "经") > 0 {
					return own, "", true // 《X》已经…通过，现予公布
				}
				return foreign, "", true
			}
		}
	}
	if startsWith(t, "上述", "以上", "该", "修订后的", "修改后的", "调整后的") > 0 {
		return own, "", true
	}
	if r.isMatter(t) {
		return own, "", true
	}
	if longestPrefix(t, spanWords) > 0 {
		return bare, "", false // 有效期三年，自…起执行
	}
	if n := runes(t); n > 0 && n < 40 && !isFiller(t) {
		// Somebody else is spoken of: 许可证自…起生效. But 经市政府同意 and 现予公布 are
		// no subjects.
		return foreign, "", true
	}
	return bare, "", false
}

// isFiller reports clauses that name no subject.
func isFiller(t string) bool {
	for _, w := range []string{"公布", "发布", "印发", "同意", "批准", "通过", "遵照", "执行", "负责解释", "解释", "特此", "贯彻", "现将", "决定", "此复", "通知", "公告"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return trimSpace(t) == ""
}

// trimNumber drops 第五十条, 十五、, （三）, 1. at the start.
func trimNumber(t string) string {
	rest := t
	if u, ok := strings.CutPrefix(rest, "第"); ok {
		if _, size := zh.ParseNumeral(trimSpace(u)); size > 0 {
			u = strings.TrimLeft(u, " \t　")
			u = strings.TrimLeft(u[min(size, len(u)):], " \t　")
			if v, ok := strings.CutPrefix(u, "条"); ok {
				v = strings.TrimLeft(v, " \t　：:")
				if w, ok := strings.CutPrefix(v, "【"); ok {
					if _, after, ok := strings.Cut(w, "】"); ok {
						v = strings.TrimLeft(after, " \t　")
					}
				}
				if x, ok := strings.CutPrefix(v, "（"); ok { // 第五十条（施行日期）
					if head, after, ok := strings.Cut(x, "）"); ok && len(head) < 40 {
						v = strings.TrimLeft(after, " \t　")
					}
				}
				return v
			}
		}
		return t
	}
	if u := strings.TrimLeft(rest, "（("); u != rest {
		rest = u
	}
	if _, size := zh.ParseNumeral(rest); size > 0 {
		if n := startsWith(rest[size:], "、", ".", "．", "）", ")"); n > 0 {
			return strings.TrimLeft(rest[size+n:], " \t　.、")
		}
	}
	if strings.HasPrefix(t, "（"+string(blotted)) || strings.HasPrefix(t, "("+string(blotted)) {
		if i := strings.IndexAny(t, "）)"); i > 0 && i < 12 {
			_, w := utf8.DecodeRuneInString(t[i:])
			return strings.TrimLeft(t[i+w:], " \t　")
		}
	}
	return t
}

// isOwn reports whether a title is the document's own, or that of what it
// prints.
func (r *reader) isOwn(title string) bool {
	f := zh.Fold(title)
	return f != "" && (slices.Contains(r.titles, f) || len(r.titles) > 0 && strings.HasSuffix(r.titles[0], f))
}

// isMatter reports whether a text is what the document is about, all of it: in
// 关于扩大住房保障范围的通知, 扩大的住房保障范围自…起实施.
func (r *reader) isMatter(t string) bool {
	f := strings.ReplaceAll(zh.Fold(t), "的", "")
	if runes(f) < 6 {
		return false
	}
	for _, title := range r.titles {
		_, about, _ := strings.Cut(title, "关于")
		if rest, ok := strings.CutPrefix(strings.ReplaceAll(about, "的", ""), f); ok && slices.Contains(selves, rest) {
			return true
		}
	}
	return false
}
