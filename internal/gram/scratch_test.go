package gram_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"gongbao/internal/gram"
)

// A disk is a Scratch in memory that has room for so many bytes.
type disk struct {
	mu   sync.Mutex
	b    []byte
	room int
	torn bool // cannot be read
}

var errDisk = errors.New("no space left")

func (d *disk) WriteAt(b []byte, at int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	end := int(at) + len(b)
	if end > d.room {
		return 0, errDisk
	}
	d.b = append(d.b, make([]byte, max(0, end-len(d.b)))...)
	return copy(d.b[at:], b), nil
}

func (d *disk) ReadAt(b []byte, at int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.torn {
		return 0, errDisk
	}
	return copy(b, d.b[at:]), nil
}

// frequent are texts with a pair that stands in them so often, before so many
// units, that its tree is made child by child.
func frequent() [][]string {
	out := make([][]string, 60)
	for i := range out {
		for j := range 800 {
			out[i] = append(out[i], fmt.Sprintf("甲乙%c%c丙", '一'+rune(j), '一'+rune(i*j%50)))
		}
	}
	return append(out, texts(9, 60)...)
}

// TestScratchMakesTheSameFiles compares what is put aside with what stays in
// memory, for all numbers of parts, asked for by several goroutines at once.
func TestScratchMakesTheSameFiles(t *testing.T) {
	for _, p := range []gram.Params{
		{Universe: 512, Shards: 1, Rare: 4, Depth: 5, Stamp: 7},
		{Universe: 300, Shards: 17, Rare: 40, Depth: 3},
		{Universe: 300, Shards: 40, Rare: 0, Depth: 6, Stamp: 1 << 31},
		{Universe: 300, Shards: 9, Rare: 1, Depth: 2},
	} {
		for name, all := range map[string][][]string{"random": texts(3, 300), "frequent": frequent(), "none": nil, "empty": {nil, {""}, {"甲"}}} {
			want := filesOf(gram.NewBuilder(p, 0, nil), all)
			for _, parts := range []int{1, min(5, p.Shards)} {
				b := gram.NewBuilder(p, 0, &disk{room: 1 << 30})
				gram.CutInto(b, parts)
				for _, blocks := range all {
					if err := b.Add(blocks...); err != nil {
						t.Fatal(err)
					}
				}
				got := make([][]byte, p.Shards)
				var wg sync.WaitGroup
				for i := range parts {
					wg.Go(func() {
						files, err := b.Files(i)
						if err != nil {
							t.Error(err)
						}
						from, _ := b.Part(i)
						copy(got[from:], files)
					})
				}
				wg.Wait()
				for n := range want {
					if !slices.Equal(got[n], want[n]) {
						t.Errorf("%+v, %s, %d parts: file %d is another", p, name, parts, n)
					}
				}
			}
		}
	}
}

// TestTreeMadeChildByChild is of no other bytes: a Patcher makes it whole.
func TestTreeMadeChildByChild(t *testing.T) {
	p := gram.Params{Universe: 256, Shards: 3, Rare: 8, Depth: 6}
	now := frequent()
	old := slices.Clone(now)
	old[5] = []string{"甲乙丙"}
	q := gram.NewPatcher(p, []gram.Change{{Text: 5, Old: units(p, old[5]), New: units(p, now[5])}}, func(d int32) ([]uint16, error) { return units(p, now[d]), nil })
	n := p.Shard('甲', '乙')
	got, err := q.File(n, build(p, old)[n])
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, build(p, now)[n]) {
		t.Error("the tree is another")
	}
}

// TestScratchThatFails gives its error, never a panic or files.
func TestScratchThatFails(t *testing.T) {
	p := gram.Params{Universe: 512, Shards: 9, Rare: 4, Depth: 5}
	all := frequent()
	for _, room := range []int{0, 1000, 100_000, 400_000} {
		b := gram.NewBuilder(p, 0, &disk{room: room})
		var failed error
		for _, blocks := range all {
			if err := b.Add(blocks...); err != nil {
				failed = err
			}
		}
		for range 2 {
			if files, err := b.Files(0); !errors.Is(err, errDisk) || files != nil {
				t.Errorf("room %d: Files = %d files, %v", room, len(files), err)
			}
		}
		if failed != nil && !errors.Is(failed, errDisk) {
			t.Errorf("room %d: Add: %v", room, failed)
		}
	}
	d := &disk{room: 1 << 30}
	b := gram.NewBuilder(p, 0, d)
	for _, blocks := range all {
		if err := b.Add(blocks...); err != nil {
			t.Fatal(err)
		}
	}
	d.torn = true
	if files, err := b.Files(0); !errors.Is(err, errDisk) || files != nil {
		t.Errorf("unreadable: %d files, %v", len(files), err)
	}
}
