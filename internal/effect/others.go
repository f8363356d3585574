package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// A trigger is a wording that ends, stops or keeps a document. Closed wordings
// may count without a person (design §4).
type trigger struct {
	word   string
	kind   gazette.RelationKind
	closed bool
}

// actions are the wordings by which one document acts on another, standing
// behind it (《A》同时废止) or before it (废止《A》).
var actions = []trigger{
	{"废止", gazette.Repeals, true},
	{"停止执行", gazette.Repeals, true},
	{"停止施行", gazette.Repeals, true},
	{"停止实施", gazette.Repeals, true},
	{"停止使用", gazette.Repeals, false},
	{"停止适用", gazette.Repeals, false},
	{"终止执行", gazette.Repeals, true},
	{"终止实施", gazette.Repeals, true},
	{"不再执行", gazette.Repeals, true},
	{"不再施行", gazette.Repeals, true},
	{"不再实施", gazette.Repeals, true},
	{"不再适用", gazette.Repeals, false},
	{"不再有效", gazette.Repeals, false},
	{"作废", gazette.Repeals, false},
	{"失效", gazette.Lapses, true},
	{"暂停执行", gazette.Suspends, true},
	{"暂停施行", gazette.Suspends, true},
	{"暂停实施", gazette.Suspends, true},
	{"暂停适用", gazette.Suspends, true},
	{"暂缓执行", gazette.Suspends, true},
	{"暂缓实施", gazette.Suspends, true},
	{"暂缓施行", gazette.Suspends, true},
	{"中止执行", gazette.Suspends, false},
	{"中止实施", gazette.Suspends, false},
	{"暂不执行", gazette.Suspends, false},
	{"暂时停止执行", gazette.Suspends, true},
	{"暂时停止施行", gazette.Suspends, true},
	{"暂时停止实施", gazette.Suspends, true},
	{"暂时停止适用", gazette.Suspends, true},
	{"暂时调整适用", gazette.Suspends, false},
	{"暂时调整实施", gazette.Suspends, false},
	{"恢复执行", gazette.Resumes, true},
	{"恢复施行", gazette.Resumes, true},
	{"恢复实施", gazette.Resumes, true},
	{"恢复适用", gazette.Resumes, true},
	{"继续有效", gazette.Continues, false},
	{"继续执行", gazette.Continues, false},
	{"继续施行", gazette.Continues, false},
	{"继续实施", gazette.Continues, false},
	{"继续适用", gazette.Continues, false},
	{"更正为", gazette.Corrects, false},
	{"更正如下", gazette.Corrects, false},
	{"予以更正", gazette.Corrects, false},
}

// others reads what a sentence says of other documents.
func (r *reader) others(s *sentence) {
	if r.cleanup && s.signs&listSign != 0 {
		r.unlisted(s)
	}
	r.allListed(s)
	if s.signs&nameSign == 0 && s.signs&actSign != 0 {
		if s.borrowed = r.antecedent(s); s.borrowed == nil {
			s.borrowed = r.spokenOf(s)
		}
	}
	if s.signs&nameSign == 0 && s.borrowed == nil {
		return
	}
	if s.signs&basisSign != 0 && r.blocks < opening {
		r.basis(s)
	}
	if s.signs&actSign == 0 {
		return
	}
	first := len(r.r.Statements)
	extends := r.extends(s)
	taken := map[int]bool{}
	may := headsIn(s.mask)
	for i := range actions {
		a := actions[i]
		if may&headOf[i] == 0 || extends && a.kind == gazette.Continues {
			continue // it is not there, or said already, with its new end
		}
		for at := 0; ; {
			j := zh.Index(s.mask[at:], a.word)
			if j < 0 {
				break
			}
			j += at
			at = j + len(a.word)
			if !taken[at] && !longer(s.mask, j, a.word) {
				taken[at] = true
				r.act(s, a, j)
			}
		}
	}
	laterTime(r.r.Statements[first:])
	r.oneEnd(first)
	r.replaces(s)
	r.conflict(s)
	r.amends(s)
}

// replaces reads 《A》由本办法替代 and 本办法…施行，代替《A》. Neither says that A ends, so a
// person decides.
func (r *reader) replaces(s *sentence) {
	i, via := firstOf(s.mask, []string{"替代", "代替", "取代"})
	if i < 0 || conditional(s.mask) {
		return
	}
	ts := s.targets()
	add := func(t target) {
		if t.title == "" || !r.isOwn(t.title) {
			r.add(Statement{Place: s.place(), Kind: gazette.Replaces, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Year: t.year, Via: via})
		}
	}
	for k, t := range ts {
		switch {
		case t.end <= i:
			gap := strings.TrimLeft(s.mask[t.end:i], " 已经将")
			rest, by := strings.CutPrefix(gap, "由")
			if !by {
				rest, by = strings.CutPrefix(gap, "被")
			}
			if n := selfAt(rest); by && n > 0 && n == len(rest) {
				add(t)
			}
		case k == 0 || ts[k-1].end <= i:
			lead := trimNumber(strings.TrimLeft(s.mask[clauseStart(s.mask, i):i], " 　"))
			if gap := trimSpace(s.mask[i+len(via) : t.start]); (gap == "" || gap == "原") && (lead == "" || selfAt(lead) == len(lead)) {
				add(t)
			}
		}
	}
}

