package markup

import (
	"strings"
	"unicode/utf8"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// finish joins the lines of a block and finds the references in it. Lines of
// Chinese join without a space. References are never looked for inside code
// or links (cite is false there).
func (c *converter) finish(in []Inline, line int, cite bool) []Inline {
	if len(in) == 1 && in[0].Kind == Text {
		if !cite || !mayMention(in[0].Text) {
			return in
		}
		return c.cut(nil, in[0].Text, originOf(&in[0], line))
	}
	simple := true
	for i := range in {
		if in[i].Kind != Text || mayMention(in[i].Text) {
			simple = false
			break
		}
	}
	if simple {
		return in
	}
	joined := make([]Inline, 0, len(in))
	for i, x := range in {
		switch x.Kind {
		case SoftBreak:
			if i+1 < len(in) {
				joined = addText(joined, between(joined, in[i+1]), 0)
			}
		case Text:
			joined = addText(joined, x.Text, x.at)
		default:
			x.Inside = c.finish(x.Inside, line, cite && x.Kind != Link)
			joined = append(joined, x)
		}
	}
	if !cite {
		return joined
	}
	out := joined[:0:0]
	for i := range joined {
		if x := &joined[i]; x.Kind == Text {
			out = c.cut(out, x.Text, originOf(x, line))
		} else {
			out = append(out, *x)
		}
	}
	return out
}

// mayMention reports whether a text may name a document.
func mayMention(s string) bool { return zh.Contains(s, "《") || zh.Contains(s, "号") }

// between returns what a line end stands for: nothing next to Chinese, a space
// between Latin words.
func between(before []Inline, after Inline) string {
	last, next := utf8.RuneError, utf8.RuneError
	if len(before) > 0 {
		last, _ = utf8.DecodeLastRuneInString(textOf(&before[len(before)-1]))
	}
	next, _ = utf8.DecodeRuneInString(textOf(&after))
	if last < utf8.RuneSelf && next < utf8.RuneSelf && last > ' ' && next > ' ' {
		return " "
	}
	return ""
}

// span is a mention in a text.
type span struct {
	start, end int
	ref        Ref
}

// cut splits a text at its references.
func (c *converter) cut(out []Inline, s string, o *origin) []Inline {
	spans := mentions(s)
	if out == nil {
		out = c.space.inline(2*len(spans) + 1)
	}
	if len(spans) == 0 {
		return append(out, Inline{Kind: Text, Text: s})
	}
	at := 0
	for _, m := range spans {
		if m.start > at {
			out = append(out, Inline{Kind: Text, Text: s[at:m.start]})
		}
		x := Inline{Kind: Reference, Text: s[m.start:m.end]}
		x.Ref = c.ref(m.ref, x.Text, m.start, o)
		if m.ref.Title != "" {
			x.Inside = c.nested(x.Text, m.start, o)
		}
		out = append(out, x)
		at = m.end
	}
	if at < len(s) {
		out = append(out, Inline{Kind: Text, Text: s[at:]})
	}
	return out
}

// nested cuts a title at the titles inside it: 《关于废止〈甲办法〉的决定》 leads to
// the decision where that is known, else to the 办法. It returns nil for a title
// without any. The title begins at start in the text of o.
func (c *converter) nested(s string, start int, o *origin) []Inline {
	var out []Inline
	at := 0
	for i := len("《"); i < len(s); {
		open, shut := "《", "》"
		if strings.HasPrefix(s[i:], "〈") {
			open, shut = "〈", "〉"
		} else if !strings.HasPrefix(s[i:], "《") {
			i++
			continue
		}
		end := strings.Index(s[i:], shut)
		if end < 0 {
			break
		}
		end += i + len(shut)
		if title := s[i+len(open) : end-len(shut)]; strings.TrimSpace(title) != "" {
			out = append(out, Inline{Kind: Text, Text: s[at:i]}, Inline{Kind: Reference, Text: s[i:end], Ref: c.ref(Ref{Title: title}, s[i:end], start+i, o)})
			at = end
		}
		i = end
	}
	if out == nil {
		return nil
	}
	return append(out, Inline{Kind: Text, Text: s[at:]})
}

// ref returns the index of a mention that is written s and begins at start in
// the text of o.
func (c *converter) ref(r Ref, s string, start int, o *origin) int {
	if i, ok := c.space.refs[r]; ok {
		return i
	}
	i := len(c.tree.Refs)
	c.space.refs[r] = i
	r.At = c.locate(o, s, start)
	c.tree.Refs = append(c.tree.Refs, r)
	return i
}

// mentions finds the numbers and 《titles》 of a text, in order and without
// overlap. A number in brackets right after a title belongs to it: both
// mentions carry both, so that each finds the same document.
func mentions(s string) []span {
	titles := findTitles(s)
	var numbers []gazette.NumberMatch
	if zh.Contains(s, "号") {
		numbers = gazette.FindNumbers(s)
	}
	var out []span
	n := 0
	for i := range titles {
		t := &titles[i]
		for n < len(numbers) && numbers[n].Start < t.start {
			if numbers[n].End <= t.start {
				out = append(out, numberSpan(numbers[n]))
			}
			n++
		}
		for n < len(numbers) && numbers[n].Start < t.end {
			n++ // a number inside a title is part of the title
		}
		end := t.end
		if n < len(numbers) && bracketed(s, t.end, numbers[n]) {
			t.ref.Number = s[numbers[n].Start:numbers[n].End]
			end = numbers[n].End + closing(s[numbers[n].End:])
		}
		t.ref.Article = articleAfter(s[end:])
		out = append(out, *t)
		if t.ref.Number != "" {
			m := numberSpan(numbers[n])
			m.ref.Title = t.ref.Title
			out = append(out, m)
			n++
		}
	}
	for ; n < len(numbers); n++ {
		out = append(out, numberSpan(numbers[n]))
	}
	return out
}

func numberSpan(m gazette.NumberMatch) span {
	return span{m.Start, m.End, Ref{Number: m.Number.Raw}}
}

// bracketed reports whether the number stands in brackets right after a title.
func bracketed(s string, titleEnd int, m gazette.NumberMatch) bool {
	if m.Start < titleEnd {
		return false
	}
	switch strings.TrimSpace(s[titleEnd:m.Start]) {
	case "（", "(", "﹙", "[", "〔":
		return true
	}
	return false
}

func closing(s string) int {
	for _, b := range []string{"）", ")", "]", "〕"} {
		if strings.HasPrefix(s, b) {
			return len(b)
		}
	}
	return 0
}

// longestTitle bounds a title in bytes: a bracket that never closes must not
// swallow a document.
const longestTitle = 600

// findTitles finds the outermost 《…》, with 〈〉, <> and 《》 nested inside.
func findTitles(s string) []span {
	var out []span
	for at := 0; ; {
		i := zh.Index(s[at:], "《")
		if i < 0 {
			return out
		}
		start := at + i
		end := closeTitle(s, start)
		if end < 0 {
			at = start + len("《")
			continue
		}
		inner := s[start+len("《") : end-len("》")]
		if strings.TrimSpace(inner) != "" {
			out = append(out, span{start, end, Ref{Title: inner}})
		}
		at = end
	}
}

func closeTitle(s string, start int) int {
	depth := 0
	for i := start; i < len(s) && i-start < longestTitle; {
		switch {
		case strings.HasPrefix(s[i:], "《"):
			depth++
			i += len("《")
		case strings.HasPrefix(s[i:], "》"):
			depth--
			i += len("》")
			if depth == 0 {
				return i
			}
		case s[i] == '\n':
			return -1
		default:
			i++
		}
	}
	return -1
}

// articleAfter returns the anchor of 第N条 (之M) at the start of s, or "".
func articleAfter(s string) string {
	s = trimSpaces(s)
	if !strings.HasPrefix(s, "第") {
		return ""
	}
	m, ok := parseOrdinal(s)
	if !ok || m.unit != Article {
		return ""
	}
	return m.id()
}

// InnerTitle returns the title of what a 印发通知 prints: 《X》 or X of
// 关于印发《X》的通知, 关于印发X的通知, 关于转发…, or "" where the title names none.
func InnerTitle(title string) string {
	for _, verb := range []string{"印发", "转发", "批转", "公布", "发布", "下发"} {
		i := strings.Index(title, verb)
		if i < 0 {
			continue
		}
		rest := title[i+len(verb):]
		if ts := findTitles(rest); len(ts) > 0 && trimSpaces(rest[:ts[0].start]) == "" {
			return ts[0].ref.Title
		}
		if j := strings.LastIndex(rest, "的"); j > 0 && !strings.Contains(rest, "《") {
			return zh.CollapseSpace(rest[:j])
		}
	}
	return ""
}
