package gram

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A space is memory in which the files of one part after the other are made.
type space struct {
	trees *trees
	keys  []keyed
	runs  []int32 // where the windows of each key begin, by its number; and an end
	next  []int32 // where the next window of each key goes
	all   columns // the windows, by key, those of a key in the order of their texts
	other columns // as many as the longest run
	count [1 << 16]int32

	// what the tree of one key takes
	files    []file
	steps    []step
	lists    []int32 // while windows are loaded, the numbers of their keys
	branches []branch
	kids     []*branch
}

// columns are windows without their pairs.
type columns struct {
	units []uint64
	texts []int32
}

func (c columns) part(from, to int32) columns {
	return columns{c.units[from:to], c.texts[from:to]}
}

// fit gives columns n places; what they held is gone.
func (c *columns) fit(n int) {
	if cap(c.units) < n {
		*c = columns{make([]uint64, n), make([]int32, n)}
	}
	*c = columns{c.units[:n], c.texts[:n]}
}

// A keyed pair of units and the number of its run.
type keyed struct {
	key uint32
	run int32
}

// A step is a child of a node that is being made and where its windows end.
type step struct {
	unit uint16
	end  int32
}

// newSpace returns a space for parts of n windows; of more it grows.
func newSpace(p Params, n int) *space {
	s := &space{trees: newTrees(p), lists: make([]int32, 0, n)}
	s.all.fit(n)
	return s
}

// load reads the windows of a part and sorts them by their pairs.
func (s *space) load(blocks func(yield func([]byte)) error) error {
	seen := newTable()
	ids := s.lists[:0]
	counts := s.next[:0]
	err := blocks(func(b []byte) {
		for ; len(b) >= windowSize; b = b[windowSize:] {
			pair := binary.LittleEndian.Uint32(b)
			if pair == 0 {
				continue
			}
			id := seen.id(pair)
			if int(id) == len(counts) {
				counts = append(counts, 0)
			}
			counts[id]++
			ids = append(ids, id)
		}
	})
	if err != nil {
		return err
	}
	s.keys = s.keys[:0]
	for i, k := range seen.keys {
		s.keys = append(s.keys, keyed{k, int32(i)})
	}
	slices.SortFunc(s.keys, func(x, y keyed) int { return cmp.Compare(x.key, y.key) })
	s.runs = append(s.runs[:0], make([]int32, len(counts)+1)...)
	longest, next := int32(0), counts
	s.next = counts
	for i, n := range counts {
		longest = max(longest, n)
		s.runs[i+1] = s.runs[i] + n
		next[i] = s.runs[i]
	}
	s.lists = ids
	s.all.fit(len(ids))
	s.other.fit(int(longest))
	text, at := int32(0), 0
	return blocks(func(b []byte) {
		for ; len(b) >= windowSize; b = b[windowSize:] {
			units := binary.LittleEndian.Uint64(b[4:])
			if binary.LittleEndian.Uint32(b) == 0 {
				text = int32(units)
				continue
			}
			id := ids[at]
			at++
			to := next[id]
			next[id]++
			s.all.units[to], s.all.texts[to] = units, text
		}
	})
}

// write makes the files from (included) to to (excluded) of what was loaded.
func (s *space) write(from, to int) [][]byte {
	p := s.trees.Params
	for len(s.files) < to-from {
		s.files = append(s.files, file{})
	}
	files := s.files[:to-from]
	for i := range files {
		f := &files[i]
		f.dir, f.small, f.large = f.dir[:0], f.small[:0], f.large[:0]
	}
	for _, k := range s.keys {
		first, second := uint16(k.key>>16), uint16(k.key)
		f := &files[p.Shard(first, second)-from]
		f.dir = binary.BigEndian.AppendUint32(f.dir, k.key)
		depth := 2
		if second == 0 {
			depth = p.Depth // without children
		}
		lo, hi := s.runs[k.run], s.runs[k.run+1]
		in, out := s.all.part(lo, hi), s.other.part(0, hi-lo)
		if hi-lo > longRun && depth < p.Depth && s.plant(f, in, out, depth) {
			continue
		}
		s.clear()
		s.trees.put(f, s.grow(in, out, depth), depth)
	}
	out := make([][]byte, to-from)
	for i := range files {
		out[i] = files[i].bytes(p.Stamp)
	}
	return out
}

