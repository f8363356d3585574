// Package feed writes what programs follow a site by: RSS 2.0, Atom, JSON Feed
// 1.1, sitemap.xml and robots.txt.
//
// Entries are ordered by when they were put online, since that is what a
// follower missed, and never carry a status word: a feed reader keeps what it
// read (design §4).
package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// perSitemap bounds a sitemap file (sitemaps.org: 50,000 addresses).
const perSitemap = 50000

// Words looks up a word of the site's language.
type Words func(key string, args ...any) string

// An item is an entry of a feed.
type item struct {
	ID, URL, Title, Summary, Published, Author string
}

// A view is a feed. Home is the page that it follows, Site the name of the site.
type view struct {
	Title, Site, Home, Language string
	Base, Self, ID              string
	Subtitle, Style             string // of the feeds of lists and documents
	Updated                     string
	Items                       []item
}

// Units returns the feeds and the sitemap of a site. Without a base_url there
// are neither: their addresses must be absolute. inputs is a print of all that
// is said of an entry anywhere, and may be nil.
func Units(cat *catalog.Catalog, version string, words Words, inputs func(*catalog.Entry) catalog.Print) []render.Unit {
	if cat.Config.BaseURL == "" {
		return sitemap(cat, version)
	}
	v := makeView(cat, words)
	units := []render.Unit{
		unit("feed.xml", 2, kept(v), version, rss),
		unit("atom.xml", 2, kept(v), version, atom),
		unit("feed.json", 2, kept(v), version, jsonFeed),
	}
	units = append(units, followed(cat, version, words, inputs)...)
	return append(units, sitemap(cat, version)...)
}

// kept is a view that is small enough to be kept.
func kept[T any](v T) func() T { return func() T { return v } }

// unit makes a unit whose view is made twice, for the key and for the output.
func unit[T any](path string, wave int, view func() T, version string, write func(T) ([]byte, error)) render.Unit {
	return render.Unit{
		Path: path, Wave: wave,
		Key: func() render.Key { return render.Hash(view(), []byte(version), []byte(path)) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			b, err := write(view())
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("file-unreadable", diag.Pos{File: path}, err.Error())}
			}
			return render.Output{Bytes: b}, nil
		},
	}
}

func makeView(cat *catalog.Catalog, words Words) view {
	cfg := cat.Config
	v := view{Title: cfg.Site.Title, Site: cfg.Site.Title, Language: cfg.Site.Language, Base: cfg.BaseURL, Home: cfg.BaseURL, Self: Name, ID: cfg.BaseURL + Name}
	var es []*catalog.Entry
	for _, e := range cat.Entries {
		if e.Type != gazette.TypePage && e.Type != gazette.TypeIssue {
			es = append(es, e)
		}
	}
	v.entries(cat, words, es)
	return v
}

// entries fills a feed with the newest of es.
func (v *view) entries(cat *catalog.Catalog, words Words, es []*catalog.Entry) {
	for _, e := range catalog.NewestCame(es, max(cat.Config.Feeds.Limit, 1)) {
		v.add(entry(cat, words, e))
	}
	v.close()
}

func (v *view) add(i item) {
	v.Updated = max(v.Updated, i.Published)
	v.Items = append(v.Items, i)
}

func (v *view) close() {
	if v.Updated == "" {
		v.Updated = "1970-01-01T00:00:00Z" // Atom wants a date of a feed without entries, too
	}
}

// entry is an entry of the site as an item: the same in every feed that has it.
func entry(cat *catalog.Catalog, words Words, e *catalog.Entry) item {
	base := cat.Config.BaseURL
	i := item{
		ID: id(base, e.ID), URL: base + e.Address + "index.html", Title: e.Title(),
		Summary: e.Document.Summary + e.Article.Summary, Published: stamp(e.Came()),
		Author: strings.Join(slices.Concat(e.Document.Issuers, e.Article.Issuers), "、"),
	}
	if i.Summary == "" {
		i.Summary = e.Document.Number
	}
	if is := e.Digest.Issue; e.Type == gazette.TypeIssue && i.Title == "" {
		i.Title = words("issue.title", is.Year, is.No)
	}
	return i
}

// id is the id of an entry. It holds the id of the ledger and not the address,
// which may move: nothing shows twice in a reader.
func id(base, id string) string { return base + "#" + (&url.URL{Fragment: id}).EscapedFragment() }

func stamp(t gazette.DateTime) string {
	clock := t.Clock
	if clock == "" {
		clock = "00:00:00"
	}
	return t.Date.String() + "T" + clock + "+08:00"
}

