package press

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/typeset"
)

// A flow turns the tree of one content file into blocks.
type flow struct {
	*setting
	entry   *catalog.Entry
	prefix  string // of the names of its marks
	tree    *markup.Tree
	notes   map[int]*typeset.Note
	noted   map[int]bool // notes whose mark stands in the text
	blocks  []typeset.Block
	outline []heading
	indent  int // of lists, in tenths of the em
	quotes  int // quotations around
	skip    map[markup.Role]bool
	line    int                         // of what is being set, for findings
	tagged  bool                        // 附件 1 stands right before
	heads   map[*markup.Block]bool      // numbered paragraphs whose first sentence is their heading
	annexes map[*typeset.Paragraph]bool // where 附件 and printed texts begin
}

// A heading becomes a bookmark.
type heading struct {
	title, mark string
	level       int
}

// parse reads a content file into its tree.
func (s *setting) parse(e *catalog.Entry) (*markup.Tree, error) {
	raw, err := s.File("content/" + e.Path)
	if err != nil {
		return nil, err
	}
	f := source.Read(e.Path, raw)
	s.sources[e.Path] = f
	return s.parser.Parse(f.Body, markup.Options{
		File: source.Name(e.Path), FirstLine: f.BodyLine,
		Official: e.Type == gazette.TypeDocument, Title: f.Document.Title,
	}), nil
}

// body appends the text of a file. Roles of skip are left out: what the layout
// shows in another place.
func (f *flow) body() {
	f.notes, f.noted = map[int]*typeset.Note{}, map[int]bool{}
	for i := range f.tree.Footnotes {
		n := &f.tree.Footnotes[i]
		f.line = 0
		f.notes[n.Number] = &typeset.Note{Blocks: f.note(n)}
	}
	f.all(f.tree.Blocks)
	for i := range f.tree.Footnotes { // what nobody refers to stands at the end: no text is lost
		if n := &f.tree.Footnotes[i]; !f.noted[n.Number] {
			for _, p := range f.notes[n.Number].Blocks {
				f.blocks = append(f.blocks, p)
			}
		}
	}
}

func (f *flow) all(bs []*markup.Block) {
	f.leads(bs)
	for _, b := range bs {
		f.block(b)
	}
}

func (f *flow) block(b *markup.Block) {
	if f.skip[b.Role] && b.Role != markup.Body {
		return
	}
	f.line = b.Line
	switch b.Kind {
	case markup.Group:
		mark := f.mark(b)
		first := len(f.blocks)
		f.all(b.Blocks)
		if p, ok := at(f.blocks, first).(*typeset.Paragraph); ok && p.Mark == "" {
			p.Mark = mark
		}
	case markup.Heading:
		f.heading(b)
		f.all(b.Blocks)
	case markup.Paragraph:
		f.paragraph(b)
		f.all(b.Blocks)
	case markup.List:
		f.indent += 20
		f.all(b.Blocks)
		f.indent -= 20
	case markup.Quote:
		f.quotes++
		f.all(b.Blocks)
		f.quotes--
	case markup.Item:
		f.item(b)
	case markup.Code:
		f.code(b)
	case markup.Table:
		f.table(b)
	case markup.Figure:
		f.figure(b)
	case markup.Rule:
		f.blocks = append(f.blocks, f.rule())
	}
}

func at(bs []typeset.Block, i int) typeset.Block {
	if i < len(bs) {
		return bs[i]
	}
	return nil
}

// mark names the place of a block.
func (f *flow) mark(b *markup.Block) string {
	if b.ID == "" {
		return ""
	}
	return f.prefix + b.ID
}

// set appends a paragraph for each line of its spans that ends in a hard break.
func (f *flow) set(part Part, lines [][]typeset.Span, mark string) []*typeset.Paragraph {
	var out []*typeset.Paragraph
	l := &f.style.Looks[part]
	for i, spans := range lines {
		p := l.paragraph(spans)
		p.Indent += em(l.Size, f.indent)
		if i > 0 {
			p.First, p.Before = 0, 0
		} else {
			p.Mark = mark
		}
		if i+1 < len(lines) {
			p.After, p.Keep = 0, p.Keep || p.Whole
		}
		f.changed(p)
		f.blocks = append(f.blocks, p)
		out = append(out, p)
	}
	return out
}

