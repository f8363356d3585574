package audit

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"gongbao/internal/extract"
	"gongbao/internal/gazette"
	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// Titles looks up the title of every document in the built search: it must stand among the
// first results, or another of the same title where more have it than are shown.
// It reads every file that lookups of titles read, so that a file that is
// missing or cannot be read is noticed. which chooses among titles; nil is all.
func Titles(r *search.Reader, which func(title string) bool) error {
	r.Keep()
	for doc := range r.N {
		m, err := r.MetaOf(doc)
		if err != nil {
			return fmt.Errorf("audit the search: document %d: %w", doc, err)
		}
		if which != nil && !which(m.Title) {
			continue
		}
		ok, err := finds(r, m.Title)
		if err != nil {
			return fmt.Errorf("audit the search: look up %q: %w", m.Title, err)
		}
		if !ok {
			return fmt.Errorf("audit the search: %q is not among the first %d results for its title", m.Title, search.Screen)
		}
	}
	return nil
}

// finds reports whether a title is among the first results for itself. A title
// without letters cannot be looked up.
func finds(r *search.Reader, title string) (bool, error) {
	top, err := r.Title(title, search.Screen)
	if err != nil {
		return false, err
	}
	want := zh.Stream(title)
	if want == "" {
		return true, nil
	}
	for _, d := range top {
		if zh.Stream(d.Meta.Title) == want {
			return true, nil
		}
	}
	return false, nil
}

// findsNumber reports whether what is typed as a number leads to a document.
// What is no number cannot be looked up as one.
func findsNumber(r *search.Reader, m search.Meta) (bool, error) {
	top, err := r.Number(m.Number)
	if err != nil || top == nil {
		return true, err
	}
	for _, d := range top[:min(len(top), search.Screen)] {
		if d.Meta.Number == m.Number {
			return true, nil
		}
	}
	return false, nil
}

// searchPage is the page that holds the config of the search.
const searchPage = "search/index.html"

// search looks up every title and every number in the search that stands in the
// output, as the browser would, and whether it knows every document that has a
// page there (audit-search).
func (a *auditor) search() {
	c, ok := a.searchConfig()
	if !ok {
		return
	}
	r := &search.Reader{Config: c, Fetch: a.fetch}
	r.Keep()
	known := make(map[string]bool, c.N)
	for doc := range c.N {
		m, err := r.MetaOf(doc)
		if err != nil {
			a.add("audit-search", a.file(searchPage), nil, err.Error())
			return // the others would say the same
		}
		known[m.Address] = true
		page := m.Address + "index.html"
		if ok, err := finds(r, m.Title); err != nil {
			a.add("audit-search", a.file(searchPage), nil, err.Error())
			return
		} else if !ok {
			a.add("audit-search", a.file(page), a.owner[m.Address], m.Title)
		}
		if _, ok := gazette.ParseNumber(m.Number); m.Number != "" && !ok {
			continue // no number that anybody would type: number-form tells of it
		}
		if ok, err := findsNumber(r, m); err != nil {
			a.add("audit-search", a.file(searchPage), nil, err.Error())
			return
		} else if !ok {
			a.add("audit-search", a.file(page), a.owner[m.Address], m.Number)
		}
	}
	for _, e := range a.in.Catalog.Searchable() {
		if page := e.Address + "index.html"; !known[e.Address] && a.files[page] {
			a.add("audit-search", a.file(page), e, e.Title())
		}
	}
}

// searchConfig is the config in the page of the search.
func (a *auditor) searchConfig() (c search.Config, ok bool) {
	b, err := fs.ReadFile(a.in.Output, searchPage)
	if err != nil {
		return c, false // a site without search
	}
	for t := extract.NewTags(b); t.Next(); {
		if text := t.Attr("data-config"); text != "" {
			return c, json.Unmarshal([]byte(text), &c) == nil
		}
	}
	return c, false
}

func (a *auditor) fetch(path string, from, size int) ([]byte, error) {
	b, err := fs.ReadFile(a.in.Output, path)
	if err == nil && size >= 0 {
		b = b[min(from, len(b)):min(from+size, len(b))]
	}
	return b, err
}
