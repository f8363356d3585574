package html

import (
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// least is how many events a history has to be shown: the day of signing and
// that of publication stand among the facts already.
const least = 3

// history is the life of a document, oldest first: its own days, what others
// did to it, its corrections and its other texts. It holds what is certain
// only; why has the rest. Days to come stand in it as what they are, so it does
// not depend on the day of the build.
func (s *Site) history(file string, e *catalog.Entry) []Event {
	type dated struct {
		day gazette.Date
		Event
	}
	var all []dated
	add := func(day gazette.Date, what string, by ...Link) {
		if day.IsZero() || slices.ContainsFunc(all, func(d dated) bool { return d.day == day && d.What == what && len(d.By) >= len(by) }) {
			return
		}
		all = append(all, dated{day, Event{day.String(), what, by}})
	}
	doc := e.Document
	add(doc.Signed, s.strings.T("meta.signed"))
	add(doc.Printed, s.strings.T("meta.printed"))
	add(doc.Promulgated, s.strings.T("meta.promulgated"))
	add(doc.Published.Date, s.strings.T("meta.published"))
	if e.Issue != nil {
		add(e.Issue.Digest.Issue.Date, s.strings.T("history.printed"), link(file, e.Issue, s.issueTitle(e.Issue)))
	}
	overruled := gazette.Overrules(e.Effects)
	for i, x := range e.Effects {
		if x.Proposed || x.Kind == gazette.NoDate || overruled[i] != gazette.NotOverruled {
			continue
		}
		step := s.step(file, x)
		day := x.From
		if x.Kind == gazette.Expires {
			day = x.Until
		}
		if len(x.Articles) > 0 {
			step.What += s.strings.T("history.articles", joinWords(x.Articles))
		}
		if x.Computed {
			step.What += s.strings.T("history.computed")
		}
		if x.By != "" && step.Source.Text != "" {
			add(day, step.What, step.Source)
			continue
		}
		add(day, step.What)
	}
	for _, a := range e.Amended {
		if a.By == "" {
			add(a.Date, s.strings.T("why.amends"))
		} else if !slices.ContainsFunc(all, func(d dated) bool { return d.What == s.strings.T("why.amends") && d.day == a.Date }) {
			add(a.Date, s.strings.T("why.amends"), Link{Text: "《" + a.By + "》"})
		}
	}
	for _, c := range doc.Corrections {
		add(c.Date, s.strings.T("doc.corrections"))
	}
	for _, o := range e.Versions {
		if o != e {
			day := o.TextDay()
			key := "history.newer"
			if day.Before(e.TextDay()) {
				key = "history.older"
			}
			add(day, s.strings.T(key), link(file, o, s.strings.T("history.see")))
		}
	}
	if len(all) < least {
		return nil
	}
	slices.SortStableFunc(all, func(a, b dated) int { return a.day.Compare(b.day) })
	out := make([]Event, len(all))
	for i, d := range all {
		out[i] = d.Event
	}
	return out
}
