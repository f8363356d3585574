package build

import (
	"gongbao/internal/catalog"
	"gongbao/internal/digest"
	"gongbao/internal/render"
	"gongbao/internal/render/akn"
	"gongbao/internal/render/html"
)

// openUnits are the files of an entry for programs of others.
func (s *Site) openUnits(site *html.Site, e *catalog.Entry) []render.Unit {
	law := akn.Source{Catalog: s.Catalog, Words: site.Words().T}
	return law.Of(e, akn.Options{
		Version: Version, Inputs: site.Inputs,
		Content: func(path string) digest.Hash { return s.load.keys[path] },
	})
}
