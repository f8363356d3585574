package compare

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
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
	a, b := lettersOf(text, names), lettersOf(of, nil)
	if len(a) < shingle || len(b) < shingle {
		return 0, nil
	}
	where := make(map[string]int, len(b))
	stream := make([]rune, len(b))
	for i, l := range b {
		stream[i] = l.r
	}
	for i := range len(b) - shingle + 1 {
		k := string(stream[i : i+shingle])
		if _, ok := where[k]; !ok {
			where[k] = i
		}
	}
	copied, own := 0, 0
	var all []Passage
	for i := 0; i < len(a); {
		if a[i].name {
			i++
			continue
		}
		at, size := stretch(a, i, stream, where)
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
		p.Text = text[first.at : last.at+len(string(last.r))]
		p.Line, p.Col, p.SourceLine, p.SourceCol = first.line, first.col, src.line, src.col
		end := first
		for _, l := range a[p.start : p.start+p.letters] {
			if l.line == first.line {
				end = l
			}
		}
		p.End = end.col + 1
	}
	return float64(copied) / float64(copied+own), all
}

// stretch returns the longest stretch that begins at letter i and stands in the
// stream where its first shingle stands first.
func stretch(a []letter, i int, stream []rune, where map[string]int) (at, size int) {
	if i+shingle > len(a) {
		return 0, 0
	}
	var key [shingle]rune
	for j := range key {
		if a[i+j].name {
			return 0, 0
		}
		key[j] = a[i+j].r
	}
	at, ok := where[string(key[:])]
	if !ok {
		return 0, 0
	}
	size = shingle
	for i+size < len(a) && at+size < len(stream) && !a[i+size].name && a[i+size].r == stream[at+size] {
		size++
	}
	return at, size
}

// A letter is a letter or digit of a text with its place.
type letter struct {
	r             rune
	at, line, col int
	name          bool
}

func lettersOf(text string, names []string) []letter {
	var out []letter
	line, col := 1, 1
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
			out = append(out, letter{r, i, line, col, i < skip})
		}
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	return out
}
