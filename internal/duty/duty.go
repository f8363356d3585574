// Package duty knows what a government owes its readers by which day: a document
// online within twenty working days, its interpretation within three, what became
// of opinions within a month, every month what was answered. check reports what
// is late, stats counts, the preview lists what is due.
//
//	for _, d := range duty.All(cat) {
//		if d.State(cat.AsOf) == duty.Late { … }
//	}
//
// Duties are asked of documents from [gate] since on, posts on new media from
// [share] since on; without those days nobody asks.
package duty

import (
	"cmp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// A Kind is what is owed.
type Kind string

// The kinds, in the order in which lists show them.
const (
	Publish  Kind = "publish"  // a document online (政府信息公开条例第二十六条)
	Explain  Kind = "explain"  // its interpretation (国办发〔2016〕80号)
	Feedback Kind = "feedback" // what became of opinions (意见采纳情况)
	Respond  Kind = "respond"  // the month's answers (回应关切)
	Review   Kind = "review"   // another look at what is withheld (条例第十八条)
	Evaluate Kind = "evaluate" // a document whose period ends
	Post     Kind = "post"     // a document on new media (国办发〔2018〕123号)
	Unpost   Kind = "unpost"   // a withdrawn document, taken down there
)

var kinds = []Kind{Publish, Explain, Feedback, Respond, Review, Evaluate, Post, Unpost}

// A State says how a duty stands on a day.
type State string

// The states.
const (
	Late     State = "late"      // not done, and the day is over
	Open     State = "open"      // not done, and there is time
	Done     State = "done"      // in time
	DoneLate State = "done-late" // after the day
)

// A Duty is one thing owed.
type Duty struct {
	Kind   Kind
	Entry  *catalog.Entry // the document, consultation or last page before; may be nil
	Name   string         // the title; the month of an answer; the number of what is withheld
	By     string         // who owes it, as far as known; of Post and Unpost, the channel
	From   gazette.Date   // the time runs from this day
	Due    gazette.Date   // the last day in time
	Done   gazette.Date   // zero: not done
	Answer *catalog.Entry // what did it
	// Guessed is a year within the time whose free days data/calendar.toml does not
	// have: working days are counted by the week. 0 where all is known.
	Guessed int
}

// State returns how the duty stands on a day.
func (d Duty) State(on gazette.Date) State {
	switch {
	case d.Done.IsZero() && on.After(d.Due):
		return Late
	case d.Done.IsZero():
		return Open
	case d.Done.After(d.Due):
		return DoneLate
	}
	return Done
}

// All returns every duty of a catalog, done or not, by day and kind.
func All(c *catalog.Catalog) []Duty {
	s := survey{cat: c}
	for _, e := range c.Documents {
		s.publish(e)
		s.explain(e)
		s.evaluate(e)
		s.post(e)
		s.unpost(e)
	}
	for _, e := range c.Articles[gazette.TypeConsultation] {
		s.feedback(e)
	}
	s.respond()
	s.review()
	slices.SortStableFunc(s.duties, func(a, b Duty) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), strings.Compare(a.Name, b.Name))
	})
	return s.duties
}

type survey struct {
	cat    *catalog.Catalog
	duties []Duty
}

func (s *survey) add(d Duty) { s.duties = append(s.duties, d) }

// asked reports whether duties are asked of what has a day.
func asked(c *catalog.Catalog, on gazette.Date) bool {
	since := c.Config.Gate.Since
	return !since.IsZero() && !on.IsZero() && !on.Before(since)
}

// own reports whether a document is the site's own, with its text, and online.
func own(c *catalog.Catalog, e *catalog.Entry) bool {
	return c.Own(e) && e.Document.Class != gazette.Reprint && !e.Document.TextNone && e.Shelf != gazette.Withdrawn
}

// working returns a duty of n working days.
func (s *survey) working(d Duty, n int) Duty {
	d.Due = s.cat.Data.Calendar.Add(d.From, n)
	d.Guessed = s.cat.Data.Calendar.Unknown(d.From, d.Due)
	return d
}

// The times of the law, in working days.
const (
	publishDays = 20 // 政府信息公开条例第二十六条
	explainDays = 3  // 国办发〔2016〕80号
)

// publish: a document is online within twenty working days of its making. What
// was taken over from another site has its day from there.
func (s *survey) publish(e *catalog.Entry) {
	doc := e.Document
	made := doc.Printed
	if made.IsZero() {
		made = doc.Signed
	}
	if e != oldest(e) || !own(s.cat, e) || !asked(s.cat, made) || doc.Origin != (gazette.Origin{}) || doc.Published.IsZero() {
		return
	}
	s.add(s.working(Duty{Kind: Publish, Entry: e, Name: e.Title(), By: owner(e), From: made, Done: doc.Published.Date, Answer: e}, publishDays))
}

// explain: what has to be explained is, within three working days of going
// online.
func (s *survey) explain(e *catalog.Entry) {
	on := e.Document.Published.Date
	if !asked(s.cat, on) || e != oldest(e) || !NeedsExplaining(s.cat, e) { // the cheap question first
		return
	}
	d := s.working(Duty{Kind: Explain, Entry: e, Name: e.Title(), By: owner(e), From: on}, explainDays)
	if by := Interpretations(e); len(by) > 0 {
		d.Answer = by[0]
		d.Done = by[0].Published().Date
		if d.Done.IsZero() {
			d.Done = on // it does not say when
		}
	}
	s.add(d)
}

