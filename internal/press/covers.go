package press

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

// assemble puts covers and pages together. For print the covers are a book of
// their own, and the pages between them fill whole sheets: four pages each where
// the issue is stapled through the fold (骑马订), two where it is glued (胶装).
// Blanks stand at the end.
func (l *issueLayout) assemble(laid *Laid, pages []typeset.Page, contents int, at map[string]place) {
	front, back := l.front1(), l.back()
	places := l.places()
	inner := pages
	if l.options.Purpose == Print && len(places) > 1 { // more than the inside of the cover holds
		inner, places = append(inner, places...), nil
	}
	if l.options.Purpose == Print {
		sheet := 4
		if l.Catalog.Config.PDF.Binding == "perfect" {
			sheet = 2
		}
		for len(inner)%sheet != 0 {
			inner = append(inner, l.blank())
		}
	}
	laid.Inner = len(inner)
	b := &Book{Purpose: l.options.Purpose, Info: l.bookInfo(), Crop: l.options.Crop}
	first := 0
	if l.options.Purpose == Print {
		b.Bleed = typeset.MM(3)
		b.Pages = inner
		b.Labels = []Label{{Page: 0, Style: "D", Start: 1}}
		covers := []typeset.Page{front, l.blank(), l.blank(), back}
		if places != nil {
			covers[2] = places[0]
		}
		laid.Cover = &Book{Purpose: Print, Info: b.Info, Bleed: b.Bleed, Crop: b.Crop, Pages: covers, Pictures: used(l.pictures, covers)}
		for i, key := range []string{"print.cover", "print.cover2", "print.cover3", "print.cover4"} {
			laid.Cover.Labels = append(laid.Cover.Labels, Label{Page: i, Prefix: l.Words(key)})
		}
	} else {
		first = 1
		b.Pages = slices.Concat([]typeset.Page{front}, inner)
		b.Labels = []Label{{Page: 0, Prefix: l.Words("print.cover")}, {Page: 1, Style: "D", Start: 1}}
		n := len(b.Pages)
		if places != nil {
			b.Pages = append(b.Pages, places...)
			b.Labels = append(b.Labels, Label{Page: n, Prefix: l.Words("print.cover3")})
			n += len(places)
		}
		b.Pages = append(b.Pages, back)
		b.Labels = append(b.Labels, Label{Page: n, Prefix: l.Words("print.cover4")})
	}
	b.Pictures = used(l.pictures, b.Pages)
	b.Outline = l.bookmarks(first, contents, at)
	laid.Book = b
}

func (l *issueLayout) blank() typeset.Page {
	return typeset.Page{Width: l.style.Geometry.Width, Height: l.style.Geometry.Height}
}

func (l *issueLayout) bookmarks(first, contents int, at map[string]place) []Bookmark {
	out := []Bookmark{{Title: l.Words("print.contents"), Page: first}}
	for _, sec := range l.sections {
		p, ok := at[sec.mark]
		if !ok {
			continue
		}
		out = append(out, Bookmark{sec.title, 0, first + contents + p.page, p.y})
		for _, it := range sec.items {
			out = append(out, it.bookmarks(1, at, first+contents)...)
		}
	}
	return out
}

func (l *issueLayout) bookInfo() Info {
	is := l.issue.Digest.Issue
	site := l.Catalog.Config.Site
	return Info{
		Title: join(" ", l.gazetteName(), is.Number()), Author: site.Sponsor,
		Subject: l.gazetteName(), Language: "zh-CN", Date: is.Date,
	}
}

func (l *issueLayout) runningNumber() string {
	if n := l.issue.Digest.Issue.Running; n > 0 {
		return l.Words("issue.running", strconv.Itoa(n))
	}
	return ""
}

