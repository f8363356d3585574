package gram

import "encoding/binary"

// AppendSum makes a page of b, whatever it holds.
func AppendSum(p Params, b []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, sum16(p.Stamp, b)), b...)
}

// WalkPage is a walk that asks for a page.
func WalkPage(p Params, query []uint16, page []byte) Walk {
	return Walk{p: p, query: query[:min(len(query), p.Depth)], node: true, Depth: 1, Need: len(page)}
}

// CutInto sets into how many parts a Builder makes its files.
func CutInto(b *Builder, parts int) { b.cutInto(parts) }
