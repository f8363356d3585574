package gram

import (
	"io"
	"sync"
	"unicode/utf16"
)

// pageSize is the size in bytes up to which a tree is one page and children
// share one: what a lookup reads at most, but for lists that are longer.
const pageSize = 2048

// partition is of how many units of text files are made at once: up to twenty
// bytes each, for every goroutine that asks for files.
const partition = 1 << 19

// maxDepth is the most that Params.Depth may be: a pair and what a window holds
// behind it.
const maxDepth = 6

// A Scratch holds what a Builder does not keep in memory: a temporary file. It
// must bear calls from several goroutines.
type Scratch interface {
	io.WriterAt
	io.ReaderAt
}

// A Builder makes the files of an index. Texts are added in the order of their
// numbers; then Files may be asked for the files of any part, in any order. It
// keeps the texts in memory, two bytes a unit; or, with a Scratch, their windows
// there, twelve bytes each, and in memory a few megabytes whatever their number.
type Builder struct {
	Params
	parts   int
	partOf  []uint16 // of every file
	scratch *spill   // nil: in memory

	text   []uint16 // all blocks, each with a 0 behind it; with a Scratch those of the last text
	starts []int    // of the texts, in text
	texts  int32    // begun
	cutter *cutter  // into the scratch

	mu     sync.Mutex
	ended  bool
	err    error
	spaces []*space // that nobody uses
}

// NewBuilder returns a Builder for texts of about units code units in all, with
// one more for each block. Without a Scratch, nil, all texts stay in memory.
func NewBuilder(p Params, units int, scratch Scratch) *Builder {
	b := &Builder{Params: p, parts: min(p.Shards, units/partition+1)}
	if scratch == nil {
		b.text = make([]uint16, 0, units)
	} else {
		b.scratch = &spill{file: scratch, extents: make([][]extent, b.parts)}
	}
	b.cutInto(b.parts)
	return b
}

// cutInto sets the number of parts.
func (b *Builder) cutInto(parts int) {
	b.parts, b.partOf = parts, make([]uint16, b.Shards)
	for i := range parts {
		from, to := b.Part(i)
		for f := from; f < to; f++ {
			b.partOf[f] = uint16(i)
		}
	}
	if b.scratch != nil {
		b.scratch.extents = make([][]extent, parts)
		b.cutter = newCutter(b, parts, b.scratch.write)
	}
}

// Add adds the next text. Blocks must not hold U+0000.
func (b *Builder) Add(blocks ...string) error {
	err := b.Begin()
	for _, s := range blocks {
		for _, r := range s {
			b.Rune(r)
		}
		b.EndBlock()
	}
	return err
}

// Begin begins the next text. An error is that of the Scratch; it comes again
// from Files.
func (b *Builder) Begin() error {
	if b.scratch != nil && b.texts > 0 {
		b.spill()
	}
	b.starts = append(b.starts, len(b.text))
	b.texts++
	return b.err
}

// spill cuts the last text into the scratch.
func (b *Builder) spill() {
	if b.err == nil {
		b.err = b.cutter.cut(b.texts-1, b.text)
	}
	b.text, b.starts = b.text[:0], b.starts[:0]
}

// end ends the last text.
func (b *Builder) end() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.scratch == nil || b.ended {
		return b.err
	}
	b.ended = true
	if b.texts > 0 {
		b.spill()
	}
	if b.err == nil {
		b.err = b.cutter.flush()
	}
	b.cutter, b.text = nil, nil
	return b.err
}

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

// Text returns all blocks that were added, each with a 0 behind it. There must be
// no Scratch.
func (b *Builder) Text() []uint16 { return b.text }

// Parts is into how many parts the files are made, so that memory stays within
// bounds.
func (b *Builder) Parts() int { return b.parts }

// PartOf returns the part that a file is made with.
func (b *Builder) PartOf(file int) int { return int(b.partOf[file]) }

// Part returns the files of a part: from the first (included) to the last
// (excluded).
func (b *Builder) Part(i int) (from, to int) {
	return i * b.Shards / b.parts, (i + 1) * b.Shards / b.parts
}

// Files returns the files of a part. It may be called from several goroutines,
// once all texts are added.
func (b *Builder) Files(part int) ([][]byte, error) {
	if err := b.end(); err != nil {
		return nil, err
	}
	s := b.space()
	defer b.release(s)
	if err := s.load(b.blocks(part)); err != nil {
		return nil, err
	}
	from, to := b.Part(part)
	return s.write(from, to), nil
}

// space takes memory in which to make a part.
func (b *Builder) space() *space {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.spaces); n > 0 {
		s := b.spaces[n-1]
		b.spaces = b.spaces[:n-1]
		return s
	}
	most := 0
	if b.scratch != nil {
		most = b.scratch.most()
	}
	return newSpace(b.Params, most)
}

// release keeps a space for the next part.
func (b *Builder) release(s *space) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spaces = append(b.spaces, s)
}

// blocks are the windows of a part, twice the same if they are asked for twice.
func (b *Builder) blocks(part int) func(yield func([]byte)) error {
	if b.scratch != nil {
		return func(yield func([]byte)) error { return b.scratch.read(part, yield) }
	}
	var blocks [][]byte
	c := newCutter(b, 1, func(_ int, block []byte) error {
		blocks = append(blocks, append([]byte(nil), block...))
		return nil
	})
	c.only = part
	for d, from := range b.starts {
		to := len(b.text)
		if d+1 < len(b.starts) {
			to = b.starts[d+1]
		}
		_ = c.cut(int32(d), b.text[from:to]) // into memory
	}
	_ = c.flush()
	return func(yield func([]byte)) error {
		for _, block := range blocks {
			yield(block)
		}
		return nil
	}
}