// front1 is the cover: the name in red, the issue, and what the rules want to
// be read on it.
func (l *issueLayout) front1() typeset.Page {
	p := l.blank()
	middle := p.Width / 2
	name := l.gazetteName()
	size := min(typeset.Pt(54), typeset.MM(165)/typeset.Length(max(1, len([]rune(name)))))
	title := Look{Font: font.Biaosong, Size: size, Ink: typeset.Red}
	l.line(&p, &title, name, typeset.Center, middle, typeset.MM(92))
	l.emblem(&p, middle)
	red := typeset.MM(160)
	p.Rules = append(p.Rules,
		typeset.Rule{X: middle - red/2, Y: typeset.MM(104), Width: red, Height: 1500, Ink: typeset.Red},
		typeset.Rule{X: middle - red/2, Y: typeset.MM(104) + 3000, Width: red, Height: 500, Ink: typeset.Red})
	is := l.issue.Digest.Issue
	number := Look{Font: font.Song, Size: typeset.Pt(22)}
	l.line(&p, &number, l.shortNumber(l.issue), typeset.Center, middle, typeset.MM(124))
	small := Look{Font: font.Song, Size: typeset.Pt(14)}
	l.line(&p, &small, l.runningNumber(), typeset.Center, middle, typeset.MM(134))
	if is.Title != "" {
		title := Look{Font: font.Kai, Size: typeset.Pt(16), Leading: typeset.Pt(26), Align: typeset.Balanced}
		g := typeset.Geometry{Width: p.Width, Height: p.Height, Top: typeset.MM(146), Inner: middle - red/2, Text: red, Depth: typeset.MM(90)}
		for _, set := range l.setter.Set([]typeset.Block{title.paragraph(title.span(is.Title))}, g) {
			p.Runs = append(p.Runs, set.Runs...)
		}
	}
	l.line(&p, &small, is.Date.Zh(), typeset.Center, middle, p.Height-typeset.MM(40))
	sponsor := Look{Font: font.Kai, Size: typeset.Pt(16)}
	l.line(&p, &sponsor, l.Catalog.Config.Site.Sponsor, typeset.Center, middle, p.Height-typeset.MM(50))
	l.onCover(&p)
	return p
}

// onCover prints 准印证号 and 内部资料，免费交流, or CN and ISSN, at the foot of
// the cover (内部资料性出版物管理办法第十四条).
func (l *issueLayout) onCover(p *typeset.Page) {
	small := Look{Font: font.Song, Size: typeset.Pt(10.5)}
	y := p.Height - typeset.MM(24)
	for _, line := range l.Catalog.Imprint(l.issue) {
		switch line.Key {
		case "internal", "permit", "cn", "issn":
			l.line(p, &small, l.imprintLine(line), typeset.Center, p.Width/2, y)
			y += typeset.Pt(16)
		}
	}
}

// imprintLine writes a line of the imprint.
func (l *issueLayout) imprintLine(line gazette.ImprintLine) string {
	label := l.Words("imprint." + line.Key)
	if line.Text == "" {
		return label
	}
	return l.Words("print.imprint-line", label, line.Text)
}

// emblem shows the site's own emblem, where it has one; none is shipped.
func (l *issueLayout) emblem(p *typeset.Page, middle typeset.Length) {
	file := l.Catalog.Config.Site.Emblem
	switch strings.ToLower(path.Ext(file)) {
	case ".png", ".jpg", ".jpeg":
	default:
		return
	}
	pic, ok := l.siteFile(file)
	if !ok {
		return
	}
	h := typeset.MM(36)
	w := typeset.Length(int64(h) * int64(pic.Width) / int64(pic.Height))
	p.Pictures = append(p.Pictures, typeset.PlacedPicture{X: middle - w/2, Y: typeset.MM(30), Width: w, Height: h, Name: file})
}

// back is the last page: the imprint, and the way to the gazette online.
func (l *issueLayout) back() typeset.Page {
	p := l.blank()
	left := typeset.MM(30)
	name := Look{Font: font.Biaosong, Size: typeset.Pt(20), Ink: typeset.Red}
	l.line(&p, &name, l.gazetteName(), typeset.Start, left, typeset.MM(60))
	p.Rules = append(p.Rules, typeset.Rule{X: left, Y: typeset.MM(66), Width: p.Width - 2*left, Height: 800, Ink: typeset.Red})
	g := typeset.Geometry{Width: p.Width, Height: p.Height, Top: typeset.MM(76), Inner: left, Text: p.Width - 2*left, Depth: typeset.MM(145)}
	for _, set := range l.imprint(g) {
		p.Runs = append(p.Runs, set.Runs...)
	}
	l.online(&p, left)
	return p
}

// imprint sets the lines of the imprint, in smaller type where they are many:
// the law wants all of 发送对象.
func (l *issueLayout) imprint(g typeset.Geometry) []typeset.Page {
	for size := typeset.Pt(10.5); ; size = size * 9 / 10 {
		text := Look{Font: font.Song, Size: size, Leading: size * 18 / 10}
		if size < typeset.Pt(8) {
			text.Leading = size * 13 / 10
		}
		var blocks []typeset.Block
		for _, line := range l.Catalog.Imprint(l.issue) {
			if line.Key == "name" {
				continue
			}
			q := text.paragraph(text.span(l.imprintLine(line)))
			q.Indent, q.First = em(size, 50), em(size, -50)
			blocks = append(blocks, q)
		}
		if set := l.setter.Set(blocks, g); len(set) <= 1 || size < typeset.Pt(1) {
			return set
		}
	}
}