// oneEnd drops the 停止执行 of 《A》宣布失效，自公布之日起停止执行: it is the day of the other.
func (r *reader) oneEnd(first int) {
	found := r.r.Statements[first:]
	kept := slices.DeleteFunc(slices.Clone(found), func(x Statement) bool {
		return x.Via == "停止执行" && slices.ContainsFunc(found, func(o Statement) bool {
			return ends(o.Kind) && o.Via != x.Via && o.Title == x.Title && o.Number == x.Number && o.Part == x.Part
		})
	})
	r.r.Statements = append(r.r.Statements[:first], kept...)
}

// laterTime gives the day of 《A》予以废止，自2024年1月1日起停止执行 to both of its clauses.
func laterTime(found []Statement) {
	for i := range found {
		for _, x := range found {
			if o := &found[i]; ends(o.Kind) && ends(x.Kind) && o.From.IsZero() && o.Title == x.Title && o.Number == x.Number && o.Part == x.Part {
				o.From = x.From
			}
		}
	}
}

// longer reports whether another wording ends where this one does and says
// more: 暂时停止执行 is not 停止执行.
func longer(mask string, at int, word string) bool {
	for _, a := range actions {
		if len(a.word) > len(word) && strings.HasSuffix(a.word, word) && strings.HasSuffix(mask[:at+len(word)], a.word) {
			return true
		}
	}
	return false
}

func (r *reader) act(s *sentence, a trigger, at int) {
	ts := s.targets()
	if len(ts) == 0 {
		r.actOnNamed(s, a, at)
		return
	}
	end := at + len(a.word)
	if r.atDistance(s, a, at, ts, true) || r.passive(s, a, at, ts) || r.atDistance(s, a, at, ts, false) {
		return
	}
	if starts := activeLead(s.mask, at); starts {
		r.active(s, a, at, end, ts)
	}
}

