package press

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

// An item is one text of a book, ready to be set.
type item struct {
	entry   *catalog.Entry
	prefix  string // its first mark; prefix + "end" is its last
	blocks  []typeset.Block
	outline []heading
}

// text sets title, number and text of a document or article. Roles of skip are
// left out of the text.
func (s *setting) text(e *catalog.Entry, prefix string, skip map[markup.Role]bool) (*item, error) {
	f := &flow{setting: s, entry: e, prefix: prefix, skip: skip, line: 1}
	it := &item{entry: e, prefix: prefix}
	tree, err := s.parse(e)
	if err != nil {
		return nil, err
	}
	f.tree = tree
	f.title(e)
	if e.Document.TextNone {
		f.set(NotePart, [][]typeset.Span{s.style.Looks[NotePart].span(s.Words("print.stub"))}, "")
	}
	f.body()
	it.blocks, it.outline = f.blocks, f.outline
	return it, nil
}

// title sets the title and what stands under it.
func (f *flow) title(e *catalog.Entry) {
	l := &f.style.Looks[TitlePart]
	title := strings.Join(strings.Fields(e.Title()), " ")
	f.check(l.Font, title)
	f.set(TitlePart, [][]typeset.Span{l.span(wishes(title, e.Document.Issuers))}, f.prefix)
	n := &f.style.Looks[NumberPart]
	under := e.Document.Number
	if e.Type != gazette.TypeDocument {
		under = join("　", e.Article.Author, e.Published().Date.Zh())
	}
	if under != "" && !numberInText(f.tree, under) {
		f.check(n.Font, under)
		f.set(NumberPart, [][]typeset.Span{n.span(under)}, "")
	}
}

// numberInText reports whether the text itself begins with the number.
func numberInText(t *markup.Tree, number string) bool {
	for _, b := range t.Blocks {
		if b.Role == markup.NumberLine && strings.Contains(squash(b.PlainText()), squash(number)) {
			return true
		}
		if b.Role == markup.Body {
			break
		}
	}
	return false
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '　' || r == '\t' || r == '\n' || r == '\u200b' {
			return -1
		}
		return r
	}, s)
}

// ending closes an item: the code of its address where one is known, and the
// mark of its end.
func (s *setting) ending(it *item) {
	leading := s.style.Looks[BodyPart].Leading
	if d := s.code(it.entry); d != nil {
		d.Before = leading / 2
		if p, ok := last(it.blocks).(*typeset.Paragraph); ok {
			p.Keep = true
		}
		it.blocks = append(it.blocks, d)
	}
	it.blocks = append(it.blocks, &typeset.Drawing{Mark: it.prefix + "end"})
}

func last(bs []typeset.Block) typeset.Block {
	if len(bs) == 0 {
		return nil
	}
	return bs[len(bs)-1]
}

// code draws the permanent address of an entry as a QR code with a line that
// says what it is for; nil where the site has no address.
func (s *setting) code(e *catalog.Entry) *typeset.Drawing {
	if s.base() == "" {
		return nil
	}
	address := s.base() + e.Address
	c, err := qr.New(address)
	if err != nil {
		return nil
	}
	side := typeset.MM(16)
	column := s.style.Geometry.Column()
	d := &typeset.Drawing{Height: side, Links: []typeset.Link{{X: column - side, Width: side, Height: side, To: address}}}
	d.Pictures = []typeset.PlacedPicture{s.stamp(c, address, column-side, 0, side)}
	l := &s.style.Looks[SourcePart]
	x := column - side - l.Size
	for i, text := range []string{s.Words("print.code"), address} {
		spans := l.span(text)
		at := x - s.setter.Width(spans)
		if at < 0 { // an address that is too long for the line
			continue
		}
		d.Runs = append(d.Runs, s.setter.Line(spans, at, side-l.Leading*typeset.Length(1-i)-l.Size/2)...)
	}
	return d
}

// stamp places a QR code on a square without its quiet zone: around it stands
// white paper.
func (s *setting) stamp(c qr.Code, address string, x, y, side typeset.Length) typeset.PlacedPicture {
	name := "qr:" + address
	s.pictures[name] = Picture{Code: &c, Width: c.Size, Height: c.Size}
	return typeset.PlacedPicture{X: x, Y: y, Width: side, Height: side, Name: name}
}

// bookmarks are the outline of an item.
func (it *item) bookmarks(level int, at map[string]place, first int) []Bookmark {
	var out []Bookmark
	if p, ok := at[it.prefix]; ok {
		out = append(out, Bookmark{it.entry.Title(), level, first + p.page, p.y})
	}
	deepest := level
	base := 0
	if len(it.outline) > 0 {
		base = 3
		for _, h := range it.outline {
			base = min(base, h.level)
		}
	}
	for _, h := range it.outline {
		p, ok := at[h.mark]
		if !ok {
			continue
		}
		deepest = min(level+1+h.level-base, deepest+1)
		out = append(out, Bookmark{h.title, deepest, first + p.page, p.y})
	}
	return out
}
