package font

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Make returns a TrueType font with exactly the characters of runes: glyph i+1
// is that of the i-th of them in order, glyph 0 is empty. Each character comes
// from the first face of the role's chain that has it; one that none has is
// empty and as wide as Advance says. With half, every character is half an em
// wide: punctuation that is squeezed.
//
// The font has the tables that PDF needs, no hinting, and the PostScript name
// of the role's face. The same set and characters give the same bytes. A glyph
// that cannot be read is an error: print must not lose it.
func (s *Set) Make(r Role, half bool, runes []rune) ([]byte, error) {
	runes = sortedRunes(runes)
	if len(runes) > 0xFFFE {
		return nil, fmt.Errorf("a font of %d characters", len(runes))
	}
	m := maker{runes: runes, glyphs: make([]glyph, 1, len(runes)+1), half: half}
	m.glyphs[0].advance = em / 2
	if chain := s.chain(r); len(chain) > 0 {
		m.face = chain[0]
	}
	for _, c := range runes {
		g, err := s.glyph(r, half, c)
		if err != nil {
			return nil, err
		}
		m.glyphs = append(m.glyphs, g)
	}
	return m.font()
}

func (s *Set) glyph(r Role, half bool, c rune) (glyph, error) {
	f, id := s.face(r, c)
	var g glyph
	var err error
	switch {
	case f == nil && half:
		return glyph{advance: em / 2}, nil
	case f == nil:
		return glyph{advance: missingAdvance(c)}, nil
	case half:
		g, err = f.halfGlyph(id)
		g.advance = em / 2
	default:
		g, err = f.glyph(id)
	}
	if err != nil {
		return g, fmt.Errorf("read %q (U+%04X) in %s, face %d: %w", c, c, f.file, f.index, err)
	}
	return g, nil
}

// A maker writes one font.
type maker struct {
	face   *Face // gives name and lines; may be nil
	half   bool
	runes  []rune
	glyphs []glyph // of .notdef, then of runes
}

