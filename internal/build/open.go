package build

import (
	"path"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/render"
	"gongbao/internal/render/akn"
	"gongbao/internal/render/dataset"
	"gongbao/internal/render/export"
	"gongbao/internal/render/html"
)

// openUnits are the files of an entry for programs of others.
func (s *Site) openUnits(site *html.Site, e *catalog.Entry) []render.Unit {
	content := func(path string) digest.Hash { return s.load.keys[path] }
	law := akn.Source{Catalog: s.Catalog, Words: site.Words().T}
	data := dataset.Source{Catalog: s.Catalog, Facts: s.factsOf, Size: s.load.size, Hash: s.load.fileHash}
	if s.Options.Preview { // pages are made one by one: nothing is known of other files
		data.Facts = func(string) (render.Facts, bool) { return render.Facts{}, false }
	}
	var units []render.Unit
	if s.Config.Data.Has("akn") {
		units = law.Of(e, akn.Options{Version: Version, Inputs: site.Inputs, Content: content})
	}
	for _, u := range export.Of(e, export.Options{Version: Version, Inputs: site.Inputs, Content: content}) {
		if s.Config.Data.Has(strings.TrimPrefix(path.Ext(u.Path), ".")) {
			units = append(units, u)
		}
	}
	if s.Config.Data.Has("json") {
		units = append(units, data.Of(e, dataset.Options{Version: Version, Inputs: site.Inputs, Content: content})...)
	}
	return units
}

// dataUnits are the files of the whole gazette for programs of others.
func (s *Site) dataUnits(site *html.Site) []render.Unit {
	if !s.Config.Data.Has("json") {
		return nil
	}
	words := site.Words()
	return dataset.Descriptions(dataset.Words{T: words.T, Has: words.Has}, Version)
}
