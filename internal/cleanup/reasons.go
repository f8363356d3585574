package cleanup

import (
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// period finds periods that are over, end soon, or are to be evaluated soon. A
// document whose stated period is over has ended and is no candidate: what is
// over here is a period that only a rule of the jurisdiction gives.
func (s *survey) period(e *catalog.Entry, reviewed gazette.Date) []Reason {
	last, cause := gazette.LastDay(e.Effects)
	if cause < 0 {
		return nil
	}
	x := e.Effects[cause]
	r := Reason{Args: []string{last.String(), x.Basis}, Quote: x.Quote, Path: x.By, Line: x.Line}
	if x.Quote != "" && x.By == "" {
		r.Path = e.Path
	}
	arose := last.AddDays(1) // the day from which the reason exists
	switch {
	case last.Before(s.on) && e.Trial():
		r.Rule = TrialOver
	case last.Before(s.on):
		r.Rule = PeriodOver
	case !last.After(s.on.AddMonths(months)):
		r.Rule, arose = PeriodEnding, last.AddMonths(-months)
	case !last.After(s.on.AddMonths(2 * months)):
		r.Rule, arose = EvaluationDue, last.AddMonths(-2*months)
		r.Args = append(r.Args, last.AddMonths(-months).String())
	default:
		return nil
	}
	if !reviewed.Before(arose) {
		return nil
	}
	return []Reason{r}
}

// proposed finds effects that another text states and nobody accepted yet:
// the document is in doubt from their day on.
func (s *survey) proposed(e *catalog.Entry, reviewed gazette.Date) []Reason {
	var out []Reason
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
		default:
			continue
		}
		if !x.Proposed || x.Part || len(x.Articles) > 0 || x.From.IsZero() || x.From.After(s.on) || !reviewed.Before(x.From) {
			continue
		}
		out = append(out, Reason{Rule: EndProposed, Args: []string{s.nameOf(x.By), x.From.String()}, Quote: x.Quote, Path: x.By, Line: x.Line})
	}
	return out
}

// nameOf is how a reason names a document.
func (s *survey) nameOf(path string) string {
	if e := s.cat.Entry(path); e != nil {
		return nameOf(e)
	}
	return path
}

func nameOf(e *catalog.Entry) string {
	if e.Document.Number != "" {
		return "《" + e.Title() + "》（" + e.Document.Number + "）"
	}
	return "《" + e.Title() + "》"
}

// hollow finds documents of which nothing is left.
func (s *survey) hollow(e *catalog.Entry, reviewed gazette.Date) []Reason {
	if !e.Hollow(s.on) {
		return nil
	}
	r := Reason{Rule: Hollow, Args: []string{strconv.Itoa(e.Digest.Articles)}}
	var day gazette.Date
	for _, x := range e.Effects {
		if len(x.Articles) > 0 && !x.Proposed && !x.From.After(s.on) && x.From.After(day) && x.Kind != gazette.EffectKind(gazette.Amends) {
			day, r.Quote, r.Path, r.Line = x.From, x.Quote, x.By, x.Line
		}
	}
	if !reviewed.Before(day) {
		return nil
	}
	return []Reason{r}
}

// unreviewed finds documents that nobody looked at for years: neither made,
// revised, extended, continued nor named in a cleanup.
func (s *survey) unreviewed(e *catalog.Entry, reviewed gazette.Date) []Reason {
	day := later(reviewed, later(e.Date, e.TextDate))
	for _, x := range e.Effects {
		if x.Kind == gazette.EffectKind(gazette.Amends) && !x.Proposed && !x.From.After(s.on) {
			day = later(day, x.From)
		}
	}
	if day.IsZero() || day.AddYears(s.years).After(s.on) {
		return nil
	}
	return []Reason{{Rule: Unreviewed, Args: []string{strconv.Itoa(s.years), day.String()}}}
}

// A ground is a document on which another one rests, and where it says so.
type ground struct {
	target catalog.Target
	name   string
	quote  string
	line   int
}

