package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
)

// activeLead reports whether what stands before a wording lets it take an
// object behind it: 决定废止《A》, 同时废止, but not 关于废止《A》的决定 or 应当废止.
func activeLead(mask string, at int) bool {
	head := strings.TrimRight(mask[:at], " \t　")
	if head == "" {
		return true
	}
	if n := endsIn(head, "同时", "决定", "现", "予以", "一并", "并", "宣布", "即行", "现决定", "会议决定", "起", "后", "。", "，", "；", "：", ":", "、", ",", "将"); n > 0 {
		if strings.HasSuffix(head, "、") {
			// 一、废止《A》, but not 修改、废止《A》的程序.
			return trimNumber(strings.TrimLeft(mask[clauseStart(mask, at):at], " \t　")) == "" || listNumber(mask[clauseStart(mask, at):at])
		}
		return true
	}
	clause := strings.TrimLeft(mask[clauseStart(mask, at):at], " \t　")
	return listNumber(clause)
}

// listNumber reports whether a text is a number of a list and nothing else:
// 一、, （三）, 2..
func listNumber(t string) bool {
	t = strings.TrimLeft(t, " \t　")
	return t == "" || trimNumber(t+"x") == "x"
}

// active reads 废止《A》和《B》: forwards over what is joined.
func (r *reader) active(s *sentence, a trigger, at, end int, ts []target) {
	first := slices.IndexFunc(ts, func(t target) bool { return t.start >= end })
	if first < 0 {
		return
	}
	gap := trimSpace(s.mask[end:ts[first].start])
	if !describes(gap) {
		return
	}
	lead := strings.TrimRight(s.mask[:at], " 　")
	if endsIn(lead, "不", "不予", "未", "不得", "关于", "拟", "建议") > 0 {
		return
	}
	for n := endsIn(lead, "同时", "予以", "现", "一并", "并", "即行", "宣布", "将"); n > 0; n = endsIn(lead, "同时", "予以", "现", "一并", "并", "即行", "宣布", "将") {
		lead = trimSpace(lead[:len(lead)-n])
	}
	said := lead != trimSpace(s.mask[:at]) || !listNumber(s.mask[clauseStart(s.mask, at):at]) || strings.Contains(s.mask[:at], "决定") || strings.Contains(s.mask[:at], "同时") || !ends(a.kind) || strings.Contains(s.mask[:at], "起")
	sure := !strings.HasSuffix(trimSpace(s.mask[:at]), "将") && (said || r.decided || r.cleanup) // 废止《A》 alone may be a task
	from := r.leadTime(s, at)
	if from.IsZero() {
		from = r.tailTime(s, ts[first].end)
	}
	for i := first; i < len(ts); i++ {
		t := ts[i]
		if i > first {
			g := s.mask[ts[i-1].end:t.start]
			if ok, _, _ := joined(g); !ok {
				return
			}
		}
		next := len(s.mask)
		if i+1 < len(ts) {
			next = ts[i+1].start
		}
		if instrument(s.mask[t.end:next]) {
			continue
		}
		st := r.statement(s, a, t, grasp{from: from})
		st.Closed = st.Closed && sure && r.firm(s, t)
		after := trimLeft(s.mask[t.end:clauseEnd(s.mask, t.end)])
		if strings.HasPrefix(after, "的") && startsWith(after, "的决定", "的通知", "的公告", "的程序", "的建议", "的议案") > 0 {
			return // 废止《A》的决定: told of, not done
		}
		if p, ok := partOf(strings.TrimSuffix(after, "。")); ok {
			st.Part, st.Articles, st.Closed = true, p, false
		}
		r.add(st)
	}
}

// describes reports whether a gap between a verb and its object only
// describes the object: 1998年5月市政府发布的, 下列文件：, 原.
func describes(gap string) bool {
	if gap == "" || gap == "了" {
		return true
	}
	return utf8.RuneCountInString(gap) < 90 && !strings.ContainsAny(gap, "。；") &&
		(endsIn(gap, "的", "：", ":", "原", "年", "日", "文件", "号", "令", "如下") > 0 || startsWith(gap, "原", "下列", "以下", "1", "2", "市", "省", "国务院") > 0)
}

// timeIn finds the first 自…起, 从…起 or 2026年1月1日起 that begins between two places.
func (r *reader) timeIn(s *sentence, from, to int) (at int, w When, size int, ok bool) {
	s.parse()
	for p := from; p < to; {
		c, width := utf8.DecodeRuneInString(s.mask[p:])
		begins := c == '自' || c == '从'
		for _, d := range s.dates {
			begins = begins || d.Start == p && startsWith(trimLeft(s.mask[d.End:]), "起", "0时起", "零时起", "24时起") > 0
		}
		if begins || selfAt(s.mask[p:]) > 0 {
			if w, n, ok := r.timeAt(s, p); ok && p+n <= to {
				return p, w, n, true
			}
		}
		p += width
	}
	return 0, When{}, 0, false
}

// tailTime reads 废止《A》，自2024年1月1日起停止执行 behind the documents.
func (r *reader) tailTime(s *sentence, at int) When {
	for p := clauseEnd(s.mask, at); p < len(s.mask); p = clauseEnd(s.mask, p) {
		_, w := utf8.DecodeRuneInString(s.mask[p:])
		p += w
		if startsWith(trimLeft(s.mask[p:]), "自", "从") == 0 {
			continue
		}
		if w, n, ok := r.timeAt(s, p); ok && startsWith(trimSpace(s.mask[p+n:]), "停止执行", "废止", "失效", "停止施行", "停止实施") > 0 {
			return w
		}
	}
	return When{}
}

// leadTime reads 自2021年1月1日起， before the documents.
func (r *reader) leadTime(s *sentence, at int) When {
	for c := clauseStart(s.mask, at); ; {
		if p, w, n, ok := r.timeIn(s, c, at); ok {
			rest, _, _ := strings.Cut(trimSpace(s.mask[p+n:at]), "，")
			if i, _ := firstOf(rest, []string{"施行", "实施", "执行", "生效", "试行"}); i < 0 || strings.Contains(rest, "停止") {
				return w
			}
			return When{}
		}
		if c == 0 {
			return When{}
		}
		_, w := utf8.DecodeLastRuneInString(s.mask[:c])
		at = c - w
		if c = clauseStart(s.mask, at); strings.Contains(s.mask[c:at], "《") {
			return When{}
		}
	}
}

// conditional reports whether a sentence says what would be: 逾期未公布的，自…起失效.
func conditional(mask string) bool {
	for _, w := range []string{"逾期", "如果", "如需", "若有", "若未", "若需", "若在", "若出", "的，应当", "拟", "建议", "可以", "视为"} {
		if strings.Contains(mask, w) {
			return true
		}
	}
	return false
}

// lastDay reads 至2025年12月31日 anywhere in the sentence, the last one.
func (s *sentence) lastDay() End {
	s.parse()
	return s.lastDayAfter(0)
}

// firstOfRange reads the first date of 自 D1 至 D2.
func (s *sentence) firstOfRange() (gazette.Date, bool) {
	s.parse()
	for _, d := range s.dates {
		if lead := leadIn(s.mask, d.Start); lead < d.Start && d.Day > 0 {
			return gazette.FromZh(d), true
		}
	}
	return gazette.Date{}, false
}
