// Package export writes one document for offices: as Word in the form of GB/T
// 9704-2012, as Markdown without front matter, as plain text. Unlike the
// official form of package press it is meant to be worked on and circulated.
package export

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/docx"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/press"
)

// A Source is a document to export. Sponsor is the office that prints papers of
// the site's own issuers.
type Source struct {
	Entry   *catalog.Entry
	Tree    *markup.Tree
	Body    []byte // the Markdown
	Sponsor string
}

// Markdown returns the text with its title and number, without front matter and
// without what no reader of the page sees.
func Markdown(s Source) []byte {
	title, number := s.Entry.Title(), s.Entry.Document.Number
	b := make([]byte, 0, len(title)+len(number)+len(s.Body)+6)
	b = append(append(append(b, "# "...), title...), "\n\n"...)
	if number != "" {
		b = append(append(b, number...), "\n\n"...)
	}
	return append(b, bytes.TrimLeft(markup.Visible(s.Body), "\n")...)
}

// Text returns the text, one paragraph a line.
func Text(s Source) []byte {
	b := make([]byte, 0, len(s.Entry.Title())+len(s.Entry.Document.Number)+len(s.Body)+4)
	line := func(text ...string) {
		for _, t := range text {
			b = append(b, t...)
		}
		b = append(b, '\n')
	}
	line(s.Entry.Title())
	if n := s.Entry.Document.Number; n != "" {
		line(n)
	}
	line()
	opens := map[*markup.Block]string{}
	for _, n := range s.Tree.Footnotes {
		if len(n.Blocks) > 0 {
			opens[n.Blocks[0]] = noteMark(n.Number) + " "
		}
	}
	s.Tree.Walk(func(x *markup.Block) {
		if text := plain(x); text != "" && x.Role != markup.TitleLine {
			line(opens[x], text)
		}
	})
	return b
}

// noteMark is the mark of a footnote in a text that has no small print.
func noteMark(n int) string { return "[" + strconv.Itoa(n) + "]" }

// plain is the text of a block with the marks of its footnotes.
func plain(b *markup.Block) string {
	if !marked(b.Inlines) && len(b.Rows) == 0 {
		return b.PlainText()
	}
	c := *b
	c.Inlines = withMarks(b.Inlines)
	return c.PlainText()
}

// marked reports whether a text has footnotes.
func marked(in []markup.Inline) bool {
	return slices.ContainsFunc(in, func(x markup.Inline) bool { return x.Kind == markup.NoteRef || marked(x.Inside) })
}

func withMarks(in []markup.Inline) []markup.Inline {
	out := slices.Clone(in)
	for i, x := range out {
		if x.Kind == markup.NoteRef {
			out[i] = markup.Inline{Kind: markup.Text, Text: noteMark(x.Ref)}
		}
		out[i].Inside = withMarks(x.Inside)
	}
	return out
}

// faces of GB/T 9704-2012 as Word files name them.
const (
	red      = "FF0000"
	titleTop = 2 // lines of white before the title

	headSize, headWidth = 48, 442 // points: of the largest red head, and 156 mm
)

// Word returns the document as .docx: red head, number and line, title, text
// with its headings, annexes on pages of their own, 版记 at the end. Seals are
// not drawn.
func Word(s Source) ([]byte, error) {
	w := &writer{Source: s}
	w.head()
	w.blocks = append(w.blocks, docx.Block{Title: true, Runs: docx.Text(titleLines(s.Entry.Title(), s.Entry.Document.Issuers)), Align: docx.Center}, docx.Block{})
	w.all(s.Tree.Blocks)
	w.notes()
	w.colophon()
	return docx.Write(docx.Document{Blocks: w.blocks})
}

// titleChars are the characters of 22 pt that a line of 156 mm holds.
const titleChars = 20

func titleLines(title string, issuers []string) string {
	return strings.Join(press.TitleLines(title, issuers, titleChars), "\n")
}

type writer struct {
	Source
	blocks []docx.Block
	last   []docx.Block // of the 版记
}

