package catalog

import (
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// works ties the texts that version_of joins. All texts of a work share one
// Versions slice, newest first.
func (c *Catalog) works() {
	base := c.bases()
	if len(base) == 0 {
		return
	}
	c.breakRings(base)
	oldest := func(e *Entry) *Entry {
		for base[e] != nil {
			e = base[e]
		}
		return e
	}
	groups := map[*Entry][]*Entry{}
	for _, e := range c.Documents {
		o := oldest(e)
		groups[o] = append(groups[o], e)
	}
	for _, g := range groups {
		if len(g) > 1 {
			c.joined = true
			slices.SortStableFunc(g, func(a, b *Entry) int { return b.TextDay().Compare(a.TextDay()) })
			for _, e := range g {
				e.Versions = g
			}
		}
	}
}

// bases are the texts that version_of names.
func (c *Catalog) bases() map[*Entry]*Entry {
	base := map[*Entry]*Entry{}
	for _, e := range c.derived {
		to := e.Document.VersionOf
		b := c.byPath.get(strings.TrimPrefix(to, "content/"))
		if b == nil || b.Type != gazette.TypeDocument {
			c.report("version-of-missing", e.Pos("version_of"), to)
			continue
		}
		base[e] = b
	}
	return base
}

// breakRings reports the rings of base and takes them out: nobody can say
// which text of a ring is the first, so each stays a document of its own.
func (c *Catalog) breakRings(base map[*Entry]*Entry) {
	const (
		onTheWay = 1
		done     = 2
	)
	state := make(map[*Entry]int, len(base))
	var rings [][]*Entry
	for _, start := range c.Entries {
		var way []*Entry
		e := start
		for ; e != nil && base[e] != nil && state[e] == 0; e = base[e] {
			state[e] = onTheWay
			way = append(way, e)
		}
		if e != nil && state[e] == onTheWay {
			rings = append(rings, way[slices.Index(way, e):])
		}
		for _, w := range way {
			state[w] = done
		}
	}
	for _, ring := range rings {
		c.reportRing(ring)
		for _, e := range ring {
			delete(base, e)
		}
	}
}

func (c *Catalog) reportRing(ring []*Entry) {
	names := make([]string, 0, len(ring)+1)
	for _, e := range ring {
		names = append(names, source.Name(e.Path))
	}
	names = append(names, names[0])
	f := diag.New("version-of-cycle", ring[0].Pos("version_of"), strings.Join(names, " → "))
	for _, e := range ring[1:] {
		f.Related = append(f.Related, diag.Related{Pos: e.Pos("version_of")})
	}
	c.Findings = append(c.Findings, f)
}

// TextDay is the date of this text of the work.
func (e *Entry) TextDay() gazette.Date { return first(e.TextDate, e.Date) }

// Newest returns the newest text of the work.
func (e *Entry) Newest() *Entry {
	if len(e.Versions) > 0 {
		return e.Versions[0]
	}
	return e
}

// Oldest returns the oldest text of the work.
func (e *Entry) Oldest() *Entry {
	texts := e.texts()
	return texts[len(texts)-1]
}

// texts are all texts of the work, newest first.
func (e *Entry) texts() []*Entry {
	if len(e.Versions) > 0 {
		return e.Versions
	}
	return []*Entry{e}
}

// SameWork reports whether two entries are texts of one work.
func (e *Entry) SameWork(o *Entry) bool {
	return e == o || len(e.Versions) > 0 && len(o.Versions) > 0 && e.Versions[0] == o.Versions[0]
}

// TextOn returns the text of the work that was the newest on a day: the last
// that had taken effect, else the first of all.
func (e *Entry) TextOn(on gazette.Date) *Entry {
	for _, t := range e.Versions {
		if start := first(t.ActsFrom(), t.TextDay()); !start.After(on) {
			return t
		}
	}
	return e.Oldest()
}
