package gram

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// A Dir is the directory of a file: where its pages are.
type Dir struct {
	Size  int // of the file in bytes
	trees map[uint32]*tree
}

// A tree is where the pages of a node are. groups is nil if its children, if
// any, stand in its page.
type tree struct {
	from, size int
	large      bool
	groups     []group
	entry      [2]int // of the directory, behind its units
}

type group struct {
	first uint16
	tree  *tree // page of consecutive children; large: that child alone
}

// MinRead is how many bytes of a file ReadDir must be given, or all of it.
const MinRead = 16

// ReadDir reads the directory at the start of a file; b may end before the
// file does. need is the number of bytes that it takes, where b is too short.
func (p Params) ReadDir(b []byte) (d *Dir, need int, err error) {
	r := reader{b: b}
	r.skip(4)
	n := r.uvarint()
	size := r.uvarint()
	if r.bad || n > size || size > 1<<31 {
		return nil, 0, ErrDamaged
	}
	end := r.at + n
	if end > len(b) {
		return nil, end, nil
	}
	if binary.BigEndian.Uint32(b) != sum32(p.Stamp, b[4:end]) {
		return nil, 0, ErrDamaged
	}
	r.b = b[:end]
	d = &Dir{Size: size, trees: map[uint32]*tree{}}
	var order []*tree
	for r.at < end && !r.bad {
		key := r.uint32()
		t := &tree{}
		t.entry[0] = r.at
		r.tree(t)
		t.entry[1] = r.at
		d.trees[key] = t
		order = append(order, t)
	}
	at := end
	for _, t := range order {
		if !t.large {
			t.from = at
			at += t.size
		}
	}
	for _, t := range order {
		if t.large {
			at = t.place(at)
		}
	}
	if r.bad || at != size {
		return nil, 0, ErrDamaged
	}
	return d, 0, nil
}

func (t *tree) place(at int) int {
	t.from = at
	at += t.size
	for _, g := range t.groups {
		at = g.tree.place(at)
	}
	return at
}

// A reader reads numbers; what is not there sets bad.
type reader struct {
	b   []byte
	at  int
	bad bool
}

func (r *reader) skip(n int) {
	if r.at += n; r.at > len(r.b) {
		r.at, r.bad = len(r.b), true
	}
}

func (r *reader) uvarint() int {
	v, n := binary.Uvarint(r.b[r.at:])
	if n <= 0 || v > 1<<40 {
		r.bad = true
		return 0
	}
	r.at += n
	return int(v)
}

func (r *reader) uint16() uint16 {
	at := r.at
	r.skip(2)
	if r.bad {
		return 0
	}
	return binary.BigEndian.Uint16(r.b[at:])
}

func (r *reader) uint32() uint32 { return uint32(r.uint16())<<16 | uint32(r.uint16()) }

func (r *reader) tree(t *tree) {
	v := r.uvarint()
	t.size, t.large = v>>1, v&1 == 1
	if !t.large {
		return
	}
	n := r.uvarint()
	for ; n > 0 && !r.bad; n-- {
		g := group{first: r.uint16(), tree: &tree{}}
		r.tree(g.tree)
		t.groups = append(t.groups, g)
	}
}

// A Walk is a query's way down a tree, as far as it is known. It begins with
// Params.Walk and goes on with Page until Need is zero.
type Walk struct {
	From, Need int // the page to read: place in the file, bytes; Need 0: done

	List  []int32 // the texts that have the first Depth units of the query; valid when done
	Exact bool    // Depth is all of the query, or of its first Params.Depth units; or nobody has it
	Depth int

	p     Params
	query []uint16
	node  bool // the page begins with the node of Depth units; else it is a group of children
}

// Walk begins the lookup of a query whose first two units (0 for the second of
// a single one) have their tree in the file.
func (p Params) Walk(d *Dir, query []uint16) Walk {
	w := Walk{p: p, query: query[:min(len(query), p.Depth)]}
	key := uint32(query[0]) << 16
	if len(query) > 1 {
		key |= uint32(query[1])
	}
	t := d.trees[key]
	if t == nil {
		w.Exact = true // nobody has the pair
		return w
	}
	w.Depth = min(2, len(query))
	for {
		if w.Depth == len(w.query) || len(t.groups) == 0 {
			return w.read(t, true)
		}
		unit := w.query[w.Depth]
		var g *group
		for i := range t.groups {
			if t.groups[i].first > unit {
				break
			}
			g = &t.groups[i]
		}
		switch {
		case g == nil || g.tree.large && g.first != unit:
			w.Exact = true // no such child
			return w
		case !g.tree.large:
			return w.read(g.tree, false)
		}
		t = g.tree
		w.Depth++
	}
}

