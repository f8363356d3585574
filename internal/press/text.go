package press

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// spans turns running text into spans, one slice for each line that ends in a
// hard break.
func (f *flow) spans(in []markup.Inline, part Part) [][]typeset.Span {
	l := &f.style.Looks[part]
	w := &spanner{flow: f, lines: [][]typeset.Span{nil}}
	w.inlines(in, typeset.Span{Font: typeset.Font(l.Font), Size: l.Size, Ink: l.Ink})
	if first := w.lines[0]; len(first) > 0 {
		first[0].Text = strings.TrimLeft(first[0].Text, " 　\t")
	}
	out := w.lines[:0]
	for _, spans := range w.lines {
		if len(spans) > 0 {
			out = append(out, spans)
		}
	}
	return out
}

// titled is spans with wishes for where the lines of a title end.
func (f *flow) titled(in []markup.Inline, part Part) [][]typeset.Span {
	lines := f.spans(in, part)
	for _, spans := range lines {
		for i := range spans {
			spans[i].Text = wishes(spans[i].Text, f.entry.Document.Issuers)
		}
	}
	return lines
}

type spanner struct {
	*flow
	lines [][]typeset.Span
}

func (w *spanner) inlines(in []markup.Inline, sp typeset.Span) {
	for i := range in {
		w.inline(&in[i], sp)
	}
}

func (w *spanner) inline(x *markup.Inline, sp typeset.Span) {
	switch x.Kind {
	case markup.Text, markup.SoftBreak:
		w.text(x.Text, sp)
	case markup.CodeSpan:
		sp.Font = typeset.Font(font.Song)
		w.text(x.Text, sp)
	case markup.Strong:
		sp.Font = typeset.Font(font.Hei)
		w.inlines(x.Inside, sp)
	case markup.Emphasis:
		sp.Font = typeset.Font(font.Kai)
		w.inlines(x.Inside, sp)
	case markup.Link:
		if sp.Link == "" {
			sp.Link = w.linkTo(x)
		}
		w.inlines(x.Inside, sp)
	case markup.Reference:
		if sp.Link == "" {
			sp.Link = w.refTo(x.Ref)
		}
		if x.Inside == nil {
			w.text(x.Text, sp)
			return
		}
		w.inlines(x.Inside, sp)
	case markup.Image:
		w.text("["+x.Text+"]", sp)
	case markup.HardBreak:
		w.lines = append(w.lines, nil)
	case markup.NoteRef:
		w.noteRef(x.Ref, sp)
	}
}

func (w *spanner) text(s string, sp typeset.Span) {
	if s == "" {
		return
	}
	w.check(font.Role(sp.Font), s)
	sp.Text = s
	line := &w.lines[len(w.lines)-1]
	if n := len(*line); n > 0 && same((*line)[n-1], sp) {
		(*line)[n-1].Text += s
		return
	}
	*line = append(*line, sp)
}

func same(a, b typeset.Span) bool {
	a.Text, b.Text = "", ""
	return a == b
}

func noteLabel(n int) string { return "[" + strconv.Itoa(n) + "]" }

func (w *spanner) noteRef(ref int, sp typeset.Span) {
	if !w.noted[ref] {
		sp.Note = w.notes[ref]
		w.noted[ref] = true
	}
	sp.Raise = sp.Size * 35 / 100
	sp.Size = sp.Size * 6 / 10
	w.text(noteLabel(ref), sp)
}

// linkTo is where a link of the text leads: to an address only, since files
// beside the text do not go along with a PDF.
func (w *spanner) linkTo(x *markup.Inline) string {
	if x.Ref > 0 {
		if i := x.Ref - 1; i < len(w.entry.Links) && w.entry.Links[i] != "" {
			if to := w.entry.Links[i]; strings.HasPrefix(to, "#") {
				return "#" + w.prefix + to[1:]
			} else if w.base() != "" {
				return w.base() + to
			}
		}
		return ""
	}
	if strings.HasPrefix(x.Dest, "http://") || strings.HasPrefix(x.Dest, "https://") || strings.HasPrefix(x.Dest, "mailto:") {
		return x.Dest
	}
	return ""
}

// refTo is where a mention of a document leads: to its page.
func (w *spanner) refTo(ref int) string {
	if ref >= len(w.entry.Refs) {
		return ""
	}
	t := w.entry.Refs[ref]
	if t.Entry == nil || w.base() == "" || t.Entry == w.entry {
		return ""
	}
	to := w.base() + t.Entry.Address
	if t.Article != "" {
		to += "#" + t.Article
	}
	return to
}

// check reports characters that no face has, once for each file.
func (f *flow) check(role font.Role, text string) {
	for _, r := range text {
		if !f.has(role, r) && !f.missing[missing{f.entry.Path, r}] {
			f.missing[missing{f.entry.Path, r}], f.told[r] = true, true
			f.report("font-glyph", f.place(r), string(r), codePoint(r), f.Words("font."+role.String()))
		}
	}
}

// place is where a character stands in the file: on the line that is set, or in
// the title of the front matter.
func (f *flow) place(r rune) diag.Pos {
	src := f.sources[f.entry.Path]
	if src == nil || f.line < src.BodyLine {
		if pos := f.entry.Pos("title"); pos.Line > 0 {
			return pos
		}
		return f.entry.Start()
	}
	for n := range 40 { // a paragraph has several lines
		if pos := src.TextPos(f.line+n, string(r)); pos.End == pos.Col+1 {
			return pos
		}
	}
	return diag.Pos{File: source.Name(f.entry.Path), Line: f.line}
}

func codePoint(r rune) string { return "U+" + strings.ToUpper(strconv.FormatInt(int64(r), 16)) }

// wishes marks where the lines of a title like to end: behind the issuers,
// before 关于, behind 印发, around 《》, behind 的 and 、.
func wishes(title string, issuers []string) string {
	const here = "\u200b"
	for n, i := range issuers {
		if rest, ok := strings.CutPrefix(title, i); ok && i != "" {
			return i + here + wishes(rest, slices.Delete(slices.Clone(issuers), n, n+1))
		}
	}
	if rest := strings.TrimLeft(title, " 　"); rest != title && issuers != nil {
		return title[:len(title)-len(rest)] + here + wishes(rest, issuers)
	}
	rs := []rune(title)
	var b strings.Builder
	depth := 0
	for i, r := range rs {
		b.WriteRune(r)
		left := len(rs) - i - 1
		switch r {
		case '《', '（':
			depth++
		case '》', '）':
			depth--
		}
		if left < 3 || i < 2 {
			continue
		}
		next := string(rs[i+1 : min(len(rs), i+3)])
		switch {
		case depth == 0 && (next == "关于" || strings.HasPrefix(next, "《") || r == '》' && !strings.HasPrefix(next, "等") && !strings.HasPrefix(next, "的")),
			strings.HasSuffix(string(rs[max(0, i-1):i+1]), "印发"), strings.HasSuffix(string(rs[max(0, i-1):i+1]), "转发"),
			depth == 0 && r == '、', r == '的' && left > 4, depth == 0 && r == ' ':
			b.WriteString(here)
		}
	}
	return b.String()
}
