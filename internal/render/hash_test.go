package render_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

type embedded struct{ Inner string }

type view struct {
	embedded
	Text    string
	N       int
	Small   uint8
	Yes     bool
	Share   float64
	Sum     [4]byte
	Bytes   []byte
	List    []string
	Pairs   [2]bool
	Table   [][]string
	Map     map[string]int
	Any     any
	Day     gazette.Date
	Next    *view
	Others  []view
	hidden  int
	Skipped int `json:"-"`
}

func random(r *rand.Rand, depth int) view {
	word := func() string { return []string{"", "甲", "ab", "a", "b"}[r.IntN(5)] }
	v := view{Text: word(), N: r.IntN(3) - 1, Small: uint8(r.IntN(3)), Yes: r.IntN(2) == 0, Share: float64(r.IntN(3)), Pairs: [2]bool{r.IntN(2) == 0}, hidden: r.IntN(9), Skipped: r.IntN(9)}
	v.Inner, v.Sum[r.IntN(4)] = word(), byte(r.IntN(2))
	if r.IntN(2) == 0 {
		v.Bytes, v.List = []byte(word()), []string{}
		v.Map = map[string]int{word(): r.IntN(2), "x": 1}
	}
	for range r.IntN(3) {
		v.List = append(v.List, word())
		v.Table = append(v.Table, v.List)
	}
	v.Any = []any{nil, word(), r.IntN(2), v.List, map[string]string{"a": word()}}[r.IntN(5)]
	if r.IntN(2) == 0 {
		v.Day = gazette.NewDate(2023, 1, 1+r.IntN(2))
	}
	if depth > 0 && r.IntN(2) == 0 {
		next := random(r, depth-1)
		v.Next, v.Others = &next, append(v.Others, random(r, depth-1))
	}
	return v
}

// Views have one key where JSON shows no difference, and only there.
func TestKeysTellViewsApart(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	seen, keys, same := map[render.Key]string{}, map[string]render.Key{}, 0
	for range 30000 {
		v := random(r, r.IntN(2))
		b, err := json.Marshal(struct {
			View view
			Any  string
		}{v, fmt.Sprintf("%T", v.Any)})
		if err != nil {
			t.Fatal(err)
		}
		k := render.Hash(v)
		if old, ok := seen[k]; ok {
			same++
			if old != string(b) {
				t.Fatalf("one key for\n%s\n%s", old, b)
			}
		}
		if old, ok := keys[string(b)]; ok && old != k {
			t.Fatalf("two keys for %s", b)
		}
		seen[k], keys[string(b)] = string(b), k
		w := v
		w.hidden, w.Skipped = v.hidden+1, v.Skipped+1
		if render.Hash(w) != k {
			t.Fatal("what JSON does not show counts")
		}
	}
	if same == 0 {
		t.Error("no two views were the same")
	}
}

func TestEveryFieldCounts(t *testing.T) {
	base := view{Text: "a", Map: map[string]int{"a": 1, "b": 2}, Next: &view{}}
	k := render.Hash(base)
	for i, change := range []func(*view){
		func(v *view) { v.Inner = "x" }, func(v *view) { v.Text = "b" }, func(v *view) { v.N = 1 }, func(v *view) { v.Small = 1 }, func(v *view) { v.Yes = true },
		func(v *view) { v.Share = 0.5 }, func(v *view) { v.Sum[3] = 1 }, func(v *view) { v.Bytes = []byte{} }, func(v *view) { v.Bytes = []byte{0} },
		func(v *view) { v.List = []string{} }, func(v *view) { v.List = []string{""} }, func(v *view) { v.Pairs[1] = true }, func(v *view) { v.Table = [][]string{nil} },
		func(v *view) { v.Table = [][]string{{}} }, func(v *view) { v.Map = map[string]int{"a": 1} }, func(v *view) { v.Map = nil }, func(v *view) { v.Any = "" }, func(v *view) { v.Any = 0 },
		func(v *view) { v.Day = gazette.NewDate(2023, 1, 2) }, func(v *view) { v.Next = nil }, func(v *view) { v.Next = &view{N: 1} }, func(v *view) { v.Others = []view{{}} },
	} {
		v := base
		change(&v)
		if render.Hash(v) == k {
			t.Errorf("change %d leaves the key", i)
		}
	}
	if render.Hash("\xff") == render.Hash("\xfe") {
		t.Error("texts that are no UTF-8 are one")
	}
	if render.Hash(base, []byte("a")) == k || render.Hash(base, []byte("a"), []byte("b")) == render.Hash(base, []byte("ab"), nil) {
		t.Error("what else the output depends on does not count")
	}
	other := view{Text: "a", Map: map[string]int{"b": 2, "a": 1}, Next: &view{}}
	if render.Hash(other) != k {
		t.Error("the same view has another key")
	}
}

func TestKeysAreMadeByManyAtOnce(t *testing.T) {
	type own struct {
		Next *own
		List []own
		Text string
	}
	v := own{List: []own{{Text: "a"}}, Next: &own{}}
	keys := make([]render.Key, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() { keys[i] = render.Hash(v) })
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] {
			t.Fatal("keys differ")
		}
	}
}

func TestWhatIsNoDataPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Hash of a function succeeds")
		}
	}()
	render.Hash(struct{ F func() }{})
}
