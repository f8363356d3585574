package html

import (
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
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

// near are the documents of the same subject that stand next to it in time, two
// before it and two after. Its neighbours change only when one comes between
// them, so a new document changes two pages and not those of all its subject.
func (s *Site) near(file string, e *catalog.Entry) ([]DocLink, Link) {
	list := s.subject(e)
	if list == nil || len(list.Entries) < 2 {
		return nil, Link{}
	}
	i := s.places[e]
	beside := slices.Clone(list.Entries[max(i-2, 0):min(i+3, len(list.Entries))])
	slices.SortStableFunc(beside, func(a, b *catalog.Entry) int { // what has ended comes last
		switch x, y := a.State.Force.Ended(), b.State.Force.Ended(); {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	})
	var out []DocLink
	for _, o := range beside {
		if o != e {
			out = append(out, s.docLink(file, o))
		}
	}
	more := Link{}
	if len(list.Entries) > len(out)+1 {
		more = Link{s.strings.T("doc.near-more", list.Name), rel(file, list.Address+"index.html")}
	}
	return out, more
}

// subject is the list of the first topic of a document that has others.
func (s *Site) subject(e *catalog.Entry) *catalog.List {
	for _, name := range e.Document.Topics {
		if l := s.cat.Term("topics", strings.ReplaceAll(name, "\\", "/")); l != nil && len(l.Entries) > 1 {
			return l
		}
	}
	return nil
}

// placeAll notes where every document stands in the list of its subject.
func (s *Site) placeAll() {
	s.places = map[*catalog.Entry]int{}
	for _, l := range s.cat.Lists {
		if l.Taxonomy != "topics" {
			continue
		}
		for i, e := range l.Entries {
			if s.subject(e) == l {
				s.places[e] = i
			}
		}
	}
}

// citing are the documents that name this one and stand on its page for nothing
// else yet, and the way to all of them where they are many.
func (s *Site) citing(file string, e *catalog.Entry) (out []DocLink, all Link) {
	for _, by := range e.CitedBy {
		if slices.ContainsFunc(e.Inverse, func(r catalog.Inverse) bool { return r.By == by }) {
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, s.docLink(file, by))
	}
	if len(e.CitedBy) > most {
		all = Link{s.strings.T("doc.cited-by-more", itoa(len(e.CitedBy))), rel(file, e.Address+"cited-by/index.html")}
	}
	return out, all
}

var titleEnd = regexp.MustCompile(`的[\p{Han}]{1,3}$`)

// titleParts cuts a title where its lines like to end. On a screen a line may
// also end before the kind of document (的通知), which is never cut itself.
func titleParts(title string, issuers []string) []string {
	parts := press.TitleParts(title, issuers)
	last := parts[len(parts)-1]
	if at := titleEnd.FindStringIndex(last); at != nil && at[0] > 0 {
		parts = append(parts[:len(parts)-1], last[:at[0]], last[at[0]:])
	}
	return parts
}
