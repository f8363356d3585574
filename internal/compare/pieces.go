package compare

import (
	"strings"

	"gongbao/internal/zh"
)

// A Piece is a stretch of one side. Changed ones are deleted in the old text,
// inserted in the new. The pieces of a side, joined, are its text.
type Piece struct {
	Text    string
	Changed bool
}

// Steps that one pair of units and a whole comparison may take: a second at
// most. Texts that are so different read better as replaced whole.
const (
	pairSteps  = 20_000_000
	totalSteps = 400_000_000
	manyKeys   = 8000 // from here on sentences are compared first
)

// pieces compares two texts; steps is what is left of the whole comparison.
func pieces(before, after string, steps *int) (old, fresh []Piece) {
	a, b := fold(before), fold(after)
	edits := differences(a, b, steps)
	edits = slide(a, b, edits)
	edits = whole(a, b, join(edits))
	i, j := 0, 0
	for _, e := range edits {
		old = add(old, a.slice(i, e.a0), false)
		fresh = add(fresh, b.slice(j, e.b0), false)
		old = add(old, a.slice(e.a0, e.a1), true)
		fresh = add(fresh, b.slice(e.b0, e.b1), true)
		i, j = e.a1, e.b1
	}
	return add(old, a.rest(i), false), add(fresh, b.rest(j), false)
}

// add appends a piece. White space at the end of a change is no part of it.
func add(ps []Piece, text string, changed bool) []Piece {
	mark := text
	if changed {
		mark = strings.TrimRightFunc(text, zh.IsSpace)
	}
	if mark != "" {
		ps = append(ps, Piece{mark, changed})
	}
	if space := text[len(mark):]; space != "" {
		ps = append(ps, Piece{space, false})
	}
	return ps
}

// differences finds the edits, in long texts by sentences first.
func differences(a, b folded, steps *int) []edit {
	budget := min(pairSteps, *steps)
	if len(a.keys)+len(b.keys) < manyKeys {
		edits, left := diffKeys(a.keys, b.keys, budget)
		*steps -= budget - left
		return edits
	}
	ends := [2][]int{a.sentences(), b.sentences()}
	ids := map[string]rune{}
	coarse, left := diffKeys(a.ids(ends[0], ids), b.ids(ends[1], ids), budget)
	var edits []edit
	for _, e := range coarse {
		a0, b0 := ends[0][e.a0], ends[1][e.b0]
		var fine []edit
		fine, left = diffKeys(a.keys[a0:ends[0][e.a1]], b.keys[b0:ends[1][e.b1]], max(left, 0))
		for _, f := range fine {
			edits = append(edits, edit{f.a0 + a0, f.a1 + a0, f.b0 + b0, f.b1 + b0})
		}
	}
	*steps -= budget - left
	return edits
}

// sentences are the bounds of the sentences, in keys, with 0 and the end.
func (f folded) sentences() []int {
	out := []int{0}
	for i := 1; i < len(f.keys); i++ {
		if strings.ContainsAny(f.text[f.at[i-1]:f.at[i]], "。；;\n") {
			out = append(out, i)
		}
	}
	return append(out, len(f.keys))
}

// ids gives each sentence a key of its own; equal ones have the same.
func (f folded) ids(bounds []int, known map[string]rune) []rune {
	out := make([]rune, len(bounds)-1)
	for i := range out {
		s := keyString(f.keys[bounds[i]:bounds[i+1]])
		id, ok := known[s]
		if !ok {
			id = rune(len(known))
			known[s] = id
		}
		out[i] = id
	}
	return out
}

// slide moves insertions and deletions that fit in several places to the one
// between two marks of punctuation: not 市[-、县-]、区 cut elsewhere.
func slide(a, b folded, edits []edit) []edit {
	for i, e := range edits {
		low, high := 0, len(a.keys)
		if i > 0 {
			low = edits[i-1].a1
		}
		if i+1 < len(edits) {
			high = edits[i+1].a0
		}
		switch {
		case e.a0 == e.a1:
			by := shift(b, e.b0, e.b1, e.a0-low, high-e.a1)
			edits[i] = edit{e.a0 + by, e.a1 + by, e.b0 + by, e.b1 + by}
		case e.b0 == e.b1:
			by := shift(a, e.a0, e.a1, e.a0-low, high-e.a1)
			edits[i] = edit{e.a0 + by, e.a1 + by, e.b0 + by, e.b1 + by}
		}
	}
	return edits
}

// shift returns by how many keys a stretch moves, at most left and right.
func shift(f folded, from, to, left, right int) int {
	best, by := f.breaks(from)+f.breaks(to), 0
	for d := 1; d <= left && f.keys[from-d] == f.keys[to-d]; d++ {
		if s := f.breaks(from-d) + f.breaks(to-d); s > best {
			best, by = s, -d
		}
	}
	for d := 0; d < right && f.keys[from+d] == f.keys[to+d]; d++ {
		if s := f.breaks(from+d+1) + f.breaks(to+d+1); s > best {
			best, by = s, d+1
		}
	}
	return by
}

// join makes one of edits with less between them than they have: a character
// that stayed by chance among changed ones helps nobody.
func join(edits []edit) []edit {
	var out []edit
	for _, e := range edits {
		out = append(out, e)
		for n := len(out); n > 1; n = len(out) {
			x, y := out[n-2], out[n-1]
			gap := y.a0 - x.a1
			if gap > min(x.size(), y.size()) || gap >= max(x.size(), y.size()) {
				break
			}
			out = append(out[:n-2], edit{x.a0, y.a1, x.b0, y.b1})
		}
	}
	return out
}

// whole widens edits to whole numbers and words: 2020 became 2024, not 20 24.
func whole(a, b folded, edits []edit) []edit {
	var out []edit
	for i, e := range edits {
		low, high := 0, len(a.keys)
		if n := len(out); n > 0 {
			low = out[n-1].a1
		}
		if i+1 < len(edits) {
			high = edits[i+1].a0
		}
		for e.a0 > low && a.word(e.a0-1) && (e.a0 < e.a1 && a.goesOn(e.a0) || e.b0 < e.b1 && b.goesOn(e.b0)) {
			e.a0--
			e.b0--
		}
		for e.a1 < high && a.word(e.a1) && (e.a0 < e.a1 && a.joins(e.a1) || e.b0 < e.b1 && b.joins(e.b1)) {
			e.a1++
			e.b1++
		}
		if n := len(out); n > 0 && out[n-1].a1 == e.a0 {
			out[n-1].a1, out[n-1].b1 = e.a1, e.b1
			continue
		}
		out = append(out, e)
	}
	return out
}

// goesOn reports whether key i goes on with the word before it, if there is one.
func (f folded) goesOn(i int) bool { return f.word(i) && f.breaks(i) == 0 }

// joins reports whether what follows key i-1 goes on with its word.
func (f folded) joins(i int) bool { return f.word(i-1) && f.breaks(i) == 0 }
