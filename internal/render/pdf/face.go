package pdf

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"gongbao/internal/font"
	"gongbao/internal/press"
	"gongbao/internal/typeset"
)

// A face is a font of the file: a role, whole or half.
type face struct {
	name string // what gopdf calls it
	data []byte
	sfnt *sfnt
}

// A faceKey finds faces by what runs say.
type faceKey struct {
	font typeset.Font
	half bool
}

// A book's faces, in the order of their names F1, F2, …
type faces struct {
	list []*face
	by   map[faceKey]*face
}

// makeFaces makes a face for every font in which something is printed.
func makeFaces(b *press.Book, fonts Fonts) (*faces, error) {
	like := alike(fonts)
	used, shares := map[faceKey]*runeSet{}, map[faceKey]faceKey{}
	var last *runeSet
	var lastKey faceKey
	for i := range b.Pages {
		for j := range b.Pages[i].Runs {
			r := &b.Pages[i].Runs[j]
			if r.Text == "" {
				continue
			}
			if k := (faceKey{r.Font, r.Half}); last == nil || k != lastKey {
				share := faceKey{like(k.font), k.half}
				if used[share] == nil {
					used[share] = &runeSet{}
				}
				shares[k] = share
				last, lastKey = used[share], k
			}
			last.add(r.Text)
		}
	}
	out, err := openFaces(used, fonts)
	if err != nil {
		return nil, err
	}
	for k, share := range shares {
		out.by[k] = out.by[share]
	}
	return out, nil
}

// alike returns a function that gives the first font with the same typefaces.
// Where one typeface stands in for another the file has it once.
func alike(fonts Fonts) func(typeset.Font) typeset.Font {
	s, ok := fonts.(interface{ Served() []font.Served })
	if !ok {
		return func(f typeset.Font) typeset.Font { return f }
	}
	served := s.Served()
	return func(f typeset.Font) typeset.Font {
		if int(f) >= len(served) || served[f].Face == nil {
			return f
		}
		return typeset.Font(slices.IndexFunc(served, func(s font.Served) bool {
			return s.Face == served[f].Face && slices.Equal(s.Fallbacks, served[f].Fallbacks)
		}))
	}
}

func openFaces(used map[faceKey]*runeSet, fonts Fonts) (*faces, error) {
	var keys []faceKey
	for k := range used {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b faceKey) int {
		return cmp.Or(cmp.Compare(a.font, b.font), compareBools(a.half, b.half))
	})
	out := &faces{by: map[faceKey]*face{}}
	for _, k := range keys {
		f := &face{name: "F" + strconv.Itoa(len(out.list)+1)}
		var err error
		if f.data, err = fonts.Make(font.Role(k.font), k.half, used[k].runes()); err != nil {
			return nil, err
		}
		if f.sfnt, err = parseSfnt(f.data); err != nil {
			return nil, fmt.Errorf("font %d: %w", k.font, err)
		}
		out.list = append(out.list, f)
		out.by[k] = f
	}
	return out, nil
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// A runeSet is a set of characters, quick for the common ones.
type runeSet struct {
	low  [0x10000]bool
	high map[rune]bool
}

func (s *runeSet) add(text string) {
	for _, r := range text {
		switch {
		case r < 0x10000:
			s.low[r] = true
		case s.high == nil:
			s.high = map[rune]bool{r: true}
		default:
			s.high[r] = true
		}
	}
}

// runes returns the characters in order.
func (s *runeSet) runes() []rune {
	var out []rune
	for r, in := range s.low {
		if in {
			out = append(out, rune(r))
		}
	}
	return append(out, slices.Sorted(maps.Keys(s.high))...)
}

// missing says that a face lacks a character, which Make should have said.
func missing(f *face, r rune) error {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return fmt.Errorf("font %v has no glyph for %q (U+%04X)", f.sfnt.name, r, r)
}