func (w Walk) read(t *tree, node bool) Walk {
	w.node, w.From, w.Need = node, t.from, t.size
	return w
}

// Page gives the walk the page that it asked for.
func (w *Walk) Page(b []byte) error {
	if len(b) != w.Need || len(b) < 2 || binary.BigEndian.Uint16(b) != sum16(w.p.Stamp, b[2:]) {
		return ErrDamaged
	}
	w.Need = 0
	if w.node {
		return w.down(b[2:], nil)
	}
	return w.child(b[2:], math.MaxInt, nil)
}

// down goes down from the node of Depth units at the start of b. parent is nil
// where its list counts in all texts.
func (w *Walk) down(b []byte, parent []int32) error {
	list, children, b, err := node(b, w.universe(parent))
	if err != nil {
		return err
	}
	for i, at := range list {
		if parent != nil {
			list[i] = parent[at]
		}
	}
	w.List = list
	w.Exact = w.Depth == len(w.query)
	if w.Exact || children == leaf {
		return nil
	}
	return w.child(b, children, list)
}

// child goes down to the child of the next unit, among n at most.
func (w *Walk) child(b []byte, n int, parent []int32) error {
	for ; n > 0 && len(b) > 2; n-- {
		unit := binary.BigEndian.Uint16(b)
		if unit == w.query[w.Depth] {
			w.Depth++
			return w.down(b[2:], parent)
		}
		var err error
		if b, err = pass(b[2:], w.universe(parent)); err != nil {
			return err
		}
	}
	w.List, w.Exact = nil, true // there is none
	return nil
}

func (w *Walk) universe(parent []int32) int {
	if parent == nil {
		return w.p.Universe
	}
	return len(parent)
}

// pass reads over a node, whose list counts in u, with all below it.
func pass(b []byte, u int) ([]byte, error) {
	list, children, b, err := node(b, u)
	for ; err == nil && children > 0; children-- {
		if len(b) < 3 {
			return nil, ErrDamaged
		}
		b, err = pass(b[2:], len(list))
	}
	return b, err
}

// leaf stands for the number of children of a node that has none because it is
// rare. Another may have 0: nothing follows it anywhere.
const leaf = -1

// node reads a node, whose list counts in u: its list, the number of its
// children, and what stands behind that.
func node(b []byte, u int) (list []int32, children int, rest []byte, err error) {
	r := reader{b: b}
	v := r.uvarint()
	if r.bad {
		return nil, 0, nil, ErrDamaged
	}
	list, b, err = ReadList(b[r.at:], v>>1, u)
	if err != nil || v&1 == 0 {
		return list, leaf, b, err
	}
	r = reader{b: b}
	if children = r.uvarint(); r.bad {
		return nil, 0, nil, ErrDamaged
	}
	return list, children, b[r.at:], nil
}

// Units are the code units of a folded text.
func Units(s string) []uint16 { return utf16.Encode([]rune(s)) }

// Cover returns where walks of a query of n units begin. The first begins with
// the query; the last sees its last three units; long queries have one or two
// between. Texts that all walks hold are candidates. Where the candidates of one
// walk are few, one is enough for a query that it can see whole; where a walk sees
// little more than a pair, pair stands beside pair.
func (p Params) Cover(n int) []int {
	const few, most = 16, 4
	switch {
	case n <= 2, n <= p.Depth && p.Rare <= few:
		return []int{0}
	case p.Depth <= 3 && n > 2*most:
		return []int{0, (n - 2) / 3, (n - 2) * 2 / 3, n - 2}
	case p.Depth <= 3:
		var out []int
		for i := 0; i < n-2; i += 2 {
			out = append(out, i)
		}
		return append(out, n-2)
	case n == 3:
		return []int{0, 1}
	case n <= 7:
		return []int{0, n - 3}
	case n <= 12:
		return []int{0, (n - 3) / 2, n - 3}
	}
	return []int{0, (n - 3) / 3, (n - 3) * 2 / 3, n - 3}
}
