package press

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// The page of GB/T 9704-2012 5: 版心 156×225 mm, 28 characters on each of 22
// lines. One character is 156 mm / 28 = 15.79 pt, a line 15/8 of it.
var (
	officialEm    = typeset.MM(156.0 / 28)
	officialLine  = officialEm * 15 / 8
	officialSmall = typeset.Pt(14)   // 4号
	thickRule     = typeset.MM(0.35) // 版记: first and last
	thinRule      = typeset.MM(0.25) // between them
	redRule       = typeset.MM(0.5)  // 版头分隔线
	redInk        = typeset.Red      // M80 Y80
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

func formOf(e *catalog.Entry) form {
	doc := e.Document
	switch {
	case doc.Kind == "函":
		return letterForm
	case doc.Kind == "纪要":
		return minutesForm
	case doc.Kind == "命令" || doc.Kind == "令" || e.Number.Order:
		return orderForm
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
	o := &official{setting: p.setting(OfficialStyle(), opt), entry: e, form: formOf(e)}
	o.setter.Full = true
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
	o.lineBefore(f)
	if o.form == minutesForm {
		o.attendance(f)
	}
	blocks := o.attachmentsOnNewPages(f.blocks, f.annexes)
	pages, numbered := o.pages(blocks)
	o.furniture(pages, numbered)
	o.proof(pages)
	o.coarse(pages)
	b := &Book{
		Purpose: opt.Purpose, Pages: pages, Pictures: used(o.pictures, pages), Info: o.info(e),
		Labels: []Label{{Page: 0, Style: "D", Start: 1}}, Crop: opt.Crop,
	}
	o.sweep(name(e), b)
	it := item{entry: e, prefix: "d", outline: f.outline}
	b.Outline = it.bookmarks(0, where(pages), 0)
	return &Laid{Book: b, Texts: o.texts}, o.findings, nil
}

func (o *official) hasNote() bool {
	has := false
	o.tree.Walk(func(b *markup.Block) { has = has || b.Role == markup.Note })
	return has
}

// title sets the title. Orders and minutes have none where the mark says the
// same, and orders none where the text that it promulgates follows under that title.
func (o *official) title(f *flow) {
	title := strings.Join(strings.Fields(o.entry.Title()), " ")
	if o.form == minutesForm && title == o.mark()[0] {
		return
	}
	if o.form == orderForm {
		rest, same := strings.CutPrefix(title, o.mark()[0])
		if same && (rest == "" || strings.Trim(rest, "（） ") == o.orderNumber()) || o.prints(title) {
			return
		}
	}
	l := &o.style.Looks[TitlePart]
	f.check(l.Font, title)
	ps := f.set(TitlePart, [][]typeset.Span{l.span(wishes(title, o.entry.Document.Issuers))}, "")
	ps[len(ps)-1].After = officialLine
}

// prints reports whether the text has a part with this title.
func (o *official) prints(title string) bool {
	found := false
	o.tree.Walk(func(b *markup.Block) {
		found = found || b.Kind == markup.Heading && b.Role != markup.TitleLine && squash(b.PlainText()) == squash(title)
	})
	return found
}

// attendance sets who was there, who was not, and who sat in: the label in
// 黑体, names that go on under the first name (GB/T 9704-2012 10.3).
func (o *official) attendance(f *flow) {
	first := true
	for _, b := range f.blocks {
		p, ok := b.(*typeset.Paragraph)
		if !ok || len(p.Spans) == 0 {
			continue
		}
		label, rest, ok := strings.Cut(p.Spans[0].Text, "：")
		switch label {
		case "出席", "请假", "列席", "主持", "记录":
		default:
			continue
		}
		if !ok {
			continue
		}
		names := p.Spans[0]
		names.Text = rest
		p.Spans[0].Text, p.Spans[0].Font = label+"：", typeset.Font(font.Hei)
		p.Spans = slices.Insert(p.Spans, 1, names)
		p.Indent, p.First = officialEm*5, -officialEm*3
		if first {
			p.Before, first = officialLine, false
		}
	}
}

// lineBefore leaves a line before the first line of 附件说明 (7.3.4).
func (o *official) lineBefore(f *flow) {
	for _, b := range f.blocks {
		if p, ok := b.(*typeset.Paragraph); ok && len(p.Spans) > 0 && p.First < 0 && strings.HasPrefix(p.Spans[0].Text, "附件") {
			p.Before = officialLine
			return
		}
	}
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
	sign := &o.style.Looks[SignaturePart]
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
				if i == 0 && o.form == orderForm {
					n.Before *= 2 // 10.2: of a signature, two lines
				}
			}
			names = nil
		default:
			names = nil
		}
	}
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

// pages sets the text and puts the 版记 on the last side, which is an even one:
// on the last page of the text where that is even and has room, else on a page
// of its own, which like the blank before it has no number (GB/T 9704-2012 7.5).
func (o *official) pages(blocks []typeset.Block) (pages []typeset.Page, numbered int) {
	g := o.style.Geometry
	pages = o.setter.Set(blocks, g)
	numbered = len(pages)
	imprint := o.imprint()
	if imprint == nil {
		return pages, numbered
	}
	if numbered%2 == 0 {
		if with := o.setter.Set(append(blocks, imprint...), g); len(with) == numbered {
			return with, numbered
		}
		pages = append(pages, typeset.Page{Width: g.Width, Height: g.Height})
	}
	g.First = len(pages) + 1
	return append(pages, o.setter.Set(imprint, g)...), numbered
}

// furniture adds folios and the mark of a proof.
func (o *official) furniture(pages []typeset.Page, numbered int) {
	for i := range pages {
		p, number := &pages[i], i+1
		if i < numbered && (o.form != letterForm || i > 0) {
			o.folio(p, number, true)
		}
		if o.form == letterForm && i == 0 {
			p.Rules = append(p.Rules, doubleRule(p.Width/2, p.Height-typeset.MM(20)-typeset.MM(1.85), false)...)
		}
		l := Look{Font: font.Hei, Size: typeset.Pt(10.5), Ink: typeset.Gray}
		o.line(p, &l, o.Words("print.unsealed")+"　"+strconv.Itoa(number)+"/"+strconv.Itoa(len(pages)), typeset.Center, p.Width/2, typeset.MM(12))
	}
}
