package catalog

import (
	"slices"

	"gongbao/internal/gazette"
)

// applyEffects collects for each document what it says of itself and what the
// front matter of others says of it.
//
// Two rounds, because a relation works from the day on which its author takes
// effect: first what each document says of itself, then what others say of it.
// What texts say of others follows in readEffects.
func (c *Catalog) applyEffects() {
	var effects slab[gazette.Effect]
	for i, e := range c.Documents {
		e.rank = int32(i)
		e.Effects = c.ownEffects(e, &effects)
	}
	for _, e := range c.Documents {
		for i := range e.Relations {
			c.relate(e, &e.Relations[i])
		}
	}
}

// status takes the status of the day of the build.
func (c *Catalog) status() {
	c.endSuspensions()
	for _, e := range c.Documents {
		e.Intervals = gazette.Intervals(e.Effects)
		e.State = gazette.StatusIn(e.Intervals, e.Effects, c.AsOf)
		if superseded(e, c.AsOf) {
			// The work may be in force; this text of it is not, and its page says
			// which is.
			e.Intervals, e.State = nil, gazette.State{Text: gazette.Original, Interval: gazette.Interval{Cause: -1}}
		}
	}
}

// endSuspensions ends what a document suspends with the document, where another
// one repeals it: 恢复 then needs no words of its own.
func (c *Catalog) endSuspensions() {
	if !c.suspends {
		return
	}
	for _, e := range c.Documents {
		for i := range e.Effects {
			x := &e.Effects[i]
			if gazette.RelationKind(x.Kind) != gazette.Suspends {
				continue
			}
			by := c.byPath.get(x.By)
			if by == nil {
				continue
			}
			ivs := gazette.Intervals(by.Effects)
			if len(ivs) == 0 {
				continue
			}
			switch last := ivs[len(ivs)-1]; last.Force {
			case gazette.Repealed, gazette.Lapsed, gazette.Replaced:
				if until := last.From.AddDays(-1); x.Until.IsZero() || until.Before(x.Until) {
					x.Until, x.Computed = until, true
				}
			}
		}
	}
}

// SupersededFrom is the coming day from which a newer text of the work takes the
// place of this one; zero for none.
func (c *Catalog) SupersededFrom(e *Entry) gazette.Date {
	var next gazette.Date
	for _, t := range e.Versions { // newest first
		if t == e {
			break
		}
		if start := first(t.ActsFrom(), t.TextDay()); start.After(c.AsOf) {
			next = start
		}
	}
	return next
}

// superseded reports whether a newer text of the work had taken effect on a
// day.
func superseded(e *Entry, on gazette.Date) bool {
	for _, t := range e.Versions {
		if t == e {
			return false
		}
		if start := first(t.ActsFrom(), t.TextDay()); !start.After(on) {
			return true
		}
	}
	return false
}

// StatusOn returns the status and the shelf of a document on any day. Of a text
// that a newer one of its work has superseded the force is none.
func (c *Catalog) StatusOn(e *Entry, on gazette.Date) (gazette.State, gazette.Shelf) {
	s := shelf(e.Document.Withdrawn.Date, e.Document.Archived, on)
	if superseded(e, on) {
		return gazette.State{Text: gazette.Original, Interval: gazette.Interval{Cause: -1}}, s
	}
	return gazette.Status(e.Effects, on), s
}

func first(dates ...gazette.Date) gazette.Date {
	for _, d := range dates {
		if !d.IsZero() {
			return d
		}
	}
	return gazette.Date{}
}

// ActsFrom is the day from which what a document does to others works: that on
// which it takes effect, else the first that its front matter has; zero for none.
func (e *Entry) ActsFrom() gazette.Date {
	if day, _ := e.FirstDay(); !day.IsZero() {
		return day
	}
	return first(e.Document.Printed, e.Document.Signed, e.Document.Promulgated, e.Document.Published.Date)
}

