package compare

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Passage is a stretch that one text has from another, with the place of its
// first character in both: lines and columns from 1, columns in characters.
type Passage struct {
	Text                   string // as the copy has it
	Line, Col              int    // in the copy
	End                    int    // there, the column behind what of it stands on Line
	SourceLine, SourceCol  int    // in the other text
	letters, start, source int    // how many letters; its first among those of either text
}

const (
	shingle    = 8  // letters that must agree to be noticed
	minPassage = 13 // shorter stretches are names and set phrases
)

// Copied returns which share of the letters of a text stands in another, in
// stretches of 13 letters and more, and the longest of these, at most n. Marks,
// spaces and lines do not count. names, such as the title of the other, are
// nobody's words and count for neither side. Both texts are plain or Markdown.
func Copied(text, of string, names []string, n int) (share float64, longest []Passage) {
	m := memories.Get().(*memory)
	defer memories.Put(m)
	m.text, m.of = lettersOf(m.text[:0], text, names), lettersOf(m.of[:0], of, nil)
	a, b := m.text, m.of
	if len(a) < shingle || len(b) < shingle {
		return 0, nil
	}
	where := &m.where
	where.fill(b)
	copied, own := 0, 0
	var all []Passage
	for i := 0; i < len(a); {
		if a[i].name {
			i++
			continue
		}
		at, size := where.stretch(a, i)
		if size < minPassage {
			own++
			i++
			continue
		}
		copied += size
		all = append(all, Passage{start: i, letters: size, source: at})
		i += size
	}
	if copied+own == 0 {
		return 0, nil
	}
	slices.SortStableFunc(all, func(x, y Passage) int { return cmp.Compare(y.letters, x.letters) })
	all = all[:min(n, len(all))]
	for i := range all {
		p := &all[i]
		first, last, src := a[p.start], a[p.start+p.letters-1], b[p.source]
		p.Text = text[first.at : int(last.at)+utf8.RuneLen(last.r)]
		p.Line, p.Col, p.SourceLine, p.SourceCol = int(first.line), int(first.col), int(src.line), int(src.col)
		end := first
		for _, l := range a[p.start : p.start+p.letters] {
			if l.line == first.line {
				end = l
			}
		}
		p.End = int(end.col) + 1
	}
	return float64(copied) / float64(copied+own), all
}

// A memory is used for one comparison after the other.
type memory struct {
	text, of []letter
	where    places
}

var memories = sync.Pool{New: func() any { return new(memory) }}

// places are where the shingles of a text stand first: a table with open
// addressing, so that no shingle is kept twice.
type places struct {
	stream []rune
	table  []int32 // 1 + the place; 0 for none
	power  uint64  // of the base, for the letter that leaves a shingle
}

// base is of the sums of shingles, which are those of a polynomial modulo 2^64.
const base = 0x9e3779b97f4a7c15

func (p *places) fill(letters []letter) {
	size := 2
	for size < 2*len(letters) {
		size *= 2
	}
	p.table = slices.Grow(p.table[:0], size)[:size]
	clear(p.table)
	p.stream, p.power = p.stream[:0], 1
	for _, l := range letters {
		p.stream = append(p.stream, l.r)
	}
	for range shingle - 1 {
		p.power *= base
	}
	sum := uint64(0)
	for i, r := range p.stream {
		if i >= shingle {
			sum -= p.power * uint64(p.stream[i-shingle])
		}
		sum = sum*base + uint64(r)
		if from := i - shingle + 1; from >= 0 {
			if at := p.slot(sum, p.stream[from:]); p.table[at] == 0 {
				p.table[at] = int32(1 + from)
			}
		}
	}
}

// slot is where the shingle at the start of key stands in the table, or would.
func (p *places) slot(sum uint64, key []rune) int {
	mask := uint64(len(p.table) - 1)
	for at := (sum ^ sum>>29) * base >> 20 & mask; ; at = (at + 1) & mask {
		n := p.table[at]
		if n == 0 || slices.Equal(p.stream[n-1:n-1+shingle], key[:shingle]) {
			return int(at)
		}
	}
}

// stretch returns the longest stretch that begins at letter i and stands in the
// other text where its first shingle stands first.
func (p *places) stretch(a []letter, i int) (at, size int) {
	if i+shingle > len(a) {
		return 0, 0
	}
	var key [shingle]rune
	sum := uint64(0)
	for j := range key {
		if a[i+j].name {
			return 0, 0
		}
		key[j] = a[i+j].r
		sum = sum*base + uint64(key[j])
	}
	n := p.table[p.slot(sum, key[:])]
	if n == 0 {
		return 0, 0
	}
	at, size = int(n)-1, shingle
	for i+size < len(a) && at+size < len(p.stream) && !a[i+size].name && a[i+size].r == p.stream[at+size] {
		size++
	}
	return at, size
}

// A letter is a letter or digit of a text with its place.
type letter struct {
	r             rune
	at, line, col int32
	name          bool
}

// lettersOf appends the letters of a text.
func lettersOf(out []letter, text string, names []string) []letter {
	out = slices.Grow(out, len(text)/3)
	line, col := int32(1), int32(1)
	skip := -1 // until this byte, the letters belong to a name
	for i, r := range text {
		if i >= skip {
			for _, n := range names {
				if n != "" && strings.HasPrefix(text[i:], n) {
					skip = max(skip, i+len(n))
				}
			}
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, letter{r, int32(i), line, col, i < skip})
		}
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	return out
}
