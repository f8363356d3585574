package effect

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// An ending is a clause that names the document's own last day or length.
type ending struct {
	end   End
	start When // of a range: 执行期限为2023年1月1日至2027年12月31日
	comp  bool
	who   subject
	place Place
}

// spans are the words for the time in which a document is valid. Only after
// the document's own name, or in the sentence of its own 施行, are they about it:
// everywhere else 有效期 is that of a licence (standards §5.4).
var spanWords = []string{
	"有效期限", "有效期", "政策执行期限", "政策实施期限", "试行期限", "试行期", "执行期限", "执行期", "实施期限", "实施期", "施行期限", "施行期", "暂行期限", "暂行期", "政策期限", "适用期限",
	"执行时间", "实施时间", "施行时间", "执行期间", "实施期间", "施行期间", "规划期限", "规划期", "时效",
}

// ownEnd reads the end of validity in a sentence. starts are its own clauses
// of 施行. It reports whether the sentence speaks of the document's own time.
func (r *reader) ownEnd(s *sentence, starts []start) bool {
	base, who := -1, own
	for _, st := range starts {
		if st.who != ownPart && (base < 0 || st.end < base) {
			base, who = st.end, st.who
			if !st.dateEnd.IsZero() {
				r.end(s, ending{end: st.dateEnd, who: st.who})
			}
		}
	}
	if base >= 0 {
		r.tail(s, base, who)
		if r.ends == nil || r.ends[len(r.ends)-1].place.Quote != s.place().Quote {
			r.spanBefore(s, starts[0].from)
		}
		return true
	}
	if n, ok := r.ownHead(s); ok {
		return r.spanAfter(s, n)
	}
	return false
}

// ownHead returns where the sentence goes on after naming the document, or
// after nothing where the sentence before was about it: 有效期五年。
func (r *reader) ownHead(s *sentence) (int, bool) {
	t := strings.TrimLeft(s.mask, " \t　")
	skipped := len(s.mask) - len(t)
	u := trimNumber(t)
	at := skipped + len(t) - len(u)
	if n := selfAt(u); n > 0 {
		return at + n, !othersThing(u[n:])
	}
	if startsWith(u, "文件", "该文件", "政策") > 0 {
		return at + startsWith(u, "文件", "该文件", "政策"), true
	}
	if !r.cleanup {
		if m := theseMeasures.FindString(u); m != "" {
			return at + len(m), true
		}
	}
	for _, m := range s.titles {
		if m.Start == at && r.isOwn(m.Title) {
			return m.End, true
		}
	}
	for _, w := range spanWords {
		if strings.HasPrefix(u, w) && (r.lastOwn || strings.HasPrefix(u[len(w):], "：") || strings.HasPrefix(u[len(w):], ":")) {
			return at, true
		}
	}
	// …（四）…，本办法有效期五年: the name stands later in the sentence.
	for i := 0; ; {
		j := strings.Index(s.mask[i:], "本")
		if j < 0 {
			return 0, false
		}
		i += j
		if n := selfAt(s.mask[i:]); n > 0 && clauseStart(s.mask, i) == i {
			if hasSpan(s.mask[i+n : min(len(s.mask), i+n+30)]) {
				return i + n, true
			}
		}
		i += len("本")
	}
}

// theseMeasures are what a text of measures calls itself in its last point: 以上政策.
var theseMeasures = regexp.MustCompile(`^(?:除[^，。《]{0,24}外，)?(?:以上|上述|前述)(?:各项|各条|所有)?(?:政策措施|政策|措施|条款)(?:除[^，。《]{0,24}外，|（[^）]*）|，)?(?:均|统一)?`)

// othersThing reports whether what follows the document's name makes it only
// the time from which others have something: 本办法施行后取得的证书，有效期5年.
func othersThing(rest string) bool {
	clause := rest[:clauseEnd(rest, 0)]
	n := startsWith(clause, "施行", "实施", "印发", "公布", "发布", "执行", "生效")
	if n == 0 || !strings.Contains(clause, "的") {
		return false
	}
	return startsWith(strings.TrimPrefix(clause[n:], "之日"), "前", "后", "起", "之前", "之后", "以前", "以后") > 0
}

func hasSpan(s string) bool {
	i, _ := firstOf(s, spanWords)
	return i >= 0
}

