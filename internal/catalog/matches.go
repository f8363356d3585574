package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// Matches returns all documents that a name stands for, as a person types it:
// a path in content/, a number in any spelling, 《title》 or a bare title. Texts of
// one work count as its newest, but for a path, which names one text.
func (c *Catalog) Matches(name string) []*Entry {
	p := strings.TrimPrefix(strings.TrimSpace(name), "content/")
	if e := c.byPath.get(p); e != nil && e.Type == gazette.TypeDocument {
		return []*Entry{e}
	}
	if e := c.byID.get(strings.TrimSuffix(p, ".md")); e != nil && e.Type == gazette.TypeDocument {
		return []*Entry{e}
	}
	var found []*Entry
	if n, ok := gazette.ParseNumber(p); ok {
		found = c.byNumber.get(n.Key())
	}
	if len(found) == 0 {
		if title, ok := strings.CutPrefix(p, "《"); ok {
			p = strings.TrimSuffix(title, "》")
		}
		folded := zh.Fold(p)
		if found = c.byTitle.get(titleKey(folded)); len(found) == 0 {
			found = c.byShort.get(folded)
		}
	}
	var out []*Entry
	for _, e := range found {
		if e = e.Newest(); !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, newestFirst)
	return out
}

// Near returns up to n documents whose titles are the nearest to a name that
// stands for none: those that hold it first, then those that share the most
// pairs of characters with it.
func (c *Catalog) Near(name string, n int) []*Entry {
	want := []rune(zh.Fold(strings.Trim(name, "《》 ")))
	type near struct {
		e     *Entry
		score float64
	}
	var found []near
	for _, e := range c.Documents {
		if e != e.Newest() {
			continue
		}
		s := closeness(want, []rune(e.Folded))
		if len(want) > 1 && strings.Contains(e.Folded, string(want)) {
			s++
		}
		if s >= 0.5 {
			found = append(found, near{e, s})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(b.score, a.score) })
	var out []*Entry
	for _, f := range found[:min(n, len(found))] {
		out = append(out, f.e)
	}
	return out
}

// closeness is the share of the pairs of characters of want that a title has.
func closeness(want, title []rune) float64 {
	if len(want) < 2 {
		return 0
	}
	have := make(map[[2]rune]bool, len(title))
	for i := 1; i < len(title); i++ {
		have[[2]rune{title[i-1], title[i]}] = true
	}
	common := 0
	for i := 1; i < len(want); i++ {
		if have[[2]rune{want[i-1], want[i]}] {
			common++
		}
	}
	return float64(common) / float64(len(want)-1)
}
