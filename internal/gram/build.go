package gram

import (
	"cmp"
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// pageSize is the size in bytes up to which a tree is one page and children
// share one: what a lookup reads at most, but for lists that are longer.
const pageSize = 2048

// partition is of how many units of text the pairs are sorted at once: four
// bytes each.
const partition = 20 << 20

// A Builder makes the files of an index. Texts are added in the order of their
// numbers; then Files may be asked for any files, in any order. All texts together
// must have fewer than 2^31 units.
type Builder struct {
	Params
	text   []uint16 // all blocks, each with a 0 behind it
	starts []int32  // of the texts, in text
	docAt  []int32  // of every 32nd place, the text that it is in
	used   []uint64 // the units that occur, a bit for each
	count  [1 << 16]int32
}

// NewBuilder returns a Builder for texts of about units code units in all, with
// one more for each block.
func NewBuilder(p Params, units int) *Builder {
	return &Builder{Params: p, text: make([]uint16, 0, units)}
}

// Add adds the next text. Blocks must not hold U+0000.
func (b *Builder) Add(blocks ...string) {
	b.Begin()
	for _, s := range blocks {
		for _, r := range s {
			b.Rune(r)
		}
		b.EndBlock()
	}
}

// Begin begins the next text.
func (b *Builder) Begin() { b.starts = append(b.starts, int32(len(b.text))) }

// Rune adds a character to the block.
func (b *Builder) Rune(r rune) {
	if r > 0xFFFF {
		hi, lo := utf16.EncodeRune(r)
		b.text = append(b.text, uint16(hi), uint16(lo))
		return
	}
	b.text = append(b.text, uint16(r))
}

// EndBlock ends the block.
func (b *Builder) EndBlock() {
	if n := len(b.text); n > 0 && b.text[n-1] != 0 {
		b.text = append(b.text, 0)
	}
}

// parts is into how many parts the files are made, so that memory stays within
// bounds.
func (b *Builder) parts() int { return min(b.Shards, len(b.text)/partition+1) }

// PartOf returns the part that a file is made with: asking Files for whole parts
// costs least.
func (b *Builder) PartOf(file int) int {
	i := file * b.parts() / b.Shards
	for _, to := b.Part(i); file >= to; _, to = b.Part(i) {
		i++
	}
	return i
}

// Part returns the files of a part: from the first (included) to the last
// (excluded).
func (b *Builder) Part(i int) (from, to int) {
	return i * b.Shards / b.parts(), (i + 1) * b.Shards / b.parts()
}

// Files returns the files from (included) to to (excluded).
func (b *Builder) Files(from, to int) [][]byte {
	b.index()
	keys, runs, places := b.pairs(from, to)
	singles := b.singles(from, to)
	for u := range singles {
		keys = append(keys, keyed{uint32(u) << 16, -1})
	}
	slices.SortFunc(keys, func(x, y keyed) int { return cmp.Compare(x.key, y.key) })
	files := make([]file, to-from)
	for _, i := range keys {
		a, c := uint16(i.key>>16), uint16(i.key)
		f := &files[b.Shard(a, c)-from]
		f.dir = binary.BigEndian.AppendUint32(f.dir, i.key)
		if c == 0 {
			b.tree(f, nil, singles[a], b.Depth) // without children
			continue
		}
		at := places[runs[i.run]:runs[i.run+1]]
		b.tree(f, at, b.texts(at), 2)
	}
	out := make([][]byte, to-from)
	for i := range files {
		out[i] = files[i].bytes(b.Stamp)
	}
	return out
}

// singles are the texts of every single unit whose file is in [from, to).
func (b *Builder) singles(from, to int) map[uint16][]int32 {
	in := map[uint16]bool{}
	for i, u := range b.used {
		for bit := range 64 {
			if v := uint16(i*64 + bit); u>>bit&1 == 1 && v > 0 && b.in(v, 0, from, to) {
				in[v] = true
			}
		}
	}
	lists := make(map[uint16][]int32, len(in))
	if len(in) == 0 {
		return lists
	}
	last := make([]int32, 1<<16) // 1 + the text that each unit was last seen in; -1: of another file
	for i := range last {
		last[i] = -1
	}
	for u := range in {
		last[u] = 0
	}
	for d, start := range b.starts {
		end := len(b.text)
		if d+1 < len(b.starts) {
			end = int(b.starts[d+1])
		}
		for _, u := range b.text[start:end] {
			if n := last[u]; n >= 0 && n != int32(d)+1 {
				last[u] = int32(d) + 1
				lists[u] = append(lists[u], int32(d))
			}
		}
	}
	return lists
}

// index readies the text for reading by place.
func (b *Builder) index() {
	if b.docAt != nil {
		return
	}
	b.used = make([]uint64, 1<<16/64)
	for _, u := range b.text {
		b.used[u/64] |= 1 << (u % 64)
	}
	b.docAt = make([]int32, len(b.text)/32+1)
	d := int32(0)
	for i := range b.docAt {
		for int(d+1) < len(b.starts) && b.starts[d+1] <= int32(i*32) {
			d++
		}
		b.docAt[i] = d
	}
}

// A keyed pair of units and the run of its places; -1 for a single unit.
type keyed struct {
	key uint32
	run int32
}

// pairs sorts the places of all pairs whose file is in [from, to): places ascend
// within a run.
func (b *Builder) pairs(from, to int) (keys []keyed, runs []int32, places []int32) {
	seen := newTable()
	all := from == 0 && to == b.Shards
	visit := func(f func(id int32, at int32)) {
		for i := 0; i+1 < len(b.text); i++ {
			u, v := b.text[i], b.text[i+1]
			if u != 0 && v != 0 && (all || b.in(u, v, from, to)) {
				f(seen.id(uint32(u)<<16|uint32(v)), int32(i))
			}
		}
	}
	var counts []int32
	visit(func(id, _ int32) {
		if int(id) == len(counts) {
			counts = append(counts, 0)
		}
		counts[id]++
	})
	runs = make([]int32, len(counts)+1)
	for i, n := range counts {
		runs[i+1] = runs[i] + n
	}
	places = make([]int32, runs[len(counts)])
	next := counts
	copy(next, runs)
	visit(func(id, at int32) {
		places[next[id]] = at
		next[id]++
	})
	keys = make([]keyed, len(seen.keys))
	for i, k := range seen.keys {
		keys[i] = keyed{k, int32(i)}
	}
	return keys, runs, places
}

func (b *Builder) in(u, v uint16, from, to int) bool {
	s := b.Shard(u, v)
	return s >= from && s < to
}

// texts returns the texts of ascending places, each once.
func (b *Builder) texts(at []int32) (list []int32) {
	d, end := int32(-1), int32(-1)
	for _, p := range at {
		if p < end {
			continue
		}
		d = max(d, b.docAt[p/32])
		for int(d+1) < len(b.starts) && b.starts[d+1] <= p {
			d++
		}
		end = int32(len(b.text))
		if int(d+1) < len(b.starts) {
			end = b.starts[d+1]
		}
		list = append(list, d)
	}
	return list
}

// split sorts the places at of a node by the unit that follows it; of ends of
// blocks there is none. The places of units[i] end at ends[i].
func (b *Builder) split(at []int32, depth int) (units []uint16, ends, out []int32) {
	n := 0
	for _, p := range at {
		if u := b.follow(p, depth); u != 0 {
			if b.count[u] == 0 {
				units = append(units, u)
			}
			b.count[u]++
			n++
		}
	}
	slices.Sort(units)
	ends = make([]int32, len(units))
	out = make([]int32, n)
	sum := int32(0)
	for i, u := range units {
		sum += b.count[u]
		b.count[u] = sum - b.count[u]
		ends[i] = sum
	}
	for _, p := range at {
		if u := b.follow(p, depth); u != 0 {
			out[b.count[u]] = p
			b.count[u]++
		}
	}
	for _, u := range units {
		b.count[u] = 0
	}
	return units, ends, out
}

func (b *Builder) follow(p int32, depth int) uint16 {
	if i := int(p) + depth; i < len(b.text) {
		return b.text[i]
	}
	return 0
}

// node appends a node with its children; parent is nil where its list counts in
// all texts. It gives up, false, when the bytes are more than limit.
func (b *Builder) node(buf []byte, at, list, parent []int32, depth, limit int) ([]byte, bool) {
	if !b.deeper(len(list), depth) {
		return b.alone(buf, list, parent, 0), true
	}
	buf = b.alone(buf, list, parent, 1)
	if len(buf) > limit {
		return buf, false
	}
	units, ends, out := b.split(at, depth)
	buf = binary.AppendUvarint(buf, uint64(len(units)))
	from := int32(0)
	for i, u := range units {
		sub := out[from:ends[i]]
		from = ends[i]
		buf = binary.BigEndian.AppendUint16(buf, u)
		var ok bool
		if buf, ok = b.node(buf, sub, b.texts(sub), list, depth+1, limit); !ok || len(buf) > limit {
			return buf, false
		}
	}
	return buf, true
}

// alone appends a node's own bytes.
func (p Params) alone(buf []byte, list, parent []int32, children int) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(list)<<1|children))
	if parent == nil {
		return AppendList(buf, list, p.Universe)
	}
	within := make([]int32, len(list))
	j := int32(0)
	for i, d := range list {
		for parent[j] != d {
			j++
		}
		within[i] = j
	}
	return AppendList(buf, within, len(parent))
}

