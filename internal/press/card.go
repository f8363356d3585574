package press

import (
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/qr"
	"gongbao/internal/typeset"
)

// A Card is a picture that stands for a document where others are told of it. It
// is laid out as pages are; one point is one pixel.
type Card struct {
	Name string // card, cover or square
	Page typeset.Page
}

// The sizes of cards in pixels. Cover is the 2.35:1 of articles on WeChat, Square
// the 1:1 of what is shared there.
const (
	shareWidth, shareHeight = 900, 1200
	coverWidth, coverHeight = 900, 383
	squareSide              = 500
)

// Cards lays out the cards of a document: the card to share with title, number,
// issuers, day and the code of its page; cover and thumbnail of an article. Where
// the site has no address, there is no code. Cards say nothing of a status, which
// would freeze in them (design §4). Pictures are the codes, by the names that the
// pages have for them.
func (p *Press) Cards(e *catalog.Entry) (cards []Card, pictures map[string]Picture, findings []diag.Finding) {
	s := p.setting(DocumentStyle(), Options{Purpose: Screen})
	cards = []Card{{"card", s.shareCard(e)}, {"cover", s.coverCard(e)}, {"square", s.squareCard()}}
	b := &Book{}
	for _, c := range cards {
		b.Pages = append(b.Pages, c.Page)
	}
	s.sweep(name(e), b)
	return cards, used(s.pictures, b.Pages), s.findings
}

// px is a distance in pixels.
func px(n int) typeset.Length { return typeset.Length(n) * typeset.Point }

// A box is where something is set.
type box struct{ x, y, width, height typeset.Length }

// A fitting is text in the largest of its sizes at which it fits. Sizes are in
// pixels.
type fitting struct {
	look                 Look
	largest, step, least int
	leading              int // percent of the size
	middle               bool
}

// fit sets paragraphs into a box, in its middle or from its top, and returns how
// far down they reach. What does not fit at the least size is cut at the box.
func (s *setting) fit(page *typeset.Page, f fitting, b box, texts ...string) typeset.Length {
	g := typeset.Geometry{Width: page.Width, Height: page.Height, Inner: b.x, Text: b.width, Depth: b.height}
	for size := f.largest; ; size -= f.step {
		look := f.look
		look.Size, look.Leading = px(size), px(size*f.leading/100)
		var blocks []typeset.Block
		for _, t := range texts {
			blocks = append(blocks, look.paragraph(look.span(t)))
		}
		pages := s.setter.Set(blocks, g)
		if len(pages) > 1 && size-f.step >= f.least {
			continue
		}
		runs := pages[0].Runs
		last := typeset.Length(0)
		for _, r := range runs {
			last = max(last, r.Y+r.Size*12/100) // under the baseline
		}
		down := b.y
		if f.middle {
			down += (b.height - last) / 2
		}
		for _, r := range runs {
			r.Y += down
			page.Runs = append(page.Runs, r)
		}
		return down + last
	}
}

func (s *setting) card(width, height int) typeset.Page {
	return typeset.Page{Width: px(width), Height: px(height)}
}

// fitTitle sets a title with lines that end where titles like to end, somewhat
// smaller for it; where that asks too much, lines end where they are full.
func (s *setting) fitTitle(page *typeset.Page, f fitting, b box, e *catalog.Entry) typeset.Length {
	title := cardTitle(e)
	for size := f.largest; size*100 >= f.largest*65 && size >= f.least; size -= f.step {
		lines := TitleLines(title, e.Document.Issuers, int(b.width/px(size)))
		fits := px(len(lines)*size*f.leading/100) <= b.height
		for _, l := range lines {
			f.look.Size = px(size)
			fits = fits && s.setter.Width(f.look.span(l)) <= b.width
		}
		if fits {
			f.largest, f.least = size, size
			return s.fit(page, f, b, lines...)
		}
	}
	return s.fit(page, f, b, wishes(title, e.Document.Issuers))
}

// cardTitle is the title; that of a joint document goes without its issuers, who
// would fill the card.
func cardTitle(e *catalog.Entry) string {
	title, issuers := e.Title(), e.Document.Issuers
	if i := strings.Index(title, "关于"); i > 0 && len(issuers) > 1 && strings.HasPrefix(title, issuers[0]) {
		return title[i:]
	}
	return title
}

// narrow writes a line, smaller where it is wider than width.
func (s *setting) narrow(p *typeset.Page, look Look, text string, align typeset.Align, x, y, width typeset.Length) {
	if w := s.setter.Width(look.span(text)); w > width {
		look.Size = typeset.Length(int64(look.Size) * int64(width) / int64(w))
	}
	s.line(p, &look, text, align, x, y)
}

// shareCard is red at the head, with the gazette's name; then the title and the
// number, and at the foot the signature beside the code.
func (s *setting) shareCard(e *catalog.Entry) typeset.Page {
	const edge, head, foot = 72, 168, 884
	p := s.card(shareWidth, shareHeight)
	p.Rules = append(p.Rules,
		typeset.Rule{Width: p.Width, Height: px(head), Ink: typeset.Red},
		typeset.Rule{Y: px(head + 6), Width: p.Width, Height: px(2), Ink: typeset.Red},
		typeset.Rule{X: px(edge), Y: px(foot), Width: p.Width - 2*px(edge), Height: px(2), Ink: typeset.Red})
	s.narrow(&p, Look{Font: font.Biaosong, Size: px(68), Ink: typeset.White}, s.gazetteName(), typeset.Center, p.Width/2, px(head/2+24), p.Width-2*px(edge))
	s.titled(&p, e, fitting{largest: 64, least: 34, step: 3, leading: 145}, box{px(edge), px(head + 50), p.Width - 2*px(edge), px(foot - head - 90)}, 34, typeset.Black)
	s.cardFoot(&p, e, box{px(edge), px(foot + 40), p.Width - 2*px(edge), px(220)})
	return p
}

