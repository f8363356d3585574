package pdf

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
)

// fonts sets right what gopdf says about fonts.
func (f *finisher) fonts() error {
	res, err := f.dict(f.resources, "the resources")
	if err != nil {
		return err
	}
	list, _ := res["Font"].(types.Dict)
	if len(list) != len(f.faces.list) {
		return fmt.Errorf("%d fonts of %d were drawn", len(list), len(f.faces.list))
	}
	for _, face := range f.faces.list {
		if err := f.font(list[face.name], face); err != nil {
			return fmt.Errorf("font %s: %w", face.sfnt.name, err)
		}
	}
	return nil
}

// font sets one font right. Its name gets the prefix of subsets, made of the
// font itself, so that two different subsets have different names.
func (f *finisher) font(o types.Object, face *face) error {
	font, err := f.dict(o, "a font")
	if err != nil {
		return err
	}
	kids, _ := f.get(font["DescendantFonts"]).(types.Array)
	if len(kids) != 1 {
		return fmt.Errorf("%d descendants", len(kids))
	}
	cid, err := f.dict(kids[0], "a font")
	if err != nil {
		return err
	}
	descriptor, err := f.dict(cid["FontDescriptor"], "a font descriptor")
	if err != nil {
		return err
	}
	chars, err := f.unicodeMap(font, face)
	if err != nil {
		return err
	}
	name := types.Name(prefix(face.data) + "+" + face.sfnt.name)
	font["BaseFont"], cid["BaseFont"], descriptor["FontName"] = name, name, name
	cid["CIDToGIDMap"] = types.Name("Identity")
	descriptor["StemV"] = types.Integer(80)
	widths(cid, face.sfnt, chars)
	if f.book.Purpose == press.Archive {
		return f.cidSet(descriptor, face.sfnt)
	}
	return nil
}

// prefix returns the six letters before the name of a subset.
func prefix(data []byte) string {
	sum := sha256.Sum256(data)
	var out [6]byte
	for i := range out {
		out[i] = 'A' + sum[i]%26
	}
	return string(out[:])
}

// A char is a glyph with what it stands for.
type char struct {
	glyph int
	r     rune
}

// unicodeMap replaces the map from glyphs to characters, and returns it. What
// gopdf writes can be read without doubt, although readers cannot.
func (f *finisher) unicodeMap(font types.Dict, face *face) ([]char, error) {
	ref, err := f.reference(font, "ToUnicode")
	if err != nil {
		return nil, err
	}
	s, err := f.stream(ref, "a character map")
	if err != nil {
		return nil, err
	}
	chars, err := parseUnicodeMap(s.Raw)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(chars, func(a, b char) int { return cmp.Compare(a.glyph, b.glyph) })
	for i, c := range chars {
		if c.glyph == 0 || c.glyph >= face.sfnt.glyphs {
			return nil, missing(face, c.r)
		}
		if i > 0 && c.glyph == chars[i-1].glyph {
			return nil, fmt.Errorf("%q shares its glyph", c.r)
		}
	}
	short, err := f.deflated(types.Dict{}, writeUnicodeMap(chars))
	f.set(ref, short)
	return chars, err
}

// parseUnicodeMap reads the ranges of one glyph each that gopdf writes.
func parseUnicodeMap(data []byte) ([]char, error) {
	l := lexer{data: data}
	var out []char
	var hex []int
	for within := false; ; {
		t, err := l.next()
		switch {
		case err != nil:
			return nil, err
		case t.kind == endToken:
			return out, nil
		case t.kind == operatorToken:
			within = string(t.text) == "beginbfrange"
			hex = hex[:0]
		case within && t.kind == hexToken:
			n, ok := parseHex(t.text)
			if !ok {
				return nil, fmt.Errorf("code %q in a character map", t.text)
			}
			if hex = append(hex, n); len(hex) < 3 {
				continue
			}
			if hex[0] != hex[1] {
				return nil, fmt.Errorf("a range of glyphs in a character map")
			}
			out = append(out, char{hex[0], rune(hex[2])})
			hex = hex[:0]
		}
	}
}

const (
	mapHead = "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
	mapTail = "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"
	mapPart = 100 // entries that may follow each other
)

// writeUnicodeMap writes a character map.
func writeUnicodeMap(chars []char) []byte {
	var b bytes.Buffer
	b.WriteString(mapHead)
	for part := range slices.Chunk(chars, mapPart) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, c := range part {
			fmt.Fprintf(&b, "<%04X><", c.glyph)
			for _, u := range utf16.Encode([]rune{c.r}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString(mapTail)
	return b.Bytes()
}

// widths writes the widths of glyphs: what is one em wide needs no mention,
// and neighbours of one width share it.
func widths(cid types.Dict, s *sfnt, chars []char) {
	const em = 1_000_000
	w := types.Array{}
	for i := 0; i < len(chars); {
		first, width := chars[i].glyph, s.width(chars[i].glyph)
		last := first
		for i++; i < len(chars) && chars[i].glyph == last+1 && s.width(last+1) == width; i++ {
			last++
		}
		if width != em {
			w = append(w, types.Integer(first), types.Integer(last), points(width))
		}
	}
	cid["DW"] = types.Integer(1000)
	if delete(cid, "W"); len(w) > 0 {
		cid["W"] = w
	}
}

// cidSet says which glyphs the font has, as PDF/A-1 wants: all.
func (f *finisher) cidSet(descriptor types.Dict, s *sfnt) error {
	set := bytes.Repeat([]byte{0xFF}, (s.glyphs+7)/8)
	if rest := s.glyphs % 8; rest > 0 {
		set[len(set)-1] = 0xFF << (8 - rest)
	}
	stream, err := f.deflated(types.Dict{}, set)
	descriptor["CIDSet"] = f.add(stream)
	return err
}
