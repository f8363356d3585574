package catalog

import (
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/zh"
)

// judge decides whether a resolved effect is certain (design §4).
func (c *Catalog) judge(r *ReadEffect) {
	if r.Verdict == Outside && declaresExternal(r) {
		r.Verdict = Stated
	}
	if r.Verdict != "" || r.Target.Entry == nil {
		return
	}
	r.Verdict = Proposed
	switch {
	case c.stated(r):
		r.Verdict = Stated
	case c.Config.Validity.Read == "never":
		r.Reason = "never"
	case r.Part:
		r.Reason = "part"
	case !r.Closed:
		r.Reason = "wording"
	case r.Reason != "": // number or date differs
	case r.Title != "" && r.Number == "" && c.common(r):
		r.Reason = "title"
	case r.Number == "" && (c.madeByAnother(r) || c.shortOf(r)):
		r.Reason = "title"
	case r.Year != 0 && r.Number == "" && !r.Target.Entry.madeIn(r.Year):
		r.Reason = "date"
	case elsewhere(r):
		r.Reason = "part" // in force there only
	case r.File != "":
		r.Reason = "attachment" // never without a person (design §4)
	case len(r.By.Document.Issuers) > 0 && len(r.Target.Entry.Document.Issuers) > 1 && c.Competent(r.By, r.Target.Entry) && c.alone(r.By, r.Target.Entry):
		r.Reason = "competence"
	case !c.Competent(r.By, r.Target.Entry) && (len(issuersOf(r.Target.Entry)) > 0 || !c.competentOver(r.By, namedIssuer(r))):
		r.Reason = "competence"
	case r.Kind == gazette.Extends && r.Last.IsZero():
		r.Reason = "date"
	case r.Day.IsZero():
		r.Reason = "date"
	default:
		r.Verdict = Certain
	}
}

// common reports whether a title without a number is that of several works, of
// which only dates or issuers chose one: then a date must have chosen it.
func (c *Catalog) common(r *ReadEffect) bool {
	es := c.consider(c.asks(c.byTitle, titleKey(zh.Fold(r.Title))))
	if len(es) == 0 {
		es = c.consider(c.asks(c.byShort, zh.Fold(r.Title)))
	}
	others := filter(es, func(e *Entry) bool { return !e.SameWork(r.Target.Entry) && !e.SameWork(r.By) })
	return len(others) > 0 && (r.Issued.IsZero() || !r.Target.Entry.carries(r.Issued))
}

// shortOf reports whether a title without its maker, 《关于甲工作的通知》, was found as that
// of a document which others than the author made.
func (c *Catalog) shortOf(r *ReadEffect) bool {
	if len(c.asks(c.byTitle, titleKey(zh.Fold(r.Title)))) > 0 {
		return false
	}
	by, to := r.By.Document.Issuers, r.Target.Entry.Document.Issuers
	return len(to) > 0 && !slices.ContainsFunc(to, func(i string) bool { return slices.Contains(by, i) })
}

// madeIn reports whether a text of the work was made in a year.
func (e *Entry) madeIn(year int) bool {
	if e.Number.Year == year {
		return true
	}
	for _, t := range append(slices.Clone(e.Versions), e) {
		for _, d := range t.days() {
			if int(d.Year) == year {
				return true
			}
		}
	}
	return slices.ContainsFunc(e.Amended, func(a effect.Amendment) bool { return int(a.Date.Year) == year })
}

// madeByAnother reports whether the text names a maker of its target who is
// none of the target's: 甲县人民政府印发的《A》 is not the city's 《A》.
func (c *Catalog) madeByAnother(r *ReadEffect) bool {
	issuers := issuersOf(r.Target.Entry)
	if len(issuers) == 0 {
		return false
	}
	named := namedIssuer(r)
	for _, n := range named {
		for _, x := range issuers {
			if n = zh.Fold(n); strings.HasSuffix(zh.Fold(x), n) || strings.HasSuffix(n, zh.Fold(x)) {
				return false
			}
		}
	}
	return len(named) > 0
}

// stated reports whether the front matter of the author has answered: it says
// the same, or that a document goes on of which the text says that it ends (or
// the other way round), which is reported.
func (c *Catalog) stated(r *ReadEffect) bool {
	for i := range r.By.Relations {
		x := &r.By.Relations[i]
		if x.Read != nil || x.Target.Entry == nil || !x.Target.Entry.SameWork(r.Target.Entry) {
			continue
		}
		if opposite(x.Kind, r.Kind) && len(x.Articles) == 0 && !r.Part {
			c.contradiction(r.By, "relations."+itoa(i)+".kind", r.Place, "kind."+string(x.Kind), "kind."+string(r.Kind))
			return true
		}
		if group(x.Kind) != group(r.Kind) {
			continue
		}
		if !x.Relation.From.IsZero() && !r.From.Date.IsZero() && x.Relation.From != r.From.Date && len(x.Articles) == 0 {
			c.contradiction(r.By, "relations."+itoa(i)+".from", r.Place, x.Relation.From.String(), r.From.Date.String())
		}
		if !x.Until.IsZero() && !r.Until.Date.IsZero() && x.Until != r.Until.Date && len(x.Articles) == 0 {
			c.contradiction(r.By, "relations."+itoa(i)+".until", r.Place, x.Until.String(), r.Until.Date.String())
		}
		return true
	}
	return false
}

// group puts the ways of ending a document together: 同时废止 in the text is
// answered by any of them in the front matter.
func group(k gazette.RelationKind) gazette.RelationKind {
	switch k {
	case gazette.Replaces, gazette.Lapses:
		return gazette.Repeals
	case gazette.Continues:
		return gazette.Extends
	}
	return k
}

// opposite reports whether one ends a document and the other keeps it.
func opposite(a, b gazette.RelationKind) bool {
	a, b = group(a), group(b)
	return a == gazette.Repeals && b == gazette.Extends || a == gazette.Extends && b == gazette.Repeals
}

// contradiction reports that front matter and text differ, with both places.
func (c *Catalog) contradiction(e *Entry, key string, p effect.Place, said, read string) {
	f := diag.New("effect-contradiction", e.Pos(key), key, said, read)
	f.Related = []diag.Related{{Pos: e.Quoted(p.Line, p.Col)}}
	c.Findings = append(c.Findings, f)
}

// complain reports what could not be made certain and why.
func (c *Catalog) complain(r *ReadEffect) {
	if r.Kind == gazette.Amends || r.Kind == gazette.Corrects || r.Kind == gazette.Continues {
		return
	}
	name := r.Name()
	pos := r.Pos()
	switch {
	case r.Verdict == Unresolved:
		c.report("effect-unresolved", pos, name, "kind."+string(r.Kind))
	case r.Verdict == Ambiguous:
		f := diag.New("effect-ambiguous", pos, name, itoa(len(r.Candidates)))
		for _, e := range r.Candidates {
			f.Related = append(f.Related, diag.Related{Pos: e.Start()})
		}
		c.Findings = append(c.Findings, f)
	case r.Verdict == Proposed && r.Reason == "competence":
		f := diag.New("effect-competence", pos, name, strings.Join(r.By.Document.Issuers, "、"), strings.Join(r.Target.Entry.Document.Issuers, "、"))
		f.Related = []diag.Related{{Pos: r.Target.Entry.Start()}}
		c.Findings = append(c.Findings, f)
	case r.Verdict == Proposed:
		f := diag.New("effect-proposed", pos, name, "kind."+string(r.Kind))
		f.Related = []diag.Related{{Pos: r.Target.Entry.Start()}}
		c.Findings = append(c.Findings, f)
	}
}
