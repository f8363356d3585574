package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// events are the words before 之日.
var events = []struct {
	word  string
	event Event
}{
	{"公布", Publication}, {"发布", Publication}, {"颁布", Publication}, {"公告", Publication}, {"颁发", Publication}, {"刊登", Publication}, {"公开", Publication},
	{"印发", Printing}, {"下发", Printing}, {"发文", Printing}, {"制发", Printing}, {"印刷", Printing}, {"行文", Printing}, {"签发", Printing}, {"发出", Printing},
	{"通过", Adoption}, {"批准", Adoption}, {"签署", Adoption},
	{"施行", OwnStart}, {"实施", OwnStart}, {"执行", OwnStart}, {"生效", OwnStart},
}

// whenBefore reads 自…起 to the left of a verb at i. until is the second date
// of 自 D 起至 D 止.
func (s *sentence) whenBefore(i int) (w When, from int, until gazette.Date, ok bool) {
	head := strings.TrimRight(s.mask[:i], " \t　")
	for {
		n := endsIn(head, "正式", "开始", "统一", "同步", "全面", "起", "期间", "之时", "零时", "0时", "０时", "24时", "6时", "7时", "8时", "9时", "12时", "生效", "止", "，", "方可", "予以", "组织", "同时", "贯彻")
		if n == 0 {
			break
		}
		head = strings.TrimRight(head[:len(head)-n], " \t　")
	}
	if d, ok := s.dateEnding(len(head)); ok {
		from = d.Start
		date := gazette.FromZh(d)
		if date.IsZero() {
			return When{}, 0, gazette.Date{}, false
		}
		// 自 D1 起至 D2 止施行
		if k := rangeBefore(s.mask[:d.Start]); k >= 0 {
			if d1, ok := s.dateEnding(k); ok && !gazette.FromZh(d1).IsZero() {
				return When{Date: gazette.FromZh(d1)}, leadIn(s.mask, d1.Start), date, true
			}
		}
		lead := leadIn(s.mask, from)
		if lead == from && !strings.HasPrefix(s.mask[len(head):], "起") && !strings.Contains(s.mask[len(head):i], "起") && !strings.Contains(s.mask[len(head):i], "正式") {
			// 2019年7月1日施行 without 自 and 起: a plain statement of the day.
			if clauseStart(s.mask, from) != from && selfAt(s.mask[clauseStart(s.mask, from):]) == 0 {
				return When{}, 0, gazette.Date{}, false
			}
		}
		return When{Date: date}, lead, gazette.Date{}, true
	}
	if w, from, ok := s.eventBefore(head); ok {
		return w, from, gazette.Date{}, true
	}
	if m, d, start, ok := monthDayEnding(head); ok && leadIn(s.mask, start) < start {
		return When{Date: gazette.NewDate(4, m, d), NoYear: true}, leadIn(s.mask, start), gazette.Date{}, true
	}
	return When{}, 0, gazette.Date{}, false
}

// rangeBefore returns the end of the first date's expression in 自 D1 起至 D2.
func rangeBefore(mask string) int {
	n := endsIn(mask, "起至", "起到", "至", "到", "—", "-", "－")
	if n == 0 {
		return -1
	}
	return len(strings.TrimRight(mask[:len(mask)-n], " \t　—-－起"))
}

// leadIn moves left over 自 从 于 由.
func leadIn(mask string, from int) int {
	t := strings.TrimRight(mask[:from], " \t　")
	if n := endsIn(t, "自", "从", "于", "由", "定于", "将于", "拟于"); n > 0 {
		return len(t) - n
	}
	return from
}

// dateEnding returns the date that ends at a byte of the sentence.
func (s *sentence) dateEnding(end int) (zh.DateMatch, bool) {
	for _, d := range s.dates {
		if d.End == end && d.Day > 0 {
			return d, true
		}
		if d.End == end && d.Day == 0 && (d.Month > 0 || leadIn(s.mask, d.Start) < d.Start) {
			return firstDay(d), true // 自2024年1月起, 从2025年起
		}
	}
	return zh.DateMatch{}, false
}

// firstDay is the first of a month or of a year, where no more is named.
func firstDay(d zh.DateMatch) zh.DateMatch {
	if d.Month == 0 {
		d.Month = 1
	}
	if d.Day == 0 {
		d.Day = 1
	}
	return d
}

// monthDayEnding reads 3月1日 at the end of a text.
func monthDayEnding(head string) (m, d, start int, ok bool) {
	t, ok := strings.CutSuffix(head, "日")
	if !ok {
		return 0, 0, 0, false
	}
	i := strings.LastIndex(t, "月")
	if i < 0 || len(t)-i > 12 {
		return 0, 0, 0, false
	}
	d, size := zh.ParseNumeral(trimSpace(t[i+len("月"):]))
	if size == 0 || size != len(trimSpace(t[i+len("月"):])) {
		return 0, 0, 0, false
	}
	j := i
	for j > 0 {
		r, w := utf8.DecodeLastRuneInString(t[:j])
		if _, n := zh.ParseNumeral(string(r)); n == 0 {
			break
		}
		j -= w
	}
	m, size = zh.ParseNumeral(t[j:i])
	if size == 0 || gazette.NewDate(4, m, d).IsZero() {
		return 0, 0, 0, false
	}
	return m, d, j, true
}

