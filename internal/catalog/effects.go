package catalog

import (
	"slices"

	"gongbao/internal/gazette"
)

// applyEffects collects for each document what is stated of its force, and
// takes the status of the day of the build.
//
// Two rounds, because a relation works from the day on which its author takes
// effect: first what each document says of itself, then what others say of it.
func (c *Catalog) applyEffects() {
	for _, e := range c.Documents {
		e.Effects = c.ownEffects(e)
	}
	for _, e := range c.Documents {
		for i := range e.Relations {
			c.relate(e, &e.Relations[i])
		}
	}
	for _, e := range c.Documents {
		e.Intervals = gazette.Intervals(e.Effects)
		e.State = gazette.Status(e.Effects, c.AsOf)
		if e != e.Newest() && c.superseded(e) {
			// The work may be in force; this text of it is not, and its page says
			// which is.
			e.Intervals, e.State = nil, gazette.State{Text: gazette.Original, Interval: gazette.Interval{Cause: -1}}
		}
	}
}

// superseded reports whether a newer text of the work has taken effect.
func (c *Catalog) superseded(e *Entry) bool {
	for _, t := range e.Versions {
		if t == e {
			return false
		}
		if start := first(effectDay(t), t.textDate()); !start.After(c.AsOf) {
			return true
		}
	}
	return false
}

// ownEffects are the facts of the front matter: first day and last day.
func (c *Catalog) ownEffects(e *Entry) []gazette.Effect {
	doc := e.Document
	var out []gazette.Effect
	start := doc.Effective
	strength := gazette.Declared
	if start.IsZero() && claimsForce(doc.Class) {
		start, strength = c.defaultStart(doc), gazette.ByRule
		if start.IsZero() {
			out = append(out, gazette.Effect{Kind: gazette.NoDate, Strength: gazette.ByRule})
		}
	}
	if !start.IsZero() {
		out = append(out, gazette.Effect{Kind: gazette.TakesEffect, From: start, Strength: strength})
	}
	last := doc.Expires
	if last.IsZero() && !doc.ValidFor.IsZero() && !start.IsZero() {
		last = doc.ValidFor.LastDay(start)
	}
	if !last.IsZero() {
		out = append(out, gazette.Effect{Kind: gazette.Expires, Until: last, Strength: gazette.Declared})
	}
	return out
}

// claimsForce reports whether a class has a status without saying so: a 其他文件
// without a stated date carries no badge, and of a 转载 its issuer's own
// publication decides (design §4).
func claimsForce(class gazette.Class) bool {
	switch class {
	case gazette.Statute, gazette.Rule, gazette.Normative:
		return true
	}
	return false
}

// defaultStart follows [validity] effective_default. 自印发之日 counts from
// printed, else signed (design §2).
func (c *Catalog) defaultStart(doc *gazette.Document) gazette.Date {
	switch c.Config.Validity.EffectiveDefault {
	case "signed":
		return first(doc.Promulgated, doc.Printed, doc.Signed)
	case "published":
		return doc.Published.Date
	}
	return gazette.Date{}
}

func first(dates ...gazette.Date) gazette.Date {
	for _, d := range dates {
		if !d.IsZero() {
			return d
		}
	}
	return gazette.Date{}
}

// effectDay is the day from which what a document does to others works.
func effectDay(e *Entry) gazette.Date {
	for _, x := range e.Effects {
		if x.Kind == gazette.TakesEffect {
			return x.From
		}
	}
	return first(e.Document.Printed, e.Document.Signed, e.Document.Promulgated, e.Document.Published.Date)
}

// relate adds a relation's effect to its target, in all texts of its work.
func (c *Catalog) relate(e *Entry, r *Relation) {
	r.From = first(r.Relation.From, effectDay(e))
	to := r.Target.Entry
	if to == nil || !r.Kind.Changes() || r.Kind == gazette.Corrects {
		return
	}
	effect := gazette.Effect{
		Kind: gazette.EffectKind(r.Kind), From: r.From, Until: r.Until, Articles: r.Articles,
		Strength: gazette.Declared, By: e.Path,
	}
	texts := to.Versions
	if len(texts) == 0 {
		texts = []*Entry{to}
	}
	for _, t := range texts {
		merged := r.Kind == gazette.Amends && len(texts) > 1 && !t.textDate().Before(e.Date)
		if !t.SameWork(e) && !merged { // a later text has the amendment in it
			t.Effects = append(t.Effects, effect)
		}
	}
}

// linkBack makes the inverse of every link.
func (c *Catalog) linkBack() {
	for _, e := range c.Entries {
		for _, r := range e.Relations {
			if to := r.Target.Entry; to != nil {
				to.Inverse = append(to.Inverse, Inverse{r.Kind, e, r.Articles, r.From})
			}
		}
		for _, t := range e.About {
			if t.Entry != nil && !slices.Contains(t.Entry.AboutBy, e) {
				t.Entry.AboutBy = append(t.Entry.AboutBy, e)
			}
		}
		// Equal targets of one text lie anywhere in Refs; a document is cited once.
		var seen []*Entry
		for _, t := range e.Refs {
			if t.Entry != nil && t.Entry != e && e.Type == gazette.TypeDocument && !slices.Contains(seen, t.Entry) {
				seen = append(seen, t.Entry)
				t.Entry.CitedBy = append(t.Entry.CitedBy, e)
			}
		}
	}
	for _, e := range c.Documents {
		slices.SortStableFunc(e.CitedBy, newestFirst)
		slices.SortStableFunc(e.AboutBy, newestFirst)
		slices.SortStableFunc(e.Inverse, func(a, b Inverse) int { return newestFirst(a.By, b.By) })
	}
}

// assignIssues gives each document the issue that printed it first.
func (c *Catalog) assignIssues() {
	for _, s := range slices.Backward(c.Issues) {
		for i, sec := range s.Digest.Issue.Sections {
			var entries []*Entry
			for j, x := range sec.Documents {
				t, n := c.Find(nil, x.Document)
				if t.Entry == nil {
					key := issueKey(i, j)
					if n > 1 {
						c.unresolved(s, key, x.Document, n)
					} else {
						c.report("issue-document-missing", s.Pos(key), x.Document)
					}
					entries = append(entries, nil)
					continue
				}
				switch {
				case t.Entry.Issue == nil:
					t.Entry.Issue, t.Entry.IssuePage = s, x.Page
				case !t.Entry.Document.Reprinted:
					c.report("issue-document-twice", s.Pos(issueKey(i, j)), x.Document)
				}
				entries = append(entries, t.Entry)
			}
			s.IssueEntries = append(s.IssueEntries, entries)
		}
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
				if e == nil || e.Issue != s || e == last || e.Prev != nil || e.Next != nil {
					continue
				}
				if last != nil {
					e.Prev, last.Next = last, e
				}
				last = e
			}
		}
	}
	series := map[string][]*Entry{}
	for _, e := range c.Documents {
		if e.Issue == nil && !e.Number.IsZero() {
			series[e.Number.Series] = append(series[e.Number.Series], e)
		}
	}
	for _, es := range series {
		slices.SortStableFunc(es, func(a, b *Entry) int {
			if n := a.Number.Year - b.Number.Year; n != 0 {
				return n
			}
			if n := a.Number.Serial - b.Number.Serial; n != 0 {
				return n
			}
			return newestFirst(b, a)
		})
		chain(es)
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
