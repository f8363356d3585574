package effect

import (
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

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

// starts finds the clauses of a sentence that name a first day in force.
func (r *reader) starts(s *sentence) []start {
	var out []start
	if st, ok := r.dated(s); ok {
		out = append(out, st)
	}
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

// dated reads 本细则施行日期为2023年12月1日.
func (r *reader) dated(s *sentence) (start, bool) {
	i, w := firstOf(s.mask, []string{"施行日期为", "实施日期为", "生效日期为", "施行日期是"})
	if i < 0 {
		return start{}, false
	}
	self := trimNumber(strings.TrimLeft(s.mask[clauseStart(s.mask, i):i], " 　"))
	if n := selfAt(self); n == 0 || strings.Trim(self[n:], "的 　") != "" {
		return start{}, false
	}
	s.parse()
	for _, d := range s.dates {
		if d.Start == i+len(w) && d.Day > 0 && !gazette.FromZh(d).IsZero() {
			return start{when: When{Date: gazette.FromZh(d)}, who: own, self: self, end: d.End, from: i, comp: r.inComponent, place: s.place(), sent: s}, true
		}
	}
	return start{}, false
}

// firstOf returns the first place of one of the words.
func firstOf(s string, words []string) (int, string) {
	best, word := -1, ""
	for _, w := range words {
		if i := zh.Index(s, w); i >= 0 && (best < 0 || i < best || i == best && len(w) > len(word)) {
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
		if r.amending && strings.HasPrefix(c.self, "本决定") {
			n += 16
		}
		if r.amending && c.comp {
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