// online is the code of the gazette's address at the foot of the back.
func (l *issueLayout) online(p *typeset.Page, left typeset.Length) {
	if l.base() == "" {
		return
	}
	c, err := qr.New(l.base())
	if err != nil {
		return
	}
	side := typeset.MM(24)
	y := p.Height - typeset.MM(35) - side
	p.Pictures = append(p.Pictures, l.stamp(c, l.base(), left, y, side))
	p.Links = append(p.Links, typeset.Link{X: left, Y: y, Width: side, Height: side, To: l.base()})
	text := Look{Font: font.Song, Size: typeset.Pt(10.5)}
	x := left + side + typeset.MM(5)
	l.line(p, &text, l.Words("print.online"), typeset.Start, x, y+side-typeset.Pt(22))
	l.line(p, &text, l.base(), typeset.Start, x, y+side-typeset.Pt(4))
}

// places are the pages of 查阅点, open to the public; nil where there are none.
func (l *issueLayout) places() []typeset.Page {
	cell := Look{Font: font.Song, Size: typeset.Pt(10.5), Leading: typeset.Pt(16)}
	t := &typeset.Table{Head: 1, Leading: cell.Leading, Pad: cell.Size / 2, Line: 500}
	row := func(f font.Role, cells ...string) {
		var out []typeset.Cell
		for _, c := range cells {
			look := cell
			look.Font = f
			out = append(out, typeset.Cell{Text: []*typeset.Paragraph{look.paragraph(look.span(c))}, Align: typeset.Start})
		}
		t.Rows = append(t.Rows, out)
	}
	row(font.Hei, l.Words("place.name"), l.Words("place.area"), l.Words("place.address"), l.Words("place.hours"), l.Words("place.phone"))
	for _, x := range l.Catalog.Data.Places {
		if x.Reading {
			row(font.Song, x.Name, x.Area, x.Address, x.Hours, x.Phone)
		}
	}
	if len(t.Rows) == 1 {
		return nil
	}
	title := Look{Font: font.Biaosong, Size: typeset.Pt(18), Leading: typeset.Pt(27), Align: typeset.Center, After: typeset.Pt(14)}
	g := l.style.Geometry
	g.Columns = 1
	return l.setter.Set([]typeset.Block{title.paragraph(title.span(l.Words("print.places"))), t}, g)
}

// annualIndex (年度索引) lists what the year's issues printed, by section, in
// the issue that says so. number is its first folio.
func (l *issueLayout) annualIndex(own map[*catalog.Entry][2]int, number int) []typeset.Page {
	if !l.issue.Digest.Issue.Index {
		return nil
	}
	year := l.issue.Digest.Issue.Year
	var order []string
	rows := map[string][]indexRow{}
	for _, r := range l.indexRows(l.issue, own) {
		if rows[r.section] == nil {
			order = append(order, r.section)
		}
		rows[r.section] = append(rows[r.section], r)
	}
	head := l.style.Looks[SectionPart]
	first := head.paragraph(head.span(l.Words("print.index", strconv.Itoa(year))))
	first.Mark = indexMark
	blocks := []typeset.Block{first}
	title := l.style.Looks[Level1Part]
	title.First, title.Before = 0, title.Leading/2
	entry := l.style.Looks[BodyPart]
	entry.Size, entry.Leading = typeset.Pt(10.5), typeset.Pt(16)
	entry.Indent, entry.First, entry.Whole = 20, -10, true
	for _, sec := range order {
		blocks = append(blocks, title.paragraph(title.span(sec)))
		for _, r := range rows[sec] {
			text := r.title
			if r.number != "" {
				text += "（" + r.number + "）"
			}
			p := entry.paragraph(entry.span(text))
			p.Tail = entry.span(r.at)
			blocks = append(blocks, p)
		}
	}
	g := l.style.Geometry
	g.Columns, g.First = 1, number
	return l.setter.Set(blocks, g)
}

// siteFile reads a picture of the site itself.
func (s *setting) siteFile(file string) (Picture, bool) {
	if p, ok := s.pictures[file]; ok {
		return p, p.Data != nil
	}
	b, err := s.File(file)
	if err != nil {
		return Picture{}, false
	}
	p, ok := decodePicture(b)
	s.pictures[file] = p
	return p, ok
}
