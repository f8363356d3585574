package gram

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A Change is a text of an index that became another: all its blocks, each with
// a 0 behind it.
type Change struct {
	Text     int32
	Old, New []uint16
}

// A Patcher changes the files of an index in which few texts changed, so that
// they are, to the byte, what a Builder would make of all texts.
type Patcher struct {
	p     Params
	edits map[uint32][]edit // by the two units of their tree
	files map[int]bool      // that change
	text  func(int32) ([]uint16, error)
	texts map[int32][]uint16 // as they are now; read when needed
	trees *trees
}

// An edit says that a text has come to hold units, or holds them no more.
type edit struct {
	units []uint16
	text  int32
	add   bool
}

// NewPatcher returns a Patcher of an index with the parameters p. text returns
// what the other texts hold: it is asked for few.
func NewPatcher(p Params, changes []Change, text func(int32) ([]uint16, error)) *Patcher {
	q := &Patcher{p: p, edits: map[uint32][]edit{}, files: map[int]bool{}, text: text, texts: map[int32][]uint16{}, trees: newTrees(p)}
	for _, c := range changes {
		q.texts[c.Text] = c.New
		old, now := p.held(c.Old), p.held(c.New)
		for units := range old {
			if !now[units] {
				q.edit(units, c.Text, false)
			}
		}
		for units := range now {
			if !old[units] {
				q.edit(units, c.Text, true)
			}
		}
	}
	for _, list := range q.edits { // parents before children
		slices.SortFunc(list, func(a, b edit) int {
			return cmp.Or(cmp.Compare(len(a.units), len(b.units)), slices.Compare(a.units, b.units), cmp.Compare(a.text, b.text))
		})
	}
	return q
}