func (l *Look) paragraph(spans []typeset.Span) *typeset.Paragraph {
	return &typeset.Paragraph{
		Spans: spans, Align: l.Align, Indent: em(l.Size, l.Indent), First: em(l.Size, l.First), Right: em(l.Size, l.Right),
		Leading: l.Leading, Before: l.Before, After: l.After, Keep: l.Keep, Whole: l.Whole,
	}
}

// em returns tenths of an em as a length.
func em(size typeset.Length, tenths int) typeset.Length {
	return size * typeset.Length(tenths) / 10
}

func (f *flow) heading(b *markup.Block) {
	if b.Role == markup.TitleLine {
		return
	}
	part := HeadingPart
	switch b.Unit {
	case markup.Component:
		part = PrintedPart
		if b.Role == markup.AttachmentTag {
			part = AttachTagPart
		}
	case markup.Part, markup.Subpart, markup.Chapter:
		part = ChapterPart
	case markup.Level1:
		part = Level1Part
	case markup.Level2:
		part = Level2Part
	case markup.Level3, markup.Level4, markup.Level5:
		part = BodyPart
	case markup.Article:
		part = Level1Part
	case markup.Title, markup.NoUnit:
		if b.Level <= 1 || f.tagged {
			part = PrintedPart
		}
	}
	f.tagged = b.Role == markup.AttachmentTag
	text := b.PlainText()
	mark := f.mark(b)
	if mark != "" {
		f.outline = append(f.outline, heading{text, mark, depth(b.Unit)})
	}
	inl := b.Inlines
	if part == PrintedPart {
		f.annex(b, f.set(part, f.titled(inl, part), mark))
		return
	}
	f.annex(b, f.set(part, f.spans(inl, part), mark))
}

// annex remembers where an annex begins: at its 附件 1, else at its title.
func (f *flow) annex(b *markup.Block, ps []*typeset.Paragraph) {
	if b.Unit != markup.Component && b.Role != markup.AttachmentTag || len(ps) == 0 {
		return
	}
	if f.annexes == nil {
		f.annexes = map[*typeset.Paragraph]bool{}
	}
	f.annexes[ps[0]] = true
}

// depth is how deep a heading of a unit lies in the outline.
func depth(u markup.Unit) int {
	switch u {
	case markup.Component, markup.Part, markup.Subpart:
		return 0
	case markup.Chapter, markup.Level1, markup.Title:
		return 1
	case markup.Section, markup.Level2:
		return 2
	}
	return 3
}

var roleParts = map[markup.Role]Part{
	markup.NumberLine: NumberPart, markup.Amendment: AmendmentPart, markup.Addressees: AddresseePart,
	markup.Signature: SignaturePart, markup.SigningDate: DatePart, markup.AttachmentRef: AttachRefPart,
	markup.AttachmentTag: AttachTagPart, markup.Note: NotePart, markup.Disclosure: NotePart,
	markup.CopyTo: AddresseePart, markup.PrintedBy: AddresseePart, markup.TitleLine: PrintedPart,
}

func (f *flow) paragraph(b *markup.Block) {
	mark := f.mark(b)
	part, ok := roleParts[b.Role]
	switch {
	case b.Role == markup.TitleLine:
		return
	case b.Role == markup.AttachmentRef:
		f.attachments(b, mark)
		return
	case b.Role == markup.AttachmentTag && mark != "":
		f.outline = append(f.outline, heading{b.PlainText(), mark, 0})
	case ok:
	case b.Unit == markup.Level1 || b.Unit == markup.Level2:
		part = Level1Part
		if b.Unit == markup.Level2 {
			part = Level2Part
		}
		if b.Standing() {
			if mark != "" {
				f.outline = append(f.outline, heading{b.PlainText(), mark, depth(b.Unit)})
			}
			break
		}
		f.runIn(b, part, mark)
		return
	default:
		part = BodyPart
		if f.quotes > 0 {
			part = QuotePart
		}
	}
	if part == SignaturePart || part == DatePart { // never alone on a page
		if p, ok := last(f.blocks).(*typeset.Paragraph); ok {
			p.Keep = true
		}
	}
	lines := f.spans(b.Inlines, part)
	if part == BodyPart && b.Unit == markup.Clause && b.NumberSize() > 0 {
		numbered(lines, b.NumberSize())
	}
	f.annex(b, f.set(part, lines, mark))
	f.tagged = b.Role == markup.AttachmentTag
}