func (w *writer) head() {
	doc := w.Entry.Document
	if len(doc.Issuers) == 0 {
		return
	}
	for range 3 {
		w.blocks = append(w.blocks, docx.Block{})
	}
	names, number := slices.Clone(doc.Issuers), doc.Number
	last := &names[len(names)-1]
	switch n, _ := gazette.ParseNumber(number); {
	case n.Order && strings.HasSuffix(n.Series, "令"): // 示范市人民政府令 over 第5号 (GB/T 9704-2012 10.2)
		*last += "令"
		number = strings.TrimPrefix(number, n.Series)
	case doc.Kind != "函":
		*last += "文件"
	}
	longest := 0
	for _, name := range names {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	size := min(headSize, headWidth/longest)
	for _, name := range names {
		w.blocks = append(w.blocks, docx.Block{Align: docx.Center, Line: size + size/4, Runs: []docx.Run{{Text: name, Color: red, Size: 2 * size, Face: "方正小标宋简体"}}})
	}
	w.blocks = append(w.blocks, docx.Block{}, docx.Block{Align: docx.Center, Runs: docx.Text(number), Rule: docx.Rule{Color: red, Width: 12}})
	for range titleTop {
		w.blocks = append(w.blocks, docx.Block{})
	}
}

func (w *writer) all(bs []*markup.Block) {
	for _, b := range bs {
		w.block(b)
	}
}

func (w *writer) block(b *markup.Block) {
	switch b.Kind {
	case markup.Heading:
		w.heading(b)
		w.all(b.Blocks)
	case markup.Paragraph:
		w.paragraph(b)
		w.all(b.Blocks)
	case markup.Table:
		w.table(b)
	case markup.Code:
		w.blocks = append(w.blocks, docx.Block{Runs: docx.Text(b.Info), Flush: true})
	case markup.Figure:
		w.blocks = append(w.blocks, docx.Block{Align: docx.Center, Runs: docx.Text("［图：" + b.Inlines[0].Text + "］")})
	default:
		w.all(b.Blocks)
	}
}

func (w *writer) heading(b *markup.Block) {
	switch {
	case b.Role == markup.TitleLine:
	case b.Role == markup.AttachmentTag:
		w.blocks = append(w.blocks, docx.Block{Level: 1, Runs: runs(b), Flush: true, Page: true})
	case b.Unit == markup.Component || b.Unit == markup.Title && b.Level <= 1:
		w.blocks = append(w.blocks, docx.Block{Title: true, Runs: runs(b), Align: docx.Center, Page: b.Unit == markup.Component}, docx.Block{})
	case b.Unit == markup.Level1, b.Unit == markup.Level2:
		w.blocks = append(w.blocks, docx.Block{Level: int(b.Unit-markup.Level1) + 1, Runs: runs(b)})
	default:
		w.blocks = append(w.blocks, docx.Block{Level: 1, Runs: runs(b), Align: docx.Center})
	}
}

func (w *writer) paragraph(b *markup.Block) {
	x := docx.Block{Runs: runs(b)}
	switch b.Role {
	case markup.TitleLine:
		return
	case markup.NumberLine:
		if w.Entry.Document.Number != "" {
			return
		}
	case markup.Addressees:
		x.Flush = true
	case markup.Signature, markup.SigningDate:
		x.Align, x.Right, x.Keep = docx.Right, 4, b.Role == markup.Signature
	case markup.Amendment:
		x.Align = docx.Center
	case markup.AttachmentTag:
		x.Level, x.Flush, x.Page = 1, true, true
	case markup.CopyTo, markup.PrintedBy:
		x.Flush = true
		w.last = append(w.last, x)
		return
	}
	switch b.Unit {
	case markup.Level1, markup.Level2:
		if b.Standing() {
			x.Level = int(b.Unit-markup.Level1) + 1
		}
	}
	w.blocks = append(w.blocks, x)
}

// runs are the words of a block; the number of an article is bold.
func runs(b *markup.Block) []docx.Run {
	text := strings.TrimLeft(plain(b), " 　")
	if n := b.NumberSize(); n > 0 && n <= len(text) && b.Unit == markup.Clause {
		return []docx.Run{{Text: text[:n], Bold: true}, {Text: text[n:]}}
	}
	return docx.Text(text)
}

func (w *writer) table(b *markup.Block) {
	t := &docx.Table{Header: b.HeadRows()}
	for r, row := range b.Rows {
		var cells []docx.Cell
		for k, c := range row {
			if c.Left > 0 {
				continue
			}
			cell := markup.Block{Kind: markup.Paragraph, Inlines: c.Inlines}
			x := docx.TextCell(plain(&cell))
			x.Align, x.Span, x.Rows = docx.Align(c.Align), c.Cols, c.Rows
			if r < t.Header {
				x.Align = docx.Center
			}
			if c.Up > 0 {
				x.Above, x.Span = true, b.Rows[r-c.Up][k].Cols
			}
			cells = append(cells, x)
		}
		t.Rows = append(t.Rows, cells)
	}
	w.blocks = append(w.blocks, docx.Block{Table: t})
}

// notes puts footnotes behind the text, each with its number.
func (w *writer) notes() {
	for _, n := range w.Tree.Footnotes {
		for i, b := range n.Blocks {
			x := docx.Block{Runs: runs(b)}
			if i == 0 {
				x.Runs = append(docx.Text(noteMark(n.Number)+" "), x.Runs...)
			}
			w.blocks = append(w.blocks, x)
		}
	}
}

// colophon is the 版记: what the text has, else what the front matter says.
func (w *writer) colophon() {
	doc := w.Entry.Document
	if w.last == nil {
		if len(doc.CopyTo) > 0 {
			w.last = append(w.last, docx.Block{Flush: true, Runs: docx.Text("抄送：" + strings.TrimRight(strings.Join(doc.CopyTo, "，"), "。") + "。")})
		}
		if !doc.Printed.IsZero() {
			w.last = append(w.last, docx.Block{Flush: true, Runs: docx.Text(w.Sponsor + "　　" + doc.Printed.Zh() + "印发")})
		}
	}
	if w.last == nil {
		return
	}
	const thick, thin = 8, 6 // 0.35 mm and 0.25 mm, GB/T 9704-2012 7.4.1
	black := func(width int) docx.Rule { return docx.Rule{Color: "000000", Width: width} }
	w.blocks = append(w.blocks, docx.Block{})
	for i, b := range w.last {
		if i == 0 {
			b.Over = black(thick)
		}
		if b.Rule = black(thin); i == len(w.last)-1 {
			b.Rule = black(thick)
		}
		b.Tail = true
		b.Runs = slices.Insert(slices.Clone(b.Runs), 0, docx.Run{Text: "　"})
		for k := range b.Runs {
			b.Runs[k].Size = 28
			if m := printedOn.FindStringIndex(b.Runs[k].Text); m != nil && k == len(b.Runs)-1 {
				b.Runs[k].Text = strings.TrimRight(b.Runs[k].Text[:m[0]], " 　") + "\t" + strings.TrimLeft(b.Runs[k].Text[m[0]:], " 　")
			}
		}
		w.blocks = append(w.blocks, b)
	}
}

// printedOn finds the date at the end of 示范市人民政府办公室　2023年5月18日印发,
// which stands at the right (GB/T 9704-2012 7.4.3).
var printedOn = regexp.MustCompile(`[ 　]+[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日印发$`)
