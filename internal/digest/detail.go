package digest

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A detail is what Resolve and check read of a file, and nobody after them. It
// is most of a digest, so Digest holds its stored form, which takes half the
// memory, and Release gives that back.
type detail struct {
	Anchors   string // FNV-1a sums of the anchors, four bytes each, sorted: names take eight times the memory
	Refs      []Ref
	Positions []position
}

// A Ref is a mention of another document, in the forms by which the catalog
// finds it.
type Ref struct {
	Title   string // folded
	Number  string // its gazette.Number.Key; "" where what stands there is no whole number
	Article string // anchor, as art_5
}

// A position is the place of one front matter value.
type position struct {
	Key            string
	Line, Col, End int
}

// code has the positions last: most who read a detail stop before them.
func (d *detail) code(c *codec) {
	str(c, &d.Anchors)
	list(c, &d.Refs, func(r *Ref) {
		str(c, &r.Title)
		str(c, &r.Number)
		str(c, &r.Article)
	})
	list(c, &d.Positions, func(p *position) {
		str(c, &p.Key)
		c.uint(&p.Line)
		c.uint(&p.Col)
		c.uint(&p.End)
	})
}

// pack returns the stored form.
func (d *detail) pack() string {
	c := &codec{}
	d.code(c)
	return string(c.buf)
}

// unpack reads what pack returned; what is damaged is read as far as it goes.
func unpack(s string) *detail {
	d := &detail{}
	d.code(&codec{in: []byte(s), text: s, reading: true})
	return d
}

// Refs returns the mentions of other documents, in the order of the text.
func (d *Digest) Refs() []Ref { return (&Unpacker{}).Refs(d) }

// An Unpacker reads what digests have in its stored form, with memory that it
// uses again: what it returns stays until it is asked for the same of another
// digest. Strings stay. The zero Unpacker is ready.
type Unpacker struct {
	in   []byte
	refs []Ref
	said effect.Reading
}

// codec returns one that reads s.
func (u *Unpacker) codec(s string) *codec {
	u.in = append(u.in[:0], s...)
	return &codec{in: u.in, text: s, reading: true}
}

// Refs is Digest.Refs.
func (u *Unpacker) Refs(d *Digest) []Ref {
	_, s := cut(d.detail)
	n, s := count(s)
	u.refs = u.refs[:0]
	for range n {
		var r Ref
		r.Title, s = cut(s)
		r.Number, s = cut(s)
		r.Article, s = cut(s)
		u.refs = append(u.refs, r)
	}
	return u.refs
}

// SameButText reports whether two digests of one file differ in nothing that
// Resolve reads: the text is another, and what it says of other documents, of
// its force and of its own parts is not.
func (d *Digest) SameButText(o *Digest) bool { return d.Path == o.Path && d.Ties == o.Ties }

// A Difference says in which of the things that Resolve reads beside the front
// matter two digests of a file differ.
type Difference struct {
	Anchors bool // of the body
	Refs    bool // mentions of other documents
	Reading bool // what the text says of its force and of others', or where that stands
	Places  bool // of values of the front matter, but for the title
}

// Differs compares a digest with another one of its file.
func (d *Digest) Differs(o *Digest) Difference {
	a, b := unpack(d.detail), unpack(o.detail)
	title := func(p position) bool { return p.Key == "title" }
	return Difference{
		Anchors: a.Anchors != b.Anchors, Refs: !slices.Equal(a.Refs, b.Refs), Reading: d.reading != o.reading,
		Places: !slices.Equal(slices.DeleteFunc(a.Positions, title), slices.DeleteFunc(b.Positions, title)),
	}
}

// refs are the mentions of a tree.
func refs(found []markup.Ref) []Ref {
	out := make([]Ref, len(found))
	for i, r := range found {
		out[i] = Ref{Title: zh.Fold(r.Title), Article: r.Article}
		if r.Number == "" {
			continue
		}
		if n, ok := gazette.ParseNumber(r.Number); ok {
			out[i].Number = n.Key()
		}
	}
	return out
}

// Pos returns the place of a key of the front matter, or of the file.
func (d *Digest) Pos(key string) diag.Pos {
	for _, p := range unpack(d.detail).Positions {
		if p.Key == key {
			return diag.Pos{File: source.Name(d.Path), Line: p.Line, Col: p.Col, End: p.End}
		}
	}
	return d.Start()
}

// HasAnchor reports whether the body has an anchor.
func (d *Digest) HasAnchor(id string) bool {
	sums, _ := cut(d.detail)
	want := anchorSum(id)
	low, high := 0, len(sums)/4
	for low < high {
		i := (low + high) / 2
		switch sum := uint32(sums[4*i])<<24 | uint32(sums[4*i+1])<<16 | uint32(sums[4*i+2])<<8 | uint32(sums[4*i+3]); {
		case sum < want:
			low = i + 1
		case sum > want:
			high = i
		default:
			return true
		}
	}
	return false
}

// cut takes the first string of a stored form, as str writes it, and returns what
// follows it. What is damaged is read as far as it goes.
func cut(stored string) (s, rest string) {
	n, rest := count(stored)
	return rest[:n], rest[n:]
}

// count takes the first number of a stored form, no more than bytes follow it.
func count(stored string) (n int, rest string) {
	for i, shift := 0, 0; i < min(len(stored), binary.MaxVarintLen64); i, shift = i+1, shift+7 {
		n |= int(stored[i]&0x7f) << shift
		if stored[i] < 0x80 {
			rest = stored[i+1:]
			return max(0, min(n, len(rest))), rest
		}
	}
	return 0, ""
}

// Release gives back the memory of what only Resolve and check read: from then
// on the digest has no references, readings and anchors, and the place of every key is
// the file. Nobody else may read the digest meanwhile.
func (d *Digest) Release() { d.detail, d.reading = "", "" }

// packAnchors returns the sums of the anchors of a tree, in order.
func packAnchors(tree *markup.Tree) string {
	var sums []uint32
	tree.Walk(func(b *markup.Block) {
		if b.ID != "" {
			sums = append(sums, anchorSum(b.ID))
		}
	})
	slices.Sort(sums)
	packed := make([]byte, 0, 4*len(sums))
	for _, x := range sums {
		packed = binary.BigEndian.AppendUint32(packed, x)
	}
	return string(packed)
}

// anchorSum is FNV-1a, of 32 bits.
func anchorSum(id string) uint32 {
	sum := uint32(2166136261)
	for i := range len(id) {
		sum = (sum ^ uint32(id[i])) * 16777619
	}
	return sum
}

func positions(f *source.File) []position {
	var out []position
	for _, k := range sortedKeys(f.Positions) {
		p := f.Positions[k]
		out = append(out, position{k, p.Line, p.Col, p.End})
	}
	return out
}

func sortedKeys(m map[string]diag.Pos) []string {
	return slices.SortedFunc(maps.Keys(m), strings.Compare)
}