// passive reads 《A》、《B》同时废止: backwards from the wording over what is joined
// to it.
func (r *reader) passive(s *sentence, a trigger, at int, ts []target) bool {
	end := at + len(a.word)
	if !endsClause(s.mask[end:], a) {
		return false
	}
	last := -1
	for i, t := range ts {
		if t.end <= at {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	g := r.hold(s, ts[last].end, at)
	if !g.ok || s.based(last) {
		return false
	}
	if negated(s.mask[clauseStart(s.mask, ts[last].start):ts[last].start], s.mask[ts[last].end:at]) {
		return true // said, and nothing done
	}
	lead := When{}
	var found []Statement
	for i := last; i >= 0; i-- {
		t := ts[i]
		gi := g
		if i < last {
			gap := s.mask[t.end:ts[i+1].start]
			if instrument(gap) {
				continue
			}
			ok, part, articles := joined(gap)
			if !ok || s.based(i) {
				break
			}
			// 中有关…的规定 is said of the title it follows (总会计师条例).
			gi = grasp{ok: true, part: part, articles: articles, from: g.from}
		}
		if t.title != "" && r.isOwn(t.title) && a.kind != gazette.Corrects && !r.sameTitleRepealed(s, t) {
			continue
		}
		found = append(found, r.statement(s, a, t, gi))
		lead = r.leadTime(s, t.start)
	}
	slices.Reverse(found)
	for _, st := range found {
		st.Closed = st.Closed && !g.soft && r.firm(s, target{title: st.Title})
		if st.From.IsZero() {
			st.From = lead
		}
		if st.From.IsZero() && ends(st.Kind) {
			st.From = r.tailTime(s, at)
		}
		r.add(st)
	}
	return len(found) > 0
}

// sameTitleRepealed tells the earlier text of one title: 1994年…发布的《本条例》同时废止.
func (r *reader) sameTitleRepealed(s *sentence, t target) bool {
	return !t.issued.IsZero() || t.number != "" || strings.HasSuffix(trimSpace(s.mask[:t.start]), "的") || strings.HasSuffix(trimSpace(s.mask[:t.start]), "原")
}

// based reports whether the i-th document that the sentence names is its ground:
// 根据《A》. What is joined to a ground is one, too.
func (s *sentence) based(i int) bool {
	ts := s.targets()
	if s.grounds == nil {
		s.grounds = make([]bool, len(ts))
		for k, t := range ts {
			head := trimSpace(s.mask[clauseStart(s.mask, t.start):t.start])
			if endsIn(head, "、", "和", "及", "与") > 0 && k > 0 {
				s.grounds[k] = s.grounds[k-1]
				continue
			}
			s.grounds[k] = endsIn(head, "根据", "依据", "依照", "按照", "按", "贯彻", "贯彻落实", "落实", "遵照", "参照", "执行", "适用", "经", "印发") > 0 && !strings.HasSuffix(head, "不再适用")
		}
	}
	return s.grounds[i]
}

// joined reports whether a gap between two documents joins them: it begins
// with 、 和 及 or nothing, and may go on to describe the second one.
func joined(gap string) (ok, part bool, articles []string) {
	t := trimLeft(gap)
	if t == "" {
		return true, false, nil
	}
	if p, isPart := partOfHead(t); isPart {
		return true, true, p
	}
	if n, ok := countAt(t); ok {
		t = trimLeft(t[n:])
	}
	if n := startsWith(t, "、", "和", "及", "与", "以及", "，", ",", "；", "或", "并"); n > 0 {
		rest := t[n:]
		for _, w := range []string{"起施行", "起实施", "起执行", "之日", "以本", "为准", "已经", "废止", "停止执行", "失效", "保留", "继续"} {
			if strings.Contains(rest, w) {
				return false, false, nil
			}
		}
		return true, false, nil
	}
	return false, false, nil
}

// partOfHead reads 中有关…的规定、 before the next document.
func partOfHead(t string) ([]string, bool) {
	if startsWith(t, "中", "第", "有关", "的有关") == 0 {
		return nil, false
	}
	i := strings.IndexAny(t, "、和及与，")
	for i > 0 {
		if p, ok := partOf(t[:i]); ok && endsIn(t[:i], "规定", "条", "款", "项", "内容", "条款", "部分") > 0 {
			// 第三条、第五条和: go on to the end of the list.
			rest := t[i:]
			_, w := utf8.DecodeRuneInString(rest)
			if strings.HasPrefix(trimLeft(rest[w:]), "第") {
				if more, ok := partOfHead(trimLeft(rest[w:])); ok {
					return append(p, more...), true
				}
			}
			return p, true
		}
		j := strings.IndexAny(t[i+3:], "、和及与，")
		if j < 0 {
			return nil, false
		}
		i += 3 + j
	}
	return nil, false
}

// endsClause reports whether the sentence, or its clause, ends behind the
// wording: 废止程序, 失效日期 and 停止执行职务 are something else.
func endsClause(after string, a trigger) bool {
	t := trimLeft(after)
	if a.kind == gazette.Corrects {
		return true
	}
	if t == "" || t[0] == blotted {
		return true
	}
	if n := startsWith(t, "。", "，", "；", "、", ",", ";", ".", "！", "）", ")", "（", "(", "\n", "”", "："); n > 0 {
		return true
	}
	if a.kind == gazette.Continues || a.kind == gazette.Suspends {
		return startsWith(t, "至", "到", "一年", "两年", "，", "期限") > 0
	}
	return startsWith(t, "和", "或者失效", "或失效", "并") > 0 && a.kind != gazette.Continues
}

func (r *reader) statement(s *sentence, a trigger, t target, g grasp) Statement {
	st := Statement{
		Place: s.place(), Kind: a.kind, Title: t.title, Number: t.number, Issued: t.issued, Issuer: t.issuer, Year: t.year,
		Part: g.part, Articles: g.articles, From: g.from, Via: a.word, Closed: a.closed && !g.part && !conditional(s.mask),
	}
	if a.kind == gazette.Suspends || a.kind == gazette.Continues {
		st.Until = s.lastDay()
		if a.kind == gazette.Suspends {
			if d, ok := s.firstOfRange(); ok {
				st.From = When{Date: d}
			}
		}
		if a.kind == gazette.Continues && !st.Until.IsZero() {
			st.Kind = gazette.Extends
		}
	}
	return st
}

func (r *reader) add(st Statement) {
	if st.Closed {
		decides := r.decides()
		st.Closed = decides || !ends(st.Kind) && !r.loose // a wrong extension does less harm
	}
	for i := range r.r.Statements {
		o := &r.r.Statements[i]
		if o.Kind == st.Kind && o.Title == st.Title && o.Number == st.Number && o.Issued == st.Issued && o.Line == st.Line && o.Part == st.Part && slices.Equal(o.Articles, st.Articles) {
			return
		}
	}
	r.r.Statements = append(r.r.Statements, st)
}
