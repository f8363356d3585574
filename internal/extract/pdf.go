package extract

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// readPDF reads the text of a PDF file: a paragraph for each printed line.
func readPDF(b []byte, o Options) (d *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, &Problem{Kind: Broken, Detail: "panic"}
		}
	}()
	f, err := openPDF(b)
	if err != nil {
		return nil, err
	}
	dicts, err := f.pages()
	if err != nil {
		return nil, err
	}
	if len(dicts) == 0 {
		return nil, &Problem{Kind: Broken, Detail: "no pages"}
	}
	show := &pdfShow{f: f, fonts: map[pdfRef]*pdfFont{}}
	var pages []*pdfPage
	var lines []pdfLine
	for i, dict := range dicts {
		p, ok := show.show(dict)
		if !ok {
			return nil, &Problem{Kind: Large, Detail: fmt.Sprintf("page %d", i+1)}
		}
		for _, l := range p.linesOf() {
			l.page, l.number = i+1, len(lines)+1
			l.blanks = nil
			lines = append(lines, l)
		}
		p.glyphs = nil
		pages = append(pages, p)
	}
	d = &Document{Format: PDF, Fields: f.info()}
	gone := furniture(lines, pages)
	if p := scanned(lines, gone, pages); p != nil {
		return nil, p
	}
	if slices.Contains(o.Off, Furniture) {
		clear(gone)
	}
	d.writeLines(lines, gone, pages)
	d.pdfProblems(lines, pages, f.cut)
	return d, nil
}

// scanned tells a file without text, or with nothing but a stamp on pictures of
// pages.
func scanned(lines []pdfLine, gone []bool, pages []*pdfPage) *Problem {
	chars, covered, drawn := 0, 0, false
	for i, l := range lines {
		if !gone[i] {
			chars += len(l.glyphs)
		}
	}
	for _, p := range pages {
		if p.covered > 0.5 {
			covered++
		}
		drawn = drawn || p.drawn
	}
	switch {
	case len(lines) == 0 && !drawn:
		return &Problem{Kind: Broken, Detail: "no text"}
	case len(lines) == 0, covered == len(pages) && chars < 10*len(pages):
		return &Problem{Kind: Scanned}
	}
	return nil
}

// writeLines makes blocks of lines.
func (d *Document) writeLines(lines []pdfLine, gone []bool, pages []*pdfPage) {
	left, right := margins(lines, gone)
	body := bodySize(lines)
	page := 0
	for i, l := range lines {
		if gone[i] {
			d.Removed = append(d.Removed, Removed{Cleaner: Furniture, Text: l.text, Line: l.number})
			continue
		}
		b := Block{Runs: []Run{{Text: l.text}}, Line: l.number, Page: l.page, Break: l.page != page}
		page = l.page
		if l.glyphs[0].turn == 0 {
			before, after := l.x0-left[l.page-1], right[l.page-1]-l.x1
			width := right[l.page-1] - left[l.page-1]
			b.Indent = before > 1.2*l.size && before < 3.5*l.size
			b.Full = after < 1.6*l.size // a mark that may not begin a line takes a character with it
			switch {
			case (before > 2.5*l.size || l.size > 1.2*body && before > -l.size) && math.Abs(before-after) < 1.2*l.size:
				b.Center = true
			case before > 0.45*width && after < 6*l.size:
				b.Right = true
			}
		}
		d.Blocks = append(d.Blocks, b)
	}
}

// bodySize is the size of most characters.
func bodySize(lines []pdfLine) float64 {
	sizes := map[int]int{}
	for _, l := range lines {
		sizes[int(math.Round(2*l.size))] += len(l.glyphs)
	}
	best := 0
	for _, s := range sortedKeys(sizes) {
		if sizes[s] > sizes[best] {
			best = s
		}
	}
	return float64(best) / 2
}

