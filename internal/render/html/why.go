package html

import (
	"cmp"
	"slices"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
)

// A Reason is one step of the chain that leads to a status: what happened from
// which day, and the sentence, front matter or rule that says so.
type Reason struct {
	Date     string // 2023-06-18; "" where no day is known
	What     string // 施行, 有效期届满, 废止 …
	Note     string // 推算, 涉及第五条, 待采信 …; "" for nothing to add
	Quote    string // the exact sentence; "" where none was read
	Source   Link   // the document that states it, at the article; "" for the document itself
	SourceNo string // its number
	Proposed bool
}

// why is the chain of reasons of a document's status, oldest first: every
// effect that counts or is proposed, and the amendments of its 题注.
func (s *Site) why(file string, e *catalog.Entry) []Reason {
	type dated struct {
		day gazette.Date
		r   Reason
	}
	var all []dated
	overruled := gazette.Overrules(e.Effects)
	for i, x := range e.Effects {
		day := x.From
		if x.Kind == gazette.Expires {
			day = x.Until
		}
		r := s.step(file, x)
		if o := overruled[i]; o != gazette.NotOverruled {
			r.Note = joinNotes(slices.DeleteFunc([]string{r.Note, s.strings.T("why." + string(o))}, func(n string) bool { return n == "" }))
		}
		all = append(all, dated{day, r})
	}
	for _, a := range e.Amended {
		r := Reason{Date: a.Date.String(), What: s.strings.T("why.amends"), Quote: a.Quote}
		if a.By != "" {
			r.Note = "《" + a.By + "》"
		}
		all = append(all, dated{a.Date, r})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(sortDay(a.day), sortDay(b.day)) })
	out := make([]Reason, len(all))
	for i, d := range all {
		out[i] = d.r
	}
	return out
}

// sortDay puts what has no day last.
func sortDay(d gazette.Date) int {
	if d.IsZero() {
		return 1 << 30
	}
	return int(d.Year)<<16 | int(d.Month)<<8 | int(d.Day)
}

func (s *Site) step(file string, x gazette.Effect) Reason {
	r := Reason{Date: x.From.String(), What: s.strings.T("why." + string(x.Kind)), Quote: x.Quote, Proposed: x.Proposed}
	var notes []string
	switch {
	case x.Kind == gazette.Expires:
		r.Date = x.Until.String()
		if x.Verify {
			r.What = s.strings.T("why.expires-verify")
		}
	case !x.Until.IsZero():
		notes = append(notes, s.strings.T("status.until", x.Until.String()))
	}
	if len(x.Articles) > 0 {
		notes = append(notes, s.strings.T("status.articles", joinWords(x.Articles)))
	} else if x.Part {
		notes = append(notes, s.strings.T("why.part"))
	}
	if x.Computed {
		notes = append(notes, s.strings.T("why.computed"))
	}
	if x.Proposed {
		notes = append(notes, s.strings.T("why.proposed"))
	}
	switch {
	case x.Basis != "":
		notes = append(notes, s.strings.T("why.basis", x.Basis))
	case x.Strength == gazette.ByRule && x.Kind != gazette.NoDate:
		notes = append(notes, s.strings.T("why.rule"))
	case x.Strength == gazette.Declared && x.By == "":
		notes = append(notes, s.strings.T("status.declared"))
	}
	r.Note = joinNotes(notes)
	switch by := s.cat.Entry(x.By); {
	case by != nil:
		r.Source = link(file, by, by.Cited())
		r.SourceNo = by.Document.Number
		if x.Anchor != "" {
			r.Source.Href += "#" + x.Anchor
		}
	case x.Anchor != "":
		r.Source = Link{s.strings.T("why.here"), "#" + x.Anchor}
	}
	return r
}

func joinWords(ss []string) string { return join(ss, "、") }

func joinNotes(ss []string) string { return join(ss, "；") }

func join(ss []string, sep string) string {
	out := ""
	for i, x := range ss {
		if i > 0 {
			out += sep
		}
		out += x
	}
	return out
}