// numbered sets the number of an article in 黑体, a whole em before the text.
func numbered(lines [][]typeset.Span, size int) {
	if len(lines) == 0 || len(lines[0]) == 0 || len(lines[0][0].Text) < size {
		return
	}
	first := lines[0][0]
	rest := first
	first.Text, first.Font = strings.TrimLeft(first.Text[:size], " 　\t"), typeset.Font(font.Hei)
	rest.Text = rest.Text[size:]
	if t := strings.TrimLeft(rest.Text, " 　\t"); t != rest.Text {
		rest.Text = "　" + t
	}
	lines[0] = append([]typeset.Span{first, rest}, lines[0][1:]...)
}

// attachments sets a line of 附件说明: names that go on stand under the first
// character of the name.
func (f *flow) attachments(b *markup.Block, mark string) {
	lines := f.spans(b.Inlines, AttachRefPart)
	text := b.PlainText()
	ps := f.set(AttachRefPart, lines, mark)
	size := f.style.Looks[AttachRefPart].Size
	digits := func(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
	for _, p := range ps {
		switch rest, named := strings.CutPrefix(strings.TrimSpace(text), "附件"); {
		case named && digits(strings.TrimLeft(rest, "：: ")):
			p.Indent, p.First = em(size, 65), em(size, -45)
		case named:
			p.Indent, p.First = em(size, 50), em(size, -30)
		default:
			p.Indent, p.First = em(size, 65), em(size, -15)
		}
	}
}

// item sets an item of a list, with its bullet before the text.
func (f *flow) item(b *markup.Block) {
	first := len(f.blocks)
	f.all(b.Blocks)
	if p, ok := at(f.blocks, first).(*typeset.Paragraph); ok && len(p.Spans) > 0 {
		bullet := p.Spans[0]
		bullet.Text, bullet.Link, bullet.Note = "•", "", nil
		f.check(font.Role(bullet.Font), bullet.Text)
		p.Spans = append([]typeset.Span{bullet}, p.Spans...)
		p.First = -em(bullet.Size, 10)
	}
}

func (f *flow) code(b *markup.Block) {
	l := &f.style.Looks[CodePart]
	for line := range strings.Lines(b.Info) {
		text := strings.TrimRight(line, "\r\n")
		if text == "" {
			text = " "
		}
		f.check(l.Font, text)
		f.blocks = append(f.blocks, l.paragraph([]typeset.Span{{Text: text, Font: typeset.Font(l.Font), Size: l.Size, Ink: l.Ink}}))
	}
}

// note sets a footnote.
func (f *flow) note(n *markup.Footnote) []*typeset.Paragraph {
	inner := &flow{setting: f.setting, entry: f.entry, prefix: f.prefix + "fn_", tree: f.tree, notes: f.notes, noted: f.noted}
	for _, b := range n.Blocks {
		if b.Kind != markup.Paragraph {
			inner.block(b)
			continue
		}
		inner.line = b.Line
		for _, spans := range inner.spans(b.Inlines, FootnotePart) {
			p := f.style.Looks[FootnotePart].paragraph(spans)
			inner.changed(p)
			inner.blocks = append(inner.blocks, p)
		}
		inner.all(b.Blocks)
	}
	var out []*typeset.Paragraph
	for _, b := range inner.blocks {
		switch b := b.(type) {
		case *typeset.Paragraph:
			out = append(out, b)
		case *typeset.Table: // a note has no tables: its rows become lines
			for _, row := range b.Rows {
				line := f.style.Looks[FootnotePart].paragraph(nil)
				for _, c := range row {
					for _, p := range c.Text {
						for _, sp := range p.Spans {
							sp.Size = f.style.Looks[FootnotePart].Size
							line.Spans = append(line.Spans, sp)
						}
					}
					line.Spans = append(line.Spans, f.style.Looks[FootnotePart].span("　")...)
				}
				out = append(out, line)
			}
		}
	}
	for _, p := range out {
		p.Leading = f.style.Looks[FootnotePart].Leading
	}
	if len(out) > 0 {
		l := &f.style.Looks[FootnotePart]
		label := typeset.Span{Text: noteLabel(n.Number), Font: typeset.Font(l.Font), Size: l.Size}
		out[0].Spans = append([]typeset.Span{label}, out[0].Spans...)
	}
	return out
}
