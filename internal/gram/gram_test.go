package gram_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/gram"
)

// texts are small random texts over few letters, so that grams are frequent.
func texts(seed uint64, n int) [][]string {
	r := rand.New(rand.NewPCG(seed, 1))
	letters := []rune("甲乙丙丁戊己庚辛壬癸子丑𠀀a1")
	out := make([][]string, n)
	for i := range out {
		for range 1 + r.IntN(4) {
			var b strings.Builder
			for range r.IntN(40) {
				b.WriteRune(letters[min(r.IntN(len(letters)), r.IntN(len(letters)))])
			}
			out[i] = append(out[i], b.String())
		}
	}
	return out
}

func build(p gram.Params, texts [][]string) [][]byte {
	b := gram.NewBuilder(p, 0, nil)
	gram.CutInto(b, (p.Shards+2)/3) // as if memory were short
	return filesOf(b, texts)
}

// filesOf adds texts and returns all files.
func filesOf(b *gram.Builder, texts [][]string) [][]byte {
	for _, blocks := range texts {
		if err := b.Add(blocks...); err != nil {
			panic(err) // there is no scratch, or one that bears all
		}
	}
	var files [][]byte
	for i := range b.Parts() {
		part, err := b.Files(i)
		if err != nil {
			panic(err)
		}
		files = append(files, part...)
	}
	return files
}

// lookup walks from a place of the query; first is how many bytes of the file are
// read at once.
func lookup(t testing.TB, p gram.Params, files [][]byte, query []uint16, first int) gram.Walk {
	t.Helper()
	second := uint16(0)
	if len(query) > 1 {
		second = query[1]
	}
	file := files[p.Shard(query[0], second)]
	d, need, err := p.ReadDir(file[:min(first, len(file))])
	if need > 0 {
		d, _, err = p.ReadDir(file[:need])
	}
	if err != nil {
		t.Fatal(err)
	}
	w := p.Walk(d, query)
	if w.Need > 0 {
		b, many := file[w.From:w.From+w.Need], w
		if err := w.Page(b); err != nil {
			t.Fatal(err)
		}
		page, err := many.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if many.Take(page); !slices.Equal(many.List, w.List) || many.Exact != w.Exact || many.Depth != w.Depth || many.Need != w.Need {
			t.Fatalf("%v: a page read whole gives %v %v %d, else %v %v %d", query, many.List, many.Exact, many.Depth, w.List, w.Exact, w.Depth)
		}
	}
	return w
}

func holders(texts [][]string, q string) []int32 {
	var out []int32
	for i, blocks := range texts {
		if slices.ContainsFunc(blocks, func(b string) bool { return strings.Contains(b, q) }) {
			out = append(out, int32(i))
		}
	}
	return out
}

func TestWalkFindsExactlyWhatItSays(t *testing.T) {
	for _, p := range []gram.Params{
		{Universe: 512, Shards: 1, Rare: 4, Depth: 5, Stamp: 7},
		{Universe: 300, Shards: 17, Rare: 40, Depth: 3},
		{Universe: 300, Shards: 40, Rare: 0, Depth: 6, Stamp: 1 << 31},
	} {
		all := texts(3, 300)
		files := build(p, all)
		r := rand.New(rand.NewPCG(5, 5))
		exact, rare := 0, 0
		for range 3000 {
			block := []rune(all[r.IntN(len(all))][0])
			if len(block) == 0 {
				continue
			}
			from := r.IntN(len(block))
			q := block[from:min(len(block), from+1+r.IntN(7))]
			if r.IntN(4) == 0 {
				q[r.IntN(len(q))] = '癸'
			}
			query := gram.Units(string(q))
			w := lookup(t, p, files, query, gram.MinRead+r.IntN(5000))
			want := holders(all, string(q))
			got := w.List
			switch {
			case w.Exact && len(query) <= p.Depth:
				exact++
				if !slices.Equal(got, want) {
					t.Fatalf("%+v: %q: %v, want %v", p, string(q), got, want)
				}
			default:
				rare++
				for _, d := range want {
					if !slices.Contains(got, d) {
						t.Fatalf("%+v: %q: %v lacks %d", p, string(q), got, d)
					}
				}
				if !w.Exact && len(got) > p.Rare {
					t.Fatalf("%+v: %q: %d candidates", p, string(q), len(got))
				}
			}
		}
		if exact < 500 {
			t.Errorf("%+v: %d exact, %d not: the texts are badly chosen", p, exact, rare)
		}
	}
}

