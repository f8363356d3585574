package compare

import (
	"cmp"
	"slices"
)

// How alike units must be to be one, from the articles of 48 pairs of laws in
// two versions each: of the pairs at 0.30 and above most are one article, of
// those below 0.28 few. A short text that stands almost whole in a long one is
// the same at any likeness.
const (
	alike       = 0.3
	alikeInside = 0.7  // the share of the shorter text that the longer has
	inside      = 8    // pairs of characters that the shorter must have for that
	alikeMoved  = 0.6  // in another order
	numberBonus = 0.15 // of the same number, where several fit
	joinGain    = 0.1  // by which a neighbour must better a pair to be joined
	fewUnits    = 256  // up to here every shared pair of characters finds candidates
	commonGram  = 64   // beyond: those that more units than this share do not
	twins       = 8    // equal units with which one is tried
)

// A match is a pair of units, by index.
type match struct {
	old, new int
	score    float64
}

// align finds which unit became which: the best order-preserving matching,
// then what is left and alike, moved.
func align(a, b []unit) (kept, moved []match) {
	candidates := candidates(a, b)
	kept = heaviest(candidates, len(b))
	usedOld, usedNew := map[int]bool{}, map[int]bool{}
	for _, m := range kept {
		usedOld[m.old], usedNew[m.new] = true, true
	}
	slices.SortStableFunc(candidates, func(x, y match) int { return cmp.Compare(y.score, x.score) })
	for _, m := range candidates {
		if m.score >= alikeMoved && !usedOld[m.old] && !usedNew[m.new] && !a[m.old].heading {
			usedOld[m.old], usedNew[m.new] = true, true
			moved = append(moved, m)
		}
	}
	return kept, moved
}

// candidates are the pairs that may be one, ordered by old, then new.
func candidates(a, b []unit) []match {
	x := newIndex(a)
	var out []match
	for j := range b {
		for _, i := range x.partners(b[j], j) {
			if m, ok := pair(&a[i], &b[j]); ok {
				m.old, m.new = i, j
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(x, y match) int { return cmp.Or(cmp.Compare(x.old, y.old), cmp.Compare(x.new, y.new)) })
	return out
}

// An index finds the old units that have something in common with a new one.
type index struct {
	holders map[uint64][]int // by pair of characters
	sums    map[string][]int
	numbers map[string][]int
	limit   int   // of holders: beyond it a pair of characters says nothing
	counts  []int // of pairs in common; all 0 between calls
}

func newIndex(a []unit) *index {
	x := &index{holders: map[uint64][]int{}, sums: map[string][]int{}, numbers: map[string][]int{}, limit: commonGram, counts: make([]int, len(a))}
	if len(a) <= fewUnits {
		x.limit = len(a)
	}
	for i, u := range a {
		x.sums[u.sum] = append(x.sums[u.sum], i)
		if u.key != "" {
			x.numbers[u.key] = append(x.numbers[u.key], i)
		}
		for _, g := range slices.Compact(slices.Clone(u.grams)) {
			x.holders[g] = append(x.holders[g], i)
		}
	}
	return x
}

// partners are the old units worth comparing with new unit j, in order.
func (x *index) partners(u unit, j int) []int {
	var found []int
	for _, g := range slices.Compact(slices.Clone(u.grams)) {
		if len(x.holders[g]) > x.limit {
			continue
		}
		for _, i := range x.holders[g] {
			if x.counts[i]++; x.counts[i] == 1 {
				found = append(found, i)
			}
		}
	}
	slices.SortFunc(found, func(p, q int) int { return cmp.Or(cmp.Compare(x.counts[q], x.counts[p]), cmp.Compare(p, q)) })
	for _, i := range found {
		x.counts[i] = 0
	}
	found = found[:min(len(found), 2*twins)]
	for _, same := range [][]int{x.sums[u.sum], x.numbers[u.key]} {
		found = append(found, nearest(same, j)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// nearest are the indexes about j, where there are many.
func nearest(is []int, j int) []int {
	at, _ := slices.BinarySearch(is, j)
	return is[max(0, at-twins):min(len(is), at+twins)]
}

// pair scores two units; false where they are not alike.
func pair(a, b *unit) (match, bool) {
	if a.heading != b.heading {
		return match{}, false
	}
	bonus := 0.0
	if a.key == b.key {
		bonus = numberBonus
	}
	if a.sum == b.sum {
		return match{score: 1 + bonus}, true
	}
	n := common(a.grams, b.grams)
	short := min(len(a.grams), len(b.grams))
	s := dice(n, a.grams, b.grams)
	if s < alike && (short < inside || float64(n) < alikeInside*float64(short)) {
		return match{}, false
	}
	return match{score: s + bonus}, true
}

// heaviest returns the matches of the greatest sum that cross nowhere. The
// candidates are ordered by old, then new.
func heaviest(ms []match, n int) []match {
	best := make([]float64, len(ms))
	prev := make([]int, len(ms))
	tree := make([]int, n+1) // Fenwick tree of the heaviest chain that ends before a new unit; 1 + index, 0 for none
	ahead := func(x, y int) bool { return y == 0 || x != 0 && best[x-1] > best[y-1] }
	for lo := 0; lo < len(ms); {
		hi := lo
		for hi < len(ms) && ms[hi].old == ms[lo].old {
			top := 0
			for k := ms[hi].new; k > 0; k -= k & -k {
				if ahead(tree[k], top) {
					top = tree[k]
				}
			}
			best[hi], prev[hi] = ms[hi].score, top
			if top > 0 {
				best[hi] += best[top-1]
			}
			hi++
		}
		for x := lo; x < hi; x++ {
			for k := ms[x].new + 1; k <= n; k += k & -k {
				if ahead(x+1, tree[k]) {
					tree[k] = x + 1
				}
			}
		}
		lo = hi
	}
	end := 0
	for k := n; k > 0; k -= k & -k {
		if ahead(tree[k], end) {
			end = tree[k]
		}
	}
	var out []match
	for x := end; x > 0; x = prev[x-1] {
		out = append(out, ms[x-1])
	}
	slices.Reverse(out)
	return out
}
