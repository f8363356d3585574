package html

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/pinyin"
	"gongbao/internal/render"
)

const (
	searchAddress  = "search/"
	numbersAddress = searchAddress + "numbers/"
	titlesAddress  = searchAddress + "titles/"
)

// searchUnits are the page of the search, its description for browsers
// (OpenSearch 1.1), and the lists by number and by title that lead to every
// document without a script.
func (s *Site) searchUnits() []render.Unit {
	if s.in.Search == nil {
		return nil
	}
	var units []render.Unit
	for _, w := range s.searchWays() {
		name, terms := s.strings.T(w.key), w.terms()
		units = append(units, s.waysUnit(w.address+"index.html", name, terms))
		parent := func(file string) Link { return Link{name, rel(file, w.address+"index.html")} }
		for _, t := range terms {
			units = append(units, s.ordered(w.address+t.code+"/", t.name, parent, t.entries)...)
		}
	}
	if s.cat.Config.BaseURL != "" { // its addresses must be absolute
		units = append(units, s.openSearchUnit())
	}
	return append(units, s.SearchUnits()...)
}

// A searchWay leads to every document without a script.
type searchWay struct {
	key, address string
	terms        func() []searchTerm
}

// searchWays are those with an entry.
func (s *Site) searchWays() []searchWay {
	var out []searchWay
	if slices.ContainsFunc(s.cat.Documents, inSeries) {
		out = append(out, searchWay{"search.by-number", numbersAddress, s.bySeries})
	}
	if slices.ContainsFunc(s.cat.Searchable(), isTitled) {
		out = append(out, searchWay{"search.by-title", titlesAddress, s.byLetter})
	}
	return out
}

// isTitled reports whether an entry is listed by its title: those of mounts have
// lists of their own.
func isTitled(e *catalog.Entry) bool { return e.Mount == nil && e.Shelf != gazette.Withdrawn }

// inSeries reports whether a document is found under its number.
func inSeries(e *catalog.Entry) bool { return !e.Number.IsZero() }

// openSearchFile tells browsers that the site can be searched (OpenSearch 1.1).
const openSearchFile = "opensearch.xml"

func (s *Site) openSearchUnit() render.Unit {
	type address struct {
		Type     string `xml:"type,attr"`
		Template string `xml:"template,attr"`
	}
	type description struct {
		XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName   string
		Description string
		Encoding    string  `xml:"InputEncoding"`
		URL         address `xml:"Url"`
	}
	const longest = 16 // characters of a ShortName
	cfg := s.cat.Config
	name := cfg.Site.ShortTitle
	if name == "" {
		name = cfg.Site.Title
	}
	if r := []rune(name); len(r) > longest {
		name = string(r[:longest])
	}
	d := description{
		ShortName: name, Description: s.strings.T("search.description", cfg.Site.Title), Encoding: "UTF-8",
		URL: address{"text/html", cfg.BaseURL + searchAddress + "index.html?q={searchTerms}"},
	}
	return render.Unit{
		Path: openSearchFile, Wave: 2,
		Key: func() render.Key { return render.Hash([]string{d.ShortName, d.Description, d.URL.Template}) },
		Render: func(render.Loader) (render.Output, []diag.Finding) {
			b, err := xml.MarshalIndent(d, "", " ")
			if err != nil {
				return render.Output{}, []diag.Finding{diag.New("template", diag.Pos{File: openSearchFile}, err.Error())}
			}
			return render.Output{Bytes: append([]byte(xml.Header), append(b, '\n')...)}, nil
		},
	}
}

// SearchUnits are the files that hold the config of the search, which changes
// with every text: its page; none where there is no search.
func (s *Site) SearchUnits() []render.Unit {
	if s.in.Search == nil {
		return nil
	}
	const file = searchAddress + "index.html"
	return []render.Unit{s.unit(file, func() *Page {
		name := s.strings.T("search.title")
		p := s.page("search", file, name)
		p.Crumbs = s.crumbs(file, Link{}, name)
		v := &Search{Config: s.in.Search(), Words: s.searchWords(), JS: "../" + s.asset("search.js")}
		if s.offline() {
			v.Device = "../" + s.asset("offline.js")
		}
		for _, w := range s.searchWays() {
			v.Ways = append(v.Ways, Link{s.strings.T(w.key), rel(file, w.address+"index.html")})
		}
		p.Search = v
		return p
	})}
}

// searchWords are the words of the script: those that begin with search.js.,
// without that, and the names of forces and types.
func (s *Site) searchWords() string {
	words := map[string]string{}
	for k, v := range s.strings {
		if name, ok := strings.CutPrefix(k, "search.js."); ok {
			words[name] = v
		}
		if strings.HasPrefix(k, "force.") || strings.HasPrefix(k, "type.") {
			words[k] = v
		}
	}
	b, _ := json.Marshal(words) // maps of strings: sorted by key
	return string(b)
}

// A searchTerm is a list of documents under a series or a letter.
type searchTerm struct {
	code, name string
	entries    []*catalog.Entry
}

