package catalog

import (
	"strconv"
	"testing"
)

// A table finds what a map finds, also when it has grown and values were taken
// away.
func TestTableIsAMap(t *testing.T) {
	table, want := newTable[*Entry](4), map[string]*Entry{}
	for i := range 20_000 {
		key := strconv.Itoa(i * i % 7_919)
		e := &Entry{}
		if i%5 == 0 {
			e = nil
		}
		table.set(key, e)
		want[key] = e
	}
	for i := range 7_919 {
		key := strconv.Itoa(i)
		if got := table.get(key); got != want[key] {
			t.Fatalf("get(%q) = %p, want %p", key, got, want[key])
		}
	}
	if len(table.rows) != len(want) {
		t.Errorf("%d rows, want %d", len(table.rows), len(want))
	}
	if none := (*table0)(nil).get("a"); none != nil {
		t.Errorf("a nil table has %p", none)
	}
}

type table0 = table[*Entry]

// Pieces of a slab do not reach into each other.
func TestSlabGivesPiecesWithoutRoom(t *testing.T) {
	var s slab[int]
	var pieces [][]int
	for n := range 3 * slabSize / 10 {
		p := s.take(n % 10)
		for i := range p {
			if p[i] != 0 {
				t.Fatalf("piece %d begins with %d", n, p[i])
			}
			p[i] = n
		}
		pieces = append(pieces, p)
		_ = append(p, -1)
	}
	for n, p := range pieces {
		for _, x := range p {
			if x != n {
				t.Fatalf("piece %d has %d", n, x)
			}
		}
	}
}
