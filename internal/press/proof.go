package press

import (
	"hash/fnv"
	"strconv"

	"gongbao/internal/font"
	"gongbao/internal/typeset"
)

// changed notes a paragraph for the next proof, and marks one that the last
// proof did not have.
func (s *setting) changed(p *typeset.Paragraph) {
	if s.onlyFolios {
		return
	}
	h := fnv.New64a()
	for i := range p.Spans {
		h.Write([]byte(squash(p.Spans[i].Text)))
	}
	sum := h.Sum64()
	s.texts[sum] = true
	p.Bar = s.options.Before != nil && !s.options.Before[sum]
}

// every is how often a line of a proof carries its number.
const every = 5

// proof makes a proof (校样) of pages: which one it is at the head, and numbers of
// lines in the margin, counted anew on each page.
func (s *setting) proof(pages []typeset.Page) {
	if s.options.Purpose != Proof {
		if s.options.Draft {
			s.headline(pages, s.Words("print.draft"))
		}
		return
	}
	g := s.style.Geometry
	small := Look{Font: font.Song, Size: typeset.Pt(7), Ink: typeset.Gray}
	text := s.Words("print.proofs")
	if s.options.Proof > 0 {
		text = s.Words("print.proof", strconv.Itoa(s.options.Proof))
	}
	for i := range pages {
		p := &pages[i]
		n, last := 0, typeset.Length(-1)
		for _, r := range p.Runs {
			if r.Y < g.Top || r.Y > g.Top+g.Depth || r.Y <= last {
				continue // furniture, a raised mark, or the same line
			}
			last = r.Y
			if n++; n%every == 0 {
				s.line(p, &small, strconv.Itoa(n), typeset.End, g.Left(i+1)-typeset.MM(4), r.Y)
			}
		}
	}
	if s.options.Draft {
		text += "　" + s.Words("print.draft")
	}
	s.headline(pages, text)
}

// headline prints a line above everything on every page.
func (s *setting) headline(pages []typeset.Page, text string) {
	head := Look{Font: font.Hei, Size: typeset.Pt(10.5), Ink: typeset.Gray}
	for i := range pages {
		s.line(&pages[i], &head, text, typeset.Center, pages[i].Width/2, typeset.MM(10))
	}
}