// bySeries lists documents with a number, by series, the newest number first.
func (s *Site) bySeries() []searchTerm {
	by, taken := map[string]*searchTerm{}, map[string]bool{}
	for _, e := range s.cat.Documents {
		name := e.Number.Series
		if !inSeries(e) {
			continue
		}
		if by[name] == nil {
			code := pinyin.Slug(name)
			if r := s.cat.Series(name); r != nil && r.Code != "" {
				code = r.Code
			}
			by[name] = &searchTerm{code: code, name: name}
			if name == "" {
				by[name].code, by[name].name = "none", s.strings.T("search.no-series")
			}
			for n := 2; taken[by[name].code]; n++ { // two series may sound alike
				by[name].code = code + "-" + itoa(n)
			}
			taken[by[name].code] = true
		}
		by[name].entries = append(by[name].entries, e)
	}
	for _, t := range by {
		slices.SortFunc(t.entries, func(a, b *catalog.Entry) int {
			return cmp.Or(b.Number.Year-a.Number.Year, b.Number.Serial-a.Number.Serial, strings.Compare(a.Path, b.Path))
		})
	}
	return sortedTerms(by)
}

// byLetter lists all that the search finds by the initial of what it is called: of
// the title from 关于 on, since what stands before is the issuer.
func (s *Site) byLetter() []searchTerm {
	type called struct {
		initials string
		e        *catalog.Entry
	}
	var list []called
	for _, e := range s.cat.Searchable() {
		if isTitled(e) {
			list = append(list, called{pinyin.Initials(calledBy(e.Title())), e})
		}
	}
	slices.SortFunc(list, func(a, b called) int {
		return cmp.Or(strings.Compare(a.initials, b.initials), strings.Compare(a.e.Title(), b.e.Title()), strings.Compare(a.e.Path, b.e.Path))
	})
	by := map[string]*searchTerm{}
	for _, x := range list {
		code := "z-other" // behind the letters
		if in := x.initials; in != "" && in[0] >= 'a' && in[0] <= 'z' {
			code = in[:1]
		}
		if by[code] == nil {
			by[code] = &searchTerm{code: code, name: strings.ToUpper(code)}
			if len(code) > 1 {
				by[code].name = s.strings.T("search.other-letter")
			}
		}
		by[code].entries = append(by[code].entries, x.e)
	}
	return sortedTerms(by)
}

func calledBy(title string) string {
	if _, rest, ok := strings.Cut(title, "关于"); ok {
		title = rest
	}
	return strings.TrimPrefix(strings.TrimPrefix(title, "印发"), "《")
}

func sortedTerms(by map[string]*searchTerm) []searchTerm {
	var out []searchTerm
	for _, t := range by {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b searchTerm) int { return strings.Compare(a.code, b.code) })
	return out
}

func (s *Site) waysUnit(file, name string, terms []searchTerm) render.Unit {
	return s.unit(file, func() *Page {
		p := s.page("terms", file, name)
		p.Crumbs = s.crumbs(file, s.searchCrumb(file), name)
		v := &Terms{Title: name}
		for _, t := range terms {
			v.Terms = append(v.Terms, Term{Name: t.name, Href: t.code + "/index.html", Count: len(t.entries)})
		}
		p.Terms = v
		return p
	})
}

func (s *Site) searchCrumb(file string) Link {
	return Link{s.strings.T("search.title"), rel(file, searchAddress+"index.html")}
}

// orderedSize is how many entries a page of an ordered list has: such pages are
// leafed through, and lists by date are longer than those under a letter.
const orderedSize = 200

// ordered cuts a list that is not by date into pages: index.html, page/2/ ….
func (s *Site) ordered(address, name string, parent func(string) Link, es []*catalog.Entry) []render.Unit {
	file := func(n int) string {
		if n == 1 {
			return address + "index.html"
		}
		return address + "page/" + itoa(n) + "/index.html"
	}
	pages := (len(es) + orderedSize - 1) / orderedSize
	var out []render.Unit
	for n := 1; n <= pages; n++ {
		part := es[(n-1)*orderedSize : min(n*orderedSize, len(es))]
		to := file(n)
		out = append(out, s.unit(to, func() *Page {
			p := s.page("list", to, name)
			p.Crumbs = s.crumbs(to, parent(to), name)
			v := &List{Title: name}
			if n == 1 {
				v.Count = len(es)
			} else {
				v.Pager.Newer = Link{s.strings.T("pager.previous"), rel(to, file(n-1))}
				v.Pager.First = Link{Href: rel(to, file(1))}
			}
			if n < pages {
				v.Pager.Older = Link{s.strings.T("pager.next"), rel(to, file(n+1))}
				v.Pager.Last = Link{Href: rel(to, file(pages))}
			}
			if pages > 1 {
				v.Pager.Range = itoa(n) + " / " + itoa(pages)
			}
			for _, e := range part {
				v.Items = append(v.Items, s.docLink(to, e))
			}
			p.List = v
			return p
		}))
	}
	return out
}
