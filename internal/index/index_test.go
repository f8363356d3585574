package index_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/index"
	"gongbao/internal/query"
)

var asOf = gazette.NewDate(2026, 11, 24)

// A site is a site on disk, as the command has it.
type site struct{ root string }

func newSite(t *testing.T) site {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := site{t.TempDir()}
	for _, f := range a.Files {
		s.write(t, f.Name, string(f.Data))
	}
	return s
}

func (s site) write(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(s.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replace edits a file of the site.
func (s site) replace(t *testing.T, name, old, text string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.root, name))
	if err != nil || !strings.Contains(string(b), old) {
		t.Fatalf("%s: no %q (%v)", name, old, err)
	}
	s.write(t, name, strings.ReplaceAll(string(b), old, text))
}

func (s site) options(t *testing.T, day gazette.Date) index.Options {
	t.Helper()
	loaded, err := build.Load(t.Context(), build.Options{Root: s.root, AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loaded.Close() })
	return index.Options{Dir: filepath.Join(s.root, ".gongbao", "index"), Catalog: loaded.Catalog, Loader: loaded.Loader()}
}

// open opens the index, which must work, until the test ends.
func open(t *testing.T, o index.Options) *index.Index {
	t.Helper()
	x, err := index.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("Open = %v", err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func search(t *testing.T, x *index.Index, typed string, how index.Search) index.Result {
	t.Helper()
	r, err := x.Search(t.Context(), query.Parse(typed), how)
	if err != nil {
		t.Fatalf("Search(%q) = %v", typed, err)
	}
	return r
}

// names are the hits by the names of their files, with their anchors.
func names(r index.Result) string {
	var out []string
	for _, h := range r.Hits {
		name := strings.TrimSuffix(filepath.Base(h.Path), ".md")
		if h.Anchor != "" {
			name += "#" + h.Anchor
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

var finds = []struct{ typed, want string }{
	// One term, several, none; titles before bodies, of equal ones the newer first.
	{"停车场", "notice#att_1 parking#art_1__para_1 old-parking#art_1__para_1 hotline tariff"},
	{"停车场 收费", "parking#art_2__para_1 tariff"},
	{"收费 停车场", "parking#art_2__para_1 tariff"},
	{"彗星撞地球", ""},
	{"示范市停车场管理办法", "parking notice#att_1 old-parking"},
	{"《示范市停车场管理办法》", "parking notice#att_1 old-parking"},
	// How it is written does not count.
	{"停車場收費", "tariff"},
	{"ＷＩＦＩ", "hotline"},
	{"15 分钟", "parking#art_2__para_1"},
	{"一五分钟", "parking#art_2__para_1"},
	// One character, also the last of a block and outside the basic plane.
	{"哗", "hotline"},
	{"𠮷", "rare"},
	{"𠮷野", "rare"},
	{"末", "rare"},
	{"哈哈哈", "rare"},
	{"哈哈哈哈哈", ""},
	// Nothing across two blocks; nothing across title and body.
	{"停车场管理第", ""},
	{"甲乙", "rare"},
	{"甲乙署名", ""},
	{"丙丁", ""},
	// Numbers in every spelling.
	{"内府办函202336", "notice"},
	{"内府办函〔2023〕36号", "notice"},
	{"2023 36号", "notice"},
	{"[2023]36", "notice"},
	{"府办函2023年第36号", "notice"},
	{"外府办函202336", ""},
	{"第327号令", "order"},
	{"示范市人民政府令第327号", "order"},
	// An article of what has the title, and of what a notice prints; what has no such article.
	{"停车场管理办法第二条", "notice#att_1__art_2 parking#art_2"},
	// An issue, and a page of it.
	{"2023年第6期", "notice parking old-parking"},
	{"2023年6期第12页", "notice"},
	{"2023年第6期第11页", "parking"},
	{"2023年第6期第1页", "notice parking old-parking"},
	{"2022年第6期", ""},
}

func TestFinds(t *testing.T) {
	o := newSite(t).options(t, asOf)
	for kind, x := range map[string]*index.Index{"index": open(t, o), "scan": index.Scan(o)} {
		for _, c := range finds {
			if got := names(search(t, x, c.typed, index.Search{})); got != c.want {
				t.Errorf("%s: Search(%q) = %s, want %s", kind, c.typed, got, c.want)
			}
		}
	}
}

func TestFiltersAndFacetsAreOfTheDay(t *testing.T) {
	s := newSite(t)
	inForce := index.Search{Filter: map[catalog.Facet][]string{"force": {"in-force"}}}
	x := open(t, s.options(t, asOf))
	r := search(t, x, "停车场", inForce)
	if got := names(r); got != "parking#art_1__para_1" || r.Found != 5 || r.Total != 1 {
		t.Errorf("in force: %s of %d, want parking of 5", got, r.Found)
	}
	for _, c := range []struct {
		facet  catalog.Facet
		values []string
		want   int
	}{
		{"class", []string{"行政规范性文件"}, 2}, {"class", []string{"question"}, 1}, {"class", []string{"question", "行政规范性文件"}, 3},
		{"topic", []string{"城乡建设"}, 1}, {"topic", []string{"城乡"}, 0}, {"year", []string{"2023"}, 2}, {"issue", []string{"2023-06"}, 3},
		{"issuer", []string{"示范市人民政府"}, 2}, {"level", []string{"市"}, 3}, {"kind", nil, 5},
	} {
		if r := search(t, x, "停车场", index.Search{Filter: map[catalog.Facet][]string{c.facet: c.values}}); r.Total != c.want {
			t.Errorf("%s %q: %d hits, want %d: %s", c.facet, c.values, r.Total, c.want, names(r))
		}
	}
	want := "force [{in-force 1} {repealed 1}] class [{其他文件 2} {行政规范性文件 2} {question 1}] kind [{函 1} {通告 1}] " +
		"issuer [{示范市人民政府 2} {示范市发展和改革局 1}] level [{市 3}] topic [{城乡建设/停车 1}] year [{2023 2} {2018 1} {2022 1} {2024 1}] issue [{2023-06 3}]"
	if got := facets(search(t, x, "停车场", index.Search{Limit: 1})); got != want {
		t.Errorf("facets\n%s, want\n%s", got, want)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	// The same index on a day on which the new rules were not yet in force.
	y := open(t, s.options(t, gazette.NewDate(2023, 6, 30)))
	if y.Indexed != 0 {
		t.Errorf("another day: %d bodies indexed, want 0", y.Indexed)
	}
	if got := names(search(t, y, "停车场", inForce)); got != "old-parking#art_1__para_1" {
		t.Errorf("in force on an earlier day: %s", got)
	}
}

func facets(r index.Result) string {
	var out []string
	for _, f := range r.Facets {
		out = append(out, fmt.Sprint(f.Facet, " ", f.Values))
	}
	return strings.Join(out, " ")
}

func TestPassagesMarkWhatWasFound(t *testing.T) {
	s := newSite(t)
	s.write(t, "content/documents/long.md", "+++\ntitle = \"长文\"\ndisclosure = \"主动公开\"\n+++\n"+strings.Repeat("前言无话。", 30)+"此处“停〔车〕场”甚少。"+strings.Repeat("后语亦无。", 30)+"\n")
	x := open(t, s.options(t, asOf))
	for typed, want := range map[string]string{
		"停车场收费":  "2022年起，[停車場（收 費]）标准不变。",
		"15分 分钟": "第二条 停车不足[15分钟]的，不收费；停车场应当公示。",
		"此处停车场甚": "…" + strings.Repeat("前言无话。", 6) + "[此处“停〔车〕场”甚]少。" + strings.Repeat("后语亦无。", 11) + "后语亦…",
		"第三百二十七": "",
	} {
		r := search(t, x, typed, index.Search{})
		got := ""
		if len(r.Hits) > 0 {
			got = marked(r.Hits[0].Passage)
		}
		if got != want {
			t.Errorf("passage of %q\n%q, want\n%q", typed, got, want)
		}
	}
	if got := marked(search(t, x, "示范市 办法", index.Search{Filter: map[catalog.Facet][]string{"kind": nil, "force": {"in-force"}}, Limit: 1}).Hits[0].Title); got != "[示范市]停车场管理[办法]" {
		t.Errorf("title %q", got)
	}
}

func marked(p index.Passage) string {
	runes := []rune(p.Text)
	for i := len(p.Marks) - 1; i >= 0; i-- {
		m := p.Marks[i]
		runes = slices.Insert(slices.Insert(runes, m[1], ']'), m[0], '[')
	}
	return string(runes)
}

// sameAsScan compares the index with a search without one.
func sameAsScan(t *testing.T, o index.Options, x *index.Index) {
	t.Helper()
	for _, c := range finds {
		got, want := search(t, x, c.typed, index.Search{}), search(t, index.Scan(o), c.typed, index.Search{})
		if names(got) != names(want) || facets(got) != facets(want) {
			t.Errorf("Search(%q) = %s, without an index %s", c.typed, names(got), names(want))
		}
	}
}

func TestOnlyWhatChangedIsIndexed(t *testing.T) {
	s := newSite(t)
	first := open(t, s.options(t, asOf))
	all := first.Indexed
	if err := first.Close(); err != nil || all == 0 {
		t.Fatal(all, err)
	}
	for _, c := range []struct {
		what             string
		change           func()
		indexed, removed int
		typed, want      string
	}{
		{"nothing", func() {}, 0, 0, "彗星", ""},
		{"a body", func() { s.replace(t, "content/questions/hotline.md", "喧哗", "彗星") }, 1, 0, "彗星", "hotline"},
		{"what it held before", func() {}, 0, 0, "哗", ""},
		{"a title", func() { s.replace(t, "content/questions/hotline.md", "title = \"", "title = \"流星") }, 0, 0, "流星", "hotline"},
		{"a number", func() { s.replace(t, "content/documents/notice.md", "〔2023〕36号", "〔2023〕37号") }, 0, 0, "2023 37号", "notice"},
		{"a document more", func() {
			s.write(t, "content/documents/new.md", "+++\ntitle = \"新文\"\ndisclosure = \"主动公开\"\n+++\n谈论流星。\n")
		}, 1, 0, "谈论流星", "new"},
		{"a document less", func() { os.Remove(filepath.Join(s.root, "content/documents/new.md")) }, 0, 1, "谈论流星", ""},
		{"a draft", func() { s.replace(t, "content/questions/hotline.md", "title =", "draft = true\ntitle =") }, 0, 1, "彗星", ""},
		{"no draft", func() { s.replace(t, "content/questions/hotline.md", "draft = true\n", "") }, 1, 0, "彗星", "hotline"},
		{"a body less", func() {
			s.write(t, "content/questions/hotline.md", "+++\ntitle = \"空\"\n+++\n")
		}, 0, 1, "彗星", ""},
	} {
		c.change()
		o := s.options(t, asOf)
		x := open(t, o)
		if x.Indexed != c.indexed || x.Removed != c.removed {
			t.Errorf("%s: %d indexed, %d removed; want %d, %d", c.what, x.Indexed, x.Removed, c.indexed, c.removed)
		}
		if got := names(search(t, x, c.typed, index.Search{})); got != c.want {
			t.Errorf("%s: Search(%q) = %q, want %q", c.what, c.typed, got, c.want)
		}
		sameAsScan(t, o, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestManyEditsLeaveFewFiles(t *testing.T) {
	s := newSite(t)
	for i := range 30 {
		s.write(t, "content/questions/more.md", fmt.Sprintf("+++\ntitle = \"又问\"\n+++\n这是第%d次的改动。\n", i))
		x := open(t, s.options(t, asOf))
		if got := names(search(t, x, "次的改动", index.Search{})); got != "more" {
			t.Errorf("edit %d: %q", i, got)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if files := indexFiles(t, s.options(t, asOf)); len(files) > 20 {
		t.Errorf("%d files after 30 edits", len(files))
	}
}

// TestARunOfOnePairIsFound takes the time of the square of its length where
// phrases are looked for naively.
func TestARunOfOnePairIsFound(t *testing.T) {
	s := newSite(t)
	s.write(t, "content/questions/budget.md", "+++\ntitle = \"预算\"\n+++\n"+strings.Repeat("0", 300_000)+"1\n")
	x := open(t, s.options(t, asOf))
	for typed, want := range map[string]string{"000": "budget", strings.Repeat("0", 60) + "1": "budget", "0010": ""} {
		if got := names(search(t, x, typed, index.Search{})); got != want {
			t.Errorf("Search(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestAnEmptySiteHasNoHits(t *testing.T) {
	s := site{t.TempDir()}
	s.write(t, "config.toml", "[site]\ntitle = \"空\"\n")
	s.write(t, "content/data/issuers.toml", "")
	for range 2 {
		x := open(t, s.options(t, asOf))
		if r := search(t, x, "停车", index.Search{}); r.Total != 0 {
			t.Errorf("%d hits", r.Total)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
