package importer

import (
	"maps"
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// Duplicates reports texts that are there already, on the site (by content
// path) or in this run: with the same number or the same words, which are not
// imported, for which of the two counts a person has to say; and with nearly the
// same words, which are. Texts of one work from several years are no duplicates.
func Duplicates(texts []*Imported, site Texts) {
	numbers := site.held().numbers
	var have shelf
	words := map[Words]string{}
	for _, path := range slices.Sorted(maps.Keys(site)) {
		k := site[path]
		have.add(path, zh.Fold(k.Title), k.Sketch)
		words[k.Words] = path
	}
	for _, im := range texts {
		if !im.Usable() {
			continue
		}
		d := &im.Derived.Document
		pos := diag.Pos{File: im.Name, Line: im.Derived.Evidence["number"].Line}
		n, numbered := gazette.ParseNumber(d.Number)
		numbered = numbered && n.Series != "" && d.Kind != ""
		sum := WordsOf(d.Title, d.Number, im.Markdown)
		if other, there := words[sum]; there {
			im.Findings = append(im.Findings, diag.New("import-same-text", diag.Pos{File: im.Name}, other))
			continue
		}
		if path, there := numbers[key(n)]; there && numbered {
			im.Findings = append(im.Findings, diag.New("import-number-known", pos, d.Number, path))
			continue
		}
		title, sketch := zh.Fold(d.Title), SketchOf(im.Markdown)
		other, share := have.near(sketch, func(t string) bool { return t == title && !im.TextDate.IsZero() })
		if other != "" {
			im.Findings = append(im.Findings, diag.New("import-near-text", diag.Pos{File: im.Name}, other, itoa(int(share*100))))
		}
		words[sum] = im.Name
		have.add(im.Name, title, sketch)
		if numbered {
			numbers[key(n)] = im.Name
		}
	}
}