// relate adds a relation's effect to its target, in all texts of its work.
func (c *Catalog) relate(e *Entry, r *Relation) {
	computed := false
	if r.From = r.Relation.From; r.From.IsZero() {
		if r.From, computed = actDay(e); r.From.IsZero() {
			r.From = e.ActsFrom()
		}
	}
	to := r.Target.Entry
	if to == nil || !r.Kind.Changes() || r.Kind == gazette.Corrects {
		return
	}
	effect := gazette.Effect{
		Kind: gazette.EffectKind(r.Kind), From: r.From, Until: r.Until, Articles: r.Articles,
		Strength: gazette.Declared, By: e.Path, Computed: computed,
	}
	c.affect(e, to, effect)
}

// affect adds an effect to all texts of the target's work.
func (c *Catalog) affect(by, to *Entry, x gazette.Effect) {
	c.suspends = c.suspends || gazette.RelationKind(x.Kind) == gazette.Suspends
	texts := to.texts()
	for _, t := range texts {
		merged := x.Kind == gazette.EffectKind(gazette.Amends) && len(texts) > 1 && !t.TextDay().Before(by.Date)
		if !t.SameWork(by) && !merged { // a later text has the amendment in it
			t.Effects = append(t.Effects, x)
		}
	}
}

// linkBack makes the inverse of every link.
func (c *Catalog) linkBack() {
	for _, e := range c.special {
		for _, t := range e.About {
			if t.Entry != nil && !slices.Contains(t.Entry.AboutBy, e) {
				t.Entry.AboutBy = append(t.Entry.AboutBy, e)
			}
		}
	}
	// Only documents have relations and cite; they come newest first.
	var seen []*Entry
	var citing slab[*Entry]
	for _, e := range c.Documents {
		for _, r := range e.Relations {
			if e.Shelf == gazette.Withdrawn && !r.Kind.Changes() {
				continue // the page that would say more is gone
			}
			if to := r.Target.Entry; to != nil {
				to.Inverse = append(to.Inverse, Inverse{r.Kind, e, r.Articles, r.From})
			}
		}
		// Equal targets of one text lie anywhere in Refs; a document is cited once.
		seen = seen[:0]
		for _, t := range e.Refs {
			if t.Entry != nil && t.Entry != e && !slices.Contains(seen, t.Entry) {
				seen = append(seen, t.Entry)
				if t.Entry.CitedBy == nil {
					t.Entry.CitedBy = citing.take(int(t.Entry.cited))[:0]
				}
				t.Entry.CitedBy = append(t.Entry.CitedBy, e)
			}
		}
		slices.SortStableFunc(e.AboutBy, newestFirst)
	}
}

// neighbours sets previous and next: in the issue, else in the series; for
// articles in time.
func (c *Catalog) neighbours() {
	for i, s := range c.Issues {
		if i > 0 {
			s.Next = c.Issues[i-1]
		}
		if i+1 < len(c.Issues) {
			s.Prev = c.Issues[i+1]
		}
		var last *Entry
		for _, sec := range s.IssueEntries {
			for _, e := range sec {
				if e == nil || e.Issue != s || e == last || e.Prev != nil || e.Next != nil || e.Shelf == gazette.Withdrawn {
					continue
				}
				if last != nil {
					e.Prev, last.Next = last, e
				}
				last = e
			}
		}
	}
	type numbered struct {
		year, serial int
		e            *Entry
	}
	series := map[string][]numbered{}
	for _, e := range c.Documents {
		if e.Issue == nil && !e.Number.IsZero() && e.Shelf != gazette.Withdrawn {
			series[e.Number.Series] = append(series[e.Number.Series], numbered{e.Number.Year, e.Number.Serial, e})
		}
	}
	for _, es := range series {
		slices.SortFunc(es, func(a, b numbered) int {
			if n := a.year - b.year; n != 0 {
				return n
			}
			if n := a.serial - b.serial; n != 0 {
				return n
			}
			return newestFirst(b.e, a.e)
		})
		for i := 1; i < len(es); i++ {
			es[i].e.Prev, es[i-1].e.Next = es[i-1].e, es[i].e
		}
	}
	for _, es := range c.Articles {
		oldest := slices.Clone(es)
		slices.Reverse(oldest)
		chain(oldest)
	}
}

func chain(es []*Entry) {
	for i := 1; i < len(es); i++ {
		es[i].Prev, es[i-1].Next = es[i-1], es[i]
	}
}
