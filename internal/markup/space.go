package markup

import "strings"

// A space is where a Parser takes the parts of its trees from, many at once:
// they are small, and a tree has hundreds. No two trees share one.
type space struct {
	blocks  []Block
	inlines []Inline
	ids     strings.Builder
	used    map[string]int // anchors of the tree that is made now
	refs    map[Ref]int    // its mentions
	parts   []part         // of its body
}

func newSpace() *space { return &space{used: map[string]int{}, refs: map[Ref]int{}} }

// clear forgets the tree before.
func (s *space) clear() {
	clear(s.used)
	clear(s.refs)
}

// What is taken at once.
const (
	manyBlocks  = 64
	manyInlines = 128
	manyBytes   = 4096
)

// block returns a block like b.
func (s *space) block(b Block) *Block {
	if len(s.blocks) == 0 {
		s.blocks = make([]Block, manyBlocks)
	}
	p := &s.blocks[0]
	s.blocks = s.blocks[1:]
	*p = b
	return p
}

// inline returns an empty list with room for n inlines.
func (s *space) inline(n int) []Inline {
	if n > len(s.inlines) {
		if n > manyInlines/4 {
			return make([]Inline, 0, n)
		}
		s.inlines = make([]Inline, manyInlines)
	}
	in := s.inlines[:0:n]
	s.inlines = s.inlines[n:]
	return in
}

// id returns the three strings as one.
func (s *space) id(a, b, c string) string {
	n := len(a) + len(b) + len(c)
	if n == 0 {
		return ""
	}
	if s.ids.Len()+n > s.ids.Cap() {
		s.ids.Reset()
		s.ids.Grow(max(n, manyBytes))
	}
	start := s.ids.Len()
	s.ids.WriteString(a)
	s.ids.WriteString(b)
	s.ids.WriteString(c)
	return s.ids.String()[start:]
}
