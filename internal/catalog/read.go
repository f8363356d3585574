package catalog

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A Verdict is what becomes of an effect that was read out of a text.
type Verdict string

// The verdicts. Only certain effects count; a proposed end puts its target in
// doubt until a person accepts it (design §4).
const (
	Certain    Verdict = "certain"
	Proposed   Verdict = "proposed"
	Stated     Verdict = "declared"   // the front matter says the same
	Unresolved Verdict = "unresolved" // no such document in the catalog
	Ambiguous  Verdict = "ambiguous"  // several documents fit
	Outside    Verdict = "external"   // data/external.toml knows it
)

// A ReadEffect is one statement of a document on another, resolved.
type ReadEffect struct {
	effect.Statement
	By         *Entry
	File       string // the attachment of By that lists it, as a path in content/; "" for its own text
	Target     Target
	Candidates []*Entry     // of an ambiguous one
	Day        gazette.Date // from which it works; zero if not known
	Last       gazette.Date // extends, suspends: the last day; zero if none is stated
	Computed   bool         // Day or Last was counted, not written
	Verdict    Verdict
	Reason     string // why it is proposed only: "wording", "part", "competence", "number", "date", "title", "attachment", "never", "unlisted"
}

// readEffects resolves what texts say of others and lets the certain ones
// count. Authors go by date, so that an extension of an extension finds its
// end.
func (c *Catalog) readEffects() {
	authors := filter(c.authors, func(e *Entry) bool {
		return e.Speaks || slices.ContainsFunc(e.Attachments(), func(a gazette.Attachment) bool {
			d := c.attached[path.Join(path.Dir(e.Path), a.File)]
			return d != nil && d.Speaks
		})
	})
	slices.SortStableFunc(authors, func(a, b *Entry) int {
		return cmp.Or(a.ActsFrom().Compare(b.ActsFrom()), strings.Compare(a.Path, b.Path))
	})
	c.consider(authors)
	for _, e := range authors {
		if !speaks(e) {
			continue
		}
		said := e.Reading()
		c.readAll(e, "", said.Statements)
		for _, a := range e.Attachments() {
			file := path.Join(path.Dir(e.Path), a.File)
			if d := c.attached[file]; d != nil {
				c.readAll(e, file, d.Reading().Statements)
			}
		}
		if said.Unlisted.Quote != "" {
			c.unlisted(e, said.Unlisted)
		}
	}
}

// readAll resolves the statements of a text, or of an attachment of it.
func (c *Catalog) readAll(e *Entry, file string, statements []effect.Statement) {
	for _, st := range statements {
		if st.Kind.Changes() {
			c.readEffect(e, file, st)
		}
	}
}

func (c *Catalog) readEffect(e *Entry, file string, st effect.Statement) {
	r := &ReadEffect{Statement: st, By: e, File: file}
	c.resolve(r)
	if to := r.Target.Entry; to != nil {
		to.judged = true
	}
	r.Day, r.Computed = c.dayOf(e, st.From)
	if r.Day.IsZero() && !countsFromUnknown(e, st.From) {
		r.Day, r.Computed = actDay(e)
		r.Computed = r.Computed || !st.From.IsZero()
	}
	c.lastDay(r)
	c.judge(r)
	c.Read = append(c.Read, r)
	c.complain(r)
	c.apply(r)
}

// countsFromUnknown reports whether a statement works some days after an event
// (自公布之日起30日后) whose day nobody recorded, by its own words or by those of
// its text. Then no other day may stand for it.
func countsFromUnknown(e *Entry, from effect.When) bool {
	if !from.IsZero() {
		return !from.After.IsZero()
	}
	day, _ := e.FirstDay()
	return day.IsZero() && !e.Reading().Effective.After.IsZero()
}

// actDay is the day from which what a text says of others works: that on which
// it takes effect, else, counted, that of its making. The day on which it was
// put online decides nothing (design §2): then there is none.
func actDay(e *Entry) (day gazette.Date, computed bool) {
	if day, computed = e.FirstDay(); !day.IsZero() {
		return day, computed
	}
	return first(e.Document.Printed, e.Document.Signed, e.Document.Promulgated), true
}