// grounds are the 依据 of a document: what its text says (根据《…》，制定本办法) and
// what its front matter declares.
func (s *survey) grounds(e *catalog.Entry) []ground {
	var out []ground
	add := func(g ground) {
		if g.target.Known() && !slices.ContainsFunc(out, func(o ground) bool { return o.target == g.target }) {
			out = append(out, g)
		}
	}
	for _, st := range e.Reading().Statements {
		if st.Kind != gazette.BasedOn {
			continue
		}
		var t catalog.Target
		if st.Number != "" {
			t, _ = s.cat.Find(e, st.Number)
		}
		if !t.Known() && st.Title != "" {
			t, _ = s.cat.Find(e, "《"+st.Title+"》")
		}
		t.Article = ""
		add(ground{t, st.Title, st.Quote, st.Line})
	}
	for _, r := range e.Relations {
		if r.Kind == gazette.BasedOn {
			add(ground{catalog.Target{Entry: r.Target.Entry, External: r.Target.External}, r.Relation.Target, "", 0})
		}
	}
	return out
}

// basis finds grounds that are no longer law, or were amended after the
// document was made.
func (s *survey) basis(e *catalog.Entry, reviewed gazette.Date) []Reason {
	made := later(later(e.Date, e.TextDate), reviewed)
	var out []Reason
	for _, g := range s.grounds(e) {
		r := Reason{Quote: g.quote, Line: g.line}
		if g.quote != "" {
			r.Path = e.Path
		}
		if x := g.target.External; x != nil {
			if gazette.Force(x.Force).Ended() && (reviewed.IsZero() || reviewed.Before(x.CheckedOn)) {
				r.Rule, r.Args = BasisEnded, []string{externalName(x), "force." + x.Force, ""} // when it ended nobody recorded
				out = append(out, r)
			} else if x.Amended.After(made) && !x.Amended.After(s.on) {
				r.Rule, r.Args = BasisAmended, []string{externalName(x), x.Amended.String(), later(e.Date, e.TextDate).String()}
				out = append(out, r)
			}
			continue
		}
		b := g.target.Entry.Newest()
		if day := b.State.Interval.From; b.State.Force.Ended() {
			if reviewed.Before(day) {
				r.Rule, r.Args = BasisEnded, []string{nameOf(b), "force." + string(b.State.Force), day.String()}
				out = append(out, r)
			}
			continue
		}
		if day := s.amended(b); day.After(made) {
			r.Rule, r.Args = BasisAmended, []string{nameOf(b), day.String(), later(e.Date, e.TextDate).String()}
			out = append(out, r)
		}
	}
	return out
}

func externalName(x *source.External) string {
	if x.Number != "" {
		return "《" + x.Title + "》（" + x.Number + "）"
	}
	return "《" + x.Title + "》"
}

// amended is the last day by which the text of a document changed: by an
// amendment, the end of some of its articles, or a later text of the work.
func (s *survey) amended(e *catalog.Entry) gazette.Date {
	var day gazette.Date
	for _, x := range e.Effects {
		part := len(x.Articles) > 0 || x.Part
		switch gazette.RelationKind(x.Kind) {
		case gazette.Amends:
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			if !part {
				continue
			}
		default:
			continue
		}
		if !x.Proposed && !x.From.After(s.on) {
			day = later(day, x.From)
		}
	}
	if len(e.Versions) > 1 {
		if d := later(e.TextDate, e.Date); !d.After(s.on) {
			day = later(day, d)
		}
	}
	return later(day, e.TextDate)
}

// issuerGone finds drafters and issuers that were abolished or renamed.
func (s *survey) issuerGone(e *catalog.Entry, reviewed gazette.Date) []Reason {
	var out []Reason
	names := slices.Clone(e.Document.Issuers)
	if d := e.Document.Drafter; d != "" && !slices.Contains(names, d) {
		names = append(names, d)
	}
	for _, name := range names {
		heir, day, gone := s.gone(name)
		if gone && (reviewed.IsZero() || reviewed.Before(day)) {
			out = append(out, Reason{Rule: IssuerGone, Args: []string{name, day.String(), heir}})
		}
	}
	return out
}

// gone reports whether a body is no more, who took over, and since when, as
// far as issuers.toml says. A short name (市粮食局) stands for the whole.
func (s *survey) gone(name string) (heir string, day gazette.Date, gone bool) {
	full := name
	for _, i := range s.cat.Data.Issuers {
		if i.Name == name || i.Short == name && s.cat.Issuer(name) == nil {
			full = i.Name
			day = i.Until
		}
	}
	for _, i := range s.cat.Data.Issuers {
		if slices.Contains(i.Succeeds, full) && i.Name != full {
			heir = i.Name
		}
	}
	if !day.IsZero() && !day.Before(s.on) {
		return heir, day, false // its last day is not over
	}
	return heir, day, heir != "" || !day.IsZero()
}