// TestFilesDependOnTheirTextsOnly is what lets a site be built twice.
func TestFilesDependOnTheirTextsOnly(t *testing.T) {
	p := gram.Params{Universe: 512, Shards: 9, Rare: 4, Depth: 5}
	a, b := texts(1, 200), texts(1, 200)
	whole := filesOf(gram.NewBuilder(p, 0, nil), a)
	for i, f := range build(p, b) {
		if !slices.Equal(whole[i], f) {
			t.Errorf("file %d differs", i)
		}
	}
}

// TestNewTextChangesOnlyFilesOfItsPairs is why the universe is given.
func TestNewTextChangesOnlyFilesOfItsPairs(t *testing.T) {
	p := gram.Params{Universe: 512, Shards: 64, Rare: 4, Depth: 5}
	all := texts(2, 100)
	before := build(p, all)
	after := build(p, append(all, []string{"甲乙"}))
	for i := range after {
		of := i == p.Shard('甲', '乙') || i == p.Shard('甲', 0) || i == p.Shard('乙', 0)
		if same := slices.Equal(before[i], after[i]); same == of {
			t.Errorf("file %d: same = %v, of the new text = %v", i, same, of)
		}
	}
}

// TestDamageIsNoticed flips and cuts every byte of a file that a lookup reads.
func TestDamageIsNoticed(t *testing.T) {
	p := gram.Params{Universe: 512, Shards: 1, Rare: 4, Depth: 5, Stamp: 9}
	file := build(p, texts(4, 120))[0]
	query := gram.Units("甲乙甲")
	good, _, err := p.ReadDir(file)
	if err != nil {
		t.Fatal(err)
	}
	w := p.Walk(good, query)
	for i := 0; i < w.From+w.Need; i++ {
		bad := slices.Clone(file)
		bad[i] ^= 1 << (i % 8)
		d, need, err := p.ReadDir(bad)
		if err != nil || need > 0 {
			continue
		}
		v := p.Walk(d, query)
		if v.Need == 0 || v.From+v.Need > len(bad) {
			t.Fatalf("byte %d: the directory was believed", i)
		}
		if err := v.Page(bad[v.From : v.From+v.Need]); err == nil && i >= v.From {
			t.Errorf("byte %d of the page was believed", i)
		}
	}
	if _, _, err := (gram.Params{Universe: 512, Shards: 1, Rare: 4, Depth: 5, Stamp: 10}).ReadDir(file); !errors.Is(err, gram.ErrDamaged) {
		t.Errorf("a file of another build: %v", err)
	}
}

func TestListsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 3000 {
		u := 1 + r.IntN(3000)
		share := r.IntN(100)
		var list []int32
		for v := range u {
			if r.IntN(100) < share || share == 99 {
				list = append(list, int32(v))
			}
		}
		b := append(gram.AppendList(nil, list, u), 0xAA)
		got, rest, err := gram.ReadList(b, len(list), u)
		if err != nil || !slices.Equal(got, list) || len(rest) != 1 {
			t.Fatalf("u %d, %d numbers: %v, %d left, %v", u, len(list), slices.Equal(got, list), len(rest), err)
		}
	}
}

func FuzzReadDir(f *testing.F) {
	p := gram.Params{Universe: 64, Shards: 1, Rare: 2, Depth: 5}
	f.Add(build(p, texts(6, 30))[0], "甲乙丙")
	f.Fuzz(func(t *testing.T, b []byte, q string) {
		// Sums keep nonsense out; readers behind them must bear it all the same.
		if query := gram.Units(q); len(query) > 0 {
			if d, need, err := p.ReadDir(b); err == nil && need == 0 {
				if w := p.Walk(d, query); w.Need > 0 && w.From+w.Need <= len(b) {
					if page, err := w.Read(b[w.From : w.From+w.Need]); err == nil {
						again := w
						again.Take(page)
					}
					_ = w.Page(b[w.From : w.From+w.Need])
				}
			}
			page := gram.AppendSum(p, b)
			w := gram.WalkPage(p, query, page)
			if p, err := w.Read(page); err == nil {
				again := w
				again.Take(p)
			}
			_ = w.Page(page)
		}
	})
}
