package gram

import (
	"encoding/binary"
	"fmt"
	"sync"
)

// A window is what an index knows of one place of a text: the pair that stands
// there and the units that follow it in its block, as far as trees go down. In
// bytes it is
//
//	pair uint32 LE | units uint64 LE
//
// where the unit behind the pair has the highest bits, and 0 stands for none. The
// second unit of a pair is 0 for a single unit. A pair of 0 is no window: its
// units are the number of the text that the next windows are of.
const windowSize = 12

// blockSize is how many bytes of windows go to the scratch at once.
const blockSize = 32 << 10 / windowSize * windowSize

// A cutter cuts texts into windows, each once a text as far as it remembers, and
// gives them away in blocks, by part.
type cutter struct {
	p      Params
	partOf []uint16
	only   int // the one part that is cut, -1 for all
	mask   uint64
	write  func(part int, block []byte) error

	parts []bucket
	last  []int32 // of every unit, 1 + the text that it was last seen in
	known []window
}

// A bucket is the windows of a part that were not given away yet.
type bucket struct {
	block []byte
	text  int32 // 1 + that of the last window
}

type window struct {
	units uint64
	pair  uint32
	text  int32 // 1 + its number
}

// knownBits are of how many windows a cutter remembers: texts of laws repeat
// themselves.
const knownBits = 13

func newCutter(b *Builder, parts int, write func(int, []byte) error) *cutter {
	return &cutter{
		p: b.Params, partOf: b.partOf, only: -1, mask: ^uint64(0) << (16 * (maxDepth - b.Depth)), write: write,
		parts: make([]bucket, parts), last: make([]int32, 1<<16), known: make([]window, 1<<knownBits),
	}
}

// cut cuts a text: all its blocks, each with a 0 behind it.
func (c *cutter) cut(text int32, units []uint16) error {
	var first, second uint16 // that follow
	var rest uint64          // what follows them
	for i := len(units) - 1; i >= 0; i-- {
		if second == 0 {
			rest = 0
		} else {
			rest = uint64(second)<<48 | rest>>16
		}
		first, second = units[i], first
		if first == 0 {
			second = 0
			continue
		}
		if c.last[first] != text+1 {
			c.last[first] = text + 1
			if err := c.put(text, first, 0, 0); err != nil {
				return err
			}
		}
		if second == 0 {
			continue
		}
		if err := c.put(text, first, second, rest&c.mask); err != nil {
			return err
		}
	}
	return nil
}

func (c *cutter) put(text int32, first, second uint16, units uint64) error {
	part := int(c.partOf[c.p.Shard(first, second)])
	switch {
	case c.only < 0:
	case part != c.only:
		return nil
	default:
		part = 0
	}
	w := window{units, uint32(first)<<16 | uint32(second), text + 1}
	k := &c.known[((w.units^w.units>>29)*0x9E3779B97F4A7C15+uint64(w.pair)*0xD6E8FEB86659FD93)>>(64-knownBits)]
	if *k == w {
		return nil
	}
	*k = w
	b := &c.parts[part]
	if b.text != w.text {
		b.text = w.text
		if err := c.append(part, 0, uint64(text)); err != nil {
			return err
		}
	}
	return c.append(part, w.pair, w.units)
}

func (c *cutter) append(part int, pair uint32, units uint64) error {
	b := &c.parts[part]
	if b.block == nil {
		b.block = make([]byte, 0, blockSize)
	}
	b.block = binary.LittleEndian.AppendUint32(b.block, pair)
	b.block = binary.LittleEndian.AppendUint64(b.block, units)
	if len(b.block) < blockSize {
		return nil
	}
	err := c.write(part, b.block)
	b.block = b.block[:0]
	return err
}

// flush gives away what is left.
func (c *cutter) flush() error {
	for i, b := range c.parts {
		if len(b.block) == 0 {
			continue
		}
		if err := c.write(i, b.block); err != nil {
			return err
		}
	}
	return nil
}

// A spill is blocks of windows in a scratch.
type spill struct {
	file    Scratch
	size    int64
	extents [][]extent // by part
	buffers sync.Pool
}

type extent struct {
	at   int64
	size int
}

func (s *spill) write(part int, block []byte) error {
	if _, err := s.file.WriteAt(block, s.size); err != nil {
		return fmt.Errorf("put texts aside: %w", err)
	}
	s.extents[part] = append(s.extents[part], extent{s.size, len(block)})
	s.size += int64(len(block))
	return nil
}

// most is how many windows the largest part has.
func (s *spill) most() int {
	most := 0
	for _, part := range s.extents {
		n := 0
		for _, e := range part {
			n += e.size / windowSize
		}
		most = max(most, n)
	}
	return most
}

// read reads the blocks of a part.
func (s *spill) read(part int, yield func([]byte)) error {
	buf, ok := s.buffers.Get().(*[]byte)
	if !ok {
		b := make([]byte, blockSize)
		buf = &b
	}
	defer s.buffers.Put(buf)
	for _, e := range s.extents[part] {
		block := (*buf)[:e.size]
		if _, err := s.file.ReadAt(block, e.at); err != nil {
			return fmt.Errorf("read texts put aside: %w", err)
		}
		yield(block)
	}
	return nil
}
