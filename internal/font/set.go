package font

import (
	"crypto/sha256"
	"slices"

	"gongbao/internal/zh"
)

// A Set says which faces serve each role. It is immutable, and its faces guard
// what they keep: a Set may be used from several goroutines.
type Set struct {
	chains [][]*Face // by role; the first face serves it
	served []Served
}

// A Served says what serves one role. Face is nil if nothing does.
type Served struct {
	Role       Role
	Face       *Face
	Configured bool // config.toml names it
	Standin    bool // it is of another role, or none
	Fallbacks  []*Face
}

// Served returns what serves each role, in the order of Roles.
func (s *Set) Served() []Served { return slices.Clone(s.served) }

// chain returns the faces of a role; empty for a role that is none.
func (s *Set) chain(r Role) []*Face {
	if int(r) < len(s.chains) {
		return s.chains[r]
	}
	return nil
}

// face returns the first face of the role's chain that has c, and its glyph
// there; nil if no face has it.
func (s *Set) face(r Role, c rune) (*Face, uint16) {
	for _, f := range s.chain(r) {
		if g := f.load().chars.glyph(c); g != 0 {
			return f, g
		}
	}
	return nil, 0
}

// Has reports whether a face of the role's chain has c.
func (s *Set) Has(r Role, c rune) bool {
	f, _ := s.face(r, c)
	return f != nil
}

// Advance returns the width of c in thousandths of an em, in the first face of
// the role's chain that has it. A character that none has is as wide as its
// kind: 1000 in the Chinese square grid, else 500.
func (s *Set) Advance(r Role, c rune) int {
	if f, g := s.face(r, c); f != nil {
		return f.metrics.advance(g)
	}
	return missingAdvance(c)
}

func missingAdvance(c rune) int {
	const hangul, fullWidth, planes = 0x1100, 0xFF01, 0x20000
	switch {
	case zh.IsHan(c), c >= hangul && c <= 0x115F, c >= 0x2E80 && c <= 0xD7A3, c >= 0xF900 && c <= 0xFAFF,
		c >= 0xFE30 && c <= 0xFE6F, c >= fullWidth && c <= 0xFF60, c >= 0xFFE0 && c <= 0xFFE6,
		c >= 0x2460 && c <= 0x24FF, c >= 0x1F000 && c <= 0x1FAFF, c >= planes && c <= 0x3FFFF:
		return em
	}
	return em / 2
}

// Missing returns the characters of runes that no face of the role's chain
// has, each once, in order.
func (s *Set) Missing(r Role, runes []rune) []rune {
	var out []rune
	for _, c := range sortedRunes(runes) {
		if !s.Has(r, c) {
			out = append(out, c)
		}
	}
	return out
}

func sortedRunes(runes []rune) []rune { return slices.Compact(slices.Sorted(slices.Values(runes))) }

// Sum returns a hash of all chains: with it, the fonts are an input of a build.
func (s *Set) Sum() []byte {
	h := sha256.New()
	for _, chain := range s.chains {
		h.Write([]byte{byte(len(chain) >> 8), byte(len(chain))})
		for _, f := range chain {
			h.Write(f.sum[:])
			h.Write([]byte{byte(f.index >> 8), byte(f.index)})
		}
	}
	return h.Sum(nil)
}
