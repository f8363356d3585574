// Package audit looks at a built site before it is published: what a reader
// would do is done, on the files themselves. A site that fails is not published;
// the fault is the tool's, not the content's, hence an error and no finding.
package audit

import (
	"fmt"

	"gongbao/internal/search"
	"gongbao/internal/zh"
)

// Titles looks up the title of every document in the built search: it must stand among the
// first results, or another of the same title where more have it than are shown.
// It reads every file that lookups of titles read, so that a file that is
// missing or cannot be read is noticed.
func Titles(r *search.Reader) error {
	r.Keep()
	for doc := range r.N {
		m, err := r.MetaOf(doc)
		if err != nil {
			return fmt.Errorf("audit the search: document %d: %w", doc, err)
		}
		top, err := r.Title(m.Title, search.Screen)
		if err != nil {
			return fmt.Errorf("audit the search: look up %q: %w", m.Title, err)
		}
		if !among(top, m.Title) && zh.Stream(m.Title) != "" {
			return fmt.Errorf("audit the search: %q is not among the first %d results for its title", m.Title, search.Screen)
		}
	}
	return nil
}

func among(top []search.Result, title string) bool {
	for _, d := range top {
		if zh.Stream(d.Meta.Title) == zh.Stream(title) {
			return true
		}
	}
	return false
}