// tree adds a tree to a file: in one page if it fits, else in groups.
func (b *Builder) tree(f *file, at, list []int32, depth int) {
	page, ok := b.node(nil, at, list, nil, depth, pageSize)
	switch {
	case !ok:
		b.groups(f, at, list, depth)
	case len(page) > pageSize: // a long list without children
		f.page(&f.large, page, b.Stamp, 1)
		f.dir = append(f.dir, 0)
	default:
		f.page(&f.small, page, b.Stamp, 0)
	}
}

// groups adds a node whose children do not stand in its page.
func (b *Builder) groups(f *file, at, list []int32, depth int) {
	f.page(&f.large, b.alone(nil, list, nil, 0), b.Stamp, 1)
	units, ends, out := b.split(at, depth)
	outer := f.dir
	f.dir = nil
	g := grouper{file: f, stamp: b.Stamp}
	from := int32(0)
	for i, u := range units {
		sub := out[from:ends[i]]
		from = ends[i]
		texts := b.texts(sub)
		one, ok := b.node(nil, sub, texts, nil, depth+1, pageSize)
		if !ok {
			g.child(u)
			b.groups(f, sub, texts, depth+1)
			continue
		}
		g.add(u, one)
	}
	g.flush()
	inner := f.dir
	f.dir = append(binary.AppendUvarint(outer, uint64(g.n)), inner...)
}

// Text returns all blocks that were added, each with a 0 behind it.
func (b *Builder) Text() []uint16 { return b.text }
