package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/gazette"
)

// Superseded is the code of a text of a work that a newer one has superseded,
// where searches show the force of others.
const Superseded = "superseded"

// Searchable returns what a search may find, the oldest first: every document, also
// those of mounts, in all its texts, and every article. What is withdrawn is found by
// its number only, which leads to the page that says so. The order is
// total; what comes out later stands behind what came out before, so that the
// place of a document changes only when an older one comes or goes.
//
// The list belongs to the catalog.
func (c *Catalog) Searchable() []*Entry {
	c.sorting.Do(func() {
		type dated struct {
			since gazette.Date
			e     *Entry
		}
		found := make([]dated, 0, len(c.Entries))
		for _, e := range c.Entries {
			if e.Type != gazette.TypeIssue && (e.Shelf != gazette.Withdrawn || !e.Number.IsZero()) {
				found = append(found, dated{e.Since(), e})
			}
		}
		for _, m := range c.Mounts {
			for _, e := range m.Documents {
				if e.Shelf != gazette.Withdrawn {
					found = append(found, dated{e.Since(), e})
				}
			}
		}
		slices.SortFunc(found, func(x, y dated) int {
			if n := x.since.Compare(y.since); n != 0 {
				return n
			}
			a, b := x.e, y.e
			return cmp.Or(strings.Compare(a.Number.Series, b.Number.Series), a.Number.Serial-b.Number.Serial, strings.Compare(a.Source(), b.Source()))
		})
		c.searchable = make([]*Entry, len(found))
		for i, x := range found {
			c.searchable[i] = x.e
		}
	})
	return c.searchable
}

// Called is what pages and files of others call an entry: its title; of a
// withdrawn document its number, if it has one. The title of that stands on its
// own page and in the issue that printed it, nowhere else.
func (e *Entry) Called() string {
	if e.Shelf == gazette.Withdrawn && e.Document.Number != "" {
		return e.Document.Number
	}
	return e.Title()
}

// Cited is Called as texts write it: a title in 《》.
func (e *Entry) Cited() string {
	if e.Called() != e.Title() {
		return e.Called()
	}
	return "《" + e.Title() + "》"
}

// Since is the day on which an entry came out: when it was put online, else the
// day by which lists order it. It may be zero.
func (e *Entry) Since() gazette.Date { return first(e.Published().Date, e.Date) }

// ForceCode is the force of an entry on the day of the catalog as a code, ""
// for none: that of gazette.Force, or Superseded.
func (c *Catalog) ForceCode(e *Entry) string {
	if e.Shelf == gazette.Withdrawn {
		return ""
	}
	if superseded(e, c.AsOf) {
		return Superseded
	}
	return string(e.State.Force)
}

// EndedCode reports whether a code of force says that a text no longer counts.
func EndedCode(code string) bool { return code == Superseded || gazette.Force(code).Ended() }

// A ForceStep is a coming change of what is shown of an entry's force: from the
// day after Until it is Code.
type ForceStep struct {
	Until gazette.Date
	Code  string
}

// ForceSteps are the changes that are known on the day of the catalog, in
// order, so that a list read years after its build says nothing untrue.
func (c *Catalog) ForceSteps(e *Entry) []ForceStep {
	var steps []ForceStep
	if e.Shelf == gazette.Withdrawn {
		return nil
	}
	until := c.SupersededFrom(e)
	for to := e.State.Interval.To; !to.IsZero() && (until.IsZero() || to.AddDays(1).Before(until)); {
		next := gazette.Status(e.Effects, to.AddDays(1))
		steps = append(steps, ForceStep{to, string(next.Force)})
		if next.Interval.To.IsZero() || !next.Interval.To.After(to) {
			break
		}
		to = next.Interval.To
	}
	if !until.IsZero() {
		steps = append(steps, ForceStep{until.AddDays(-1), Superseded})
	}
	return steps
}

// A Facet is a way of narrowing a search.
type Facet string

// Facets are all of them, in the order in which they are shown. Whose gazette
// something is from is asked where there are several.
func (c *Catalog) Facets() []Facet {
	all := []Facet{"force", "class", "kind", "issuer", "level", "topic", "year", "issue"}
	if len(c.Mounts) > 0 {
		return slices.Insert(all, 4, "gazette")
	}
	return all
}

// FacetValues returns the values of an entry, none where it has none. The class
// of what is no document is its type. The issue is 2023-06.
func (c *Catalog) FacetValues(e *Entry, f Facet) []string {
	if e.Shelf == gazette.Withdrawn {
		return nil
	}
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	doc := e.Document
	switch f {
	case "force":
		return one(c.ForceCode(e))
	case "gazette":
		return one(c.Gazette(e))
	case "class":
		if e.Type != gazette.TypeDocument {
			return one(string(e.Type))
		}
		return one(string(doc.Class))
	case "kind":
		return one(doc.Kind)
	case "issuer":
		return append(slices.Clone(doc.Issuers), e.Article.Issuers...)
	case "level":
		return one(e.Level)
	case "topic":
		return doc.Topics
	case "year":
		if !e.Date.IsZero() {
			return one(strconv.Itoa(int(e.Date.Year)))
		}
	case "issue":
		if e.Issue != nil {
			return one(e.Issue.IssueName())
		}
	}
	return nil
}

// IssueName is the name of an issue in files and facets: 2023-06.
func (e *Entry) IssueName() string {
	return fmt.Sprintf("%d-%02d", e.Digest.Issue.Year, e.Digest.Issue.No)
}
