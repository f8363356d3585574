package feed_test

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/render/feed"
)

// atom is a feed as a reader reads it.
type atom struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle"`
	ID       string   `xml:"id"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Links    []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		Title     string `xml:"title"`
		ID        string `xml:"id"`
		Updated   string `xml:"updated"`
		Published string `xml:"published"`
		Summary   string `xml:"summary"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// read reads a feed and checks what RFC 4287 asks of every one.
func read(t *testing.T, name, text string) atom {
	t.Helper()
	var a atom
	if err := xml.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if a.Title == "" || a.Author == "" || !strings.HasPrefix(a.ID, base) {
		t.Errorf("%s: title %q, author %q, id %q", name, a.Title, a.Author, a.ID)
	}
	hrefs := map[string]string{}
	for _, l := range a.Links {
		hrefs[l.Rel] = l.Href
	}
	if want := base + strings.TrimSuffix(name, "atom.xml") + "index.html"; hrefs["self"] != base+name || hrefs["alternate"] != want {
		t.Errorf("%s: links %q", name, hrefs)
	}
	newest, ids := "", map[string]bool{}
	for _, e := range a.Entries {
		if e.Title == "" || !strings.HasPrefix(e.ID, base) || !strings.HasPrefix(e.Link.Href, base) || e.Published == "" {
			t.Errorf("%s: entry %+v", name, e)
		}
		if ids[e.ID] {
			t.Errorf("%s: id %s twice", name, e.ID)
		}
		ids[e.ID] = true
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		newest = max(newest, e.Updated)
	}
	if newest != "" && a.Updated != newest {
		t.Errorf("%s: updated %s, newest entry %s", name, a.Updated, newest)
	}
	return a
}

var roomy = strings.Replace(withBase, "limit = 3", "limit = 30", 1)

// life is the life of one document, and of what comes near it.
var life = map[string]string{
	"documents/2023/a.md": "title = \"停车管理办法\"\nnumber = \"示府办发〔2023〕12号\"\nclass = \"行政规范性文件\"\nissuers = [\"示范市人民政府办公室\"]\ntopics = [\"城乡建设/停车\"]\nsigned = 2023-05-18\npublished = 2023-05-22T10:30:00+08:00\neffective = 2023-06-18\n" +
		"[[corrections]]\ndate = 2023-07-01\nwhat = \"第三条“五日”应为“五个工作日”\"\n[[corrections]]\ndate = 2023-07-01\nwhat = \"第四条\"\n[[corrections]]\ndate = 2027-07-01\nwhat = \"以后\"\n",
	"documents/2025/b.md":  "title = \"停车管理规定\"\nnumber = \"示府办发〔2025〕3号\"\nissuers = [\"示范市人民政府办公室\"]\nsigned = 2025-03-01\npublished = 2025-03-05\neffective = 2025-02-01\n[[relations]]\nkind = \"repeals\"\ntarget = \"示府办发〔2023〕12号\"\n",
	"documents/2024/c.md":  "title = \"关于修改停车管理办法的决定\"\nnumber = \"示府办发〔2024〕8号\"\nsigned = 2024-01-01\npublished = 2024-01-02\neffective = 2024-02-01\n[[relations]]\nkind = \"amends\"\ntarget = \"示府办发〔2023〕12号\"\narticles = [\"第三条\"]\n",
	"documents/2027/d.md":  "title = \"未来的办法\"\nsigned = 2026-11-01\npublished = 2026-11-02\neffective = 2027-03-01\n",
	"documents/2023/w.md":  "title = \"撤下的通知\"\npublished = 2023-05-24\nwithdrawn = { date = 2023-06-01, reason = \"内容有误\" }\n",
	"documents/2023/u.md":  "title = \"没有日期的通知\"\n",
	"interpretations/i.md": "title = \"一图读懂停车办法\"\nabout = [\"示府办发〔2023〕12号\"]\npublished = 2023-05-23T09:00:00+08:00\nissuers = [\"示范市城市管理局\"]\n",
	"questions/q.md":       "title = \"哪里能停车\"\nabout = [\"示府办发〔2023〕12号\"]\npublished = 2023-05-25\n",
	"issues/2023-06.md":    "year = 2023\nno = 6\ndate = 2023-06-30\nsections = [{ title = \"文件\", documents = [\"示府办发〔2023〕12号\"] }]\n",
}

