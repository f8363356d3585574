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
	"导则", "公约", "要点", "指引", "细目", "范围", "流程", "实施细则", "实施办法", "实施意见", "实施方案", "规范性文件", "修正案", "暂行规定",
	"暂行办法", "试行办法", "若干规定", "若干意见", "若干措施", "管理办法", "管理规定", "裁量基准", "基准", "定额", "协议", "布告", "通报", "说明", "补充规定", "安排", "名单", "办法（试行）",
}

// selfAt returns the length of 本… at the start of s, 0 for none.
func selfAt(s string) int {
	rest, ok := strings.CutPrefix(s, "本")
	if !ok {
		return 0
	}
	best := 0
	for _, w := range selves {
		if strings.HasPrefix(rest, w) && len(w) > best {
			best = len(w)
		}
	}
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
	t = trimNumber(t)
	if n := selfAt(t); n > 0 {
		self, rest := t[:n], t[n:]
		if i := strings.Index(rest, "第"); i >= 0 && i < 6 && strings.ContainsAny(rest, "条章节款项") {
			return ownPart, self, true
		}
		if startsWith(trimSpace(rest), "规定的", "所称", "施行前", "实施前", "施行后", "实施后", "公布前", "发布前", "施行之前", "规定") > 0 {
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