// resolve finds the target: by number first, then by title, year and issuer.
func (c *Catalog) resolve(r *ReadEffect) {
	var es []*Entry
	var number gazette.Number
	if n, ok := gazette.ParseNumber(r.Number); ok {
		number = n
		es = c.older(r, c.consider(c.byNumber.get(n.Key())))
		if x := c.external.byNumber[n.Key()]; len(es) == 0 && x != nil {
			r.Target = Target{External: x}
			r.Verdict = Outside
			return
		}
	}
	if len(es) == 1 && r.Title != "" && !slices.Contains(c.titled(r), es[0]) {
		r.Reason = "title" // number and title are those of two documents
	}
	if len(es) > 1 || len(es) == 0 && r.Title != "" {
		named := c.older(r, c.titled(r))
		if both := filter(es, func(e *Entry) bool { return slices.Contains(named, e) }); len(both) > 0 {
			named = both
		}
		if len(es) == 0 || len(named) > 0 {
			es = named
		}
	}
	es = c.issued(r, es)
	if len(es) > 1 {
		if own := filter(es, func(e *Entry) bool { return c.Competent(r.By, e) }); len(own) > 0 {
			es = own
		}
	}
	if len(es) > 1 {
		if said := filter(es, func(e *Entry) bool { return declares(r.By, r.Kind, e) }); len(said) > 0 {
			es = said // a person chose among those of one name
		}
	}
	switch {
	case len(es) == 0:
		if x := c.external.byTitle[titleKey(zh.Fold(r.Title))]; r.Title != "" && x != nil {
			r.Target, r.Verdict = Target{External: x}, Outside
			return
		}
		if e := c.declaredInstead(r); e != nil {
			r.Target = Target{Entry: e}
			return
		}
		r.Verdict = Unresolved
	case allOneWork(es):
		r.Target = Target{Entry: es[0].Newest()}
		if !number.IsZero() && !es[0].Number.IsZero() && !sameNumber(number, es[0]) {
			r.Reason = "number"
		}
	default:
		r.Verdict, r.Candidates = Ambiguous, es
	}
}

// sameNumber compares an order's number loosely: names of issuers change
// (原国家工商行政管理总局令第56号), year and serial do not.
func sameNumber(n gazette.Number, e *Entry) bool {
	if n.Key() == e.NumberKey() {
		return true
	}
	if n.Series == "" && n.Year != 0 { // 2018年第4号, without whose
		return n.Serial == e.Number.Serial && n.Year == e.Number.Year
	}
	return n.Order && e.Number.Order && n.Serial == e.Number.Serial && (n.Year == 0 || e.Number.Year == 0 || n.Year == e.Number.Year)
}

// titled returns the documents of a title, also where the issuer before 关于 is
// left out.
func (c *Catalog) titled(r *ReadEffect) []*Entry {
	folded := zh.Fold(r.Title)
	es := slices.Clone(c.consider(c.asks(c.byTitle, titleKey(folded))))
	if len(es) == 0 {
		es = filter(c.consider(c.asks(c.byShort, folded)), func(e *Entry) bool { return c.Competent(r.By, e) })
	}
	return es
}

// older drops the author's own work and what is newer than the author: nobody
// ends what does not exist yet.
func (c *Catalog) older(r *ReadEffect, es []*Entry) []*Entry {
	day := first(r.By.Date, r.By.ActsFrom())
	return filter(es, func(e *Entry) bool {
		if e.SameWork(r.By) || e.Shelf == gazette.Withdrawn {
			return false
		}
		born := e.born()
		return born.IsZero() || day.IsZero() || born.Before(day)
	})
}

// born is the earliest day that any text of the work carries.
func (e *Entry) born() gazette.Date {
	texts := e.texts()
	var born gazette.Date
	for _, t := range texts {
		for _, d := range t.days() {
			if born.IsZero() || d.Before(born) {
				born = d
			}
		}
	}
	return born
}

// days are the days on which a text was made and made known.
func (e *Entry) days() []gazette.Date {
	doc := e.Document
	var out []gazette.Date
	for _, d := range []gazette.Date{doc.Signed, doc.Promulgated, doc.Printed, e.TextDate} {
		if !d.IsZero() {
			out = append(out, d)
		}
	}
	return out
}

// issued keeps those that carry the date which the statement attaches to its
// target; where none does but some carry no date, those.
func (c *Catalog) issued(r *ReadEffect, es []*Entry) []*Entry {
	if r.Issued.IsZero() || len(es) == 0 {
		return es
	}
	same := filter(es, func(e *Entry) bool { return e.carries(r.Issued) })
	if len(same) > 0 {
		return same
	}
	near := filter(es, func(e *Entry) bool {
		born := e.born()
		return born.IsZero() || born.Year == r.Issued.Year
	})
	if r.Reason == "" && slices.ContainsFunc(near, func(e *Entry) bool { return !e.born().IsZero() }) {
		r.Reason = "date"
	}
	return near
}

// carries reports whether a text of the work carries a day.
func (e *Entry) carries(d gazette.Date) bool {
	for _, t := range e.texts() {
		if slices.Contains(t.days(), d) {
			return true
		}
	}
	return slices.ContainsFunc(e.Amended, func(a effect.Amendment) bool { return a.Date == d })
}

