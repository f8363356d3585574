package press

import (
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// The page of GB/T 9704-2012 5: 版心 156×225 mm, 28 characters on each of 22
// lines. One character is 156 mm / 28 = 15.79 pt, a line 15/8 of it.
var (
	officialEm    = typeset.MM(156.0 / 28)
	officialLine  = officialEm * 15 / 8
	officialSmall = typeset.Pt(14)         // 4号
	thickRule     = typeset.MM(0.35)       // 版记: first and last
	thinRule      = typeset.MM(0.25)       // between them
	redRule       = typeset.MM(0.5)        // 版头分隔线
	redInk        = typeset.Red            // M80 Y80
	headRoles     = map[markup.Role]bool{} // shown in the text itself
)

// OfficialStyle is GB/T 9704-2012.
func OfficialStyle() *Style {
	w, h := paper("A4")
	g := typeset.Geometry{
		Width: w, Height: h, Top: typeset.MM(37), Inner: typeset.MM(28), Mirror: true, Columns: 1,
		Text: typeset.MM(156), Depth: officialLine*21 + officialEm,
	}
	s := &Style{Geometry: g}
	s.Looks = bodyLooks(officialEm, officialLine)
	for _, part := range []Part{BodyPart, AddresseePart, AttachRefPart, SignaturePart, DatePart, NotePart, QuotePart, CodePart} {
		s.Looks[part].Font = font.Fangsong
	}
	s.Looks[NotePart].Indent, s.Looks[NotePart].First = 20, 0
	s.Looks[TitlePart] = Look{Font: font.Biaosong, Size: typeset.Pt(22), Leading: typeset.Pt(36), Align: typeset.Balanced, Keep: true, Whole: true}
	s.Looks[NumberPart] = Look{Font: font.Fangsong, Size: officialEm, Leading: officialLine, Align: typeset.Center}
	s.Looks[ChapterPart].Before, s.Looks[ChapterPart].After = 0, 0
	s.Looks[AmendmentPart].After = 0
	s.Looks[AttachTagPart].Before = 0
	s.Looks[PrintedPart] = s.Looks[TitlePart]
	s.Looks[PrintedPart].Before, s.Looks[PrintedPart].After = officialLine, officialLine
	s.Looks[CellPart] = Look{Font: font.Fangsong, Size: typeset.Pt(12), Leading: typeset.Pt(18), Align: typeset.Start}
	s.Looks[FolioPart] = Look{Font: font.Song, Size: officialSmall, Leading: typeset.Pt(14)}
	s.Looks[SourcePart] = Look{Font: font.Fangsong, Size: officialSmall, Leading: typeset.Pt(24)}
	return s
}

// A form is a special form of GB/T 9704-2012 10.
type form uint8

const (
	paperForm   form = iota // 发文机关标志 with 文件
	letterForm              // 信函格式
	orderForm               // 命令(令)格式
	minutesForm             // 纪要格式
)

func formOf(doc *gazette.Document) form {
	switch {
	case doc.Kind == "函":
		return letterForm
	case doc.Kind == "命令" || doc.Kind == "令":
		return orderForm
	case doc.Kind == "纪要":
		return minutesForm
	}
	return paperForm
}

// An official is an official paper in the making.
type official struct {
	*setting
	entry *catalog.Entry
	tree  *markup.Tree
	form  form
}

// Official lays out a document as it is sent: GB/T 9704-2012, marked 未盖章校样,
// because a seal is stamped and never drawn.
func (p *Press) Official(e *catalog.Entry, opt Options) (*Laid, []diag.Finding, error) {
	o := &official{setting: p.setting(OfficialStyle(), opt), entry: e, form: formOf(e.Document)}
	var err error
	if o.tree, err = o.parse(e); err != nil {
		return nil, nil, err
	}
	f := &flow{setting: o.setting, entry: e, prefix: "d", tree: o.tree, line: 1}
	f.skip = map[markup.Role]bool{
		markup.NumberLine: true, markup.CopyTo: true, markup.PrintedBy: true, markup.Disclosure: o.hasNote(),
	}
	f.blocks = o.head()
	o.title(f)
	o.addressees(f)
	f.body()
	o.signatures(f)
	blocks := o.attachmentsOnNewPages(f.blocks, f.annexes)
	pages := o.setter.Set(append(blocks, o.imprint()...), o.style.Geometry)
	o.furniture(pages)
	b := &Book{
		Purpose: opt.Purpose, Pages: pages, Pictures: used(o.pictures, pages), Info: o.info(e),
		Labels: []Label{{Page: 0, Style: "D", Start: 1}}, Crop: opt.Crop,
	}
	it := item{entry: e, prefix: "d", outline: f.outline}
	b.Outline = it.bookmarks(0, where(pages), 0)
	return &Laid{Book: b, Texts: o.texts}, o.findings, nil
}

func (o *official) hasNote() bool {
	has := false
	o.tree.Walk(func(b *markup.Block) { has = has || b.Role == markup.Note })
	return has
}

// fit makes a text as large as it may be and as a line holds.
func fit(text string, most, width typeset.Length) typeset.Length {
	return min(most, width/typeset.Length(max(1, len([]rune(text)))))
}

// mark is 发文机关标志: names of all issuers over each other where there are
// several, 文件 beside them in the middle.
func (o *official) mark() []string {
	doc := o.entry.Document
	names := doc.Issuers
	if len(names) == 0 {
		names = []string{o.Catalog.Config.Site.Sponsor}
	}
	if o.form == orderForm {
		return []string{strings.Join(names, "、") + "令"}
	}
	return names
}

// head is the 版头: mark, number, red line. It stands at the head of the first
// page, measured from the upper edge of the text.
func (o *official) head() []typeset.Block {
	d := &typeset.Drawing{Mark: "d", Keep: true}
	var y typeset.Length
	switch o.form {
	case letterForm:
		return o.letterHead()
	case orderForm:
		y = typeset.MM(20)
	default:
		y = typeset.MM(35)
	}
	y = o.masthead(d, y)
	number := &o.style.Looks[NumberPart]
	middle := o.style.Geometry.Text / 2
	// 发文字号 two lines under the mark; of minutes there is none.
	if text := o.orderNumber(); text != "" {
		y += officialLine * 2
		o.put(d, number, text, typeset.Center, middle, y+officialEm*88/100)
		y += officialEm
	}
	if o.form == orderForm {
		d.Height = y + officialLine*2
		return []typeset.Block{d}
	}
	y += typeset.MM(4)
	d.Rules = append(d.Rules, typeset.Rule{Y: y, Width: o.style.Geometry.Text, Height: redRule, Ink: redInk})
	d.Height = y + redRule + officialLine*2
	return []typeset.Block{d}
}

// orderNumber is the number as the form prints it: 第5号 of an order.
func (o *official) orderNumber() string {
	n := o.entry.Document.Number
	if o.form == orderForm {
		if i := strings.Index(n, "第"); i >= 0 {
			return n[i:]
		}
	}
	return n
}

// masthead sets the mark with its upper edge at y and returns its lower edge.
func (o *official) masthead(d *typeset.Drawing, y typeset.Length) typeset.Length {
	names := o.mark()
	width := o.style.Geometry.Text
	most := typeset.Pt(48)
	suffix := ""
	switch o.form {
	case paperForm:
		suffix = o.Words("print.papers")
	case minutesForm:
		suffix = ""
		if title := o.entry.Title(); strings.HasSuffix(title, "纪要") && len([]rune(title)) <= 16 {
			names = []string{title}
		}
	}
	longest := ""
	for _, n := range names {
		if len([]rune(n)) > len([]rune(longest)) {
			longest = n
		}
	}
	if len(names) == 1 {
		look := Look{Font: font.Biaosong, Size: fit(longest+suffix, most, width), Ink: redInk}
		o.put(d, &look, longest+suffix, typeset.Center, width/2, y+look.Size*88/100)
		return y + look.Size
	}
	// 联合行文: names in one column, spread to the same width, 文件 to their right.
	size := fit(longest+suffix+"　", min(most, typeset.Pt(30)), width)
	look := Look{Font: font.Biaosong, Size: size, Ink: redInk}
	block := size * typeset.Length(len([]rune(longest)))
	total := block + size/2 + size*typeset.Length(len([]rune(suffix)))
	left := (width - total) / 2
	for i, n := range names {
		o.spread(d, &look, n, left, block, y+size*88/100+typeset.Length(i)*size*14/10)
	}
	height := size + typeset.Length(len(names)-1)*size*14/10
	o.put(d, &look, suffix, typeset.Start, left+block+size/2, y+height/2-size/2+size*88/100)
	return y + height
}

// spread sets a text over a width.
func (o *official) spread(d *typeset.Drawing, l *Look, text string, x, width, y typeset.Length) {
	rs := o.setter.Line(l.span(text), x, y)
	if n := len([]rune(text)); len(rs) == 1 && n > 1 {
		rs[0].Track = (width - o.setter.Width(l.span(text))) / typeset.Length(n-1)
	}
	d.Runs = append(d.Runs, rs...)
}

// put adds a line of text to a drawing.
func (o *official) put(d *typeset.Drawing, l *Look, text string, align typeset.Align, x, y typeset.Length) {
	f := flow{setting: o.setting, entry: o.entry, line: 1}
	f.check(l.Font, text)
	var p typeset.Page
	o.line(&p, l, text, align, x, y)
	d.Runs = append(d.Runs, p.Runs...)
}

// letterHead is the head of a 函: the mark 30 mm from the paper's edge, under it
// the double line, 170 mm wide, the number at the right under it.
func (o *official) letterHead() []typeset.Block {
	g := o.style.Geometry
	d := &typeset.Drawing{Mark: "d", Keep: true}
	name := strings.Join(o.mark(), " ")
	look := Look{Font: font.Biaosong, Size: fit(name, typeset.Pt(42), typeset.MM(160)), Ink: redInk}
	top := typeset.MM(30) - g.Top // of the mark, from the upper edge of the text
	middle := g.Width/2 - g.Inner // of the paper
	o.put(d, &look, name, typeset.Center, middle, top+look.Size*88/100)
	y := top + look.Size + typeset.MM(4)
	d.Rules = append(d.Rules, doubleRule(middle, y, true)...)
	y += typeset.MM(2) + officialEm*7/8
	number := &o.style.Looks[NumberPart]
	o.put(d, number, o.entry.Document.Number, typeset.End, g.Text, y+officialEm*88/100)
	d.Height = y + officialEm + officialLine*2
	return []typeset.Block{d}
}

// doubleRule is the red double line of a letter, the thick one above or below.
func doubleRule(middle, y typeset.Length, thickAbove bool) []typeset.Rule {
	w := typeset.MM(170)
	thick, thin := typeset.MM(1), typeset.MM(0.35)
	first, second := thick, thin
	if !thickAbove {
		first, second = thin, thick
	}
	return []typeset.Rule{
		{X: middle - w/2, Y: y, Width: w, Height: first, Ink: redInk},
		{X: middle - w/2, Y: y + first + typeset.MM(0.5), Width: w, Height: second, Ink: redInk},
	}
}

// title sets the title; an order has none, its mark says what it is.
func (o *official) title(f *flow) {
	title := strings.Join(strings.Fields(o.entry.Title()), " ")
	if o.form == orderForm && strings.HasSuffix(title, "令") {
		return
	}
	l := &o.style.Looks[TitlePart]
	f.check(l.Font, title)
	ps := f.set(TitlePart, [][]typeset.Span{l.span(wishes(title, o.entry.Document.Issuers))}, "")
	ps[len(ps)-1].After = officialLine
}

// addressees adds those of the front matter where the text has none.
func (o *official) addressees(f *flow) {
	doc := o.entry.Document
	said := false
	o.tree.Walk(func(b *markup.Block) { said = said || b.Role == markup.Addressees })
	if said || len(doc.Addressees) == 0 {
		return
	}
	l := &o.style.Looks[AddresseePart]
	text := strings.Join(doc.Addressees, "，") + "："
	f.check(l.Font, text)
	f.set(AddresseePart, [][]typeset.Span{l.span(text)}, "")
}

// signatures puts 署名 in the middle above its date, the date four characters
// from the right (GB/T 9704-2012 7.3.5.1, of papers that get a seal), and a
// line of white before them.
func (o *official) signatures(f *flow) {
	var names []*typeset.Paragraph
	sign, date := &o.style.Looks[SignaturePart], &o.style.Looks[DatePart]
	for _, b := range f.blocks {
		p, ok := b.(*typeset.Paragraph)
		switch {
		case ok && p.Align == typeset.End && p.Keep == sign.Keep && p.Keep:
			names = append(names, p)
		case ok && p.Align == typeset.End && !p.Keep:
			p.Right = officialEm * 4
			w := o.setter.Width(p.Spans)
			for i, n := range names {
				n.Right = max(0, officialEm*4+(w-o.setter.Width(n.Spans))/2)
				if i == 0 {
					n.Before = officialLine
				}
			}
			names = nil
		default:
			names = nil
		}
	}
	_ = date
}

// attachmentsOnNewPages begins every 附件, and what a 通知 prints, on a page of
// its own.
func (o *official) attachmentsOnNewPages(blocks []typeset.Block, newPage map[*typeset.Paragraph]bool) []typeset.Block {
	var out []typeset.Block
	for i, b := range blocks {
		if p, ok := b.(*typeset.Paragraph); ok && i > 0 && newPage[p] {
			out = append(out, typeset.NewPage)
		}
		out = append(out, b)
	}
	return out
}

// furniture adds folios and the mark of a proof to all pages.
func (o *official) furniture(pages []typeset.Page) {
	for i := range pages {
		p, number := &pages[i], i+1
		if o.form != letterForm || i > 0 {
			o.folio(p, number, true)
		}
		if o.form == letterForm && i == 0 {
			p.Rules = append(p.Rules, doubleRule(p.Width/2, p.Height-typeset.MM(20)-typeset.MM(1.85), false)...)
		}
		l := Look{Font: font.Hei, Size: typeset.Pt(10.5), Ink: typeset.Gray}
		o.line(p, &l, o.Words("print.unsealed")+"　"+strconv.Itoa(number)+"/"+strconv.Itoa(len(pages)), typeset.Center, p.Width/2, typeset.MM(12))
	}
}