// longRun is of how many windows a tree is not held in memory whole if that can be
// avoided.
const longRun = 1 << 15

// plant adds the tree of a node of depth units, with one of its children after the
// other in memory; false where that cannot be, and nothing is done.
func (s *space) plant(f *file, in, out columns, depth int) bool {
	s.clear()
	n := &branch{list: s.list(in.texts)}
	if !s.trees.deeper(len(n.list), depth) {
		return false
	}
	s.split(in, out, depth)
	steps := s.steps
	if leastNode*len(steps) <= pageSize { // they may stand in its page
		s.steps = s.steps[:0]
		return false
	}
	outer, g := s.trees.begin(f, n)
	from := int32(0)
	for _, c := range steps {
		s.clear()
		kid := s.grow(out.part(from, c.end), in.part(from, c.end), depth+1)
		kid.unit = c.unit
		s.trees.child(&g, kid, depth+1)
		from = c.end
	}
	g.end(outer)
	s.steps = s.steps[:0]
	return true
}

// clear forgets the branches of a tree, with what they held.
func (s *space) clear() {
	clear(s.branches)
	clear(s.kids)
	s.lists, s.branches, s.kids = s.lists[:0], s.branches[:0], s.kids[:0]
}

// grow makes the branch of a node of depth units out of its windows, in the order
// of their texts. It uses both columns, which are as long.
func (s *space) grow(in, out columns, depth int) *branch {
	s.branches = append(s.branches, branch{list: s.list(in.texts)})
	n := &s.branches[len(s.branches)-1]
	if !s.trees.deeper(len(n.list), depth) {
		return n
	}
	n.complete = true
	mark := len(s.steps)
	s.split(in, out, depth)
	steps := s.steps[mark:]
	first := len(s.kids)
	s.kids = append(s.kids, make([]*branch, len(steps))...)
	n.kids = s.kids[first:len(s.kids):len(s.kids)]
	from := int32(0)
	for i, c := range steps {
		kid := s.grow(out.part(from, c.end), in.part(from, c.end), depth+1)
		kid.unit = c.unit
		n.kids[i] = kid
		n.below += 1 + kid.below
		from = c.end
	}
	s.steps = s.steps[:mark]
	return n
}

// list returns the texts that ascend in all, each once.
func (s *space) list(all []int32) []int32 {
	from, last := len(s.lists), int32(-1)
	for _, d := range all {
		if d != last {
			s.lists = append(s.lists, d)
			last = d
		}
	}
	return s.lists[from:len(s.lists):len(s.lists)]
}

// split sorts the windows of a node of depth units by the unit that follows it
// and adds the steps; windows at the end of a block have none.
func (s *space) split(in, out columns, depth int) {
	shift := uint(16 * (maxDepth - 1 - depth))
	mark := len(s.steps)
	for _, w := range in.units {
		if u := uint16(w >> shift); u != 0 {
			if s.count[u] == 0 {
				s.steps = append(s.steps, step{unit: u})
			}
			s.count[u]++
		}
	}
	steps := s.steps[mark:]
	slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.unit, b.unit) })
	sum := int32(0)
	for i, c := range steps {
		sum += s.count[c.unit]
		s.count[c.unit] = sum - s.count[c.unit]
		steps[i].end = sum
	}
	for i, w := range in.units {
		if u := uint16(w >> shift); u != 0 {
			to := s.count[u]
			s.count[u]++
			out.units[to], out.texts[to] = w, in.texts[i]
		}
	}
	for _, c := range steps {
		s.count[c.unit] = 0
	}
}
