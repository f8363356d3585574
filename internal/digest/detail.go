package digest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A detail is what Resolve and check read of a file, and nobody after them. It
// is most of a digest, so Digest holds its stored form, which takes half the
// memory, and Release gives that back.
type detail struct {
	Anchors   []byte // FNV-1a sums of the anchors, four bytes each, sorted: names take eight times the memory
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
	d.codeRefs(c)
	list(c, &d.Positions, func(p *position) {
		str(c, &p.Key)
		c.uint(&p.Line)
		c.uint(&p.Col)
		c.uint(&p.End)
	})
}

func (d *detail) codeRefs(c *codec) {
	c.bytes(&d.Anchors)
	list(c, &d.Refs, func(r *Ref) {
		str(c, &r.Title)
		str(c, &r.Number)
		str(c, &r.Article)
	})
}

// pack returns the stored form.
func (d *detail) pack() []byte {
	c := &codec{}
	d.code(c)
	return bytes.Clone(c.buf) // without the room to grow
}

// unpack reads what pack returned; damaged bytes are read as far as they go.
func unpack(b []byte) *detail {
	d := &detail{}
	d.code(&codec{in: b, text: string(b), reading: true})
	return d
}

// Refs returns the mentions of other documents, in the order of the text.
func (d *Digest) Refs() []Ref {
	var own detail
	own.codeRefs(&codec{in: d.detail, text: string(d.detail), reading: true})
	return own.Refs
}

// SameButText reports whether two digests of one file differ in nothing that
// Resolve reads: the text is another, and what it says of other documents, of
// its force and of its own parts is not.
func (d *Digest) SameButText(o *Digest) bool { return d.Path == o.Path && d.Ties == o.Ties }

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
	var sums []byte
	(&codec{in: d.detail, reading: true}).bytes(&sums)
	want := binary.BigEndian.AppendUint32(nil, anchorSum(id))
	_, found := sort.Find(len(sums)/len(want), func(i int) int { return bytes.Compare(want, sums[4*i:4*i+4]) })
	return found
}

// Release gives back the memory of what only Resolve and check read: from then
// on the digest has no references, readings and anchors, and the place of every key is
// the file. Nobody else may read the digest meanwhile.
func (d *Digest) Release() { d.detail, d.reading = nil, nil }

// packAnchors returns the sums of the anchors of a tree, in order.
func packAnchors(tree *markup.Tree) []byte {
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
	return packed
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
