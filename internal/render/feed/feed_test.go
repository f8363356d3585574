package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/markup"
	"gongbao/internal/render/feed"
	"gongbao/internal/render/html"
	"gongbao/internal/source"
	"gongbao/layouts"
)

const base = "https://gongbao.example.gov.cn/"

// site makes a catalog of content files, path → front matter, and a config.
func site(t *testing.T, cfg string, files map[string]string) *catalog.Catalog {
	t.Helper()
	return siteOf(t, cfg, files, nil)
}

func siteOf(t *testing.T, cfg string, files map[string]string, l *ledger.Ledger) *catalog.Catalog {
	t.Helper()
	in := catalog.Input{Ledger: l, Data: &source.Data{Series: []source.Series{{Name: "示府办发", Code: "sfbf"}}}, AsOf: gazette.NewDate(2026, 11, 23), HasFile: func(string) bool { return true }}
	in.Config, _ = config.Parse([]byte(cfg))
	for _, path := range slices.Sorted(maps.Keys(files)) {
		d, _ := digest.New(markup.NewParser(), path, []byte("+++\n"+files[path]+"+++\n\n正文。\n"))
		in.Digests = append(in.Digests, d)
	}
	return catalog.Resolve(in)
}

func words(t *testing.T) feed.Words {
	t.Helper()
	s, err := html.LoadStrings(layouts.FS, "zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	return s.T
}

func render(t *testing.T, cat *catalog.Catalog) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, u := range feed.Units(cat, "1", words(t), nil) {
		o, fs := u.Render(nil)
		if len(fs) > 0 {
			t.Errorf("%s: %v", u.Path, fs)
		}
		if _, ok := out[u.Path]; ok {
			t.Errorf("%s twice", u.Path)
		}
		out[u.Path] = string(o.Bytes)
	}
	return out
}

const withBase = "base_url = \"" + base + "\"\n[site]\ntitle = \"示范市公报 & <政府>\"\n[feeds]\nlimit = 3\n"

var files = map[string]string{
	"documents/2023/a.md":       "title = \"关于“停车”的<通知> & 其他\"\nnumber = \"示府办发〔2023〕12号\"\nissuers = [\"示范市人民政府办公室\", \"示范市公安局\"]\npublished = 2023-05-22T10:30:00+08:00\nsigned = 2023-05-18\neffective = 2023-06-01\nsummary = \"摘要\"\n[[corrections]]\ndate = 2023-07-01\nwhat = \"第一条\"\n",
	"documents/2023/b.md":       "title = \"只有日期的通知\"\nnumber = \"示府办发〔2023〕13号\"\npublished = 2023-05-23\n",
	"documents/2023/c.md":       "title = \"没有上网日期的通知\"\nsigned = 2023-05-20\n",
	"documents/2023/d.md":       "title = \"旧通知\"\nnumber = \"示府办发〔2020〕1号\"\npublished = 2020-01-01\n",
	"documents/2023/e.md":       "title = \"撤下的通知\"\npublished = 2023-05-24\nwithdrawn = { date = 2023-06-01, reason = \"内容有误\" }\n",
	"documents/2023/f.md":       "title = \"归档的通知\"\npublished = 2023-05-25\narchived = 2023-06-01\n",
	"documents/2023/g.md":       "title = \"没有日期的通知\"\n",
	"documents/2023/h.md":       "title = \"未来的通知\"\npublished = 2027-01-01\n",
	"interpretations/2023/i.md": "title = \"停车解读\"\npublished = 2023-05-22T10:31:00+08:00\nissuers = [\"示范市城市管理局\"]\n",
	"pages/about.md":            "title = \"关于\"\n",
}

// order are the titles that feeds must have, newest online first.
var order = []string{"只有日期的通知", "停车解读", "关于“停车”的<通知> & 其他"}

