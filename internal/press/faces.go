package press

import (
	"sync/atomic"

	"gongbao/internal/font"
)

// Remember returns fonts that remember what they were asked of the characters
// that texts are made of. They may be used by several goroutines, and for one
// layout after the other.
func Remember(f Fonts) Fonts {
	if r, ok := f.(*remembered); ok {
		return r
	}
	return &remembered{fonts: f}
}

// remembered keeps of each role and character what its fonts say of it, 0 where
// they have not been asked: known, has, and the advance, which fits in 16 bits.
type remembered struct {
	fonts Fonts
	faces [5][0x10000]atomic.Uint32
}

const (
	faceKnown = 1 << 31
	faceHas   = 1 << 30
)

// of returns what is known of a character, 0 for one that is not remembered.
func (m *remembered) of(role font.Role, c rune) uint32 {
	if uint32(c) >= 0x10000 || uint32(role) >= uint32(len(m.faces)) {
		return 0
	}
	at := &m.faces[role][c]
	known := at.Load()
	if known == 0 {
		advance := m.fonts.Advance(role, c)
		if advance != int(int16(advance)) {
			return 0
		}
		known = faceKnown | uint32(uint16(advance))
		if m.fonts.Has(role, c) {
			known |= faceHas
		}
		at.Store(known)
	}
	return known
}

// Advance implements Fonts.
func (m *remembered) Advance(role font.Role, c rune) int {
	if known := m.of(role, c); known != 0 {
		return int(int16(known))
	}
	return m.fonts.Advance(role, c)
}

// Has implements Fonts.
func (m *remembered) Has(role font.Role, c rune) bool {
	if known := m.of(role, c); known != 0 {
		return known&faceHas != 0
	}
	return m.fonts.Has(role, c)
}
