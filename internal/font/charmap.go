package font

import (
	"encoding/binary"
	"errors"
)

// A charmap gives every character its glyph, 0 where there is none: pages of
// 256 characters, since typesetting asks for each character of a text.
type charmap struct{ pages []*[256]uint16 }

func (c charmap) glyph(r rune) uint16 {
	if p := int(r) >> 8; r >= 0 && p < len(c.pages) && c.pages[p] != nil {
		return c.pages[p][r&0xff]
	}
	return 0
}

func (c *charmap) set(r rune, g uint16) {
	p := int(r) >> 8
	for len(c.pages) <= p {
		c.pages = append(c.pages, nil)
	}
	if c.pages[p] == nil {
		c.pages[p] = new([256]uint16)
	}
	c.pages[p][r&0xff] = g
}

// drop takes out what f reports.
func (c *charmap) drop(f func(r rune, g uint16) bool) {
	for i, p := range c.pages {
		if p == nil {
			continue
		}
		for k, g := range p {
			if g != 0 && f(rune(i<<8|k), g) {
				p[k] = 0
			}
		}
	}
}

var errCharmap = errors.New("no table of Unicode characters")

// parseCharmap reads the widest Unicode subtable of a cmap table. Rows that go
// backwards are left out, so that the work is at most one step a character.
func parseCharmap(b []byte, glyphs int) (charmap, error) {
	if len(b) < 4 {
		return charmap{}, errCharmap
	}
	best, bestRank := []byte(nil), 0
	for i := range min(int(binary.BigEndian.Uint16(b[2:])), (len(b)-4)/8) {
		row := b[4+8*i:]
		offset := int64(binary.BigEndian.Uint32(row[4:]))
		if offset+4 > int64(len(b)) {
			continue
		}
		sub := b[offset:]
		if r := rank(binary.BigEndian.Uint16(row), binary.BigEndian.Uint16(row[2:]), binary.BigEndian.Uint16(sub)); r > bestRank {
			best, bestRank = sub, r
		}
	}
	if bestRank == 0 {
		return charmap{}, errCharmap
	}
	var c charmap
	if binary.BigEndian.Uint16(best) == 12 {
		c.groups(best, glyphs)
	} else {
		c.segments(best, glyphs)
	}
	return c, nil
}

// rank orders subtables: all of Unicode before its first plane, Windows before
// others; 0 for what is not Unicode.
func rank(platform, encoding, format uint16) int {
	switch {
	case format == 12 && platform == 3 && encoding == 10:
		return 4
	case format == 12 && platform == 0:
		return 3
	case format == 4 && platform == 3 && encoding == 1:
		return 2
	case format == 4 && platform == 0:
		return 1
	}
	return 0
}

// groups reads a subtable of format 12.
func (c *charmap) groups(b []byte, glyphs int) {
	if len(b) < 16 {
		return
	}
	last := int64(-1)
	for i := range min(int64(binary.BigEndian.Uint32(b[12:])), int64(len(b)-16)/12) {
		g := b[16+12*i:]
		start, end := int64(binary.BigEndian.Uint32(g)), int64(binary.BigEndian.Uint32(g[4:]))
		id := int64(binary.BigEndian.Uint32(g[8:]))
		if start <= last || end < start || end > 0x10FFFF {
			continue
		}
		last = end
		for r := start; r <= end && id+r-start < int64(glyphs); r++ {
			if k := id + r - start; k > 0 {
				c.set(rune(r), uint16(k))
			}
		}
	}
}

// segments reads a subtable of format 4. Its length field is not looked at:
// that of large tables has overflowed.
func (c *charmap) segments(b []byte, glyphs int) {
	if len(b) < 16 {
		return
	}
	n := min(int(binary.BigEndian.Uint16(b[6:]))/2, (len(b)-16)/8)
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	last := -1
	for i := range n {
		end, start, delta, at := u16(14+2*i), u16(16+2*n+2*i), u16(16+4*n+2*i), 16+6*n+2*i
		offset := u16(at)
		if start <= last || end < start {
			continue
		}
		last = end
		for r := start; r <= end && r < 0xFFFF; r++ {
			g := r
			if offset != 0 {
				k := at + offset + 2*(r-start)
				if k+2 > len(b) {
					break
				}
				if g = u16(k); g == 0 {
					continue
				}
			}
			if g = (g + delta) & 0xFFFF; g > 0 && g < glyphs {
				c.set(rune(r), uint16(g))
			}
		}
	}
}
