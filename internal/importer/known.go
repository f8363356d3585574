package importer

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// Texts are what a site has, by content path.
type Texts map[string]Known

// A Known is a text that the site has.
type Known struct {
	Title  string
	Number string // as written, may be ""
	Source string // hash of the file it was imported from, may be ""
	Sketch Sketch
	Words  Words
}

// KnownOf is what an import needs to know of a content file.
func KnownOf(f *source.File) Known {
	title := f.Document.Title
	if f.Type != gazette.TypeDocument {
		title = f.Article.Title
	}
	text := string(f.Body)
	return Known{title, f.Document.Number, f.Imported, SketchOf(text), WordsOf(title, f.Document.Number, text)}
}

// Sources are the hashes of the files that the texts were imported from.
func (t Texts) Sources() map[string]bool {
	out := map[string]bool{}
	for _, k := range t {
		out[k.Source] = true
	}
	delete(out, "")
	return out
}

// held are the paths of a site's texts by number and by folded title.
type held struct {
	numbers map[gazette.Number]string
	titles  map[string]string
}

func (t Texts) held() held {
	h := held{map[gazette.Number]string{}, map[string]string{}}
	for _, path := range slices.Sorted(maps.Keys(t)) {
		if n, ok := gazette.ParseNumber(t[path].Number); ok {
			h.numbers[key(n)] = path
		}
		h.titles[zh.Fold(t[path].Title)] = path
	}
	return h
}

// find returns the path of a document, by its number, without one by its title.
func (h held) find(d *gazette.Document) string {
	if n, ok := gazette.ParseNumber(d.Number); ok {
		return h.numbers[key(n)]
	}
	return h.titles[zh.Fold(d.Title)]
}

// key is a number without its spelling.
func key(n gazette.Number) gazette.Number {
	n.Raw = ""
	return n
}

// Words tells whether two texts have the same words.
type Words [sha256.Size]byte

// WordsOf returns the words of a text with its title and number. Spaces and the
// forms of characters do not count.
func WordsOf(title, number, text string) Words {
	return sha256.Sum256([]byte(zh.Fold(title + number + strings.TrimSpace(text))))
}