func u16(b []byte, vs ...int) []byte {
	for _, v := range vs {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

func u32(b []byte, vs ...int) []byte {
	for _, v := range vs {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	return b
}

// font assembles the tables, in order of their tags.
func (m *maker) font() ([]byte, error) {
	glyf, loca, long := m.outlines()
	cmap, err := m.cmap()
	if err != nil {
		return nil, err
	}
	hmtx, metrics := m.hmtx()
	box := m.box()
	tables := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", m.os2()},
		{"cmap", cmap},
		{"glyf", glyf},
		{"head", m.head(box, long)},
		{"hhea", m.hhea(box, metrics)},
		{"hmtx", hmtx},
		{"loca", loca},
		{"maxp", m.maxp()},
		{"name", m.names()},
		{"post", u32(nil, 0x30000, 0, 0, 0, 0, 0, 0, 0)},
	}
	n := len(tables)
	size := 12 + 16*n
	for _, t := range tables {
		size += (len(t.data) + 3) &^ 3
	}
	out := make([]byte, 0, size)
	out = append(out, 0, 1, 0, 0)
	out = u16(out, n, 128, 3, 16*n-128)
	at, head := 12+16*n, 0
	for _, t := range tables {
		if t.tag == "head" {
			head = at
		}
		out = append(out, t.tag...)
		out = u32(out, int(checksum(t.data)), at, len(t.data))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, make([]byte, -len(t.data)&3)...)
	}
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out, nil
}

func checksum(b []byte) uint32 {
	var sum uint32
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var rest [4]byte
	copy(rest[:], b)
	return sum + binary.BigEndian.Uint32(rest[:])
}

// outlines writes glyf and loca; long says which of its two forms.
func (m *maker) outlines() (glyf, loca []byte, long bool) {
	total := 0
	for _, g := range m.glyphs {
		total += len(g.data)
	}
	long = total > 2*0xFFFF
	glyf = make([]byte, 0, total+4)
	place := func() {
		if long {
			loca = u32(loca, len(glyf))
		} else {
			loca = u16(loca, len(glyf)/2)
		}
	}
	for _, g := range m.glyphs {
		place()
		glyf = append(glyf, g.data...)
	}
	place()
	if len(glyf) == 0 {
		glyf = append(glyf, 0, 0, 0, 0) // readers refuse an empty table
	}
	return glyf, loca, long
}

// hmtx writes the widths. Those at the end that are equal stand once.
func (m *maker) hmtx() (b []byte, metrics int) {
	metrics = len(m.glyphs)
	for metrics > 1 && m.glyphs[metrics-1].advance == m.glyphs[metrics-2].advance {
		metrics--
	}
	for i, g := range m.glyphs {
		if i < metrics {
			b = u16(b, g.advance)
		}
		b = u16(b, g.xMin)
	}
	return b, metrics
}

var errSegments = errors.New("too many characters that do not follow each other for one font")

// cmap writes the characters: all of them in format 12, those of the first
// plane in format 4, of which a glyph is its character plus a constant.
func (m *maker) cmap() ([]byte, error) {
	type run struct{ first, last, glyph int }
	var runs []run
	for i, r := range m.runes {
		if n := len(runs) - 1; n >= 0 && runs[n].last == int(r)-1 && r != 0x10000 {
			runs[n].last++
		} else {
			runs = append(runs, run{int(r), int(r), i + 1})
		}
	}
	plane := 0
	for plane < len(runs) && runs[plane].first < 0xFFFF {
		plane++
	}
	segments := plane + 1
	if 16+8*segments > 0xFFFF {
		return nil, errSegments
	}
	var ends, starts, deltas []byte
	for _, r := range runs[:plane] {
		ends, starts, deltas = u16(ends, min(r.last, 0xFFFE)), u16(starts, r.first), u16(deltas, r.glyph-r.first)
	}
	ends, starts, deltas = u16(ends, 0xFFFF), u16(starts, 0xFFFF), u16(deltas, 1)
	power := 1
	selector := 0
	for power*2 <= segments {
		power *= 2
		selector++
	}
	b := u16(nil, 0, 2)
	b = u32(u16(b, 3, 1), 20)
	b = u32(u16(b, 3, 10), 20+16+8*segments)
	b = u16(b, 4, 16+8*segments, 0, 2*segments, 2*power, selector, 2*(segments-power))
	b = slices.Concat(b, ends, []byte{0, 0}, starts, deltas, make([]byte, 2*segments))
	b = u32(u16(b, 12, 0), 16+12*len(runs), 0, len(runs))
	for _, r := range runs {
		b = u32(b, r.first, r.last, r.glyph)
	}
	return b, nil
}

// A box is the extent of all glyphs.
type box struct{ xMin, yMin, xMax, yMax, advance, rsb int }

func (m *maker) box() box {
	var b box
	first := true
	for _, g := range m.glyphs {
		b.advance = max(b.advance, g.advance)
		if len(g.data) == 0 {
			continue
		}
		if first {
			b.xMin, b.yMin, b.xMax, b.yMax, b.rsb = g.xMin, g.yMin, g.xMax, g.yMax, g.advance-g.xMax
			first = false
		}
		b.xMin, b.yMin, b.xMax, b.yMax = min(b.xMin, g.xMin), min(b.yMin, g.yMin), max(b.xMax, g.xMax), max(b.yMax, g.yMax)
		b.rsb = min(b.rsb, g.advance-g.xMax)
	}
	return b
}

func (m *maker) head(b box, long bool) []byte {
	const baseline, lsbIsXMin = 1, 2
	h := u32(nil, 0x10000, 0x10000, 0, 0x5F0F3CF5)
	h = u16(h, baseline|lsbIsXMin, em)
	h = append(h, make([]byte, 16)...) // no dates: the same input gives the same bytes
	h = u16(h, b.xMin, b.yMin, b.xMax, b.yMax, 0, 8, 2)
	if long {
		return u16(h, 1, 0)
	}
	return u16(h, 0, 0)
}

// lines returns the vertical measures in thousandths of an em.
func (m *maker) lines() lines {
	l := lines{880, -120, 733, 543} // of a usual Chinese face
	if m.face == nil {
		return l
	}
	f, scale := m.face.lines, func(v int) int { return v * em / m.face.upem }
	if f.ascent > 0 && f.descent <= 0 && f.ascent < 2*m.face.upem && -f.descent < m.face.upem {
		l.ascent, l.descent = scale(f.ascent), scale(f.descent)
	}
	if f.capHeight > 0 && f.capHeight < m.face.upem {
		l.capHeight = scale(f.capHeight)
	}
	if f.xHeight > 0 && f.xHeight < m.face.upem {
		l.xHeight = scale(f.xHeight)
	}
	return l
}

func (m *maker) hhea(b box, metrics int) []byte {
	l := m.lines()
	h := u32(nil, 0x10000)
	return u16(h, l.ascent, l.descent, 0, b.advance, b.xMin, b.rsb, b.xMax, 1, 0, 0, 0, 0, 0, 0, 0, metrics)
}

func (m *maker) maxp() []byte {
	points, contours := 0, 0
	for _, g := range m.glyphs {
		points, contours = max(points, g.points), max(contours, g.contours)
	}
	return u16(u32(nil, 0x10000), len(m.glyphs), points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
}

func (m *maker) os2() []byte {
	l, first, last := m.lines(), 0xFFFF, 0
	if len(m.runes) > 0 {
		first, last = min(int(m.runes[0]), 0xFFFF), min(int(m.runes[len(m.runes)-1]), 0xFFFF)
	}
	weight, licence := 400, 0
	if m.face != nil {
		weight, licence = m.face.weight, int(m.face.fsType)
	}
	total := 0
	for _, g := range m.glyphs {
		total += g.advance
	}
	b := u16(nil, 4, total/len(m.glyphs), weight, 5, licence, 650, 700, 0, 140, 650, 700, 0, 480, 50, 260, 0)
	b = append(b, make([]byte, 10)...) // panose
	b = u32(b, 0, 0, 0, 0)
	b = append(b, "GBAO"...)
	b = u16(b, 64, first, last, l.ascent, l.descent, 0, max(l.ascent, 0), max(-l.descent, 0))
	b = u32(b, 0, 0)
	return u16(b, l.xHeight, l.capHeight, 0, 32, 1)
}

// names writes the names that readers ask for.
func (m *maker) names() []byte {
	ps := "Gongbao"
	if m.face != nil {
		ps = postscript(m.face)
	}
	if m.half {
		ps += "-Half"
	}
	records := []struct {
		id   int
		text string
	}{{familyID, ps}, {2, "Regular"}, {fullID, ps}, {postscriptID, ps}}
	b := u16(nil, 0, len(records), 6+12*len(records))
	var text []byte
	for _, r := range records {
		b = u16(b, 3, 1, 0x409, r.id, 2*len(r.text), len(text))
		for _, c := range []byte(r.text) {
			text = append(text, 0, c)
		}
	}
	return append(b, text...)
}

// postscript returns the PostScript name of a face with the characters that
// PDF takes; faces without one get that of their family, else one that says
// nothing.
func postscript(f *Face) string {
	for _, s := range append([]string{f.postscript}, f.families...) {
		s = strings.Map(func(r rune) rune {
			if r <= ' ' || r > '~' || strings.ContainsRune("[](){}<>/%#", r) {
				return -1
			}
			return r
		}, s)
		if s != "" && len(s) <= 63 {
			return s
		}
	}
	return "Gongbao"
}