// encode writes XML, shown by browsers with a style sheet where style, its
// address, is one.
func encode(v any, style string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if style != "" {
		b.WriteString(`<?xml-stylesheet type="text/css" href="` + style + `"?>` + "\n")
	}
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func rss(v view) ([]byte, error) {
	type guid struct {
		Permanent bool   `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	}
	type entry struct {
		Title string `xml:"title"`
		Link  string `xml:"link"`
		GUID  guid   `xml:"guid"`
		Date  string `xml:"pubDate"`
		Text  string `xml:"description,omitempty"`
	}
	type channel struct {
		Title    string  `xml:"title"`
		Link     string  `xml:"link"`
		Text     string  `xml:"description"`
		Language string  `xml:"language"`
		Items    []entry `xml:"item"`
	}
	out := struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Channel: channel{Title: v.Title, Link: v.Home, Text: v.Title, Language: v.Language}}
	for _, i := range v.Items {
		at, err := time.Parse(time.RFC3339, i.Published)
		if err != nil {
			return nil, err
		}
		out.Channel.Items = append(out.Channel.Items, entry{i.Title, i.URL, guid{false, i.ID}, at.Format(time.RFC1123Z), i.Summary})
	}
	return encode(out, "")
}

func atom(v view) ([]byte, error) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	type person struct {
		Name string `xml:"name"`
	}
	type entry struct {
		Title     string  `xml:"title"`
		ID        string  `xml:"id"`
		Link      link    `xml:"link"`
		Published string  `xml:"published"`
		Updated   string  `xml:"updated"`
		Summary   string  `xml:"summary,omitempty"`
		Author    *person `xml:"author,omitempty"`
	}
	type feed struct {
		XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Language string   `xml:"xml:lang,attr"`
		Title    string   `xml:"title"`
		Subtitle string   `xml:"subtitle,omitempty"`
		ID       string   `xml:"id"`
		Updated  string   `xml:"updated"`
		Author   person   `xml:"author"`
		Links    []link   `xml:"link"`
		Entries  []entry  `xml:"entry"`
	}
	const page = "text/html"
	self := v.Base + v.Self
	out := feed{Language: v.Language, Title: v.Title, Subtitle: v.Subtitle, ID: v.ID, Updated: v.Updated, Author: person{v.Site},
		Links: []link{{"alternate", page, v.Home + "index.html"}, {"self", "application/atom+xml", self}}}
	for _, i := range v.Items {
		e := entry{Title: i.Title, ID: i.ID, Link: link{"alternate", page, i.URL}, Published: i.Published, Updated: i.Published, Summary: i.Summary}
		if i.Author != "" {
			e.Author = &person{i.Author}
		}
		out.Entries = append(out.Entries, e)
	}
	return encode(out, v.Style)
}

func jsonFeed(v view) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type entry struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Authors   []author `json:"authors,omitempty"`
	}
	out := struct {
		Version  string  `json:"version"`
		Title    string  `json:"title"`
		Home     string  `json:"home_page_url,omitempty"`
		Feed     string  `json:"feed_url,omitempty"`
		Language string  `json:"language"`
		Items    []entry `json:"items"`
	}{"https://jsonfeed.org/version/1.1", v.Title, v.Home, "", v.Language, []entry{}}
	if v.Base != "" {
		out.Feed = v.Base + "feed.json"
	}
	for _, i := range v.Items {
		e := entry{ID: i.ID, URL: i.URL, Title: i.Title, Text: cmp.Or(i.Summary, i.Title), Published: i.Published}
		if i.Author != "" {
			e.Authors = []author{{i.Author}}
		}
		out.Items = append(out.Items, e)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(out)
	return b.Bytes(), err
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap returns robots.txt and, where there is a base_url, the sitemap, cut
// into files of 50,000. lastmod is the last change of the text, not the build.
func sitemap(cat *catalog.Catalog, version string) []render.Unit {
	base := cat.Config.BaseURL
	robots := "User-agent: *\nAllow: /\n"
	if base == "" {
		return []render.Unit{unit("robots.txt", 3, kept(robots), version, func(s string) ([]byte, error) { return []byte(s), nil })}
	}
	robots += "Sitemap: " + base + "sitemap.xml\n"
	units := []render.Unit{unit("robots.txt", 3, kept(robots), version, func(s string) ([]byte, error) { return []byte(s), nil })}
	n := len(addresses(cat))
	if n <= perSitemap {
		return append(units, unit("sitemap.xml", 3, func() []location { return addresses(cat) }, version, urlset))
	}
	var parts []string
	for from := 0; from < n; from += perSitemap {
		name := "sitemap-" + strconv.Itoa(len(parts)+1) + ".xml"
		part := func() []location { return addresses(cat)[from:min(from+perSitemap, n)] }
		units = append(units, unit(name, 3, part, version, urlset))
		parts = append(parts, base+name)
	}
	return append(units, unit("sitemap.xml", 3, kept(parts), version, sitemapIndex))
}

// addresses are all of the sitemap, the home page first.
func addresses(cat *catalog.Catalog) []location {
	base := cat.Config.BaseURL
	urls := []location{{Loc: base}}
	for _, e := range cat.Entries {
		if e.Shelf != gazette.Withdrawn {
			urls = append(urls, location{base + e.Address, lastMod(e)})
		}
	}
	for _, l := range cat.Lists {
		urls = append(urls, location{Loc: base + l.Address})
	}
	if len(cat.Items) > 0 {
		urls = append(urls, location{Loc: base + "items/"})
	}
	for _, x := range cat.Items {
		urls = append(urls, location{Loc: base + x.Address})
	}
	if len(cat.Projects) > 0 {
		urls = append(urls, location{Loc: base + "projects/"})
	}
	for _, x := range cat.Projects {
		urls = append(urls, location{Loc: base + x.Address})
	}
	return urls
}

func lastMod(e *catalog.Entry) string {
	last := e.Came().Date
	for _, c := range e.Document.Corrections {
		if c.Date.After(last) {
			last = c.Date
		}
	}
	if from := e.State.Interval.From; from.After(last) {
		last = from
	}
	return last.String()
}

func urlset(urls []location) ([]byte, error) {
	return encode(struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []location `xml:"url"`
	}{URLs: urls}, "")
}

func sitemapIndex(parts []string) ([]byte, error) {
	var maps []location
	for _, p := range parts {
		maps = append(maps, location{Loc: p})
	}
	return encode(struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []location `xml:"sitemap"`
	}{Maps: maps}, "")
}