// evaluate: a document whose period ends on a day is looked at before.
func (s *survey) evaluate(e *catalog.Entry) {
	if e != e.Newest() || !own(s.cat, e) || e.State.Force != gazette.InForce || e.State.Interval.To.IsZero() {
		return
	}
	last, cause := gazette.LastDay(e.Effects)
	if cause < 0 || last.Before(s.cat.AsOf) {
		return
	}
	s.add(Duty{Kind: Evaluate, Entry: e, Name: e.Title(), By: owner(e), From: last.AddMonths(-6), Due: last})
}

// feedback: what became of opinions is told within a month after the end of a
// consultation.
func (s *survey) feedback(e *catalog.Entry) {
	if asked(s.cat, e.Article.Closes) && !s.foreign(e.Article.Issuers) {
		s.consulted(e)
	}
}

// foreign reports whether other governments than the site's ask: departments are
// taken for its own.
func (s *survey) foreign(issuers []string) bool {
	return len(issuers) > 0 && !slices.ContainsFunc(issuers, func(name string) bool {
		body := strings.TrimSuffix(strings.TrimSuffix(name, "办公室"), "办公厅")
		return !strings.HasSuffix(body, "人民政府") && name != "国务院" || slices.Contains(s.cat.Config.Site.Issuers, name)
	})
}

// consulted adds a consultation that is over.
func (s *survey) consulted(e *catalog.Entry) {
	a := e.Article
	if a.Closes.IsZero() || !a.Closes.Before(s.cat.AsOf) {
		return
	}
	d := Duty{Kind: Feedback, Entry: e, Name: e.Title(), By: strings.Join(a.Issuers, "、"), From: a.Closes, Due: a.Closes.AddMonths(1)}
	if a.Feedback != "" {
		d.Done = a.Closes // where its day is not known
		if t, _ := s.cat.Find(e, a.Feedback); t.Entry != nil {
			d.Answer = t.Entry
			if on := t.Entry.Published().Date; !on.IsZero() {
				d.Done = on
			}
		}
	}
	s.add(d)
}

// respond: every month from the first one that has a page has one, until the end
// of the month after.
func (s *survey) respond() {
	first := ""
	by := map[string]*catalog.Entry{}
	for _, e := range s.cat.Articles[gazette.TypeResponse] {
		m := e.Article.Period
		if m == "" || e.Shelf == gazette.Withdrawn {
			continue
		}
		if first == "" || m < first {
			first = m
		}
		if o := by[m]; o == nil || earlier(e, o) {
			by[m] = e
		}
	}
	day, err := gazette.ParseDate(first + "-01")
	if err != nil {
		return
	}
	var last *catalog.Entry
	for ; !day.AddMonths(1).After(s.cat.AsOf); day = day.AddMonths(1) {
		m := day.String()[:len("2006-01")]
		e := by[m]
		if e != nil {
			last = e
		}
		if !asked(s.cat, day) {
			continue
		}
		d := Duty{Kind: Respond, Entry: last, Name: m, By: strings.Join(last.Article.Issuers, "、"), From: day.AddMonths(1).AddDays(-1), Due: day.AddMonths(2).AddDays(-1)}
		if e != nil {
			d.Answer = e
			if d.Done = e.Published().Date; d.Done.IsZero() {
				d.Done = d.From
			}
		}
		s.add(d)
	}
}

// earlier reports whether a came out before b: the first page of a month counts.
func earlier(a, b *catalog.Entry) bool { return a.Published().Compare(b.Published()) < 0 }

// review: what is withheld is looked at again on its day.
func (s *survey) review() {
	if s.cat.Ledger == nil {
		return
	}
	for _, w := range s.cat.Ledger.Withheld() {
		if day, err := gazette.ParseDate(w.Review); err == nil {
			s.add(Duty{Kind: Review, Name: w.Number, From: day, Due: day})
		}
	}
}

// owner is who answers for a document.
func owner(e *catalog.Entry) string {
	if e.Document.Drafter != "" {
		return e.Document.Drafter
	}
	return strings.Join(e.Document.Issuers, "、")
}

// Closed returns the feedback owed for every consultation that is over, whether or
// not [gate] asks.
func Closed(c *catalog.Catalog) []Duty {
	s := survey{cat: c}
	for _, e := range c.Articles[gazette.TypeConsultation] {
		s.consulted(e)
	}
	return s.duties
}

// ExplainBy is the last day in time for the interpretation of a document.
func ExplainBy(c *catalog.Catalog, e *catalog.Entry) gazette.Date {
	return c.Data.Calendar.Add(e.Document.Published.Date, explainDays)
}

// soonMonths is how far Pending looks ahead.
const soonMonths = 6

// Pending returns the duties that are not done: late ones, and those that are due
// within six months, by day.
func Pending(c *catalog.Catalog) []Duty {
	limit := c.AsOf.AddMonths(soonMonths)
	return slices.DeleteFunc(All(c), func(d Duty) bool {
		return !d.Done.IsZero() || d.Due.After(limit)
	})
}
