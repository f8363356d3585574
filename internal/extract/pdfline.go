package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"gongbao/internal/zh"
)

// A pdfLine is a printed line. Heights grow upward.
type pdfLine struct {
	glyphs []pdfGlyph // from left to right, none blank
	blanks []pdfGlyph // spaces that the file has
	y      float64    // base line
	size   float64    // of most of it
	x0, x1 float64
	text   string
	page   int // from 1
	number int // running, from 1
	extra  bool
}

// plainGlyphs makes plain characters of forms for printing.
func plainGlyphs(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == 0xa0 || r == 0x3000 || r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case r < ' ' || r == 0x7f || r == 0xad || r >= 0x200b && r <= 0x200f || r == 0xfeff:
		case r >= 0xfb00 && r <= 0xfb04:
			b.WriteString([]string{"ff", "fi", "fl", "ffi", "ffl"}[r-0xfb00])
		case r >= 0x2e80 && r <= 0x2fdf:
			b.WriteString(zh.Fold(string(r))) // radicals that stand for the character
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// linesOf puts the glyphs of a page together into lines, in reading order.
func (p *pdfPage) linesOf() []pdfLine {
	turns := map[int][]pdfGlyph{}
	for _, g := range p.glyphs {
		turns[g.turn] = append(turns[g.turn], g)
	}
	order := sortedKeys(turns)
	slices.SortStableFunc(order, func(a, b int) int { return len(turns[b]) - len(turns[a]) })
	var out []pdfLine
	for _, t := range order {
		out = append(out, columns(stack(turns[t]))...)
	}
	kept := out[:0]
	for _, l := range out {
		if l.text != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// stack sorts glyphs into lines from top to bottom. A glyph belongs to a line
// where half its height, or of the line's, lies within it: small raised ones do.
func stack(glyphs []pdfGlyph) []pdfLine {
	slices.SortStableFunc(glyphs, func(a, b pdfGlyph) int { return cmp.Compare(b.y, a.y) })
	var lines []pdfLine
	for _, g := range glyphs {
		to := -1
		for i := len(lines) - 1; i >= max(0, len(lines)-4); i-- {
			if together(&lines[i], g) {
				to = i
				break
			}
		}
		if to < 0 {
			lines = append(lines, pdfLine{y: g.y, size: g.size})
			to = len(lines) - 1
		}
		l := &lines[to]
		if strings.TrimSpace(g.text) == "" {
			l.blanks = append(l.blanks, g)
			continue
		}
		if len(l.glyphs) == 0 || g.size > l.size*1.2 {
			l.y, l.size = g.y, g.size
		}
		l.glyphs = append(l.glyphs, g)
	}
	slices.SortStableFunc(lines, func(a, b pdfLine) int { return cmp.Compare(b.y, a.y) })
	for i := range lines {
		lines[i].finish()
	}
	return lines
}

func together(l *pdfLine, g pdfGlyph) bool {
	if math.Abs(l.y-g.y) < 0.25*min(l.size, g.size) {
		return true
	}
	lowest := max(l.y-0.15*l.size, g.y-0.15*g.size)
	highest := min(l.y+0.85*l.size, g.y+0.85*g.size)
	return highest-lowest > 0.55*min(l.size, g.size)
}

// finish sorts a line from left to right and writes its text.
func (l *pdfLine) finish() {
	byX := func(a, b pdfGlyph) int { return cmp.Compare(a.x0, b.x0) }
	slices.SortStableFunc(l.glyphs, byX)
	slices.SortStableFunc(l.blanks, byX)
	l.glyphs = once(l.glyphs)
	if len(l.glyphs) == 0 {
		l.text = ""
		return
	}
	l.x0, l.x1 = l.glyphs[0].x0, l.glyphs[0].x1
	l.extra = true
	var b strings.Builder
	blank := 0
	for i, g := range l.glyphs {
		if i > 0 {
			for blank < len(l.blanks) && l.blanks[blank].x0 < l.x1-0.3*g.size {
				blank++
			}
			has := blank < len(l.blanks) && l.blanks[blank].x0 < g.x0
			if apart(l.glyphs[i-1], g, g.x0-l.x1, has) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(g.text)
		l.x1 = max(l.x1, g.x1)
		l.extra = l.extra && g.extra
	}
	l.text = strings.TrimSpace(b.String())
}

// apart reports whether a space stands between two glyphs that are so far apart.
// Latin letters need little, characters of Chinese much: they are often spread
// to fill their line.
func apart(a, b pdfGlyph, gap float64, has bool) bool {
	size := min(a.size, b.size)
	ra, rb := []rune(a.text), []rune(b.text)
	last, first := ra[len(ra)-1], rb[0]
	wide := func(r rune) bool {
		return r >= 0x2e80 || r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…'
	}
	switch {
	case wide(last) && wide(first):
		if unicode.IsPunct(last) || unicode.IsPunct(first) {
			return gap > 0.8*size
		}
		return gap > 0.45*size
	case wide(last) || wide(first):
		if unicode.IsPunct(last) || unicode.IsPunct(first) {
			return gap > 0.6*size || has && gap > 0.3*size
		}
		return gap > 0.12*size
	case has:
		return gap > 0.06*size
	}
	return gap > 0.17*size
}

// once drops glyphs that are printed again at their place to look bold.
func once(gs []pdfGlyph) []pdfGlyph {
	out := gs[:0]
	for _, g := range gs {
		again := false
		for i := len(out) - 1; i >= 0 && i >= len(out)-3; i-- {
			o := out[i]
			again = again || o.text == g.text && g.x0-o.x0 < 0.15*g.size && math.Abs(g.y-o.y) < 0.15*g.size && math.Abs(g.size-o.size) < 0.1*g.size
		}
		if !again {
			out = append(out, g)
		}
	}
	return out
}

const (
	columnLines = 8  // that a column has at least
	columnChars = 10 // that they have at least, taken together
)

// columns reorders lines where the page has two columns: where a gutter runs
// beside many lines, and both sides hold long text up to it.
func columns(lines []pdfLine) []pdfLine {
	if len(lines) < columnLines {
		return lines
	}
	gutter, ok := gutterOf(lines)
	if !ok {
		return lines
	}
	var out, left, right []pdfLine
	flush := func() {
		if len(left) >= columnLines && len(right) >= columnLines && filled(left) && filled(right) {
			out = append(append(out, left...), right...)
		} else {
			out = append(out, mergeSides(left, right)...)
		}
		left, right = nil, nil
	}
	for _, l := range lines {
		a, b, whole := l.cut(gutter)
		if whole {
			flush()
			out = append(out, l)
			continue
		}
		if len(a.glyphs) > 0 {
			left = append(left, a)
		}
		if len(b.glyphs) > 0 {
			right = append(right, b)
		}
	}
	flush()
	return out
}

// gutterOf finds the place between columns: where most lines that could cross it
// have a wide gap.
func gutterOf(lines []pdfLine) (float64, bool) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		if len(l.glyphs) > 0 {
			lo, hi = min(lo, l.x0), max(hi, l.x1)
		}
	}
	best, at := 0, 0.0
	const steps = 40
	for k := range steps {
		x := lo + (hi-lo)*(0.35+0.3*float64(k)/steps)
		n, crossed := 0, 0
		for _, l := range lines {
			a, b, whole := l.cut(x)
			if whole {
				crossed++
			} else if len(a.glyphs) >= columnChars && len(b.glyphs) >= columnChars {
				n++
			}
		}
		if n > crossed && n > best {
			best, at = n, x
		}
	}
	return at, best >= columnLines
}

// cut parts a line at a gutter; whole says that something stands across it.
func (l *pdfLine) cut(x float64) (a, b pdfLine, whole bool) {
	i, _ := slices.BinarySearchFunc(l.glyphs, x, func(g pdfGlyph, x float64) int { return cmp.Compare(g.x0, x) })
	if i > 0 {
		end := l.glyphs[i-1].x1
		if end > x || i < len(l.glyphs) && l.glyphs[i].x0-end < 0.8*l.size {
			return a, b, true
		}
	}
	a, b = pdfLine{y: l.y, size: l.size, blanks: l.blanks}, pdfLine{y: l.y, size: l.size, blanks: l.blanks}
	a.glyphs, b.glyphs = l.glyphs[:i:i], l.glyphs[i:]
	return a, b, false
}

// filled reports whether most lines end where the longest does, as running text.
func filled(lines []pdfLine) bool {
	right := math.Inf(-1)
	chars := 0
	for i := range lines {
		lines[i].finish()
		right = max(right, lines[i].x1)
		chars += len(lines[i].glyphs)
	}
	n := 0
	for _, l := range lines {
		if right-l.x1 < 2*l.size {
			n++
		}
	}
	return 2*n > len(lines) && chars >= columnChars*len(lines)
}

// mergeSides puts the halves of lines together again.
func mergeSides(left, right []pdfLine) []pdfLine {
	all := append(slices.Clone(left), right...)
	slices.SortStableFunc(all, func(a, b pdfLine) int { return cmp.Compare(b.y, a.y) })
	var out []pdfLine
	for _, l := range all {
		if n := len(out); n > 0 && out[n-1].y == l.y {
			out[n-1].glyphs = append(out[n-1].glyphs, l.glyphs...)
			continue
		}
		out = append(out, l)
	}
	for i := range out {
		out[i].finish()
	}
	return out
}
