package index

import (
	"strings"

	"gongbao/internal/query"
)

// articles returns the texts, by place, that have the article which was asked for
// and a title that holds what stands before it; none where too many titles do
// (query.MaxNamed).
func (x *Index) articles(q query.Query) (map[int]bool, error) {
	if q.Article == "" {
		return nil, nil
	}
	var named []int
	for i, t := range x.texts {
		if strings.Contains(t.title, q.Title) || strings.Contains(t.number, q.Title) {
			named = append(named, i)
		}
	}
	if len(named) > query.MaxNamed {
		return nil, nil
	}
	found := map[int]bool{}
	for _, i := range named {
		t := x.texts[i]
		if !t.HasBody || !strings.Contains(t.title, q.Title) {
			continue
		}
		f, err := x.options.Loader.Fragment(t.Source())
		if err != nil {
			return nil, err
		}
		f.Blocks(func(anchor string, _ []byte) {
			if strings.Contains("__"+anchor+"__", "__"+q.Article+"__") {
				found[i] = true
			}
		})
	}
	return found, nil
}
