package search_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongbao/internal/audit"
	"gongbao/internal/gram"
	"gongbao/internal/query"
	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// A doc is a document of a small site.
type doc struct {
	meta   search.Meta
	blocks []string
	force  string
	number query.Number
}

// site makes the files of a search; the documents from archived on are recent.
func site(docs []doc, archived int) (search.Config, map[string][]byte) {
	c := search.Config{
		V: search.Version, Build: 12345, N: len(docs), A: archived, Exact: 4, Meta: 8,
		Archive: search.ArchiveParams(archived, 8000, 7), Recent: search.RecentParams(len(docs)-archived, 100, 8),
		Heads: search.HeadParams(len(docs)), Years: [][2]int{{2020, 0}, {2026, archived}}, Issues: []int{},
	}
	c.Archive.Head, c.Recent.Head, c.Heads.Head = 64, 64, 64 // pages must be read for themselves
	files := map[string][]byte{}
	grams := func(p gram.Params, folder string, docs []doc, blocks func(doc) []string) {
		b := gram.NewBuilder(p, 0, nil)
		for _, d := range docs {
			var streams []string
			for _, s := range blocks(d) {
				streams = append(streams, zh.Stream(s))
			}
			_ = b.Add(streams...)
		}
		made, _ := b.Files(0) // all, as the texts are few; in memory nothing goes wrong
		for i, f := range made {
			files[search.File(folder, i)] = f
		}
	}
	body := func(d doc) []string { return d.blocks }
	grams(c.Archive, search.Archive+"body/", docs[:archived], body)
	grams(c.Recent, search.Recent+"body/", docs[archived:], body)
	grams(c.Heads, search.Recent+"heads/", docs, func(d doc) []string { return []string{d.meta.Title, d.meta.Number} })
	lists, exact, metas := search.Lists{}, make([][]string, c.Exact), map[string][]search.Meta{}
	add := func(key, line string) {
		n := search.ExactFile(key, c.Exact)
		exact[n] = append(exact[n], line)
	}
	for i, d := range docs {
		if d.force != "" {
			lists[d.force] = append(lists[d.force], int32(i))
		}
		add(search.TitleLine(d.meta.Title, i))
		if d.number.Serial > 0 {
			add(search.ExactLine(d.number, i, d.meta))
		}
		path, _ := c.MetaFile(i)
		metas[path] = append(metas[path], d.meta)
	}
	for i, lines := range exact {
		files[search.File(search.Recent+"exact/", i)] = search.Lines(lines)
	}
	for path, ms := range metas {
		files[path] = search.Lines(search.MetaLines(ms))
	}
	files[search.State] = search.StateFile(c.Build, len(docs), lists, map[int][]search.Step{2: {{Until: 9999, Code: "expired"}}})
	return c, files
}

func reader(c search.Config, files map[string][]byte) *search.Reader {
	return &search.Reader{Config: c, Fetch: func(path string, from, size int) ([]byte, error) {
		b, ok := files[path]
		switch {
		case !ok:
			return nil, errors.New("no " + path)
		case size < 0:
			return b, nil
		}
		return b[min(from, len(b)):min(from+size, len(b))], nil
	}}
}

func example() []doc {
	var docs []doc
	for i := range 40 {
		d := doc{
			meta:   search.Meta{Title: fmt.Sprintf("关于第%d号事项的通知", i), Number: fmt.Sprintf("示府发〔2020〕%d号", i+1), Address: fmt.Sprintf("documents/sff/2020/%d/", i+1), Issuers: "示范市人民政府", Date: "2020-01-02"},
			blocks: []string{"各单位应当按照规定停放车辆，", "不得占用消防通道。", strings.Repeat("其他规定。", i)},
			number: query.Number{Series: "示府发", Year: 2020, Serial: i + 1},
		}
		switch i {
		case 3:
			d.meta = search.Meta{Title: "停车场管理办法", Address: "pages/tc/", Date: "", Type: "page"}
			d.number = query.Number{}
		case 5:
			d.force = "repealed"
		case 7:
			d.blocks = append(d.blocks, "充电泊位不少于百分之十。")
		case 39:
			d.meta.Title = "停车场管理办法实施细则"
		}
		docs = append(docs, d)
	}
	return docs
}

func titles(rs []search.Result) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Meta.Title)
	}
	return strings.Join(out, " ")
}