// lastDay counts the new last day of an extension or suspension.
func (c *Catalog) lastDay(r *ReadEffect) {
	switch {
	case !r.Until.Date.IsZero():
		r.Last = r.Until.Date
	case r.Until.For.IsZero() || r.Target.Entry == nil:
	case r.Kind == gazette.Extends:
		if last, cause := gazette.LastDay(r.Target.Entry.Effects); cause >= 0 {
			r.Last, r.Computed = last.Add(r.Until.For), true
		}
	case !r.Day.IsZero():
		r.Last, r.Computed = r.Until.For.LastDay(r.Day), true
	}
}

// Pos is where the statement stands.
func (r *ReadEffect) Pos() diag.Pos {
	if r.File != "" {
		return diag.Pos{File: source.Name(r.File), Line: r.Line}
	}
	return r.By.Quoted(r.Line, r.Col)
}

// Name is the target as the text names it.
func (r *ReadEffect) Name() string {
	switch {
	case r.Title == "":
		return r.Number
	case r.Number == "":
		return "《" + r.Title + "》"
	}
	return "《" + r.Title + "》（" + r.Number + "）"
}

// apply lets an effect count: certain ones as they are, proposed ones as doubt.
func (c *Catalog) apply(r *ReadEffect) {
	to := r.Target.Entry
	if to != nil && r.Verdict == Stated {
		c.quote(r, to)
	}
	if to == nil || r.Verdict != Certain && r.Verdict != Proposed || r.Reason == "never" {
		return
	}
	x := gazette.Effect{
		Kind: gazette.EffectKind(r.Kind), From: r.Day, Until: r.Last, Articles: r.Articles, Part: r.Part, Strength: gazette.Read,
		By: r.By.Path, Quote: r.Quote, Line: r.Line, Col: r.Col, Anchor: r.By.anchored(r.Anchor), Computed: r.Computed, Proposed: r.Verdict == Proposed,
	}
	if x.Proposed && x.From.IsZero() {
		x.From = r.By.ActsFrom() // a doubt may begin on a day that ends nothing
	}
	if r.Kind != gazette.Corrects {
		c.affect(r.By, to, x)
	}
	if r.Verdict == Certain {
		r.By.Relations = append(r.By.Relations, Relation{
			Relation: gazette.Relation{Kind: r.Kind, Target: r.Name(), Until: r.Last, Articles: r.Articles}, Target: r.Target, From: r.Day, Read: r,
		})
	}
}

// quote lends the sentence to the effect that the author's front matter declares:
// what a person wrote down has its reason in the text.
func (c *Catalog) quote(r *ReadEffect, to *Entry) {
	texts := to.texts()
	for _, t := range texts {
		for i := range t.Effects {
			x := &t.Effects[i]
			if x.By == r.By.Path && x.Quote == "" && x.Strength == gazette.Declared && group(gazette.RelationKind(x.Kind)) == group(r.Kind) && (len(x.Articles) > 0) == (len(r.Articles) > 0) {
				x.Quote, x.Line, x.Col, x.Anchor = r.Quote, r.Line, r.Col, r.By.anchored(r.Anchor)
			}
		}
	}
}

// unlisted proposes the end of what a cleanup decision does not name: 凡未列入继续
// 有效目录的，一律废止.
func (c *Catalog) unlisted(e *Entry, place effect.Place) {
	named := map[*Entry]bool{}
	for _, r := range c.Read {
		if r.By == e && r.Target.Entry != nil {
			named[r.Target.Entry.Newest()] = true
		}
	}
	for _, r := range e.Relations {
		if r.Target.Entry != nil {
			named[r.Target.Entry.Newest()] = true
		}
	}
	for _, d := range c.Documents {
		if d.Document.Class != gazette.Normative || d != d.Newest() || d == e || named[d] || !shareIssuer(e, d) || !d.Date.Before(e.Date) || d.Date.IsZero() {
			continue
		}
		r := &ReadEffect{
			Statement: effect.Statement{Place: place, Kind: gazette.Repeals, Title: d.Document.Title, Number: d.Document.Number, Via: "unlisted"},
			By:        e, Target: Target{Entry: d}, Day: e.ActsFrom(), Verdict: Proposed, Reason: "unlisted",
		}
		d.judged = true
		c.Read = append(c.Read, r)
		c.apply(r)
	}
}

// ID names the effect for `effects --accept`: it stays while author, target and
// wording do.
func (r *ReadEffect) ID() string {
	h := fnv.New32a()
	for _, s := range []string{r.By.Path, string(r.Kind), r.Name(), strings.Join(r.Articles, ","), r.Quote} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return fmt.Sprintf("%08x", h.Sum32())
}
