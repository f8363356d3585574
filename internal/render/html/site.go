package html

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
)

// Input is what the pages of a site depend on.
type Input struct {
	Catalog *catalog.Catalog
	Layouts fs.FS  // a site's own over the embedded ones
	Version string // of the tool: part of every key
	Size    func(contentPath string) int64
	Search  func() string // config of the search as JSON, asked for by its page; nil for no search
	// Facts says what is known of a file of an earlier wave, by its path in the
	// site; false where there is no such file. It is asked when pages are made.
	Facts func(path string) (render.Facts, bool)
	// Preview says that the pages change while they are read: nothing of them may
	// stay on a device.
	Preview bool
	Mounts  []Mount
	// FileHash returns the hash of a file by its path from the site's root.
	FileHash func(path string) []byte
}

// A Site makes the pages of one catalog.
type Site struct {
	in        Input
	cat       *catalog.Catalog
	strings   Strings
	templates *Templates
	seed      []byte             // hash of layouts and version
	chromes   map[string]*Chrome // by root
	assets    map[string]asset   // by name
	themes    [2]string          // grounds of the light and the dark theme
	index     map[string]bool    // addresses of lists
	places    places
	packing   sync.Once              // guards packs
	packs     map[string]render.Pack // by the page that offers them; see allPacks
	prints    *catalog.Prints        // nil for none
	content   func(contentPath string) digest.Hash
	whole     []byte // print of what all pages share
}

// New parses the layouts. Errors of layouts are findings of rule template.
func New(in Input) (*Site, []diag.Finding) {
	s := &Site{in: in, cat: in.Catalog, chromes: map[string]*Chrome{}, assets: map[string]asset{}, index: map[string]bool{}}
	fail := func(err error) (*Site, []diag.Finding) {
		return nil, []diag.Finding{diag.New("template", diag.Pos{File: "layouts"}, err.Error())}
	}
	var err error
	if s.strings, err = LoadStrings(in.Layouts, in.Catalog.Config.Site.Language); err != nil {
		return fail(err)
	}
	if s.templates, err = ParseTemplates(in.Layouts, s.strings); err != nil {
		return fail(err)
	}
	if err = s.hashLayouts(); err != nil {
		return fail(err)
	}
	s.begin()
	return s, nil
}

// For makes the pages of another catalog with the same layouts, which are not
// read again.
func (s *Site) For(in Input) *Site {
	n := &Site{in: in, cat: in.Catalog, strings: s.strings, templates: s.templates, seed: s.seed, assets: s.assets, themes: s.themes,
		chromes: map[string]*Chrome{}, index: map[string]bool{}}
	n.begin()
	return n
}

// Again makes the pages of the same catalog after it was revised. Like For, it
// looks at no entry: what pages need of many is found when one is made.
func (s *Site) Again() *Site { return s.For(s.in) }

// begin finds what many pages need.
func (s *Site) begin() {
	for _, l := range s.cat.Lists {
		s.index[l.Address] = true
	}
	for _, m := range s.in.Mounts {
		s.index[m.Address] = true
	}
	s.index[mountsAddress] = len(s.in.Mounts) > 1
	for depth := range 12 {
		s.chrome(strings.Repeat("x/", depth) + "index.html")
	}
}

// An asset is a file of layouts/assets/ as readers get it, with its hash.
type asset struct {
	bytes []byte
	hash  string
}

// hashLayouts makes the seed of all keys and the names of assets: a changed
// template renders every page again, a changed style sheet too, because its
// address carries its hash.
func (s *Site) hashLayouts() error {
	h := sha256.New()
	h.Write([]byte(s.in.Version))
	err := fs.WalkDir(s.in.Layouts, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(s.in.Layouts, p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		if name, ok := strings.CutPrefix(p, "assets/"); ok && name != workerFile {
			out := minified(name, b)
			hash := sha256.Sum256(out) // the worker compares it with what it got
			s.assets[name] = asset{out, hex.EncodeToString(hash[:4])}
			if name == "site.css" {
				s.themes = grounds(b)
			}
		}
		h.Write([]byte(p))
		h.Write(sum[:])
		return nil
	})
	s.seed = h.Sum(nil)
	return err
}

// root is the way from a page back to the root of the site.
func root(page string) string { return strings.Repeat("../", strings.Count(page, "/")) }

// rel is the address of a file of the site relative to a page.
func rel(page, target string) string {
	dir := path.Dir(page) + "/"
	if rest, ok := strings.CutPrefix(target, dir); ok && dir != "./" {
		return rest
	}
	return root(page) + target
}