// margins returns where the text of each page begins and ends: as on most pages,
// or for itself where a page is full and lies elsewhere.
func margins(lines []pdfLine, gone []bool) (left, right []float64) {
	var all [2][]float64
	own := map[int]*[2][]float64{}
	last := 0
	for i, l := range lines {
		last = max(last, l.page)
		if gone[i] || l.glyphs[0].turn != 0 {
			continue
		}
		if own[l.page] == nil {
			own[l.page] = &[2][]float64{}
		}
		for _, m := range []*[2][]float64{&all, own[l.page]} {
			m[0], m[1] = append(m[0], l.x0), append(m[1], l.x1)
		}
	}
	ends := func(m *[2][]float64) (float64, float64) {
		if len(m[0]) == 0 {
			return 0, 0
		}
		slices.Sort(m[0])
		slices.Sort(m[1])
		k := len(m[0]) / 20
		return m[0][k], m[1][len(m[1])-1-k]
	}
	l, r := ends(&all)
	for p := range last {
		a, b := l, r
		if m := own[p+1]; m != nil && len(m[0]) >= 8 {
			a, b = ends(m)
		}
		left, right = append(left, a), append(right, b)
	}
	return left, right
}

// pdfProblems notes pictures, pages without text, and characters that nobody can tell.
func (d *Document) pdfProblems(lines []pdfLine, pages []*pdfPage, cut bool) {
	first := make([]int, len(pages)) // line of each page
	for _, l := range slices.Backward(lines) {
		first[l.page-1] = l.number
	}
	problem := func(kind ProblemKind, detail string, line int) {
		d.Problems = append(d.Problems, Problem{Kind: kind, Detail: detail, Line: line})
	}
	if cut {
		problem(Broken, "pdf", 0)
	}
	next := len(lines) + 1
	empty := make([]bool, len(pages))
	for i := range slices.Backward(pages) {
		if empty[i] = first[i] == 0; empty[i] {
			first[i] = next
		}
		next = first[i]
	}
	for i, p := range pages {
		at := fmt.Sprintf("page %d", i+1)
		switch {
		case empty[i] && p.covered > 0.3:
			problem(Scanned, at, first[i])
		case p.pictures > 0:
			problem(PictureLost, at, first[i])
		}
		if p.unknown > 0 {
			problem(Encoding, fmt.Sprintf("%s: %d", at, p.unknown), first[i])
		}
	}
}

var (
	hexTitle = regexp.MustCompile(`^<([0-9A-Fa-f]{2})+>$`)
	pdfDate  = regexp.MustCompile(`^D:(\d{4})(\d{2})(\d{2})`)
)

// info returns what the file says of itself.
func (f *pdfFile) info() []Field {
	d := f.dict(f.trailer["Info"])
	var out []Field
	for _, k := range []struct{ key, label string }{
		{"Title", "title"}, {"Subject", "subject"}, {"Author", "author"}, {"Keywords", "keywords"}, {"CreationDate", "created"}, {"ModDate", "modified"},
	} {
		s, ok := f.get(d[k.key]).(pdfString)
		if !ok || len(s) > 10_000 {
			continue
		}
		v := strings.Join(strings.Fields(pdfText(string(s))), " ")
		if m := pdfDate.FindStringSubmatch(v); m != nil {
			v = m[1] + "-" + m[2] + "-" + m[3]
		}
		if v != "" && utf8.ValidString(v) {
			out = append(out, Field{Label: k.label, Value: v})
		}
	}
	return out
}

// pdfText decodes a string that is no content. Programs of a Chinese Windows
// write GBK, some of them as the digits of it.
func pdfText(s string) string {
	if hexTitle.MatchString(s) {
		s = string(unhex([]byte(s)))
	}
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		u := make([]uint16, (len(s)-2)/2)
		for i := range u {
			u[i] = uint16(s[2+2*i])<<8 | uint16(s[3+2*i])
		}
		s = string(utf16.Decode(u))
	default:
		b, _, bad := zh.Decode([]byte(s))
		if bad >= 0 {
			return ""
		}
		s = string(b)
	}
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) && r != ' ' {
			return -1
		}
		return r
	}, s)
}

func sortedKeys[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }
