package pdf

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// An sfnt is what the PDF says about a TrueType font besides holding it.
type sfnt struct {
	name     string // PostScript name
	unitsEm  int
	glyphs   int
	advances []uint16 // of the first glyphs; all others are as wide as the last
}

// parseSfnt reads the tables of a font.
func parseSfnt(data []byte) (*sfnt, error) {
	head, hhea, maxp, hmtx := table(data, "head"), table(data, "hhea"), table(data, "maxp"), table(data, "hmtx")
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 {
		return nil, fmt.Errorf("not a TrueType font")
	}
	s := &sfnt{
		name:    postScriptName(table(data, "name")),
		unitsEm: u16(head, 18),
		glyphs:  u16(maxp, 4),
	}
	metrics := u16(hhea, 34)
	if s.unitsEm == 0 || s.glyphs == 0 || metrics == 0 || len(hmtx) < 4*metrics {
		return nil, fmt.Errorf("a TrueType font without widths")
	}
	for i := range metrics {
		s.advances = append(s.advances, uint16(u16(hmtx, 4*i)))
	}
	return s, nil
}

func u16(b []byte, i int) int { return int(binary.BigEndian.Uint16(b[i:])) }

// table returns a table of a font, or nil.
func table(data []byte, tag string) []byte {
	if len(data) < 12 {
		return nil
	}
	for i := range u16(data, 4) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil
		}
		if string(data[at:at+4]) != tag {
			continue
		}
		start, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if start+size > uint64(len(data)) {
			return nil
		}
		return data[start : start+size]
	}
	return nil
}

// width returns the advance of a glyph in millionths of the em.
func (s *sfnt) width(glyph int) int64 {
	i := min(glyph, len(s.advances)-1)
	return (int64(s.advances[i])*1_000_000 + int64(s.unitsEm)/2) / int64(s.unitsEm)
}

// postScriptName returns name 6 of a name table, or "Font".
func postScriptName(t []byte) string {
	if len(t) < 6 {
		return "Font"
	}
	strs := u16(t, 4)
	for i := range u16(t, 2) {
		at := 6 + 12*i
		if at+12 > len(t) {
			break
		}
		start, size := strs+u16(t, at+10), u16(t, at+8)
		if u16(t, at+6) != 6 || start+size > len(t) {
			continue
		}
		if n := plainName(nameString(t[start:start+size], u16(t, at))); n != "" {
			return n
		}
	}
	return "Font"
}

func nameString(b []byte, platform int) string {
	if platform == 1 {
		return string(b)
	}
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(u16(b, i)))
	}
	return string(utf16.Decode(units))
}

// plainName keeps what every reader of PDF accepts in the name of a font.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, s)
}