// spanAfter reads 有效期五年, 试行期一年, 执行至2025年12月31日止 right after the
// document's name.
func (r *reader) spanAfter(s *sentence, at int) bool {
	s.parse()
	t := s.mask[at:]
	u := strings.TrimLeft(t, " \t　的之，,由自于从均")
	if i, w := firstOf(u, spanWords); i >= 0 && isLink(u[:i]) {
		p := at + len(t) - len(u) + i + len(w)
		if e, ok := s.endAt(p); ok {
			e.who = own
			return r.end(s, e)
		}
		return true
	}
	if e, ok := r.stretch(s, at+len(t)-len(strings.TrimLeft(t, " \t　"))); ok {
		e.who = own
		return r.end(s, e)
	}
	// 本政策执行至2025年12月31日止; 本办法试行两年; 本通知至2025年12月31日废止.
	for _, w := range []string{"执行", "施行", "实施", "有效", "适用", "试行", "暂行", ""} {
		rest, ok := strings.CutPrefix(trimTentative(u), w)
		if !ok {
			continue
		}
		p := at + len(t) - len(rest)
		if w == "试行" || w == "暂行" {
			if per, size := periodAt(rest); size > 0 && closesSpan(rest[size:]) {
				return r.end(s, ending{end: End{For: per}, who: own})
			}
		}
		if e, ok := s.untilAt(p); ok {
			e.who = own
			return r.end(s, e)
		}
		if e, ok := s.diesAt(p); ok {
			e.who = own
			return r.end(s, e)
		}
	}
	return false
}

// stretch reads 自印发之日起5年内有效, 自 D1 至 D2 期间有效 at p.
func (r *reader) stretch(s *sentence, p int) (ending, bool) {
	if startsWith(s.mask[p:], "自", "从", "于") == 0 {
		return ending{}, false
	}
	if e, ok := s.rangeAt(p); ok {
		rest := s.mask[p:clauseEnd(s.mask, p)]
		return e, endsIn(trimSpace(rest), "有效", "执行", "施行", "实施") > 0
	}
	w, n, ok := r.timeAt(s, p)
	if !ok {
		return ending{}, false
	}
	t := s.mask[p+n:]
	per, size := periodAt(t)
	if size == 0 || startsWith(trimLeft(t[size:]), "内有效", "有效", "内施行", "内执行", "内实施") == 0 {
		return ending{}, false
	}
	return ending{end: End{For: per}, start: w}, true
}

// isLink reports whether only the document's own time stands between its name
// and 有效期: 本办法自…起施行，有效期; 本规定的有效期.
func isLink(s string) bool {
	if s == "" {
		return true
	}
	if utf8.RuneCountInString(s) > 30 {
		return false
	}
	t := trimSpace(s)
	if startsWith(t, "规定", "所", "第", "中", "未", "申请", "发放", "颁发", "核发", "及") > 0 {
		return false
	}
	return strings.HasSuffix(t, "，") || strings.HasSuffix(t, ",") || strings.HasSuffix(t, "的") || strings.HasSuffix(t, "起") || strings.HasSuffix(t, "之日") || strings.HasSuffix(t, "确定")
}

// tail reads what follows 自…起施行: ，有效期五年; ，试行期一年; 至2025年12月31日止;
// ，2020年12月31日废止.
func (r *reader) tail(s *sentence, at int, who subject) {
	s.parse()
	if per, size := periodAt(trimLeft(s.mask[at:])); size > 0 && strings.HasSuffix(s.mask[:at], "试行") {
		r.end(s, ending{end: End{For: per}, who: who})
		return
	}
	if e, ok := s.untilAt(at); ok {
		e.who = who
		r.end(s, e)
		return
	}
	if e, ok := s.bracketClause(at); ok {
		e.who = who
		r.end(s, e)
		return
	}
	for p := at; p < len(s.mask); {
		c := clauseEnd(s.mask, p)
		if e, ok := s.tailClause(p, c); ok {
			e.who = who
			r.end(s, e)
			return
		}
		if c >= len(s.mask) {
			return
		}
		_, w := utf8.DecodeRuneInString(s.mask[c:])
		p = c + w
		if strings.Contains(s.mask[p:clauseEnd(s.mask, p)], "《") && !hasSpan(s.mask[p:clauseEnd(s.mask, p)]) {
			continue
		}
	}
}

