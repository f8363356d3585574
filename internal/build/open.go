package build

import (
	"slices"

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
	return slices.Concat(
		law.Of(e, akn.Options{Version: Version, Inputs: site.Inputs, Content: content}),
		export.Of(e, export.Options{Version: Version, Inputs: site.Inputs, Content: content}),
		data.Of(e, dataset.Options{Version: Version, Inputs: site.Inputs, Content: content}),
	)
}
