package importer

import (
	"crypto/sha256"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// Duplicates reports texts that are there already: with the number of a document
// of the site (by number as written), or with the words of another text of this
// run. They are not imported: which of the two counts a person has to say.
func Duplicates(texts []*Imported, site map[string]string) {
	numbers := map[gazette.Number]string{}
	for written, path := range site {
		if n, ok := gazette.ParseNumber(written); ok {
			numbers[key(n)] = path
		}
	}
	words := map[[sha256.Size]byte]string{}
	for _, im := range texts {
		if !im.Usable() {
			continue
		}
		d := &im.Derived.Document
		pos := diag.Pos{File: im.Name, Line: im.Derived.Evidence["number"].Line}
		if n, ok := gazette.ParseNumber(d.Number); ok && n.Series != "" && d.Kind != "" {
			if path, there := numbers[key(n)]; there {
				im.Findings = append(im.Findings, diag.New("import-number-known", pos, d.Number, path))
				continue
			}
		}
		sum := sha256.Sum256([]byte(zh.Fold(d.Title + d.Number + im.Markdown)))
		if other, there := words[sum]; there {
			im.Findings = append(im.Findings, diag.New("import-same-text", diag.Pos{File: im.Name}, other))
			continue
		}
		words[sum] = im.Name
	}
}

// key is a number without its spelling.
func key(n gazette.Number) gazette.Number {
	n.Raw = ""
	return n
}
