package html

import (
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// badge is the status of a document on the day of the build, with its reason.
// The page carries the interval that holds the day, never the day itself.
func (s *Site) badge(file string, e *catalog.Entry) *Badge {
	if e != e.Newest() && e.State.Force == gazette.NoForce {
		return &Badge{Class: "superseded", Label: s.strings.T("force.superseded")} // the notice leads on
	}
	b := s.smallBadge(e)
	if b == nil {
		return nil
	}
	iv := e.State.Interval
	b.Detail = s.detail(iv)
	if cause := s.decisive(e, iv); cause >= 0 {
		effect := e.Effects[cause]
		b.Reason = s.reason(e, effect)
		if effect.By != "" {
			if by := s.cat.Entry(effect.By); by != nil {
				b.By = link(file, by, by.Cited())
			}
		}
	}
	if e.State.Force == gazette.Unknown {
		b.Ask = e.Document.Contact
		if b.Ask == "" {
			b.Ask = s.cat.Config.Site.Contact
		}
		b.AskTel = telephone(b.Ask)
	}
	if b.Reason == "" && e.State.Force == gazette.Unknown {
		b.Reason = s.strings.T("status.no-date")
		if i := slices.IndexFunc(e.Effects, func(x gazette.Effect) bool { return x.Kind == gazette.NoDate }); i >= 0 {
			b.Reason = s.reason(e, e.Effects[i])
		}
	}
	return b
}

// decisive is the effect that fixes the days which a badge shows, -1 for none:
// of what is in force again or longer, that which resumed or extended it, since
// what the document says of itself gives other days.
func (s *Site) decisive(e *catalog.Entry, iv gazette.Interval) int {
	out := iv.Cause
	if out >= len(e.Effects) {
		return -1
	}
	if iv.Force != gazette.InForce {
		return out
	}
	overruled := gazette.Overrules(e.Effects)
	var last gazette.Date
	for i, x := range e.Effects {
		if x.Proposed || x.By == "" || overruled[i] != gazette.NotOverruled || x.From.After(s.cat.AsOf) || x.From.Before(last) {
			continue
		}
		switch kind := gazette.RelationKind(x.Kind); {
		case kind == gazette.Resumes && x.From == iv.From, kind == gazette.Extends && !iv.To.IsZero():
			out, last = i, x.From
		}
	}
	return out
}

// smallBadge is the badge of lists: a word, no reason.
func (s *Site) smallBadge(e *catalog.Entry) *Badge {
	f := e.State.Force
	if f == gazette.NoForce {
		return nil
	}
	b := &Badge{Class: string(f), Label: s.strings.T("force." + string(f))}
	var steps []string
	for _, step := range s.cat.ForceSteps(e) {
		steps = append(steps, step.Until.String()+"|"+step.Code+"|"+s.strings.T("force."+step.Code))
	}
	b.Steps = strings.Join(steps, ";")
	b.Text = s.textLabel(e)
	return b
}

// textLabel says what happened to the wording of a document; of one that has
// ended nothing more is said.
func (s *Site) textLabel(e *catalog.Entry) string {
	switch {
	case e.State.Force.Ended() || e.State.Text == gazette.Original:
		return ""
	case e.Hollow(s.cat.AsOf):
		return s.strings.T("text.hollow")
	}
	return s.strings.T("text." + string(e.State.Text))
}

// endedArticles are the articles that others have ended by the day of the build.
func (s *Site) endedArticles(e *catalog.Entry) string {
	var out []string
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			if x.From.IsZero() || x.From.After(s.cat.AsOf) || x.Proposed {
				continue
			}
			for _, a := range x.Articles {
				if !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
	}
	return strings.Join(out, "、")
}

// detail says the interval in words. What is in force is only known until its
// end; what is pending has a day on which it will begin.
func (s *Site) detail(iv gazette.Interval) string {
	from, to := iv.From.String(), iv.To.String()
	switch {
	case iv.Force == gazette.Pending && to != "":
		return s.strings.T("status.will", iv.To.AddDays(1).String())
	case iv.Force.Ended(), to == "" && from != "":
		if from == "" {
			return ""
		}
		return s.strings.T("status.since", from)
	case from != "" && to != "":
		return s.strings.T("status.from-known-to", from, to)
	case to != "":
		return s.strings.T("status.known-until", to)
	}
	return ""
}

// reason says where the status comes from. A day that follows from a rule and
// not from a statement is marked as computed.
func (s *Site) reason(e *catalog.Entry, effect gazette.Effect) string {
	switch {
	case effect.Proposed:
		return s.strings.T("status.proposed", effect.Quote)
	case effect.By != "":
		return s.strings.T("relation." + string(effect.Kind) + ".inverse")
	case effect.Basis != "":
		return s.strings.T("status.computed", effect.Basis, effect.Until.String())
	case effect.Kind == gazette.NoDate && effect.Quote != "":
		return s.strings.T("status.no-event", effect.Quote)
	case effect.Kind == gazette.NoDate:
		return s.strings.T("status.no-date")
	case effect.Strength == gazette.ByRule && effect.Kind == gazette.TakesEffect:
		return s.strings.T("status.default-start", effect.From.String())
	case effect.Quote != "":
		return s.strings.T("status.own", effect.Quote)
	case effect.Kind == gazette.Expires && e.Document.Expires.IsZero() && !e.Document.ValidFor.IsZero():
		return s.strings.T("status.valid-for", e.Document.ValidFor.Zh(), effect.Until.String())
	}
	return s.strings.T("status.declared")
}

// notices are the sentences above the text, in order of weight. What the badge
// says is not said again.
func (s *Site) notices(file string, e *catalog.Entry) []Notice {
	var out []Notice
	doc := e.Document
	switch e.State.Text {
	case gazette.Amended:
		out = append(out, Notice{Kind: "warning", Text: s.strings.T("notice.amended-by"), Link: s.cause(file, e, false, gazette.Amends)})
	case gazette.Partial:
		text := s.strings.T("notice.partial-by")
		if articles := s.endedArticles(e); articles != "" {
			text = s.strings.T("notice.articles-by", articles)
		}
		out = append(out, Notice{Kind: "warning", Text: text, Link: s.cause(file, e, true, gazette.Repeals, gazette.Lapses, gazette.Replaces)})
	}
	if x, ok := s.comingEnd(e); ok {
		n := Notice{Kind: "warning", Text: s.strings.T("notice.will-end", x.From.String())}
		if by := s.cat.Entry(x.By); by != nil {
			n.Link = link(file, by, by.Cited())
		}
		out = append(out, n)
	}
	if newest := e.Newest(); newest != e {
		out = append(out, Notice{Kind: "warning", Lasting: true, Text: s.strings.T("notice.newer"), Link: link(file, newest, newest.Called()+"（"+newest.Date.String()+"）")})
	}
	if e.Shelf == gazette.Archived {
		out = append(out, Notice{Kind: "warning", Lasting: true, Text: s.strings.T("notice.archived", archivedOn(e))})
	}
	if len(doc.Corrections) > 0 {
		out = append(out, Notice{Kind: "info", Lasting: true, Text: s.strings.T("notice.corrected")})
	}
	if doc.Abridged {
		out = append(out, Notice{Kind: "info", Lasting: true, Text: s.strings.T("notice.abridged")})
	}
	if doc.Class == gazette.Reprint {
		from := doc.Origin.Name
		if from == "" {
			from = strings.Join(doc.Issuers, "、")
		}
		out = append(out, Notice{Kind: "info", Lasting: true, Text: s.strings.T("notice.reprinted", from)})
	}
	return out
}

// comingEnd is a certain end that another document has set for a later day.
func (s *Site) comingEnd(e *catalog.Entry) (gazette.Effect, bool) {
	for i := len(e.Intervals) - 1; i > 0; i-- {
		iv := e.Intervals[i]
		if !iv.Force.Ended() || iv.Force == gazette.Expired || !iv.From.After(s.cat.AsOf) || iv.Cause < 0 {
			continue
		}
		return e.Effects[iv.Cause], true
	}
	return gazette.Effect{}, false
}

func archivedOn(e *catalog.Entry) string {
	if !e.Article.Archived.IsZero() {
		return e.Article.Archived.String()
	}
	return e.Document.Archived.String()
}

// cause links the newest document that does one of the kinds to e; articles
// asks for what was done to articles of it.
func (s *Site) cause(file string, e *catalog.Entry, articles bool, kinds ...gazette.RelationKind) Link {
	var last Link
	var from gazette.Date
	for _, x := range e.Effects {
		by := s.cat.Entry(x.By)
		if by == nil || x.From.After(s.cat.AsOf) || x.From.Before(from) || x.Proposed || articles && len(x.Articles) == 0 && !x.Part ||
			!slices.Contains(kinds, gazette.RelationKind(x.Kind)) {
			continue
		}
		last, from = link(file, by, by.Cited()), x.From
	}
	return last
}
