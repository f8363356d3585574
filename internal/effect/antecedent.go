package effect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/zh"
)

// A memory is what a text named before, for sentences that only point to it.
type memory struct {
	subject    string            // of 关于延长X有效期的通知: X, where it stands without 《》
	titled     []target          // the documents that the title says are extended
	named      []target          // the documents that the sentence before named
	namedBlock int               // the block that did
	short      map[string]target // 以下简称《办法》
	items      []target          // the documents of the items that stand before, one after the other
	itemsLoose bool              // they stand under a line that decides nothing
}

// antecedent returns the documents that 该办法, 该文件, 上述文件 stand for: those that the
// sentence before named, or what the title is about. One 该 stands for one
// document.
func (r *reader) antecedent(s *sentence) []target {
	if r.subject != "" && strings.Contains(s.mask, r.subject) {
		return []target{{title: r.subject}}
	}
	for i := 0; ; {
		j := strings.Index(s.mask[i:], "该")
		if j < 0 {
			break
		}
		i += j + len("该")
		if selfAt("本"+s.mask[i:]) > 0 && len(r.named) == 1 {
			return r.named
		}
	}
	m := aforesaid.FindStringSubmatch(s.mask)
	switch {
	case m == nil || strings.Contains(s.mask, m[0]+"的"):
		return nil
	case len(r.items) > 0:
		n, size := zh.ParseNumeral(m[1])
		s.listed = !r.itemsLoose && (size == 0 || n == len(r.items))
		return r.items
	}
	return r.named
}

// actOnNamed reads 该办法自2021年1月1日起废止: nothing but a time may stand between.
func (r *reader) actOnNamed(s *sentence, a trigger, at int) {
	if s.borrowed == nil || !endsClause(s.mask[at+len(a.word):], a) {
		return
	}
	c := clauseStart(s.mask, at)
	clause := s.mask[c:at]
	start := -1
	if m := aforesaid.FindStringIndex(clause); m != nil {
		start = c + m[1]
	} else if i := strings.Index(clause, "该"); i >= 0 {
		if n := selfAt("本" + clause[i+len("该"):]); n > 0 {
			start = c + i + len("该") + n - len("本")
		}
	}
	if start < 0 {
		return
	}
	g := r.hold(s, start, at)
	if !g.ok {
		return
	}
	for _, t := range s.borrowed {
		st := r.statement(s, a, t, g)
		// Which one 该 means is for a person.
		st.Closed = st.Closed && s.listed && !g.soft && s.official()
		if st.From.IsZero() {
			st.From = r.leadTime(s, start)
		}
		r.add(st)
	}
}

// atDistance reads 《A》，任务已经完成，宣布失效: the document is what the sentence begins
// with, and reasons stand before the wording. Only a cleanup decision speaks
// so; elsewhere the subject may have changed on the way. known asks that every
// reason has a known form: then a document named in one is not what ends.
func (r *reader) atDistance(s *sentence, a trigger, at int, ts []target, known bool) bool {
	if !r.cleanup && !known || !endsClause(s.mask[at+len(a.word):], a) || a.kind == gazette.Corrects || a.kind == gazette.Amends {
		return false
	}
	head := trimNumber(strings.TrimLeft(s.mask[:ts[0].start], " \t　"))
	if trimSpace(head) != "" && trimSpace(head) != "原" && !(known && slices.Contains(r.doomed, zh.Fold(ts[0].title)) && !doubtful.MatchString(s.mask)) {
		return false
	}
	last := 0
	for last+1 < len(ts) {
		gap := trimSpace(s.mask[ts[last].end:ts[last+1].start])
		if ok, _, _ := joined(gap); !ok || utf8.RuneCountInString(gap) > 2 {
			break
		}
		last++
	}
	if ts[last].end > at || !known && last < len(ts)-1 {
		return false
	}
	c := clauseStart(s.mask, at)
	if c <= ts[last].end || !slices.Contains([]string{"予以", "宣布", "决定", "决定予以", "现决定予以", "现予以", "现宣布", "现决定宣布", "现", "一并", "现予", "即行", "同时", ""}, trimSpace(s.mask[c:at])) {
		return false
	}
	reasons := s.text[ts[last].end:c]
	switch {
	case known && trimSpace(head) == "" && !reasonCell(strings.Trim(reasons, "，, 　")):
		return false
	case !known && !strings.HasPrefix(trimLeft(reasons), "，"):
		return false
	}
	for _, t := range ts[:last+1] {
		st := r.statement(s, a, t, grasp{})
		st.Closed = st.Closed && r.firm(s, t)
		r.add(st)
	}
	return true
}

// allListed reads what is said of all listed documents at once: 废止的文件自本决定公布之日起停止
// 执行, 附件所列文件有效期延长至2025年12月31日.
func (r *reader) allListed(s *sentence) {
	if !r.cleanup || len(s.titles) > 0 || s.signs&actSign == 0 || !strings.Contains(s.mask, "文件") && !strings.Contains(s.mask, "目录") {
		return
	}
	s.parse()
	if v := extendVerb.FindStringIndex(s.mask); v != nil {
		if e, ok := r.newEnd(s, v[0], s.mask[v[0]:v[1]]); ok && !notExtended.MatchString(s.mask) {
			r.listUntil = e
		}
		return
	}
	if n, _ := firstOf(s.mask, []string{"停止执行", "失效", "废止"}); n < 0 {
		return
	}
	if p, w, n, ok := r.timeIn(s, 0, len(s.mask)); ok && r.listFrom.IsZero() {
		rest := s.mask[p+n:]
		if k, _ := firstOf(rest, []string{"停止执行", "失效", "废止", "不再执行"}); k >= 0 && utf8.RuneCountInString(rest[:k]) < 12 {
			r.listFrom = w
		}
	}
}

// titleInside returns X of 关于延长X有效期的通知 where X stands without 《》; "" for none.
func titleInside(title string) string {
	if len(markup.FindTitles(title)) > 0 {
		return ""
	}
	for _, p := range []struct{ before, after string }{
		{"关于延长", "有效期"}, {"关于延续", "有效期"}, {"关于继续执行", "的"}, {"关于废止", "的"}, {"关于停止执行", "的"}, {"关于暂停执行", "的"},
	} {
		_, rest, ok := strings.Cut(title, p.before)
		if !ok {
			continue
		}
		i := strings.LastIndex(rest, p.after)
		if i <= 0 {
			continue
		}
		x := strings.TrimSuffix(trimSpace(rest[:i]), "的")
		if n, _ := firstOf(x, []string{"部分", "一批", "若干", "文件", "等"}); n >= 0 || !titleLike(x) {
			return ""
		}
		return x
	}
	return ""
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
