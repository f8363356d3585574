package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"gongbao/internal/zh"
)

// A pdfCMap says how codes stand in strings and what they stand for.
type pdfCMap struct {
	spaces []pdfCodes // of codes
	ranges []pdfRange
	chars  map[pdfCode]string
	cids   []pdfRange // code to number of glyph
}

type (
	pdfCode  struct{ n, size int }
	pdfCodes struct{ size, lo, hi int }
	pdfRange struct {
		size, lo, hi int
		to           []rune // of lo
		cid          int
	}
)

// maxPDFCodes bounds the codes of one map.
const maxPDFCodes = 100_000

// parseCMap reads a map of characters.
func parseCMap(b []byte) *pdfCMap {
	m := &pdfCMap{chars: map[pdfCode]string{}}
	l := &pdfLexer{b: b}
	var args []any
	for {
		o, ok := l.next()
		if !ok {
			sortRanges(m.ranges)
			sortRanges(m.cids)
			return m
		}
		op, isOp := o.(pdfOp)
		if !isOp {
			if len(args) < 3*maxPDFCodes {
				args = append(args, o)
			}
			continue
		}
		switch op {
		case "endcodespacerange":
			for i := 0; i+1 < len(args) && len(m.spaces) < 100; i += 2 {
				lo, n := codeOf(args[i])
				hi, _ := codeOf(args[i+1])
				if n > 0 {
					m.spaces = append(m.spaces, pdfCodes{n, lo, hi})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args) && len(m.chars) < maxPDFCodes; i += 2 {
				c, n := codeOf(args[i])
				if s, ok := args[i+1].(pdfString); ok && n > 0 {
					m.chars[pdfCode{c, n}] = utf16Text(string(s))
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.addRange(args[i], args[i+1], args[i+2])
			}
		case "endcidrange":
			for i := 0; i+2 < len(args) && len(m.cids) < maxPDFCodes; i += 3 {
				lo, n := codeOf(args[i])
				hi, _ := codeOf(args[i+1])
				cid, _ := args[i+2].(float64)
				m.cids = append(m.cids, pdfRange{size: n, lo: lo, hi: hi, cid: int(cid)})
			}
		case "endcidchar":
			for i := 0; i+1 < len(args) && len(m.cids) < maxPDFCodes; i += 2 {
				lo, n := codeOf(args[i])
				cid, _ := args[i+1].(float64)
				m.cids = append(m.cids, pdfRange{size: n, lo: lo, hi: lo, cid: int(cid)})
			}
		}
		args = args[:0]
	}
}

func (m *pdfCMap) addRange(from, to, target any) {
	lo, n := codeOf(from)
	hi, _ := codeOf(to)
	if n == 0 || hi < lo || len(m.ranges)+len(m.chars) > maxPDFCodes {
		return
	}
	switch t := target.(type) {
	case pdfString:
		m.ranges = append(m.ranges, pdfRange{size: n, lo: lo, hi: hi, to: []rune(utf16Text(string(t)))})
	case []any:
		for i, o := range t {
			if s, ok := o.(pdfString); ok && lo+i <= hi {
				m.chars[pdfCode{lo + i, n}] = utf16Text(string(s))
			}
		}
	}
}

func codeOf(o any) (code, size int) {
	s, _ := o.(pdfString)
	if len(s) > 4 {
		return 0, 0
	}
	for i := range len(s) {
		code = code<<8 | int(s[i])
	}
	return code, len(s)
}

func utf16Text(s string) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	s = s[:min(len(s), 64)] // a glyph is no text
	u := make([]uint16, len(s)/2)
	for i := range u {
		u[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(u))
}

// text returns what a code stands for.
func (m *pdfCMap) text(code, size int) (string, bool) {
	if s, ok := m.chars[pdfCode{code, size}]; ok {
		return s, true
	}
	if r := findRange(m.ranges, code, size); r != nil && len(r.to) > 0 {
		last := len(r.to) - 1
		return string(r.to[:last]) + string(r.to[last]+rune(code-r.lo)), true
	}
	return "", false
}

// cid returns the glyph of a code.
func (m *pdfCMap) cid(code, size int) int {
	if r := findRange(m.cids, code, size); r != nil {
		return r.cid + code - r.lo
	}
	return code
}

func sortRanges(rs []pdfRange) {
	slices.SortStableFunc(rs, func(a, b pdfRange) int { return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.lo, b.lo)) })
}

