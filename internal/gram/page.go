package gram

import (
	"encoding/binary"
	"math"
)

// A Page is a page that was read whole, for many walks.
type Page struct {
	root  knot // without a list where the page is a group of children
	Count int  // of the numbers in all its lists
}

// A knot is a node of a page with all below it.
type knot struct {
	list     []int32 // numbers of texts
	leaf     bool
	children map[uint16]*knot
}

// Read reads the page b that the walk asked for.
func (w *Walk) Read(b []byte) (*Page, error) {
	if len(b) != w.Need || len(b) < 2 || binary.BigEndian.Uint16(b) != sum16(w.p.Stamp, b[2:]) {
		return nil, ErrDamaged
	}
	p := &Page{}
	var err error
	if b = b[2:]; w.node {
		_, err = p.node(&p.root, b, nil, w.p.Universe)
	} else {
		_, err = p.under(&p.root, b, math.MaxInt, nil, w.p.Universe)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// node reads a node, whose list counts in parent, or in u texts where that is
// nil, with all below it. It returns what stands behind.
func (p *Page) node(k *knot, b []byte, parent []int32, u int) ([]byte, error) {
	list, children, b, err := node(b, u)
	if err != nil {
		return nil, err
	}
	for i, at := range list {
		if parent != nil {
			list[i] = parent[at]
		}
	}
	k.list = list
	p.Count += len(list)
	if k.leaf = children == leaf; k.leaf {
		return b, nil
	}
	if len(list) == 0 && children > 0 {
		return nil, ErrDamaged
	}
	return p.under(k, b, children, list, len(list))
}

// under reads the children of a node, n at most.
func (p *Page) under(k *knot, b []byte, n int, parent []int32, u int) ([]byte, error) {
	k.children = map[uint16]*knot{}
	for ; n > 0 && len(b) > 2; n-- {
		c := &knot{}
		unit := binary.BigEndian.Uint16(b)
		var err error
		if b, err = p.node(c, b[2:], parent, u); err != nil {
			return nil, err
		}
		if k.children[unit] == nil {
			k.children[unit] = c
		}
	}
	return b, nil
}

// Take gives the walk the page that it asked for, as Page does. The list belongs
// to the page.
func (w *Walk) Take(p *Page) {
	w.Need = 0
	k := &p.root
	if w.node {
		w.List = k.list
	}
	for at := w.node; ; at = true {
		if at {
			w.List, w.Exact = k.list, w.Depth == len(w.query)
			if w.Exact || k.leaf {
				return
			}
		}
		if k = k.children[w.query[w.Depth]]; k == nil {
			w.List, w.Exact = nil, true // there is none
			return
		}
		w.Depth++
	}
}
