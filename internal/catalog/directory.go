package catalog

import (
	"slices"

	"gongbao/internal/gazette"
)

// InForce returns the documents of the catalogue of what is in force (现行有效目录):
// 规章 and 行政规范性文件 of the site's own issuers that are in force on the day of the
// build, 规章 first, newest first; the same that stats counts. What is suspended is
// not among them.
func (c *Catalog) InForce() []*Entry {
	var out []*Entry
	for _, class := range []gazette.Class{gazette.Rule, gazette.Normative} {
		for _, e := range c.Documents {
			if e.Document.Class == class && c.inDirectory(e) && e.State.Force == gazette.InForce {
				out = append(out, e)
			}
		}
	}
	return out
}

func (c *Catalog) inDirectory(e *Entry) bool {
	class := e.Document.Class
	return (class == gazette.Rule || class == gazette.Normative) && e == e.TextOn(c.AsOf) && e.Shelf != gazette.Withdrawn && c.Own(e)
}

// InForceSince is the day on which the catalogue last changed: the catalogue
// carries it instead of the day of the build, which would change it daily.
func (c *Catalog) InForceSince() gazette.Date {
	var last gazette.Date
	for _, e := range c.Documents {
		if !c.inDirectory(e) {
			continue
		}
		for _, iv := range e.Intervals {
			if iv.From.After(last) && !iv.From.After(c.AsOf) {
				last = iv.From
			}
		}
		for _, x := range e.Effects { // an extension changes a row, too
			if x.From.After(last) && !x.From.After(c.AsOf) && !x.Proposed {
				last = x.From
			}
		}
	}
	return last
}

// FirstDay returns a document's first day in force, and whether it was counted
// and not written; zero where it is not known.
func (e *Entry) FirstDay() (day gazette.Date, computed bool) {
	for _, x := range e.Effects {
		if x.Kind == gazette.TakesEffect {
			return x.From, x.Computed
		}
	}
	return gazette.Date{}, false
}

// LastDay returns a document's last day in force, by its own validity and
// extensions, else by the document that ends it, and whether it was counted;
// zero where there is none.
func (e *Entry) LastDay() (day gazette.Date, computed bool) {
	day, cause := gazette.LastDay(e.Effects)
	if last := gazette.LastInForce(e.Effects); !last.IsZero() && last.Before(day) {
		return last, false // another document ends it before
	}
	if cause >= 0 {
		return day, e.Effects[cause].Computed
	}
	for _, iv := range e.Intervals { // an end that another document has set
		if iv.Force.Ended() && !iv.From.IsZero() {
			return iv.From.AddDays(-1), false
		}
	}
	return gazette.Date{}, false
}

// EndedByOthers reports whether another document ends or has ended this one, so
// that its last day is none that it was given.
func (e *Entry) EndedByOthers() bool {
	for _, iv := range e.Intervals {
		if iv.Force.Ended() && iv.Force != gazette.Expired {
			return true
		}
	}
	return false
}

// A Change is a day on which the status of documents changes.
type Change struct {
	Day     gazette.Date
	Entries []*Entry // ordered by path
	Forces  []gazette.Force
}

// Changes returns the known changes of status after the day of the build, the
// nearest first.
func (c *Catalog) Changes() []Change {
	byDay := map[gazette.Date]*Change{}
	for _, e := range c.Documents {
		if e.Shelf == gazette.Withdrawn || e != e.Newest() {
			continue
		}
		for _, iv := range e.Intervals {
			if !iv.From.After(c.AsOf) {
				continue
			}
			x := byDay[iv.From]
			if x == nil {
				x = &Change{Day: iv.From}
				byDay[iv.From] = x
			}
			x.Entries = append(x.Entries, e)
			x.Forces = append(x.Forces, iv.Force)
		}
	}
	out := make([]Change, 0, len(byDay))
	for _, x := range byDay {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b Change) int { return a.Day.Compare(b.Day) })
	return out
}