// host is an address as people say it.
func host(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	return strings.TrimSuffix(rest, "/")
}

// titled sets the title with the number under it, in the middle of a box.
func (s *setting) titled(p *typeset.Page, e *catalog.Entry, f fitting, b box, small int, ink typeset.Ink) {
	f.look = Look{Font: font.Biaosong, Align: typeset.Balanced, Ink: ink}
	number := Look{Font: font.Fangsong, Size: px(small), Ink: ink}
	under := px(0)
	if e.Document.Number != "" {
		under = px(small * 2)
		b.height -= under
	}
	f.middle = true
	end := s.fitTitle(p, f, b, e)
	s.narrow(p, number, e.Document.Number, typeset.Center, p.Width/2, end+under*3/4+number.Size/4, b.width)
}

// cardFoot has the issuers and the day at the left, and at the right the code
// with what it is for.
func (s *setting) cardFoot(p *typeset.Page, e *catalog.Entry, b box) {
	const code, gap = 200, 40
	if s.base() != "" {
		if c, err := qr.New(s.base() + e.Address); err == nil {
			side := px(max(1, (code+c.Size/2)/c.Size) * c.Size) // of whole pixels a module
			what := Look{Font: font.Hei, Size: px(22), Ink: typeset.Red}
			text := s.Words("print.code")
			width := max(side, s.setter.Width(what.span(text)))
			b.width -= width
			middle := b.x + b.width + width/2
			p.Pictures = append(p.Pictures, s.stamp(c, s.base()+e.Address, middle-side/2, b.y, side))
			s.line(p, &what, text, typeset.Center, middle, b.y+side+px(46))
			b.width -= px(gap)
			s.narrow(p, Look{Font: font.Song, Size: px(22), Ink: typeset.Gray}, host(s.base()), typeset.Start, b.x, b.y+side+px(46), b.width)
		}
	}
	lines := e.Document.Issuers
	if len(lines) > maxIssuers {
		lines = []string{lines[0], s.Words("card.issuers", len(lines))}
	}
	issuers := fitting{look: Look{Font: font.Song, Align: typeset.Start}, largest: 34, least: 22, step: 2, leading: 150}
	day := e.Document.Signed
	if day.IsZero() {
		day = e.Date
	}
	room := b
	room.height = px(136)
	end := b.y
	if len(lines) > 0 {
		end = s.fit(p, issuers, room, lines...)
	}
	if !day.IsZero() {
		look := Look{Font: font.Kai, Size: px(30)}
		s.line(p, &look, day.Zh(), typeset.Start, b.x, end+px(56))
	}
}

// maxIssuers is how many issuers a card names.
const maxIssuers = 4

// coverCard is all red, with the title. WeChat offers to cut the thumbnail out of
// its middle, which no title survives: squareCard is for that.
func (s *setting) coverCard(e *catalog.Entry) typeset.Page {
	p := s.card(coverWidth, coverHeight)
	s.redGround(&p, 12)
	s.narrow(&p, Look{Font: font.Song, Size: px(26), Ink: typeset.White}, s.gazetteName(), typeset.Center, p.Width/2, px(62), p.Width-2*px(60))
	s.titled(&p, e, fitting{largest: 52, least: 24, step: 2, leading: 140}, box{px(60), px(84), p.Width - 2*px(60), px(264)}, 26, typeset.White)
	return p
}

// nameParts cuts the name of a gazette into lines.
var nameParts = strings.NewReplacer("人民政府", "\n人民政府", "公报", "\n公报")

// squareCard is a thumbnail, too small for a title: the gazette's name.
func (s *setting) squareCard() typeset.Page {
	p := s.card(squareSide, squareSide)
	s.redGround(&p, 16)
	look := Look{Font: font.Biaosong, Align: typeset.Balanced, Ink: typeset.White}
	lines := strings.Split(nameParts.Replace(s.gazetteName()), "\n")
	s.fit(&p, fitting{look: look, largest: 96, least: 30, step: 4, leading: 140, middle: true}, box{px(50), px(50), px(squareSide - 100), px(squareSide - 100)}, lines...)
	return p
}

// redGround fills a card, with a thin white frame inside its edge.
func (s *setting) redGround(p *typeset.Page, inset int) {
	const thin = 2
	in := px(inset)
	w, h := p.Width-2*in, p.Height-2*in
	p.Rules = append(p.Rules,
		typeset.Rule{Width: p.Width, Height: p.Height, Ink: typeset.Red},
		typeset.Rule{X: in, Y: in, Width: w, Height: px(thin), Ink: typeset.White},
		typeset.Rule{X: in, Y: in + h - px(thin), Width: w, Height: px(thin), Ink: typeset.White},
		typeset.Rule{X: in, Y: in, Width: px(thin), Height: h, Ink: typeset.White},
		typeset.Rule{X: in + w - px(thin), Y: in, Width: px(thin), Height: h, Ink: typeset.White})
}
