package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"gongbao/internal/press"
)

// openLevels is how many levels of the outline are open at first.
const openLevels = 2

// An item is an entry of the outline with those below it.
type item struct {
	ref  types.IndirectRef
	dict types.Dict
	kids []*item
}

// outline makes the outline. A bookmark that is too deep for the one before it
// stands one level below that.
func (f *finisher) outline() error {
	f.catalog["PageMode"] = types.Name("UseNone")
	if len(f.book.Outline) == 0 {
		return nil
	}
	root := &item{dict: types.Dict{"Type": types.Name("Outlines")}}
	root.ref = f.add(root.dict)
	path := []*item{root}
	for _, m := range f.book.Outline {
		level := min(max(m.Level, 0), len(path)-1)
		path = path[:level+1]
		it := &item{dict: types.Dict{"Title": unicodeString(clean(m.Title)), "Dest": f.destination(target{m.Page, m.Y})}}
		it.ref = f.add(it.dict)
		path[level].kids = append(path[level].kids, it)
		path = append(path, it)
	}
	root.link(0)
	f.catalog["Outlines"] = root.ref
	f.catalog["PageMode"] = types.Name("UseOutlines")
	return nil
}

// link ties an item to those below it, and returns how many of these can be
// seen when it is open.
func (it *item) link(level int) int {
	if len(it.kids) == 0 {
		return 0
	}
	seen := len(it.kids)
	for i, k := range it.kids {
		k.dict["Parent"] = it.ref
		if i > 0 {
			k.dict["Prev"] = it.kids[i-1].ref
		}
		if i+1 < len(it.kids) {
			k.dict["Next"] = it.kids[i+1].ref
		}
		if n := k.link(level + 1); level+1 < openLevels {
			seen += n
		}
	}
	it.dict["First"], it.dict["Last"] = it.kids[0].ref, it.kids[len(it.kids)-1].ref
	it.dict["Count"] = types.Integer(seen)
	if level >= openLevels {
		it.dict["Count"] = types.Integer(-seen)
	}
	return seen
}

// labels makes the numbers that readers show for pages.
func (f *finisher) labels() error {
	ls := slices.Clone(f.book.Labels)
	slices.SortStableFunc(ls, func(a, b press.Label) int { return cmp.Compare(a.Page, b.Page) })
	if len(ls) == 0 {
		return nil
	}
	var nums types.Array
	if ls[0].Page > 0 {
		nums = append(nums, types.Integer(0), types.Dict{"S": types.Name("D")})
	}
	for _, l := range ls {
		if l.Page < 0 || l.Page >= len(f.pages) {
			return fmt.Errorf("a label of page %d, which does not exist", l.Page+1)
		}
		nums = append(nums, types.Integer(l.Page), label(l))
	}
	if len(nums) > 8000 {
		return fmt.Errorf("%d labels of pages", len(ls))
	}
	f.catalog["PageLabels"] = types.Dict{"Nums": nums}
	return nil
}

func label(l press.Label) types.Dict {
	d := types.Dict{}
	switch l.Style {
	case "D", "R", "r", "A", "a":
		d["S"] = types.Name(l.Style)
	}
	if p := clean(l.Prefix); p != "" {
		d["P"] = unicodeString(p)
	}
	if l.Start > 1 {
		d["St"] = types.Integer(l.Start)
	}
	return d
}
