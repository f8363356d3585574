package font

import (
	"encoding/binary"
	"unicode"
)

// metrics are what typesetting asks of a face. They never change.
type metrics struct {
	glyphs   int
	upem     int
	advances []uint16 // in the face's units; the last holds for all after it
	chars    charmap
}

// advance returns the width of a glyph in thousandths of an em.
func (m *metrics) advance(g uint16) int {
	if len(m.advances) == 0 {
		return 0
	}
	a := int(m.advances[min(int(g), len(m.advances)-1)])
	return (a*em + m.upem/2) / m.upem
}

// load reads the metrics at the first question. A face whose tables are
// damaged has no characters.
func (f *Face) load() *metrics {
	f.once.Do(func() {
		m, err := f.readMetrics()
		if err != nil {
			f.broken = err
			return
		}
		f.metrics = m
	})
	return &f.metrics
}

func (f *Face) readMetrics() (metrics, error) {
	m := metrics{upem: f.upem}
	b, err := f.read("maxp", 6)
	if err != nil {
		return m, err
	}
	m.glyphs = int(binary.BigEndian.Uint16(b[4:]))
	if b, err = f.read("hhea", 36); err != nil {
		return m, err
	}
	if f.lines.ascent == 0 {
		f.lines.ascent, f.lines.descent = int(int16(binary.BigEndian.Uint16(b[4:]))), int(int16(binary.BigEndian.Uint16(b[6:])))
	}
	n := min(int(binary.BigEndian.Uint16(b[34:])), int(f.table("hmtx").length)/4)
	if b, err = f.read("hmtx", 4*n); err != nil {
		return m, err
	}
	m.advances = make([]uint16, n)
	for i := range m.advances {
		m.advances[i] = binary.BigEndian.Uint16(b[4*i:])
	}
	if b, err = f.read("cmap", int(f.table("cmap").length)); err != nil {
		return m, err
	}
	if m.chars, err = parseCharmap(b, m.glyphs); err != nil {
		return m, err
	}
	return m, f.dropBlanks(&m)
}

// dropBlanks takes characters out that have ink but an empty glyph: some old
// fonts fill their tables with them, and the character would vanish.
func (f *Face) dropBlanks(m *metrics) error {
	t := f.table("loca")
	if t.length == 0 || f.table("CFF ").length > 0 {
		return nil
	}
	head, err := f.read("head", 54)
	if err != nil {
		return err
	}
	size := 2
	if binary.BigEndian.Uint16(head[50:]) != 0 {
		size = 4
	}
	n := min(int(t.length)/size, m.glyphs+1)
	b, err := f.read("loca", n*size)
	if err != nil {
		return err
	}
	m.glyphs = min(m.glyphs, max(n-1, 0))
	m.chars.drop(func(r rune, g uint16) bool {
		if int(g) >= m.glyphs {
			return true
		}
		at := b[int(g)*size:]
		return string(at[:size]) == string(at[size:2*size]) && hasInk(r)
	})
	return nil
}

// hasInk reports whether something is seen where r is printed.
func hasInk(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: // fillers, the blank of Braille
		return false
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}
