package markup

import "strings"

// A space is where a Parser takes the parts of its trees from, many at once:
// they are small, and a tree has hundreds. No two trees share one, unless the
// Parser takes the memory of the tree before.
type space struct {
	blocks  pool[Block]
	inlines pool[Inline]
	lists   pool[*Block]
	ids     strings.Builder
	used    map[string]int // anchors of the tree that is made now
	refs    map[Ref]int    // its mentions
	parts   []part         // of its body
	written Fragment       // of the tree before, where its memory is taken again
	again   bool           // whether it is
}

func newSpace() *space { return &space{used: map[string]int{}, refs: map[Ref]int{}} }

// clear forgets the tree before.
func (s *space) clear() {
	clear(s.used)
	clear(s.refs)
	if s.again {
		s.blocks.back()
		s.inlines.back()
		s.lists.back()
	}
}

// A pool gives away memory piece by piece.
type pool[T any] struct {
	free []T
	all  [][]T // what it made, where it may be taken back
	next int   // in all
}

// take returns n pieces, which hold anything; many are made at once. They are
// remembered where again says so.
func (p *pool[T]) take(n, many int, again bool) []T {
	if n > len(p.free) {
		if p.next == len(p.all) {
			made := make([]T, many)
			if !again {
				p.free = made
				return p.cut(n)
			}
			p.all = append(p.all, made)
		}
		p.free = p.all[p.next]
		p.next++
	}
	return p.cut(n)
}

func (p *pool[T]) cut(n int) []T {
	t := p.free[:n:n]
	p.free = p.free[n:]
	return t
}

// back takes back all that was given away.
func (p *pool[T]) back() { p.free, p.next = nil, 0 }

// What is taken at once.
const (
	manyBlocks  = 64
	manyInlines = 128
	manyBytes   = 4096
)

// block returns a block like b.
func (s *space) block(b Block) *Block {
	p := &s.blocks.take(1, manyBlocks, s.again)[0]
	*p = b
	return p
}

// inline returns an empty list with room for n inlines.
func (s *space) inline(n int) []Inline {
	if n > manyInlines/4 && n > len(s.inlines.free) {
		return make([]Inline, 0, n)
	}
	return s.inlines.take(n, manyInlines, s.again)[:0]
}

// list returns an empty list with room for the blocks that most units have.
func (s *space) list() []*Block {
	const few = 2
	return s.lists.take(few, manyBlocks, s.again)[:0]
}

// id returns the strings as one.
func (s *space) id(words ...string) string {
	n := 0
	for _, w := range words {
		n += len(w)
	}
	if s.ids.Len()+n > s.ids.Cap() {
		s.ids.Reset()
		s.ids.Grow(max(n, manyBytes))
	}
	start := s.ids.Len()
	for _, w := range words {
		s.ids.WriteString(w)
	}
	return s.ids.String()[start:]
}