// held are all runs of up to Depth units of a text, as the bytes of their units.
func (p Params) held(text []uint16) map[string]bool {
	b := make([]byte, 0, 2*len(text))
	for _, u := range text {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	out := map[string]bool{}
	for i := range text {
		for k := 1; k <= p.Depth && i+k <= len(text) && text[i+k-1] != 0; k++ {
			out[string(b[2*i:2*(i+k)])] = true
		}
	}
	return out
}

func (q *Patcher) edit(units string, text int32, add bool) {
	e := edit{text: text, add: add}
	for i := 0; i < len(units); i += 2 {
		e.units = append(e.units, uint16(units[i])<<8|uint16(units[i+1]))
	}
	first, second := e.units[0], uint16(0)
	if len(e.units) > 1 {
		second = e.units[1]
	}
	key := uint32(first)<<16 | uint32(second)
	q.edits[key] = append(q.edits[key], e)
	q.files[q.p.Shard(first, second)] = true
}

// Changes reports whether a file changes.
func (q *Patcher) Changes(file int) bool { return q.files[file] }

// File returns what a file becomes that was old. It must not be called from
// several goroutines.
func (q *Patcher) File(n int, old []byte) ([]byte, error) {
	d, need, err := q.p.ReadDir(old)
	if err != nil || need > 0 || d.Size != len(old) {
		return nil, ErrDamaged
	}
	keys := make([]uint32, 0, len(d.trees))
	for k := range d.trees {
		keys = append(keys, k)
	}
	for k := range q.edits {
		if d.trees[k] == nil && q.p.Shard(uint16(k>>16), uint16(k)) == n {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	var f file
	for _, k := range keys {
		t, edits := d.trees[k], q.edits[k]
		if len(edits) == 0 {
			f.dir = binary.BigEndian.AppendUint32(f.dir, k)
			f.dir = append(f.dir, old[t.entry[0]:t.entry[1]]...)
			if pages := old[t.from:t.end()]; t.large {
				f.large = append(f.large, pages...)
			} else {
				f.small = append(f.small, pages...)
			}
			continue
		}
		depth := 2
		if uint16(k) == 0 {
			depth = 1
		}
		root := &branch{}
		if t != nil {
			if root, err = q.p.load(old, t, depth); err != nil {
				return nil, err
			}
		}
		for _, e := range edits {
			root.apply(e, depth)
		}
		if len(root.list) == 0 {
			continue
		}
		f.dir = binary.BigEndian.AppendUint32(f.dir, k)
		if depth == 1 {
			q.trees.put(&f, root, q.p.Depth) // without children
			continue
		}
		if err := q.settle(root, []uint16{uint16(k >> 16), uint16(k)}); err != nil {
			return nil, err
		}
		q.trees.put(&f, root, depth)
	}
	return f.bytes(q.p.Stamp), nil
}

// end is where the pages of a tree end.
func (t *tree) end() int {
	end := t.from + t.size
	for _, g := range t.groups {
		end = max(end, g.tree.end())
	}
	return end
}

// load reads a tree, whose node has depth units.
func (p Params) load(b []byte, t *tree, depth int) (*branch, error) {
	page, err := p.pageOf(b, t)
	if err != nil {
		return nil, err
	}
	n, rest, err := p.branch(page, nil)
	if err != nil || len(rest) > 0 {
		return nil, ErrDamaged
	}
	if !t.large {
		return n, nil
	}
	n.complete = depth > 1 && p.deeper(len(n.list), depth)
	for _, g := range t.groups {
		if g.tree.large {
			kid, err := p.load(b, g.tree, depth+1)
			if err != nil {
				return nil, err
			}
			kid.unit = g.first
			n.kids = append(n.kids, kid)
			continue
		}
		page, err := p.pageOf(b, g.tree)
		if err != nil {
			return nil, err
		}
		for len(page) > 2 {
			unit := binary.BigEndian.Uint16(page)
			var kid *branch
			if kid, page, err = p.branch(page[2:], nil); err != nil {
				return nil, err
			}
			kid.unit = unit
			n.kids = append(n.kids, kid)
		}
		if len(page) > 0 {
			return nil, ErrDamaged
		}
	}
	return n, nil
}

func (p Params) pageOf(b []byte, t *tree) ([]byte, error) {
	if t.size < 2 || t.from+t.size > len(b) {
		return nil, ErrDamaged
	}
	page := b[t.from : t.from+t.size]
	if binary.BigEndian.Uint16(page) != sum16(p.Stamp, page[2:]) {
		return nil, ErrDamaged
	}
	return page[2:], nil
}

// branch reads a node with its children from the start of b.
func (p Params) branch(b []byte, parent []int32) (*branch, []byte, error) {
	u := p.Universe
	if parent != nil {
		u = len(parent)
	}
	list, children, b, err := node(b, u)
	if err != nil {
		return nil, nil, err
	}
	if parent != nil {
		for i, at := range list {
			list[i] = parent[at]
		}
	}
	n := &branch{list: list, complete: children != leaf}
	for ; children > 0; children-- {
		if len(b) < 3 {
			return nil, nil, ErrDamaged
		}
		unit := binary.BigEndian.Uint16(b)
		var kid *branch
		if kid, b, err = p.branch(b[2:], list); err != nil {
			return nil, nil, err
		}
		kid.unit = unit
		n.kids = append(n.kids, kid)
	}
	return n, b, nil
}

// apply takes up an edit as far down as all children are there; settle does the
// rest.
func (n *branch) apply(e edit, depth int) {
	for ; depth < len(e.units); depth++ {
		if !n.complete {
			return
		}
		at, ok := slices.BinarySearchFunc(n.kids, e.units[depth], func(k *branch, u uint16) int { return cmp.Compare(k.unit, u) })
		if !ok {
			if !e.add {
				return
			}
			n.kids = slices.Insert(n.kids, at, &branch{unit: e.units[depth]})
		}
		n = n.kids[at]
	}
	at, ok := slices.BinarySearch(n.list, e.text)
	switch {
	case e.add && !ok:
		n.list = slices.Insert(n.list, at, e.text)
	case !e.add && ok:
		n.list = slices.Delete(n.list, at, at+1)
	}
}

// settle gives a node the children that it ought to have: those of a node that
// has become so frequent that it has children are read out of the texts.
func (q *Patcher) settle(n *branch, units []uint16) error {
	if !q.p.deeper(len(n.list), len(units)) {
		n.kids, n.complete = nil, false
		return nil
	}
	if !n.complete {
		if err := q.expand(n, units); err != nil {
			return err
		}
	}
	n.kids = slices.DeleteFunc(n.kids, func(k *branch) bool { return len(k.list) == 0 })
	for _, k := range n.kids {
		if err := q.settle(k, append(units[:len(units):len(units)], k.unit)); err != nil {
			return err
		}
	}
	return nil
}

// expand reads the children of a node out of its texts.
func (q *Patcher) expand(n *branch, units []uint16) error {
	kids := map[uint16]*branch{}
	for _, d := range n.list {
		text, err := q.textOf(d)
		if err != nil {
			return err
		}
		for i := 0; i+len(units) < len(text); i++ {
			if text[i] != units[0] || !slices.Equal(text[i:i+len(units)], units) {
				continue
			}
			u := text[i+len(units)]
			if u == 0 {
				continue
			}
			k := kids[u]
			if k == nil {
				k = &branch{unit: u}
				kids[u] = k
			}
			if m := len(k.list); m == 0 || k.list[m-1] != d {
				k.list = append(k.list, d)
			}
		}
	}
	n.kids, n.complete = nil, true
	for _, k := range kids {
		n.kids = append(n.kids, k)
	}
	slices.SortFunc(n.kids, func(a, b *branch) int { return cmp.Compare(a.unit, b.unit) })
	return nil
}

func (q *Patcher) textOf(d int32) ([]uint16, error) {
	if t, ok := q.texts[d]; ok {
		return t, nil
	}
	t, err := q.text(d)
	if err == nil {
		q.texts[d] = t
	}
	return t, err
}