// link is a link from a page to an entry.
func link(page string, e *catalog.Entry, text string) Link {
	if e == nil {
		return Link{}
	}
	return Link{Text: text, Href: rel(page, e.Address+"index.html")}
}

// chrome returns the shared head and foot of pages at a depth. It must not be
// called from several goroutines; begin calls it for every depth.
func (s *Site) chrome(page string) *Chrome {
	up := root(page)
	if c := s.chromes[up]; c != nil {
		return c
	}
	c := s.makeChrome(up)
	s.chromes[up] = c
	return c
}

func (s *Site) makeChrome(up string) *Chrome {
	cfg := s.cat.Config.Site
	c := &Chrome{
		Lang: cfg.Language, SiteTitle: cfg.Title, ShortTitle: cfg.ShortTitle, SiteKind: cfg.Kind,
		Home: Link{cfg.Title, up + "index.html"}, Root: up,
		CSS: up + s.asset("site.css"), JS: up + s.asset("site.js"),
		Speak:  up + s.asset("speak.js"),
		SiteID: cfg.SiteID, ICP: cfg.ICP, Police: cfg.Police, Sponsor: cfg.Sponsor, Organizer: cfg.Organizer,
		Contact: cfg.Contact, ContactTel: telephone(cfg.Contact), ReportURL: cfg.ReportURL, Params: cfg.Params,
		SiteMap: Link{s.strings.T("footer.sitemap"), up + "sitemap/index.html"},
	}
	s.offlineChrome(c)
	if s.in.Search != nil {
		c.Search = Link{s.strings.T("search.title"), up + searchAddress + "index.html"}
		if s.cat.Config.BaseURL != "" {
			c.OpenSearch = up + openSearchFile
		}
	}
	if file := s.emblem(); file != "" {
		c.Emblem = up + file
	}
	if s.cat.Config.BaseURL != "" { // feeds need absolute addresses
		c.Follow = up + "atom.xml"
		c.Feeds = []Feed{
			{s.strings.T("footer.rss"), "application/rss+xml", up + "feed.xml", ""},
			{s.strings.T("footer.atom"), "application/atom+xml", up + "atom.xml", ""},
			{s.strings.T("footer.jsonfeed"), "application/feed+json", up + "feed.json", ""},
		}
	}
	for _, m := range s.menu() {
		m.Href = s.absolute(up, m.Href)
		c.Menu = append(c.Menu, m)
	}
	for _, e := range s.cat.Articles[gazette.TypePage] {
		if strings.HasSuffix(e.Address, "/about/") {
			c.About = Link{e.Title(), up + e.Address + "index.html"}
		}
	}
	return c
}

func (s *Site) absolute(up, href string) string {
	if strings.Contains(href, "://") {
		return href
	}
	return up + href
}

// menu is the config's, or the lists that have entries.
func (s *Site) menu() []Link {
	var out []Link
	for _, m := range s.cat.Config.Site.Menu {
		if to, ok := s.menuTarget(m.To); ok {
			out = append(out, Link{m.Title, to})
		}
	}
	if out != nil {
		return out
	}
	for _, name := range []string{"issues", "documents", "in-force", "interpretations", "questions", "consultations", "responses"} {
		if s.index[name+"/"] {
			out = append(out, Link{s.strings.T("list." + name), name + "/index.html"})
		}
	}
	if l, n := s.mountsLink(); n > 0 {
		out = append(out, l)
	}
	return out
}

// menuTarget resolves a menu entry: an absolute address, a content path, or a
// folder of the site. What does not exist is left out: Check reports it.
func (s *Site) menuTarget(to string) (string, bool) {
	if strings.Contains(to, "://") {
		return to, true
	}
	p := strings.TrimSuffix(strings.Trim(to, "/"), "index.html")
	if e := s.cat.Entry(strings.TrimPrefix(p, "content/")); e != nil {
		return e.Address + "index.html", true
	}
	if p == "" {
		return "index.html", true
	}
	folder := strings.TrimSuffix(p, "/") + "/"
	if s.index[folder] || slices.Contains(s.taxonomies(), strings.TrimSuffix(folder, "/")) || folder == "sitemap/" || s.isWay(folder) {
		return folder + "index.html", true
	}
	if s.cat.At(folder) != nil {
		return folder + "index.html", true
	}
	return "", false
}