// bracketClause reads 自…起施行（有效期5年）: what a bracket holds is blotted out of
// the mask.
func (s *sentence) bracketClause(at int) (ending, bool) {
	end := bracketAfter(s.mask, at)
	if end == at {
		return ending{}, false
	}
	inner := strings.Trim(s.text[at:end], "（）() 　")
	sub := &sentence{text: inner, mask: inner}
	sub.parse()
	return sub.tailClause(0, clauseEnd(inner, 0))
}

// tailClause reads one clause after 施行.
func (s *sentence) tailClause(p, c int) (ending, bool) {
	clause := s.mask[p:c]
	t := strings.TrimLeft(clause, " \t　，,、并且其该及和")
	if per, size := periodAt(trimTentative(t)); size > 0 && trimTentative(t) != t && closesSpan(trimTentative(t)[size:]) {
		return ending{end: End{For: per}}, true // 试行，暂定一年
	}
	t = trimTentative(t)
	q := p + len(clause) - len(t)
	if n := selfAt(t); n > 0 {
		t = strings.TrimLeft(t[n:], " \t　的")
		q = c - len(t)
	}
	if n := startsWith(t, "文件", "政策有效期"); n > 0 {
		n = len("文件")
		t = t[n:]
		q += n
	}
	for _, w := range append([]string{"期限"}, spanWords...) {
		if strings.HasPrefix(t, w) {
			return s.endAt(q + len(w))
		}
	}
	for _, w := range []string{"试行", "暂行", "有效", "执行", "实施", "施行"} {
		if rest, ok := strings.CutPrefix(t, w); ok {
			if per, size := periodAt(rest); size > 0 && closesSpan(rest[size:]) {
				return ending{end: End{For: per}}, true
			}
			return s.untilAt(q + len(w))
		}
	}
	if e, ok := s.untilAt(q); ok {
		return e, true
	}
	if e, ok := s.diesAt(q); ok {
		return e, true
	}
	// 自…起施行，五年内有效
	if per, size := periodAt(t); size > 0 && startsWith(trimLeft(t[size:]), "内有效", "有效", "后自动失效", "后自行失效", "后失效", "后废止", "后自动废止", "后自行废止") > 0 {
		return ending{end: End{For: per}}, true
	}
	return ending{}, false
}

// trimTentative drops 暂定 and 暂 before a verb or a length.
func trimTentative(t string) string {
	if startsWith(t, "暂行", "暂停", "暂缓", "暂不") > 0 {
		return t
	}
	return strings.TrimPrefix(t[startsWith(t, "暂定", "暂"):], "为")
}

// spanBefore reads 有效期 before the clause of 施行: 本办法有效期五年，自…起施行.
func (r *reader) spanBefore(s *sentence, from int) {
	i, w := firstOf(s.mask[:from], spanWords)
	if i < 0 {
		return
	}
	c := clauseStart(s.mask, i)
	head := trimNumber(strings.TrimLeft(s.mask[c:i], " \t　"))
	n := selfAt(head)
	if n == 0 && trimSpace(head) != "" || n > 0 && strings.Trim(head[n:], " 　的") != "" {
		return
	}
	if e, ok := s.endAt(i + len(w)); ok {
		e.who = own
		r.end(s, e)
	}
}

// end records an ending.
func (r *reader) end(s *sentence, e ending) bool {
	e.comp, e.place = r.inComponent, s.place()
	r.ends = append(r.ends, e)
	if !e.start.IsZero() {
		r.found = append(r.found, start{when: e.start, who: e.who, comp: e.comp, place: e.place})
	}
	return true
}

// chooseEnd takes the end that stands with the chosen start, else the first
// that is the document's own.
func (r *reader) chooseEnd() {
	best, rank := -1, 0
	for i, e := range r.ends {
		n := 1
		if e.place.Quote == r.r.EffectiveP.Quote {
			n += 4
		}
		if e.who == own {
			n += 2
		}
		if r.amending && e.comp {
			n -= 8
		}
		if best < 0 || n > rank {
			best, rank = i, n
		}
	}
	if best >= 0 && rank > 0 {
		r.r.Expires, r.r.ExpiresP = r.ends[best].end, r.ends[best].place
	}
}
