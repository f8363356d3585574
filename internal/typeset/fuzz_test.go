package typeset_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gongbao/internal/typeset"
)

// Fonts of the fuzz target: they tell where a run comes from.
const (
	flowFont typeset.Font = iota
	headFont
	tailFont
)

// fuzzWidths has characters of no width and of two ems.
func fuzzWidths(_ typeset.Font, r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		return 0
	case r == '⸺':
		return 2000
	}
	return widths(0, r)
}

// silent reports what is no ink.
func silent(r rune) bool {
	return r <= ' ' || r == 0x7f || unicode.IsSpace(r) || r == 0x200b || r == 0x200d || r == 0x2060 || r == 0xfeff
}

// A maker makes blocks of bytes and text, and counts what it puts in.
type maker struct {
	shape []byte
	text  []rune
	put   map[typeset.Font]map[rune]int
	notes []*typeset.Note
}

func (m *maker) next(below int) int {
	if len(m.shape) == 0 {
		return 0
	}
	b := int(m.shape[0])
	m.shape = m.shape[1:]
	return b % below
}

func (m *maker) span(f typeset.Font, size typeset.Length) typeset.Span {
	n := min(len(m.text), m.next(64)*m.next(8))
	sp := typeset.Span{Text: string(m.text[:n]), Font: f, Size: size}
	m.text = m.text[n:]
	m.count(sp)
	return sp
}

func (m *maker) count(sp typeset.Span) {
	for _, r := range sp.Text {
		if !silent(r) {
			m.put[sp.Font][r]++
		}
	}
}

func (m *maker) paragraph(f typeset.Font, deep int) *typeset.Paragraph {
	p := &typeset.Paragraph{Leading: 15000, Spans: []typeset.Span{m.span(f, 10000)}}
	k := m.next(256)
	p.Align = typeset.Align(k % 5)
	p.Keep, p.Whole = k&8 != 0, k&16 != 0
	if k&32 != 0 {
		p.First = 20000
	}
	if k&64 != 0 {
		p.Spans = append(p.Spans, m.span(f, 7000))
	}
	if k&128 != 0 && deep < 2 {
		n := &typeset.Note{}
		m.notes = append(m.notes, n)
		p.Spans = append(p.Spans, typeset.Span{Text: "注", Font: f, Size: 6000, Raise: 4000, Note: n})
		m.count(p.Spans[len(p.Spans)-1])
		n.Blocks = append(n.Blocks, m.paragraph(flowFont, deep+1))
		if deep == 1 {
			p.Spans[0].Note = m.notes[0] // a note in a note, and in itself
		}
	}
	return p
}