// Check reports menu entries that lead nowhere.
func (s *Site) Check() []diag.Finding {
	var out []diag.Finding
	for _, m := range s.cat.Config.Site.Menu {
		if _, ok := s.menuTarget(m.To); !ok {
			out = append(out, diag.New("link-broken", m.Pos, m.To))
		}
	}
	return out
}

// taxonomies are those with at least one list.
func (s *Site) taxonomies() []string {
	var out []string
	for _, l := range s.cat.Lists {
		if l.Taxonomy != "" && !slices.Contains(out, l.Taxonomy) {
			out = append(out, l.Taxonomy)
		}
	}
	return out
}

// telephone returns tel:… for a text that is a telephone number.
func telephone(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
	if len(digits) < 5 || strings.Trim(s, "0123456789+-() （）—转") != "" {
		return ""
	}
	return "tel:" + digits
}

// metas are the tags that every page carries (国办发〔2017〕47号, page tags).
func (s *Site) metas() []Meta {
	cfg := s.cat.Config
	out := []Meta{{"SiteName", cfg.Site.Title}}
	if u, err := url.Parse(cfg.BaseURL); err == nil && u.Host != "" {
		out = append(out, Meta{"SiteDomain", u.Host})
	}
	if cfg.Site.SiteID != "" {
		out = append(out, Meta{"SiteIDCode", cfg.Site.SiteID})
	}
	return out
}

func (s *Site) page(layout, file, title string) *Page {
	p := &Page{Layout: layout, Title: title, Chrome: s.chromes[root(file)], Metas: s.metas()}
	if title == "" {
		p.Title = s.cat.Config.Site.Title
	} else if site := s.cat.Config.Site.Title; site != "" && title != site {
		p.Title = title + " - " + site
	}
	p.describe("", p.Title, s.cat.Config.Site.Sponsor)
	if base := s.cat.Config.BaseURL; base != "" {
		p.Canonical = base + strings.TrimSuffix(file, "index.html")
	}
	return p
}

// describe sets what search engines show under the title: the summary, else
// what is known of the page; never a status (design §4).
func (p *Page) describe(summary string, facts ...string) {
	facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
	m := Meta{"Description", cmp.Or(summary, strings.Join(facts, " - "))}
	if i := slices.IndexFunc(p.Metas, func(m Meta) bool { return m.Name == "Description" }); i >= 0 {
		p.Metas[i] = m
	} else if m.Content != "" {
		p.Metas = append(p.Metas, m)
	}
}

// unit makes a unit of a page. The view is made twice, for the key and for
// rendering, so that no view is kept in memory.
func (s *Site) unit(file string, view func() *Page) render.Unit {
	return render.Unit{
		Path: file, Wave: 2,
		Key: func() render.Key { return render.Hash(view(), s.seed) },
		Render: func(l render.Loader) (render.Output, []diag.Finding) {
			return s.render(file, view(), nil, l)
		},
		Make: func(l render.Loader) (render.Key, render.Output, []diag.Finding) {
			page := view()
			key := render.Hash(page, s.seed)
			out, findings := s.render(file, page, nil, l)
			return key, out, findings
		},
	}
}

func (s *Site) render(file string, p *Page, e *catalog.Entry, l render.Loader) (render.Output, []diag.Finding) {
	if e != nil && e.HasBody {
		f, err := l.Fragment(e.Path)
		if err != nil {
			return render.Output{}, []diag.Finding{diag.New("file-unreadable", e.Start(), err.Error())}
		}
		if marks := p.Document != nil && len(p.Document.Marks) > 0; marks || f.Pictures() {
			p.Body = markup.Sized(f.Fill(s.slots(file, e)), e.PictureSize)
			if marks {
				p.Body = marked(p.Body, p.Document.Marks)
			}
		} else {
			p.bodyTo(func(b *bytes.Buffer) { f.Write(b, s.slots(file, e)) })
		}
		p.Outline = f.OutlineHTML()
	}
	b, err := s.templates.Render(l.Buffer(), p)
	if err != nil {
		return render.Output{}, []diag.Finding{diag.New("template", diag.Pos{File: "layouts/" + p.Layout + ".html"}, err.Error())}
	}
	return render.Output{Bytes: b}, nil
}

// Seed is the hash of layouts, words and the tool's version: part of every key.
func (s *Site) Seed() []byte { return s.seed }

// Words are the words of the site's language.
func (s *Site) Words() Strings { return s.strings }

func itoa(n int) string { return strconv.Itoa(n) }
