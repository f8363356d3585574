package catalog

import "hash/maphash"

// A table is a map from strings whose values stand in the order in which they
// came. Its slots are small enough to stay near the processor: Resolve asks for
// names several times a document, and most of the time of a map goes into
// fetching its memory.
type table[V any] struct {
	seed  maphash.Seed
	slots []slot // a power of two of them, half of them free at least
	rows  []row[V]
}

// A slot has a part of the hash of a key and the place of its row, counted from
// 1; the zero slot is free.
type slot struct{ sum, at uint32 }

type row[V any] struct {
	key   string
	value V
}

// newTable returns a table with room for n keys.
func newTable[V any](n int) *table[V] {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return &table[V]{seed: maphash.MakeSeed(), slots: make([]slot, size), rows: make([]row[V], 0, n)}
}

// find returns the slot of a key, or the free one where it belongs.
func (t *table[V]) find(key string) (s *slot, sum uint32) {
	sum = uint32(maphash.String(t.seed, key))
	for i := int(sum); ; i++ {
		s = &t.slots[i&(len(t.slots)-1)]
		if s.at == 0 || s.sum == sum && t.rows[s.at-1].key == key {
			return s, sum
		}
	}
}

// get returns the value of a key, zero where there is none. A nil table is
// empty.
func (t *table[V]) get(key string) (v V) {
	if t == nil {
		return v
	}
	if s, _ := t.find(key); s.at != 0 {
		return t.rows[s.at-1].value
	}
	return v
}

// look is get with a sum of the key, which other keys of the table may share.
func (t *table[V]) look(key string) (v V, sum uint32) {
	s, sum := t.find(key)
	if s.at != 0 {
		v = t.rows[s.at-1].value
	}
	return v, sum
}

// set gives a key its value.
func (t *table[V]) set(key string, v V) { *t.put(key) = v }

// put returns the place of the value of a key, which is made where there is
// none. It stays only until the next put.
func (t *table[V]) put(key string) *V {
	s, sum := t.find(key)
	if s.at == 0 {
		if 2*len(t.rows) >= len(t.slots) {
			t.grow()
			s, _ = t.find(key)
		}
		t.rows = append(t.rows, row[V]{key: key})
		*s = slot{sum, uint32(len(t.rows))}
	}
	return &t.rows[s.at-1].value
}

func (t *table[V]) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, o := range old {
		if o.at == 0 {
			continue
		}
		i := int(o.sum)
		for t.slots[i&(len(t.slots)-1)].at != 0 {
			i++
		}
		t.slots[i&(len(t.slots)-1)] = o
	}
}