// eventBefore reads 自印发之日, 自公布之日起30日后 at the end of head.
func (s *sentence) eventBefore(head string) (When, int, bool) {
	w := When{}
	t := head
	p, rest, found := periodEnding(strings.TrimSuffix(t, "后"))
	if strings.HasSuffix(t, "后") || found && endsIn(trimSpace(rest), "满") > 0 { // 满30日施行
		if !found {
			return When{}, 0, false
		}
		w.After = p
		t = strings.TrimRight(rest, " \t　")
		for n := endsIn(t, "届满", "起满", "起", "满", "的", "，"); n > 0; n = endsIn(t, "届满", "起满", "起", "满", "的", "，") {
			t = t[:len(t)-n]
		}
		// 30日后 from a date: 自2023年5月1日起30日后
		if d, ok := s.dateEnding(len(t)); ok {
			w.Date = gazette.FromZh(d)
			return w, leadIn(s.mask, d.Start), !w.Date.IsZero()
		}
	} else if u, ok := strings.CutSuffix(t, "次日"); ok {
		w.After = gazette.Period{Days: 1}
		t = strings.TrimSuffix(u, "之日的")
		t = strings.TrimSuffix(t, "之") + "之日"
	} else if strings.HasSuffix(t, "次月1日") {
		return When{}, 0, false
	}
	for n := endsIn(t, "（含）", "当日", "起"); n > 0; n = endsIn(t, "（含）", "当日", "起") {
		if strings.HasSuffix(t, "当日") {
			t = t[:len(t)-n] + "之日"
			break
		}
		t = t[:len(t)-n]
	}
	u, ok := strings.CutSuffix(t, "之日")
	if !ok {
		if u, ok = strings.CutSuffix(t, "日"); !ok && w.After.IsZero() {
			return When{}, 0, false
		} // 自公布30日后 has no 之日
	}
	for _, e := range events {
		if rest, ok := strings.CutSuffix(u, e.word); ok {
			w.Event = e.event
			from := len(rest)
			if c := clauseStart(s.mask, from); c < from {
				from = c + lastLead(s.mask[c:from])
			}
			return w, from, true
		}
	}
	return When{}, 0, false
}

// lastLead returns where 自… begins in a clause, or its end.
func lastLead(clause string) int {
	for _, w := range []string{"自", "从", "于", "由"} {
		if i := strings.LastIndex(clause, w); i >= 0 && len(clause)-i < 90 {
			return i
		}
	}
	return len(clause)
}

// timeAt reads 自本办法施行之日起, 自2021年1月1日起, 自公布之日起 at p of the sentence.
func (r *reader) timeAt(s *sentence, p int) (When, int, bool) {
	t := s.mask[p:]
	if n := startsWith(t, "自即日起", "从即日起", "即日起"); n > 0 {
		return When{Event: Printing}, n, true
	}
	u := t[startsWith(t, "自", "从", "于"):]
	q := p + len(t) - len(u)
	for _, d := range s.dates {
		if d.Start == q+len(u)-len(trimLeft(u)) && (d.Day > 0 || strings.HasPrefix(trimLeft(s.mask[d.End:]), "起")) {
			d = firstDay(d)
			end := d.End
			rest := s.mask[end:]
			v := trimLeft(rest)
			n := startsWith(v, "0时起", "零时起", "24时起", "24时", "8时起", "9时起", "6时起", "7时起", "12时起", "起")
			w := When{Date: gazette.FromZh(d)}
			if strings.HasPrefix(v, "24时") {
				w.Date = w.Date.AddDays(1)
			}
			if per, size := periodAt(v[n:]); n > 0 && size > 0 && strings.HasPrefix(v[n+size:], "后") {
				w.After, n = per, n+size+len("后")
			}
			return w, end - p + len(rest) - len(v) + n, true
		}
	}
	// 本办法施行三个月后
	if k := selfAt(u); k > 0 {
		for _, e := range events {
			if rest, ok := strings.CutPrefix(u[k:], e.word); ok {
				if per, size := periodAt(strings.TrimPrefix(rest, "满")); size > 0 && strings.HasPrefix(strings.TrimPrefix(rest, "满")[size:], "后") {
					return When{Event: e.event, After: per}, len(t) - len(strings.TrimPrefix(rest, "满")) + size + len("后"), true
				}
			}
		}
	}
	i := strings.Index(u, "之日")
	if i < 0 || i > 90 {
		return When{}, 0, false
	}
	n := len(t) - len(u) + i + len("之日")
	rest := t[n:]
	n += startsWith(rest, "起")
	for _, e := range events {
		if strings.HasSuffix(u[:i], e.word) {
			w := When{Event: e.event}
			if per, size := periodAt(t[n:]); size > 0 && strings.HasPrefix(t[n+size:], "后") {
				w.After, n = per, n+size+len("后") // 自公布之日起30日后
			}
			return w, n, true
		}
	}
	return When{}, 0, false
}

// datedAt reports whether 2026年1月1日起 stands at a place.
func (s *sentence) datedAt(at int) bool {
	return slices.ContainsFunc(s.dates, func(d zh.DateMatch) bool {
		return d.Start == at && d.Day > 0 && startsWith(trimLeft(s.mask[d.End:]), "起", "0时起", "零时起", "24时起") > 0
	})
}
