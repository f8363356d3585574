package gram_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/gram"
)

// units are the blocks of a text as a Builder has them.
func units(p gram.Params, blocks []string) []uint16 {
	b := gram.NewBuilder(p, 0, nil)
	_ = b.Add(blocks...)
	return b.Text()
}

// TestPatchIsWhatABuilderMakes changes some texts and compares every file with
// that of an index that is made anew.
func TestPatchIsWhatABuilderMakes(t *testing.T) {
	for _, p := range []gram.Params{
		{Universe: 512, Shards: 1, Rare: 4, Depth: 5, Stamp: 7},
		{Universe: 300, Shards: 17, Rare: 40, Depth: 3},
		{Universe: 260, Shards: 60, Rare: 16, Depth: 6, Stamp: 1 << 31},
		{Universe: 300, Shards: 9, Rare: 1, Depth: 2},
		{Universe: 256, Shards: 5, Rare: 100, Depth: 6},
	} {
		for seed := range uint64(8) {
			r := rand.New(rand.NewPCG(seed, 7))
			old := texts(seed, 256)
			if seed%3 == 0 { // long lists, trees of many pages
				for i := range old {
					for j := range []int{50, 12, 12, 12}[min(seed, 3)] { // for seed 0 children with pages of their own
						old[i] = append(old[i], texts(seed*100_000+uint64(i*61+j), 1)[0]...)
					}
				}
			}
			now := slices.Clone(old)
			var changes []gram.Change
			for range 1 + r.IntN(3) {
				d := r.IntN(len(old))
				if slices.ContainsFunc(changes, func(c gram.Change) bool { return c.Text == int32(d) }) {
					continue
				}
				blocks := slices.Clone(now[d])
				switch r.IntN(5) {
				case 0:
					blocks = append(blocks, "新加的一段甲乙")
				case 1:
					blocks = nil
				case 2:
					blocks = texts(seed+99, 1)[0]
				default:
					blocks[0] = strings.Replace(blocks[0]+"甲", "甲", "甲乙丙", 1)
				}
				now[d] = blocks
				changes = append(changes, gram.Change{Text: int32(d), Old: units(p, old[d]), New: units(p, blocks)})
			}
			q := gram.NewPatcher(p, changes, func(d int32) ([]uint16, error) { return units(p, now[d]), nil })
			before, after := build(p, old), build(p, now)
			for n := range after {
				got := before[n]
				if q.Changes(n) {
					var err error
					if got, err = q.File(n, before[n]); err != nil {
						t.Fatalf("%+v, seed %d, file %d: %v", p, seed, n, err)
					}
				}
				if !bytes.Equal(got, after[n]) {
					t.Fatalf("%+v, seed %d: file %d is another (changes: %v)", p, seed, n, q.Changes(n))
				}
			}
		}
	}
}

// A damaged file gives an error, never a panic.
func TestPatchOfDamagedFiles(t *testing.T) {
	p := gram.Params{Universe: 256, Shards: 2, Rare: 8, Depth: 4, Stamp: 3}
	old := texts(1, 256)
	change := gram.Change{Text: 5, Old: units(p, old[5]), New: units(p, []string{"甲乙丙丁戊己庚辛"})}
	file := build(p, old)[0]
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		b := bytes.Clone(file)
		if i := r.IntN(len(b)); r.IntN(3) == 0 {
			b = b[:i]
		} else {
			b[i] ^= byte(1 + r.IntN(255))
		}
		q := gram.NewPatcher(p, []gram.Change{change}, func(d int32) ([]uint16, error) { return units(p, old[d]), nil })
		_, _ = q.File(0, b)
	}
}
