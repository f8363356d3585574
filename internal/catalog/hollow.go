package catalog

import (
	"strings"

	"gongbao/internal/gazette"
)

// Hollow reports whether every article of a document was repealed by a day, by
// certain effects. A paragraph (第三条第二款) is no article.
func (e *Entry) Hollow(on gazette.Date) bool {
	if e.Digest.Articles == 0 {
		return false
	}
	gone := map[string]bool{}
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			if x.Proposed || x.From.IsZero() || x.From.After(on) {
				continue
			}
			for _, a := range x.Articles {
				if strings.HasSuffix(a, "条") {
					gone[a] = true
				}
			}
		}
	}
	return len(gone) >= e.Digest.Articles
}