func TestSearchOrdersWhatItFinds(t *testing.T) {
	c, files := site(example(), 30)
	for _, x := range []struct {
		typed, first string
		total        int
	}{
		{"停车场管理办法", "停车场管理办法 停车场管理办法实施细则", 2},
		{"停车场 办法", "停车场管理办法实施细则 停车场管理办法", 2},
		{"充电泊位", "关于第7号事项的通知", 1},
		{"規定停放車輛", "停车场管理办法实施细则 关于第38号事项的通知", 40},
		{"示府发〔2020〕8号", "关于第7号事项的通知", 1},
		{"2020 8号", "关于第7号事项的通知", 8}, // its terms stand in the numbers and titles of seven more
		{"示府发2020", "停车场管理办法实施细则 关于第38号事项的通知", 39},
		{"道。其他", "", 0}, // across two blocks
		{"电", "关于第7号事项的通知", 1},
		{"停车场管理办法第三条", "停车场管理办法 停车场管理办法实施细则", 2},
		{"没有这样的话", "", 0},
		{"", "", 0},
		{"，。", "", 0},
	} {
		got, err := reader(c, files).Search(x.typed, 10)
		if err != nil {
			t.Fatalf("%q: %v", x.typed, err)
		}
		if first := titles(got.Top); !strings.HasPrefix(first, x.first) || x.first == "" && first != "" {
			t.Errorf("%q: %s, want %s first", x.typed, first, x.first)
		}
		if got.Total != x.total {
			t.Errorf("%q: %d found, want %d", x.typed, got.Total, x.total)
		}
	}
}

func TestWhatHasEndedStandsLower(t *testing.T) {
	c, files := site(example(), 30)
	got, err := reader(c, files).Search("停放车辆", 40)
	if err != nil || len(got.Top) != 40 {
		t.Fatalf("%d found, %v", len(got.Top), err)
	}
	if last := got.Top[39]; last.Meta.Title != "关于第5号事项的通知" || last.Force != "repealed" {
		t.Errorf("last is %+v", last)
	}
	if first := got.Top[0]; first.Meta.Address != "documents/sff/2020/40/" || first.Meta.Date != "2020-01-02" || first.Meta.Issuers != "示范市人民政府" {
		t.Errorf("meta came back as %+v", first.Meta)
	}
}

func TestNumberTakesTwoFiles(t *testing.T) {
	c, files := site(example(), 30)
	r := reader(c, files)
	got, err := r.Number("示府发[2020]12号")
	if err != nil || len(got) != 1 || got[0].Meta.Number != "示府发〔2020〕12号" || r.Cost.Requests != 2 {
		t.Errorf("%+v, %v, %d requests", got, err, r.Cost.Requests)
	}
	if got, err := r.Number("川府发〔2020〕12号"); err != nil || len(got) != 0 {
		t.Errorf("another series: %+v, %v", got, err)
	}
}

// TestEveryDamageIsAnError breaks each file in turn: a search gives an error or
// what it gave before, and the audit says so.
func TestEveryDamageIsAnError(t *testing.T) {
	c, files := site(example(), 30)
	if err := audit.Titles(reader(c, files), nil); err != nil {
		t.Fatal(err)
	}
	queries := []string{"停车场管理办法", "规定停放车辆", "示府发〔2020〕8号", "充电泊位"}
	want := map[string]string{}
	for _, q := range queries {
		res, err := reader(c, files).Search(q, 10)
		if err != nil {
			t.Fatal(err)
		}
		want[q] = titles(res.Top)
	}
	noticed := 0
	for path, whole := range files {
		for _, bad := range [][]byte{nil, whole[:len(whole)/2], []byte("<!DOCTYPE html>"), slices.Concat(whole[:len(whole)-1], []byte{whole[len(whole)-1] ^ 1})} {
			broken := map[string][]byte{}
			for p, b := range files {
				broken[p] = b
			}
			if broken[path] = bad; bad == nil {
				delete(broken, path)
			}
			for _, q := range queries {
				res, err := reader(c, broken).Search(q, 10)
				if err != nil {
					noticed++
				} else if got := titles(res.Top); got != want[q] {
					t.Errorf("%s is broken: %q finds %s, want %s", path, q, got, want[q])
				}
			}
			err := audit.Titles(reader(c, broken), nil)
			if err == nil && !strings.Contains(path, "/body/") && !strings.Contains(path, "/exact/") {
				// A file of heads may hold no pair of a title.
				if !strings.Contains(path, "/heads/") {
					t.Errorf("%s is broken, and the audit is content", path)
				}
			}
		}
	}
	if noticed < 50 {
		t.Errorf("only %d searches noticed anything", noticed)
	}
}

func FuzzReader(f *testing.F) {
	c, files := site(example(), 30)
	for path, b := range files {
		if !strings.Contains(path, "heads") {
			f.Add(path, b, "停车")
		}
	}
	f.Fuzz(func(t *testing.T, path string, b []byte, q string) {
		broken := map[string][]byte{}
		for p, old := range files {
			broken[p] = old
		}
		broken[path] = gram.Seal(search.Version, b) // sums keep nonsense out; what is behind them must bear it
		_, _ = reader(c, broken).Search(q, 3)
		_, _ = reader(c, broken).Number(q)
	})
}
