package build

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
	"gongbao/internal/render/akn"
	"gongbao/internal/render/data"
	"gongbao/internal/render/dataset"
	"gongbao/internal/render/epub"
	"gongbao/internal/render/export"
	"gongbao/internal/render/feed"
	"gongbao/internal/render/html"
	"gongbao/internal/render/pwa"
	"gongbao/internal/render/search"
)

// unitsOf are all files of a site whose pages and search are given.
func (s *Site) unitsOf(site *html.Site, index *search.Index) ([]render.Unit, []diag.Finding) {
	_, findings := s.printUnits()
	units := append(s.pageUnits(site), index.Units()...)
	return units, slices.Concat(site.Check(), findings, s.collisions(units))
}

// pageUnits are the files of a site without its search.
func (s *Site) pageUnits(site *html.Site) []render.Unit {
	printed, _ := s.printUnits()
	units := append(s.openUnits(site, printed, s.Catalog.Issues, s.Catalog.Documents), site.Units()...)
	units = append(units, feed.Units(s.Catalog, Version, site.Words().T, site.Inputs)...)
	title, intro, rows := site.DirectoryTable()
	units = append(units, data.Units(html.DirectoryName, data.Table{Title: title, Intro: intro, Rows: rows}, Version)...)
	title, intro, rows = site.ItemsTable()
	units = append(units, data.Units(html.ItemsName, data.Table{Title: title, Intro: intro, Rows: rows}, Version)...)
	if b := s.bulk(site); b != nil {
		units = append(units, b.Units()...)
		units = append(units, dataset.Changes(s.Catalog, s.builtFacts, Version)...)
	}
	units = append(units, s.mountUnits(site)...)
	return append(units, s.pwaUnits(site)...)
}

func (s *Site) pwaUnits(site *html.Site) []render.Unit {
	return pwa.Units(pwa.Input{
		Site: s.Config.Site, Words: site.Words().T, Version: Version, Worker: site.Worker(), Page: html.OfflinePage,
		Shell: site.Shell(), Late: site.Late(), Themes: site.Themes(), Packs: site.Packs(), Gone: site.Gone(),
		Facts: s.builtFacts, FileHash: s.load.fileHash, Preview: s.Options.Preview,
	})
}

// openUnits are the forms in which documents and issues stand beside their pages,
// for people on paper and for programs. printed are the PDFs of the site. What a
// document says of its other forms it says when they are made: they are one row.
func (s *Site) openUnits(site *html.Site, printed []render.Unit, entries ...[]*catalog.Entry) []render.Unit {
	pdfs := make(map[string]int, len(printed)) // by path
	for i, u := range printed {
		pdfs[u.Path] = i
	}
	var out []render.Unit
	f := s.forms(site)
	for _, e := range slices.Concat(entries...) {
		row := f.of(e)
		pdf := e.Address + render.PDFFile
		if e.Type == gazette.TypeIssue {
			pdf = e.Address + render.IssuePDF
		}
		if i, ok := pdfs[pdf]; ok {
			row = slices.Insert(row, 0, printed[i])
			delete(pdfs, printed[i].Path)
		}
		for i := range row {
			row[i].Follows = i > 0
		}
		out = append(out, row...)
	}
	rest := slices.DeleteFunc(slices.Clone(printed), func(u render.Unit) bool {
		_, is := pdfs[u.Path]
		return !is
	})
	return append(rest, out...)
}

// forms make the files of entries for programs of others.
type forms struct {
	has   config.Data
	law   akn.Source
	data  dataset.Source
	books epub.Source

	options render.Options
}

func (s *Site) forms(site *html.Site) *forms {
	content := func(path string) digest.Hash { return s.load.keys[path] }
	f := &forms{
		has:     s.Config.Data,
		law:     akn.Source{Catalog: s.Catalog, Words: site.Words().T},
		data:    dataset.Source{Catalog: s.Catalog, Facts: s.builtFacts, Size: s.load.size, Hash: s.load.fileHash},
		books:   epub.Source{Catalog: s.Catalog, Words: site.Words().T, Version: Version, Content: content, Hash: s.load.fileHash},
		options: render.Options{Version: Version, Inputs: site.Inputs, Content: content},
	}
	if s.Options.Preview { // pages are made one by one: nothing is known of other files
		f.data.Facts = func(string) (render.Facts, bool) { return render.Facts{}, false }
	}
	return f
}

// of are the files of an entry; index.json is the last.
func (f *forms) of(e *catalog.Entry) []render.Unit {
	var units []render.Unit
	if f.has.Has(render.AkomaNtoso.Name) {
		units = f.law.Of(e, &f.options)
	}
	units = append(units, export.Of(e, &f.options, f.has.Has)...)
	if f.has.Has(render.EPUB.Name) {
		units = append(units, f.books.Of(e)...)
	}
	if f.has.Has(render.JSON.Name) {
		units = append(units, f.data.Of(e, &f.options)...)
	}
	return units
}

// bulk makes the files of the whole gazette for programs of others; nil where there
// are none.
func (s *Site) bulk(site *html.Site) *dataset.Bulk {
	if !s.Config.Data.Has(render.JSON.Name) || s.Options.Preview {
		return nil
	}
	words := site.Words()
	return &dataset.Bulk{
		Source: dataset.Source{Catalog: s.Catalog, Facts: s.builtFacts, Size: s.load.size, Hash: s.load.fileHash},
		Words:  dataset.Words{T: words.T, Has: words.Has}, Version: Version,
		Append: func(b []byte, path string) ([]byte, error) { return s.standingIn(b, path) },
	}
}
