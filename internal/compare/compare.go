// Package compare puts two texts side by side (新旧对照表): which article became
// which, and what changed in it. Any two texts can be compared, an old 办法 with
// the new one that takes its place as well as two versions of one.
//
//	t := compare.Texts(compare.Text{Title: "…", Tree: old}, compare.Text{Title: "…", Tree: fresh})
//	for _, r := range t.Rows { … }
//
// White space and punctuation are no change, nor is the way of writing that
// zh.Fold folds, nor 第12条 for 第十二条; marks between numerals count. Texts are cut
// into articles with their clauses, numbered paragraphs, headings and other
// paragraphs, which are aligned by likeness and number: an inserted article
// shifts the numbers of all that follow.
package compare

import (
	"slices"
	"strings"

	"gongbao/internal/markup"
)

// A Text is one side of a comparison.
type Text struct {
	Title string
	Tree  *markup.Tree
}

// A Kind says what happened to a row.
type Kind string

// The kinds.
const (
	Same       Kind = "same"
	Changed    Kind = "changed" // also split and merged
	Added      Kind = "added"
	Removed    Kind = "removed"
	Moved      Kind = "moved"      // stands in another order; it may have changed
	Renumbered Kind = "renumbered" // only its number changed
)

// A Side is the one half of a row. It has no pieces where there is nothing.
type Side struct {
	Num    string // as written: 第五条; 第五条、第六条 where several became one
	Units  int    // how many units it has; the numbers of all but the first stand in the pieces, too
	Pieces []Piece
}

// A Row is a unit of the old text beside what it became.
type Row struct {
	Kind     Kind
	Heading  bool
	Old, New Side
}

// A Table is the comparison: every unit of both texts stands in it once, in
// the order of the new text.
type Table struct {
	Title Row // of the titles
	Rows  []Row
}

// Same reports whether nothing changed, numbers included.
func (t Table) Same() bool {
	return t.Title.Kind == Same && !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Kind != Same })
}

// Texts compares two texts. The time it takes is bounded.
func Texts(old, fresh Text) Table {
	a, b := units(old.Tree, old.Title), units(fresh.Tree, fresh.Title)
	for i := range a {
		a[i].measure()
	}
	for i := range b {
		b[i].measure()
	}
	kept, moved := align(a, b)
	t := &tabler{a: a, b: b, steps: totalSteps}
	t.group(kept, moved)
	table := Table{Title: t.title(old.Title, fresh.Title)}
	table.Rows = t.rows()
	return table
}

// A group is the units of both sides that make one row.
type group struct {
	old, new []int
	moved    bool
}

type tabler struct {
	a, b   []unit
	steps  int
	groups []*group
	ofOld  []*group // by unit
	ofNew  []*group
}

// group makes a row of each match and joins to it the neighbours that it was
// split from or merged with.
func (t *tabler) group(kept, moved []match) {
	t.ofOld, t.ofNew = make([]*group, len(t.a)), make([]*group, len(t.b))
	for i, m := range append(slices.Clone(kept), moved...) {
		g := &group{old: []int{m.old}, new: []int{m.new}, moved: i >= len(kept)}
		t.groups = append(t.groups, g)
		t.ofOld[m.old], t.ofNew[m.new] = g, g
	}
	for _, g := range t.groups {
		if !t.a[g.old[0]].heading && t.a[g.old[0]].sum != t.b[g.new[0]].sum {
			t.widen(g)
		}
	}
}

// widen takes in neighbours without a match, as long as the two sides of the
// row become more alike.
func (t *tabler) widen(g *group) {
	old, fresh := t.a[g.old[0]].grams, t.b[g.new[0]].grams
	score := similarity(old, fresh)
	for {
		best := score + joinGain
		var take func()
		for _, i := range []int{g.old[0] - 1, g.old[len(g.old)-1] + 1} {
			if i < 0 || i >= len(t.a) || t.ofOld[i] != nil || t.a[i].heading {
				continue
			}
			if u := union(old, t.a[i].grams); similarity(u, fresh) >= best {
				best = similarity(u, fresh)
				take = func() { old, g.old, t.ofOld[i] = u, sorted(g.old, i), g }
			}
		}
		for _, j := range []int{g.new[0] - 1, g.new[len(g.new)-1] + 1} {
			if j < 0 || j >= len(t.b) || t.ofNew[j] != nil || t.b[j].heading {
				continue
			}
			if u := union(fresh, t.b[j].grams); similarity(old, u) >= best {
				best = similarity(old, u)
				take = func() { fresh, g.new, t.ofNew[j] = u, sorted(g.new, j), g }
			}
		}
		if take == nil {
			return
		}
		take()
		score = best
	}
}

func sorted(is []int, i int) []int {
	is = append(is, i)
	slices.Sort(is)
	return is
}

// rows puts the groups into the order of the new text. What was removed stands
// where it stood in the old one, what moved where it stands now.
func (t *tabler) rows() []Row {
	var out []Row
	i := 0
	removed := func(until int) {
		for ; i < until; i++ {
			if t.ofOld[i] == nil {
				out = append(out, t.row(&group{old: []int{i}}))
			}
		}
	}
	for j := range t.b {
		g := t.ofNew[j]
		switch {
		case g == nil:
			out = append(out, t.row(&group{new: []int{j}}))
		case g.new[0] == j:
			if !g.moved {
				removed(g.old[0])
			}
			out = append(out, t.row(g))
		}
	}
	removed(len(t.a))
	return out
}

func (t *tabler) row(g *group) Row {
	old, oldNum := joined(t.a, g.old)
	fresh, newNum := joined(t.b, g.new)
	r := Row{Old: Side{Num: oldNum, Units: len(g.old)}, New: Side{Num: newNum, Units: len(g.new)}}
	switch {
	case len(g.old) == 0:
		r.Kind, r.Heading = Added, t.b[g.new[0]].heading
		r.New.Pieces = []Piece{{fresh, true}}
		return r
	case len(g.new) == 0:
		r.Kind, r.Heading = Removed, t.a[g.old[0]].heading
		r.Old.Pieces = []Piece{{old, true}}
		return r
	}
	r.Heading = t.a[g.old[0]].heading
	r.Old.Pieces, r.New.Pieces = pieces(old, fresh, &t.steps)
	changed := func(p Piece) bool { return p.Changed }
	switch {
	case g.moved:
		r.Kind = Moved
	case slices.ContainsFunc(r.Old.Pieces, changed) || slices.ContainsFunc(r.New.Pieces, changed) || len(g.old) != len(g.new):
		r.Kind = Changed
	case t.a[g.old[0]].key != t.b[g.new[0]].key:
		r.Kind = Renumbered
	default:
		r.Kind = Same
	}
	return r
}

// joined are the texts and numbers of units of one side. The numbers of all
// but the first stand in the text.
func joined(us []unit, is []int) (text, num string) {
	var texts, nums []string
	for n, i := range is {
		s := us[i].text
		if us[i].num != "" {
			nums = append(nums, us[i].num)
			if n > 0 {
				s = us[i].num + "　" + s
			}
		}
		texts = append(texts, s)
	}
	return strings.Join(texts, "\n"), strings.Join(nums, "、")
}

func (t *tabler) title(old, fresh string) Row {
	r := Row{Kind: Same, Heading: true}
	r.Old.Pieces, r.New.Pieces = pieces(old, fresh, &t.steps)
	changed := func(p Piece) bool { return p.Changed }
	if slices.ContainsFunc(r.Old.Pieces, changed) || slices.ContainsFunc(r.New.Pieces, changed) {
		r.Kind = Changed
	}
	return r
}