func (m *maker) table() *typeset.Table {
	t := &typeset.Table{Head: m.next(4), Leading: 15000, Pad: 4000, Line: 500}
	for r := range m.next(40) {
		f := flowFont
		if r < t.Head {
			f = headFont
		}
		var row []typeset.Cell
		for range m.next(9) {
			c := typeset.Cell{Cols: m.next(4), Rows: m.next(60) / 20 * m.next(20), Align: typeset.Align(m.next(5))}
			for range m.next(3) {
				c.Text = append(c.Text, m.paragraph(f, 0))
			}
			row = append(row, c)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Head = min(t.Head, len(t.Rows))
	return t
}

func (m *maker) blocks() []typeset.Block {
	var out []typeset.Block
	for len(m.shape) > 0 && len(out) < 40 {
		switch k := m.next(10); k {
		case 0:
			out = append(out, m.table())
		case 1:
			out = append(out, typeset.Break(m.next(3)))
		case 2:
			out = append(out, &typeset.Picture{Width: typeset.Length(m.next(200)) * 10000, Height: typeset.Length(m.next(200)) * 10000, Keep: m.next(2) > 0})
		case 3:
			out = append(out, &typeset.Drawing{Height: 30000, Foot: true})
		case 4:
			p := m.paragraph(flowFont, 0)
			p.Tail = []typeset.Span{{Text: "99", Font: tailFont, Size: 10000}}
			m.count(p.Tail[0])
			out = append(out, p)
		default:
			out = append(out, m.paragraph(flowFont, 0))
		}
	}
	return out
}

func FuzzSet(f *testing.F) {
	long := strings.Repeat("第一条　为了加强（城市）停车管理，根据《道路交通安全法》，制定本办法——2023年12月施行……", 40)
	f.Add(long, []byte{9, 60, 7, 128, 60, 3, 32, 9, 60, 7, 255, 3, 40, 7}, uint8(28), uint8(22), uint8(1))
	f.Add(long, []byte("\x00\x01\x1e\x05\x01\x00\x01\x01\x1e\x03\x05\x02\x00\x01\x02\x28\x04\x09"+strings.Repeat("\x03\x01\x28\x11\x02\x14\x07\x05", 60)), uint8(40), uint8(30), uint8(2))
	f.Add("http://example.com/"+strings.Repeat("a", 300)+"\u0301 \u200b\u200b⸺⸺ １２3.5％ \u2060", []byte{9, 63, 7, 3, 5, 63, 7, 4, 63, 1, 2}, uint8(3), uint8(2), uint8(0))
	f.Fuzz(func(t *testing.T, text string, shape []byte, ems, lines, columns uint8) {
		if len(text) > 20000 || len(shape) > 2000 {
			t.Skip()
		}
		m := &maker{shape: shape, text: []rune(text), put: map[typeset.Font]map[rune]int{flowFont: {}, headFont: {}, tailFont: {}}}
		g := typeset.Geometry{
			Width: em(400), Height: em(400), Columns: int(columns % 4), Gutter: em(1),
			Depth: typeset.Length(1+lines%60) * 15000,
		}
		g.Text = (em(1+int(ems%60))+g.Gutter)*typeset.Length(max(1, g.Columns)) - g.Gutter
		s := typeset.Setter{Measure: fuzzWidths, Gap: 83}
		blocks := m.blocks()
		pages := s.Set(blocks, g)
		m.check(t, pages)
		for i := range pages {
			inside(t, &pages[i], g)
		}
	})
}

// check compares what was printed with what was put in: heads are repeated,
// leaders come in addition.
func (m *maker) check(t *testing.T, pages []typeset.Page) {
	t.Helper()
	got := map[typeset.Font]map[rune]int{flowFont: {}, headFont: {}, tailFont: {}}
	for i := range pages {
		for _, r := range pages[i].Runs {
			for _, c := range r.Text {
				if !silent(c) {
					got[r.Font][c]++
				}
			}
		}
	}
	for _, f := range []typeset.Font{flowFont, headFont, tailFont} {
		for _, r := range slices.Sorted(maps.Keys(m.put[f])) {
			if n, want := got[f][r], m.put[f][r]; n < want || n > want && f != headFont {
				t.Errorf("%q (font %d) is printed %d times, want %d", r, f, n, want)
			}
		}
	}
}

// inside checks that nothing stands right of its column or under its foot,
// save what is a single character, or not wider than one.
func inside(t *testing.T, p *typeset.Page, g typeset.Geometry) {
	t.Helper()
	for _, r := range p.Runs {
		n, w := 0, -r.Track
		for _, c := range r.Text {
			if silent(c) || fuzzWidths(r.Font, c) == 0 {
				continue
			}
			n++
			if r.Half {
				w += r.Size/2 + r.Track
			} else {
				w += typeset.Length(fuzzWidths(r.Font, c))*r.Size/1000 + r.Track
			}
		}
		col := r.X / (g.Column() + g.Gutter)
		right := col*(g.Column()+g.Gutter) + g.Column()
		if n > 1 && w > r.Size && r.X+w > right+10 && r.Font != tailFont {
			t.Errorf("%q stands from %v to %v, right of %v", r.Text, r.X, r.X+w, right)
		}
		if g.Depth >= 12*15000 && r.Y > g.Depth+15000 {
			t.Errorf("%q stands at %v, under the foot %v", r.Text, r.Y, g.Depth)
		}
	}
}