func TestFeedsFollowPublication(t *testing.T) {
	out := render(t, site(t, withBase, files))
	var rss struct {
		Items []struct {
			Title string `xml:"title"`
			Link  string `xml:"link"`
			Date  string `xml:"pubDate"`
			GUID  struct {
				Permanent bool   `xml:"isPermaLink,attr"`
				ID        string `xml:",chardata"`
			} `xml:"guid"`
		} `xml:"channel>item"`
	}
	if err := xml.Unmarshal([]byte(out["feed.xml"]), &rss); err != nil {
		t.Fatal(err)
	}
	var atom struct {
		Updated string `xml:"updated"`
		Entries []struct {
			Title   string `xml:"title"`
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
			Author  string `xml:"author>name"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(out["atom.xml"]), &atom); err != nil {
		t.Fatal(err)
	}
	var js struct {
		Version string `json:"version"`
		Feed    string `json:"feed_url"`
		Items   []struct {
			ID, URL, Title string
			Text           string `json:"content_text"`
			Published      string `json:"date_published"`
		} `json:"items"`
	}
	if err := json.Unmarshal([]byte(out["feed.json"]), &js); err != nil {
		t.Fatal(err)
	}
	if len(rss.Items) != 3 || len(atom.Entries) != 3 || len(js.Items) != 3 {
		t.Fatalf("%d, %d, %d entries, want 3 in each", len(rss.Items), len(atom.Entries), len(js.Items))
	}
	for i, want := range order {
		if rss.Items[i].Title != want || atom.Entries[i].Title != want || js.Items[i].Title != want {
			t.Errorf("entry %d is %q, %q, %q, want %q", i, rss.Items[i].Title, atom.Entries[i].Title, js.Items[i].Title, want)
		}
		if !strings.HasPrefix(rss.Items[i].Link, base) || atom.Entries[i].ID != rss.Items[i].GUID.ID || js.Items[i].ID != atom.Entries[i].ID || rss.Items[i].GUID.Permanent {
			t.Errorf("entry %d: link %q, ids %q and %q", i, rss.Items[i].Link, atom.Entries[i].ID, rss.Items[i].GUID.ID)
		}
		for _, stamp := range []string{atom.Entries[i].Updated, js.Items[i].Published} {
			if _, err := time.Parse(time.RFC3339, stamp); err != nil {
				t.Errorf("entry %d: %v", i, err)
			}
		}
		if _, err := time.Parse(time.RFC1123Z, rss.Items[i].Date); err != nil {
			t.Errorf("entry %d: %v", i, err)
		}
	}
	if atom.Updated != "2023-05-23T00:00:00+08:00" {
		t.Errorf("updated %q, want the newest entry's, never the build's", atom.Updated)
	}
	if js.Version != "https://jsonfeed.org/version/1.1" || js.Feed != base+"feed.json" || js.Items[2].Text != "摘要" || atom.Entries[2].Author != "示范市人民政府办公室、示范市公安局" {
		t.Errorf("feed.json %+v, author %q", js, atom.Entries[2].Author)
	}
	if rss.Items[2].Date != "Mon, 22 May 2023 10:30:00 +0800" {
		t.Errorf("pubDate = %q", rss.Items[2].Date)
	}
}

func TestFeedsNeverSayAStatus(t *testing.T) {
	for name, text := range render(t, site(t, withBase, files)) {
		if strings.HasPrefix(name, "sitemap") {
			continue // in-force/ is an address
		}
		for _, word := range []string{"现行有效", "尚未施行", "已废止", "失效", "in-force", "repealed"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

func locs(t *testing.T, text string) map[string]string {
	t.Helper()
	var x struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(text), &x); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, u := range x.URLs {
		if _, ok := out[u.Loc]; ok {
			t.Errorf("%s twice", u.Loc)
		}
		out[u.Loc] = u.LastMod
	}
	return out
}

func TestSitemapHasEveryPageWithItsLastChange(t *testing.T) {
	out := render(t, site(t, withBase, files))
	urls := locs(t, out["sitemap.xml"])
	for loc, want := range map[string]string{
		base: "", base + "documents/sfbf/2023/12/": "2023-07-01", base + "documents/sfbf/2023/13/": "2023-05-23", base + "interpretations/2023/i/": "2023-05-22",
	} {
		if got, ok := urls[loc]; !ok || got != want {
			t.Errorf("%s last changed %q (%v), want %q", loc, got, ok, want)
		}
	}
	for loc := range urls {
		if !strings.HasPrefix(loc, base) || !strings.HasSuffix(loc, "/") {
			t.Errorf("address %q", loc)
		}
	}
	if strings.Contains(out["sitemap.xml"], "<lastmod></lastmod>") {
		t.Error("an empty lastmod")
	}
	if want := "User-agent: *\nAllow: /\nSitemap: " + base + "sitemap.xml\n"; out["robots.txt"] != want {
		t.Errorf("robots.txt = %q, want %q", out["robots.txt"], want)
	}
}

func TestWithoutBaseURLNothingNeedsAnAddress(t *testing.T) {
	out := render(t, site(t, "[site]\ntitle = \"示范市公报\"\n", files))
	if want := "User-agent: *\nAllow: /\n"; out["robots.txt"] != want {
		t.Errorf("robots.txt = %q, want %q", out["robots.txt"], want)
	}
	if len(out) != 1 {
		t.Errorf("files %q, want robots.txt only: feeds and sitemap need absolute addresses", slices.Sorted(maps.Keys(out)))
	}
}

func TestEmptySiteHasWellFormedFeeds(t *testing.T) {
	for name, text := range render(t, site(t, withBase, nil)) {
		switch {
		case strings.HasSuffix(name, ".xml"):
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			if strings.Contains(text, "<updated></updated>") {
				t.Errorf("%s: an empty date", name)
			}
		case strings.HasSuffix(name, ".json") && !json.Valid([]byte(text)):
			t.Errorf("%s is not JSON", name)
		}
	}
}

func TestControlCharactersDoNotBreakXML(t *testing.T) {
	out := render(t, site(t, withBase, map[string]string{"documents/2023/a.md": "title = \"停车\\u0001\\u000B]]>须知\"\npublished = 2023-05-22\n"}))
	for _, name := range []string{"feed.xml", "atom.xml"} {
		if bytes.ContainsAny([]byte(out[name]), "\x01\x0b") {
			t.Errorf("%s holds a control character", name)
		}
		var any struct{}
		if err := xml.Unmarshal([]byte(out[name]), &any); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLargeSitemapsAreCut(t *testing.T) {
	many := map[string]string{}
	for i := range 50_001 {
		many[fmt.Sprintf("pages/p%d.md", i)] = "title = \"页\"\n"
	}
	if testing.Short() {
		t.Skip("50,001 pages")
	}
	out := render(t, site(t, withBase, many))
	if !strings.Contains(out["sitemap.xml"], base+"sitemap-1.xml") || !strings.Contains(out["sitemap.xml"], base+"sitemap-2.xml") {
		t.Errorf("sitemap.xml = %.300s", out["sitemap.xml"])
	}
	if a, b := len(locs(t, out["sitemap-1.xml"])), len(locs(t, out["sitemap-2.xml"])); a != 50_000 || b != 2 {
		t.Errorf("%d and %d addresses, want 50000 and 2", a, b)
	}
}

func TestKeyFollowsTheView(t *testing.T) {
	keys := func(cfg string, files map[string]string) map[string]string {
		out := map[string]string{}
		for _, u := range feed.Units(site(t, cfg, files), "1", words(t), nil) {
			out[u.Path] = fmt.Sprintf("%x", u.Key())
		}
		return out
	}
	a := keys(withBase, files)
	if !maps.Equal(a, keys(withBase, files)) {
		t.Error("two runs have two keys")
	}
	changed := maps.Clone(files)
	changed["documents/2023/d.md"] = "title = \"旧通知改\"\nnumber = \"示府办发〔2020〕1号\"\npublished = 2020-01-01\n"
	b := keys(withBase, changed)
	for path := range a {
		// Its own feed, and that of a list that is shorter than the limit, have it.
		if a[path] != b[path] && !strings.HasPrefix(path, "documents/sfbf/2020/1/") {
			t.Errorf("a title beyond the limit changes the key of %s", path)
		}
	}
	changed["documents/2023/b.md"] = "title = \"新题\"\nnumber = \"示府办发〔2023〕13号\"\npublished = 2023-05-23\n"
	b = keys(withBase, changed)
	if a["feed.xml"] == b["feed.xml"] || a["sitemap.xml"] != b["sitemap.xml"] {
		t.Error("a title changes the feeds, and not the sitemap")
	}
}
