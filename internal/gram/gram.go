// Package gram is an index of every substring of a set of texts, made of small
// files that a browser reads one by one. It knows texts and their numbers, and
// nothing of what they are.
//
// # What is in it
//
// A text is blocks of UTF-16 code units (what a browser counts in); nothing is
// found across two blocks. For every pair of units there is a node with the list
// of the texts that hold it. A node of more than Rare texts has a child for
// every unit that follows it, down to Depth units. So a lookup (Walk) of a
// query of at most Depth units ends in one of three ways: at the node of the
// whole query, whose list is exact; at a node of at most Rare texts, which are
// candidates; or where a child is missing, which means that nothing has it.
// Single units have nodes without children.
//
// # Bytes
//
// The trees of pairs are spread over Shards files by hash. A file is
//
//	sum uint32 BE | dirLen uvarint | fileLen uvarint | directory | pages
//
// where sum is over what follows it to the end of the directory. The directory
// has an entry for each tree, ordered by its units:
//
//	first, second unit uint16 BE (second 0: a single unit) | tree
//	tree  = len<<1|0 uvarint                    one page: the node with its children inside
//	      | len<<1|1 uvarint | n uvarint | n groups     a page with the node alone; children in groups
//	group = unit uint16 BE | len<<1|0 uvarint   one page: consecutive children, the first that of unit
//	      | unit uint16 BE | len<<1|1 uvarint | n uvarint | n groups   that child alone, itself in groups
//
// Pages stand in the order of the directory, those of trees of one page before
// all others, so that the first kilobytes of a file hold most of its trees
// whole. A page is a uint16 BE sum and then
//
//	node  = df<<1|children uvarint | list | if children: n uvarint | n times: unit uint16 BE | node
//
// (a group's page is pairs of unit and node up to its end). The list of a node
// inside a page counts in the list of its parent; that of the first node, and
// of those in a group's page, counts in all texts. Counted in u: if df = u,
// nothing; if 2·df > u, the places that are not in it; else those that are, as
// gaps less one in Rice code of k = floor(log2(max(1, u·11/(16·n)))) bits, most
// significant bit first, unary part in zeros ended by a one, filled to a byte.
//
// Sums are FNV-1a, begun with the stamp of the index, so that a file in which
// texts have other numbers is as wrong as a damaged one; a page's is its two
// halves xored. A text that changes changes the files of the pairs that it gained
// or lost, and no other: the stamp is not of the texts.
package gram

import (
	"encoding/binary"
	"errors"
)

// Params are what a reader must know of an index.
type Params struct {
	Universe int    `json:"u"` // more than the largest number of a text; fixed while texts are only added, it keeps files as they are
	Shards   int    `json:"s"` // number of files, at least 1
	Rare     int    `json:"r"` // a node of at most so many texts has no children
	Depth    int    `json:"d"` // units of the deepest node, 2 to 6
	Head     int    `json:"h"` // bytes of a file to read at once, at least MinRead: its directory, and as many pages as are wanted
	Stamp    uint32 `json:"t"` // part of every sum: it says which text has which number
	Texts    uint32 `json:"x"` // changes with the texts: part of addresses, so that no cache keeps what is old
}

// ErrDamaged says that bytes are not those of a file of this index.
var ErrDamaged = errors.New("shard is damaged or of another build")

// Shard returns the number of the file that holds the tree of two units; second
// is 0 for the node of a single unit.
func (p Params) Shard(first, second uint16) int {
	h := uint32(offset32)
	for _, c := range [4]byte{byte(first >> 8), byte(first), byte(second >> 8), byte(second)} {
		h = (h ^ uint32(c)) * prime32
	}
	// FNV leaves the high bits of short keys alike.
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return int(uint64(h) * uint64(p.Shards) >> 32)
}

const (
	offset32 = 2166136261
	prime32  = 16777619
)

func sum32(stamp uint32, b []byte) uint32 {
	h := uint32(offset32) ^ stamp
	for _, c := range b {
		h = (h ^ uint32(c)) * prime32
	}
	return h
}

// Sum is FNV-1a, begun with a stamp.
func Sum(stamp uint32, b []byte) uint32 { return sum32(stamp, b) }

func sum16(stamp uint32, b []byte) uint16 {
	h := sum32(stamp, b)
	return uint16(h>>16) ^ uint16(h)
}

// Seal returns b behind its sum: a file of an index that is not grams.
func Seal(stamp uint32, b []byte) []byte {
	out := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(b)), sum32(stamp, b))
	return append(out, b...)
}

// Unseal returns what Seal was given.
func Unseal(stamp uint32, b []byte) ([]byte, error) {
	if len(b) < 4 || binary.BigEndian.Uint32(b) != sum32(stamp, b[4:]) {
		return nil, ErrDamaged
	}
	return b[4:], nil
}
