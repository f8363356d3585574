package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
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

// A start is a clause that names a first day in force.
type start struct {
	when    When
	who     subject
	self    string // 本办法, as written
	end     int    // of the verb in the sentence
	from    int    // of the whole expression
	comp    bool   // inside what the document prints
	place   Place
	sent    *sentence
	dateEnd End // from 自 D1 起至 D2 止施行
}

var startVerbs = []string{"施行", "实施", "执行", "生效", "试行", "实行", "起效", "启用"}

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

// starts finds the clauses of a sentence that name a first day in force.
func (r *reader) starts(s *sentence) []start {
	var out []start
	at := 0
	for {
		i, verb := firstOf(s.mask[at:], startVerbs)
		if i < 0 {
			return out
		}
		i += at
		at = i + len(verb)
		if st, ok := r.startAt(s, i, verb); ok {
			out = append(out, st)
		}
	}
}

// firstOf returns the first place of one of the words.
func firstOf(s string, words []string) (int, string) {
	best, word := -1, ""
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 && (best < 0 || i < best || i == best && len(w) > len(word)) {
			best, word = i, w
		}
	}
	return best, word
}

func (r *reader) startAt(s *sentence, i int, verb string) (start, bool) {
	after := s.mask[i+len(verb):]
	if !verbEnds(after, verb) {
		return start{}, false
	}
	s.parse()
	w, from, until, ok := s.whenBefore(i)
	if !ok {
		return start{}, false
	}
	st := start{when: w, from: from, end: i + len(verb), comp: r.inComponent, place: s.place(), sent: s}
	if !until.IsZero() {
		st.dateEnd = End{Date: until}
	}
	if w.Event == OwnStart {
		return start{}, false
	}
	st.who, st.self = r.subjectOf(s, from)
	return st, st.who != foreign
}

// verbEnds tells 自…起施行。 from 自…起施行政处罚权: the clause ends after the verb,
// or goes on about the time.
func verbEnds(after, verb string) bool {
	t := strings.TrimLeft(after, " \t　")
	if t == "" {
		return true
	}
	if startsWith(t, "。", "，", "；", "、", ",", ";", ".", "！", "）", ")", "（", "(", "\n", "”", "：", "至", "到", "［", "[", "，", "期", "新") > 0 && !strings.HasPrefix(t, "期间") {
		return true
	}
	if n := selfAt(t); n > 0 { // 自…起执行本规定
		return true
	}
	if verb == "试行" {
		_, size := periodAt(t)
		return size > 0
	}
	return strings.HasPrefix(t, "有效") || strings.HasPrefix(t, "暂定") || strings.HasPrefix(t, "，")
}

// whenBefore reads 自…起 to the left of a verb at i. until is the second date
// of 自 D 起至 D 止.
func (s *sentence) whenBefore(i int) (w When, from int, until gazette.Date, ok bool) {
	head := strings.TrimRight(s.mask[:i], " \t　")
	for {
		n := endsIn(head, "正式", "开始", "统一", "同步", "全面", "起", "期间", "之时", "零时", "0时", "０时", "24时", "止", "，", "方可", "予以", "组织", "同时", "贯彻")
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
		if d.End == end && d.Month > 0 && d.Day == 0 {
			d.Day = 1 // 自2024年1月起: the first of the month
			return d, true
		}
	}
	return zh.DateMatch{}, false
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
	if u, ok := strings.CutSuffix(t, "后"); ok {
		p, rest, found := periodEnding(u)
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
	} else if u, ok := strings.CutSuffix(t, "次月1日"); ok {
		_ = u
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
		if u, ok = strings.CutSuffix(t, "日"); !ok {
			return When{}, 0, false
		}
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

// chooseStart picks the general first day among the candidates.
func (r *reader) chooseStart() *start {
	best, rank := -1, 0
	for i := range r.found {
		c := &r.found[i]
		if c.who == ownPart {
			continue
		}
		n := 1
		if c.who == own {
			n += 8
		}
		if r.decides && strings.HasPrefix(c.self, "本决定") {
			n += 16
		}
		if r.decides && c.comp {
			n -= 16
		}
		if !c.when.Date.IsZero() {
			n += 4
		}
		if c.comp {
			n += 2
		}
		// Of equals the last in a text of one part, the first annex of several.
		if best < 0 || n > rank || n == rank && !(c.comp && r.found[best].comp) {
			best, rank = i, n
		}
	}
	if best < 0 {
		return nil
	}
	return &r.found[best]
}