func TestDocumentFeedTellsItsLife(t *testing.T) {
	out := render(t, site(t, roomy, life))
	const name = "documents/sfbf/2023/12/atom.xml"
	a := read(t, name, out[name])
	page, doc := base+"documents/sfbf/2023/12/index.html", base+"#documents/2023/a"
	want := []string{ // newest first: day, id, where it leads
		"2025-03-05 " + doc + "!force-2025-02-01 " + page, // told when it came out, not when it worked back to
		"2024-02-01 " + doc + "!wording-2024-02-01 " + page,
		"2023-07-01 " + doc + "!corrected-2023-07-01 " + page + "#corrections",
		"2023-07-01 " + doc + "!corrected-2023-07-01-2 " + page + "#corrections",
		"2023-06-18 " + doc + "!force-2023-06-18 " + page,
		"2023-05-25 " + doc + "!questions/q " + base + "questions/2023/q/index.html",
		"2023-05-23 " + doc + "!interpretations/i " + base + "interpretations/2023/i/index.html",
		"2023-05-22 " + doc + " " + page,
	}
	var got []string
	for _, e := range a.Entries {
		got = append(got, e.Published[:10]+" "+e.ID+" "+e.Link.Href)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if x := a.Entries[2]; x.Summary != "第三条“五日”应为“五个工作日”" {
		t.Errorf("correction %+v", x)
	}
	for name, text := range out {
		if strings.HasPrefix(name, "documents/2026/") {
			if a := read(t, name, text); len(a.Entries) != 1 || a.Entries[0].Title != "未来的办法" {
				t.Errorf("what takes effect later is told now: %+v", a.Entries)
			}
		}
	}
}

func TestFeedsOfListsAndTheirRange(t *testing.T) {
	cat := site(t, withBase, life)
	out := render(t, cat)
	var lists []string
	for _, l := range cat.Lists {
		if _, ok := out[l.Address+"atom.xml"]; ok {
			lists = append(lists, l.Address)
		}
	}
	for _, want := range []string{"documents/", "issues/", "interpretations/", "questions/"} {
		if !slices.Contains(lists, want) {
			t.Errorf("no feed of %s", want)
		}
	}
	for _, l := range lists {
		if strings.Contains(l, "force") || strings.HasPrefix(l, "statuses/") || l == "upcoming/" || strings.HasPrefix(l, "years/") {
			t.Errorf("%s has a feed", l)
		}
		if a := read(t, l+"atom.xml", out[l+"atom.xml"]); len(a.Entries) == 0 || len(a.Entries) > 3 {
			t.Errorf("%s has %d entries, want 1 to 3", l, len(a.Entries))
		}
	}
	if n := len(slices.DeleteFunc(lists, func(l string) bool { return !strings.HasPrefix(l, "topics/") })); n != 2 {
		t.Errorf("%d topics with feeds, want the topic and its parent", n)
	}
	issue := read(t, "issues/atom.xml", out["issues/atom.xml"]).Entries[0]
	if issue.Title != "2023年第6期" || issue.Link.Href != base+"issues/2023/06/index.html" {
		t.Errorf("issue %+v", issue)
	}
	// One document is one entry in whatever feed it is read.
	own := read(t, "documents/sfbf/2025/3/atom.xml", out["documents/sfbf/2025/3/atom.xml"]).Entries
	for _, e := range read(t, "documents/atom.xml", out["documents/atom.xml"]).Entries {
		if e.Title == "停车管理规定" && e.ID != own[len(own)-1].ID {
			t.Errorf("ids %s and %s", e.ID, own[len(own)-1].ID)
		}
	}
}

// A feed reader keeps what it read: nothing in a feed says a status.
func TestFollowedFeedsFreezeNoStatus(t *testing.T) {
	z := words(t)
	var forbidden []string
	for _, f := range gazette.Forces() {
		forbidden = append(forbidden, z("force."+string(f)), ">"+string(f))
	}
	forbidden = append(forbidden, z("text.amended"), z("text.partial"), z("shelf.withdrawn"), z("shelf.archived"), z("force.superseded"))
	n := 0
	for name, text := range render(t, site(t, withBase, life)) {
		if !strings.HasSuffix(name, "/atom.xml") {
			continue
		}
		n++
		for _, w := range forbidden {
			if strings.Contains(text, w) {
				t.Errorf("%s says %q", name, w)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d feeds looked at", n)
	}
}

func TestWhoIsNotFollowed(t *testing.T) {
	feeds := func(cfg string) []string {
		return slices.DeleteFunc(slices.Collect(maps.Keys(render(t, site(t, cfg, life)))), func(p string) bool {
			return !strings.HasPrefix(p, "documents/") || p == "documents/atom.xml"
		})
	}
	if got := feeds(withBase + "documents = false\n"); len(got) > 0 {
		t.Errorf("documents = false leaves %q", got)
	}
	if got := feeds("[site]\ntitle = \"示范市公报\"\n"); len(got) > 0 {
		t.Errorf("without an address of the site: %q", got)
	}
	out := render(t, site(t, withBase, life))
	undated, withdrawn := false, false
	for name, text := range out {
		undated = undated || strings.HasPrefix(name, "documents/undated/") && strings.Contains(text, "没有日期的通知")
		if strings.Contains(text, "!withdrawn") {
			withdrawn = true
			if a := read(t, name, text); len(a.Entries) != 1 || strings.Contains(text, "内容有误") {
				t.Errorf("%s: %+v", name, a.Entries)
			}
		}
	}
	if undated || !withdrawn {
		t.Errorf("undated %v, withdrawn %v", undated, withdrawn)
	}
}

func TestTextsOfAWorkAreOneFeed(t *testing.T) {
	alone := map[string]string{"documents/2020/old.md": "title = \"养犬条例\"\nsigned = 2020-01-01\npublished = 2020-01-05\neffective = 2020-03-01\n[[corrections]]\ndate = 2020-02-01\nwhat = \"第一条\"\n"}
	texts := maps.Clone(alone)
	texts["documents/2024/new.md"] = "title = \"养犬条例\"\nsigned = 2024-01-01\npublished = 2024-01-05\neffective = 2024-03-01\nversion_of = \"documents/2020/old.md\"\n"
	ids := func(name string, cat *catalog.Catalog) (id string, entries map[string]string) {
		text, ok := render(t, cat)[name]
		if !ok {
			t.Fatalf("no %s", name)
		}
		var a atom
		if err := xml.Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		entries = map[string]string{}
		for _, e := range a.Entries {
			entries[e.ID] = e.Published
		}
		return a.ID, entries
	}
	cat := site(t, roomy, alone)
	was := cat.Documents[0].Address
	feedID, before := ids(was+"atom.xml", cat)
	l := &ledger.Ledger{}
	l.Read("content/data/ledger/2020.ndjson", []byte(`{"v":1,"at":"2020-01-05T00:00:00+08:00","event":"published","id":"documents/2020/old","address":"`+was+`","text_hash":""}`+"\n"))
	cat = siteOf(t, roomy, texts, l)
	now := cat.Documents[0].Address
	if now == was {
		t.Fatal("the address did not move: nothing is tested")
	}
	for _, name := range []string{was + "atom.xml", now + "atom.xml"} { // readers know the old one
		id, after := ids(name, cat)
		if id != feedID {
			t.Errorf("%s is %s, was %s", name, id, feedID)
		}
		for e, at := range before {
			if !strings.Contains(e, "!force") && after[e] != at { // the force is that of the newest text
				t.Errorf("%s: %s is not told any more: %v", name, e, after)
			}
		}
		if after[base+"#documents/2024/new"] != "2024-01-05T00:00:00+08:00" {
			t.Errorf("%s: the later text is not told: %v", name, after)
		}
	}
}

func TestNewestCameIsTheHeadOfASort(t *testing.T) {
	many := map[string]string{}
	for i := range 200 {
		many[fmt.Sprintf("documents/2023/%03d.md", i)] = fmt.Sprintf("title = \"通知%d\"\npublished = 2023-%02d-%02d\nsigned = 2023-%02d-01\n", i, 1+i*7%12, 1+i*5%28, 1+i%12)
	}
	cat := site(t, roomy, many)
	all := catalog.NewestCame(cat.Entries, len(cat.Entries))
	for i := 1; i < len(all); i++ {
		if all[i].Came().Compare(all[i-1].Came()) > 0 {
			t.Fatal("not newest first")
		}
	}
	for _, n := range []int{1, 2, 30, 199, 200, 300} {
		if got := catalog.NewestCame(cat.Entries, n); !slices.Equal(got, all[:min(n, 200)]) {
			t.Errorf("the newest %d are others", n)
		}
	}
	if got := catalog.NewestCame(nil, 3); got != nil {
		t.Error("none")
	}
}

// A site of 35,000 documents has as many feeds: what one costs.
func BenchmarkDocumentFeed(b *testing.B) {
	t := &testing.T{}
	for _, u := range feed.Units(site(t, roomy, life), "1", words(t), nil) {
		if u.Path == "documents/sfbf/2023/12/atom.xml" {
			b.Run("key", func(b *testing.B) {
				for b.Loop() {
					u.Key()
				}
			})
			b.Run("write", func(b *testing.B) {
				for b.Loop() {
					u.Render(nil)
				}
			})
		}
	}
}
