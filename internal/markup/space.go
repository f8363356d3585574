package markup

import "strings"

// A space is where a Parser takes the parts of its trees from, many at once:
// they are small, and a tree has hundreds. No two trees share one.
type space struct {
	blocks  []Block
	inlines []Inline
	lists   []*Block
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

// list returns an empty list with room for the blocks that most units have.
func (s *space) list() []*Block {
	const few = 2
	if len(s.lists) < few {
		s.lists = make([]*Block, manyBlocks)
	}
	l := s.lists[:0:few]
	s.lists = s.lists[few:]
	return l
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
