package complete_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/complete"
	"gongbao/internal/gazette"
)

const site = `
-- config.toml --
[site]
title = "示范市人民政府公报"
issuers = ["示范市人民政府"]
-- content/data/issuers.toml --
[[issuer]]
name = "示范市人民政府"
code = "sfs"
[[issuer]]
name = "示范市教育局"
short = "市教育局"
code = "sjyj"
-- content/data/series.toml --
[[series]]
name = "示府发"
code = "sff"
issuer = "示范市人民政府"
gaps = [{ year = 2026, from = 2, to = 3, reason = "废号" }]
-- content/data/ledger/withheld.ndjson --
{"v":1,"at":"2026-03-12T16:20:00+08:00","event":"withheld","number":"示府发〔2026〕5号","attribute":"不予公开","reason":"内部事务信息","review":"2028-11-30"}
{"v":1,"at":"2026-03-12T16:20:00+08:00","event":"withheld","number":"示府发〔2026〕12号","attribute":"依申请公开","review":"2028-11-30"}
`

func load(t *testing.T, more string) *catalog.Catalog {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(site + more)).Files {
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := build.Load(t.Context(), build.Options{Root: root, AsOf: gazette.NewDate(2026, 11, 27), NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.Catalog
}

func doc(path, title, number, signed, more string) string {
	return "-- content/documents/" + path + ".md --\n+++\ntitle = \"" + title + "\"\nnumber = \"" + number + "\"\nissuers = [\"示范市人民政府\"]\nsigned = " + signed +
		"\npublished = " + signed + "\ndisclosure = \"主动公开\"\n" + more + "+++\n正文。\n"
}

var documents = doc("a", "关于甲的通知", "示府发〔2026〕1号", "2026-02-01", "drafter = \"市教育局\"\n") +
	doc("b", "关于乙的通知", "示府发〔2026〕4号", "2026-03-01", "drafter = \"示范市教育局\"\n") +
	doc("c", "关于丙的通知", "示府发〔2026〕8号", "2026-04-01", "") +
	doc("d", "关于丁的令", "示范市人民政府令第7号", "2026-05-01", "") +
	doc("e", "关于戊的令", "示范市人民政府令第9号", "2026-06-01", "") +
	doc("f", "关于己的通知", "示府发〔2026〕10号", "2027-01-01", "") + `
-- content/issues/2026-03.md --
+++
year = 2026
no = 3
running = 103
date = 2026-06-10
sections = [{ title = "文件", documents = ["示府发〔2026〕1号", "示府发〔2026〕8号"] }]
+++
-- content/issues/2026-05.md --
+++
year = 2026
no = 5
running = 105
date = 2026-10-10
sections = [{ title = "文件", documents = ["示范市人民政府令第7号"] }]
+++
`

func TestSerials(t *testing.T) {
	c := load(t, documents)
	find := func(ss []complete.Series, year int) complete.Series {
		i := slices.IndexFunc(ss, func(s complete.Series) bool { return s.Year == year })
		if i < 0 {
			t.Fatalf("no series of %d in %+v", year, ss)
		}
		return ss[i]
	}
	s := find(complete.Serials(c), 2026)
	if s.First != 1 || s.Last != 12 || s.Public != 3 || s.Withheld != 2 || s.Explained != 2 || s.Waiting != 1 || complete.Spans(s.Missing) != "6–7、9、11" {
		t.Errorf("%+v", s)
	}
	// Readers learn nothing of what comes after the last public document.
	p := find(complete.PublicSerials(c), 2026)
	if p.Last != 8 || p.Public != 3 || p.Withheld != 1 || p.Explained != 2 || p.Waiting != 0 || complete.Spans(p.Missing) != "6–7" {
		t.Errorf("%+v", p)
	}
	o := find(complete.Serials(c), 0) // orders begin with the first known
	if o.First != 7 || o.Last != 9 || o.Public != 2 || complete.Spans(o.Missing) != "8" {
		t.Errorf("%+v", o)
	}
}

func TestYearsPendingAndDepartments(t *testing.T) {
	c := load(t, documents)
	ys := complete.Years(c)
	if len(ys) != 1 || !reflect.DeepEqual(ys[0], complete.Year{Year: 2026, Issues: 2, First: 103, Last: 105, Documents: 3, Holes: 1, Missing: []int{4}}) {
		t.Errorf("%+v", ys)
	}
	var waiting []string
	for _, e := range complete.Pending(c) {
		waiting = append(waiting, e.Path)
	}
	if !slices.Equal(waiting, []string{"documents/b.md", "documents/e.md"}) {
		t.Errorf("waiting: %v", waiting)
	}
	ds := complete.Departments(c, gazette.NewDate(2026, 1, 1), gazette.NewDate(2026, 12, 31))
	if len(ds) != 2 || ds[0].Name != "示范市人民政府" || len(ds[0].Made) != 3 || len(ds[0].Printed) != 2 || len(ds[0].Pending) != 1 ||
		ds[1].Name != "示范市教育局" || len(ds[1].Made) != 2 || len(ds[1].Printed) != 1 || ds[1].Days != 129 {
		t.Errorf("%+v", ds)
	}
	if ds := complete.Departments(c, gazette.NewDate(2026, 4, 1), gazette.NewDate(2026, 4, 30)); len(ds) != 1 || len(ds[0].Made) != 1 {
		t.Errorf("of April: %+v", ds)
	}
}

func TestWithheldIsCounted(t *testing.T) {
	got := complete.Withheld(load(t, ""))
	want := []complete.Count{{2026, "不予公开", 1}, {2026, "依申请公开", 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestSpans(t *testing.T) {
	for want, ns := range map[string][]int{"": nil, "3": {3}, "3–5": {3, 4, 5}, "1、3–4、9": {1, 3, 4, 9}} {
		if got := complete.Spans(ns); got != want {
			t.Errorf("Spans(%v) = %q, want %q", ns, got, want)
		}
	}
}
