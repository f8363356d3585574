package gram

import "encoding/binary"

// A branch is a node in memory.
type branch struct {
	unit     uint16
	complete bool  // kids are all there are
	below    int32 // nodes below it; 0 where nobody counted them
	list     []int32
	kids     []*branch // by unit
}

// deeper reports whether a node of depth units that n texts hold has children.
func (p Params) deeper(n, depth int) bool { return depth < p.Depth && n > p.Rare }

// trees writes branches into files.
type trees struct {
	Params
	ranks [maxDepth][]int32 // by depth: of every text of a node its place in the list
	page  []byte
}

func newTrees(p Params) *trees { return &trees{Params: p} }

// A parent is what a list counts in. The zero value is all texts.
type parent struct {
	rank []int32 // of its texts, their places in its list
	n    int
}

// leastNode is how many bytes a node below another takes at least: its unit and
// how many texts it has.
const leastNode = 3

// put adds the tree of a node of depth units to a file: in one page if it fits,
// else in groups.
func (t *trees) put(f *file, n *branch, depth int) {
	page, ok := t.node(t.page[:0], n, parent{}, depth)
	t.page = page
	switch {
	case !ok:
		t.groups(f, n, depth)
	case len(page) > pageSize: // a long list without children
		f.page(&f.large, page, t.Stamp, 1)
		f.dir = append(f.dir, 0)
	default:
		f.page(&f.small, page, t.Stamp, 0)
	}
}

// groups adds a node whose children do not stand in its page.
func (t *trees) groups(f *file, n *branch, depth int) {
	outer, g := t.begin(f, n)
	for _, k := range n.kids {
		t.child(&g, k, depth+1)
	}
	g.end(outer)
}

// begin adds a node whose children, which the caller adds in their order, stand in
// groups: between begin and end the directory of the file is that of the groups.
func (t *trees) begin(f *file, n *branch) (outer []byte, g grouper) {
	t.page = t.alone(t.page[:0], n, parent{}, 0)
	f.page(&f.large, t.page, t.Stamp, 1)
	outer, f.dir = f.dir, nil
	return outer, grouper{file: f, stamp: t.Stamp}
}

// child adds a child of depth units to the groups.
func (t *trees) child(g *grouper, n *branch, depth int) {
	page, ok := t.node(t.page[:0], n, parent{}, depth)
	t.page = page
	if ok {
		g.add(n.unit, page)
		return
	}
	g.child(n.unit)
	t.groups(g.file, n, depth)
}

// node appends a node with its children. It gives up, false, when the bytes are
// more than a page.
func (t *trees) node(buf []byte, n *branch, in parent, depth int) ([]byte, bool) {
	if !t.deeper(len(n.list), depth) {
		return t.alone(buf, n, in, 0), true
	}
	buf = t.alone(buf, n, in, 1)
	if len(buf) > pageSize || len(buf)+leastNode*int(n.below) > pageSize {
		return buf, false
	}
	buf = binary.AppendUvarint(buf, uint64(len(n.kids)))
	own := t.rank(n, depth)
	for _, k := range n.kids {
		buf = binary.BigEndian.AppendUint16(buf, k.unit)
		var ok bool
		if buf, ok = t.node(buf, k, own, depth+1); !ok || len(buf) > pageSize {
			return buf, false
		}
	}
	return buf, true
}

// rank readies a node of depth units for being the parent of others.
func (t *trees) rank(n *branch, depth int) parent {
	if t.ranks[depth] == nil {
		t.ranks[depth] = make([]int32, t.Universe)
	}
	rank := t.ranks[depth]
	for i, d := range n.list {
		rank[d] = int32(i)
	}
	return parent{rank, len(n.list)}
}

// alone appends a node's own bytes.
func (t *trees) alone(buf []byte, n *branch, in parent, children int) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(n.list)<<1|children))
	if in.rank == nil {
		in.n = t.Universe
	}
	return appendList(buf, n.list, in)
}
