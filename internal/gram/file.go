package gram

import "encoding/binary"

// A file is one file in the making.
type file struct {
	dir, small, large []byte
}

// page adds a page to a part and its length to the directory.
func (f *file) page(part *[]byte, page []byte, stamp uint32, flag int) {
	f.dir = binary.AppendUvarint(f.dir, uint64((len(page)+2)<<1|flag))
	*part = binary.BigEndian.AppendUint16(*part, sum16(stamp, page))
	*part = append(*part, page...)
}

func (f *file) bytes(stamp uint32) []byte {
	head := binary.AppendUvarint(nil, uint64(len(f.dir)))
	n := 4 + len(head) + len(f.dir) + len(f.small) + len(f.large)
	tail := binary.AppendUvarint(nil, uint64(n+5)) // its own length is at most 5
	for len(tail) < 5 {
		tail[len(tail)-1] |= 0x80
		tail = append(tail, 0)
	}
	head = append(append(head, tail...), f.dir...)
	out := binary.BigEndian.AppendUint32(make([]byte, 0, n+5), sum32(stamp, head))
	out = append(out, head...)
	out = append(out, f.small...)
	return append(out, f.large...)
}

// A grouper gathers the children of a large node into pages.
type grouper struct {
	*file
	stamp uint32
	n     int // groups
	first uint16
	buf   []byte
}

// add adds a child, in order.
func (g *grouper) add(unit uint16, node []byte) {
	if len(g.buf) > 0 && len(g.buf)+len(node)+2 > pageSize {
		g.flush()
	}
	if len(g.buf) == 0 {
		g.first = unit
	}
	g.buf = append(binary.BigEndian.AppendUint16(g.buf, unit), node...)
}

// child begins a group that is one child with groups of its own, which the
// caller adds.
func (g *grouper) child(unit uint16) {
	g.flush()
	g.n++
	g.dir = binary.BigEndian.AppendUint16(g.dir, unit)
}

func (g *grouper) flush() {
	if len(g.buf) == 0 {
		return
	}
	g.n++
	g.dir = binary.BigEndian.AppendUint16(g.dir, g.first)
	g.page(&g.large, g.buf, g.stamp, 0)
	g.buf = g.buf[:0]
}

// end ends the groups: outer is the directory before them.
func (g *grouper) end(outer []byte) {
	g.flush()
	g.dir = append(binary.AppendUvarint(outer, uint64(g.n)), g.dir...)
}