// findRange returns the range of a code; where ranges overlap, the one that
// begins last.
func findRange(rs []pdfRange, code, size int) *pdfRange {
	i, _ := slices.BinarySearchFunc(rs, code+1, func(r pdfRange, code int) int { return cmp.Or(cmp.Compare(r.size, size), cmp.Compare(r.lo, code)) })
	if i == 0 || rs[i-1].size != size || code > rs[i-1].hi {
		return nil
	}
	return &rs[i-1]
}

// split cuts the first code off a string.
func (m *pdfCMap) split(s string) (code, size int) {
	for n := 1; n <= min(4, len(s)); n++ {
		code = code<<8 | int(s[n-1])
		for _, c := range m.spaces {
			if c.size == n && inCodes(code, c, n) {
				return code, n
			}
		}
	}
	if len(m.spaces) == 0 || m.spaces[0].size > len(s) {
		return firstCode(s, 2)
	}
	return firstCode(s, m.spaces[0].size)
}

// inCodes compares byte by byte, as code spaces are boxes.
func inCodes(code int, c pdfCodes, n int) bool {
	for i := range n {
		b := code >> (8 * i) & 0xff
		if b < c.lo>>(8*i)&0xff || b > c.hi>>(8*i)&0xff {
			return false
		}
	}
	return true
}

func firstCode(s string, n int) (code, size int) {
	n = min(n, len(s))
	for i := range n {
		code = code<<8 | int(s[i])
	}
	return code, n
}

// gb1Rows are the glyphs of Adobe-GB1 that stand in the order of GB 2312: first
// glyph, code of it, how many.
var gb1Rows = [][3]int{
	{96, 0xa1a1, 94}, {190, 0xa2b1, 50}, {240, 0xa2e5, 10}, {250, 0xa2f1, 12}, {262, 0xa3a1, 94}, {356, 0xa4a1, 83}, {439, 0xa5a1, 86},
	{525, 0xa6a1, 24}, {549, 0xa6c1, 53}, {602, 0xa7a1, 33}, {635, 0xa7d1, 33}, {668, 0xa8a1, 32}, {700, 0xa8c5, 38}, {738, 0xa9a4, 76},
}

// gb1Text returns the character of a glyph of Adobe-GB1, as far as they follow
// GB 2312; the others need a table that is not worth its size.
func gb1Text(cid int) string {
	switch {
	case cid >= 1 && cid <= 95:
		return string(rune(cid + 0x1f))
	case cid >= 814 && cid <= 907:
		return string(rune(cid - 814 + 0x21))
	case cid >= 940 && cid < 4695:
		return gbkText((0xb0+(cid-940)/94)<<8 | (0xa1 + (cid-940)%94))
	case cid >= 4695 && cid < 4695+(0xf8-0xd8)*94:
		return gbkText((0xd8+(cid-4695)/94)<<8 | (0xa1 + (cid-4695)%94))
	}
	for _, r := range gb1Rows {
		if cid >= r[0] && cid < r[0]+r[2] {
			return gbkText(r[1] + cid - r[0])
		}
	}
	return ""
}

// gbkText decodes one code. The byte before it makes sure that it is not taken
// for UTF-8.
func gbkText(code int) string {
	if code < 0x80 {
		return string(rune(code))
	}
	b, enc, bad := zh.Decode([]byte{0x81, 0x40, byte(code >> 8), byte(code)})
	if enc != zh.GB18030 || bad >= 0 {
		return ""
	}
	return strings.TrimPrefix(string(b), "丂")
}
