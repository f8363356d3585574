package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/config"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
)

func itoa(n int) string { return strconv.Itoa(n) }

// ownEffects are a document's own first and last day: from the front matter,
// else from its text, else from the rules of the jurisdiction, each with its
// reason. Where front matter and text differ, the front matter counts and both
// places are reported.
func (c *Catalog) ownEffects(e *Entry, effects *slab[gazette.Effect]) []gazette.Effect {
	read := c.reading(e)
	for _, a := range read.Amendments {
		a.Quote, a.Anchor, a.By = strings.Clone(a.Quote), "", strings.Clone(a.By)
		e.Amended = append(e.Amended, a)
	}
	start, known := c.firstDay(e, read)
	starts := known || claimsForce(e.Document.Class)
	end, ends := c.lastOwnDay(e, read, start.From)
	var out []gazette.Effect
	switch {
	case starts && ends:
		out = effects.take(2)
		out[0], out[1] = start, end
	case starts:
		out = effects.take(1)
		out[0] = start
	case ends:
		out = effects.take(1)
		out[0] = end
	}
	return out
}

// firstDay returns the effect of taking force; known is false where no day is
// known: then it says why.
func (c *Catalog) firstDay(e *Entry, read *effect.Reading) (x gazette.Effect, known bool) {
	doc := e.Document
	day, computed := c.dayOf(e, read.Effective)
	if !doc.Effective.IsZero() {
		// A revised text keeps the day of the first one in its last article.
		revised := len(e.Versions) > 1 || doc.VersionOf != "" || len(read.Amendments) > 0
		if !day.IsZero() && !computed && day != doc.Effective && read.Effective.Event == effect.NoEvent && !revised {
			c.contradiction(e, "effective", read.EffectiveP, doc.Effective.String(), day.String())
		}
		x := gazette.Effect{Kind: gazette.TakesEffect, From: doc.Effective, Strength: gazette.Declared}
		if day == doc.Effective {
			x.Quote, x.Line, x.Col, x.Anchor = strings.Clone(read.EffectiveP.Quote), read.EffectiveP.Line, read.EffectiveP.Col, strings.Clone(read.EffectiveP.Anchor)
		}
		return x, true
	}
	if !read.Effective.IsZero() {
		x = gazette.Effect{
			Kind: gazette.TakesEffect, From: day, Strength: gazette.Own,
			Quote: strings.Clone(read.EffectiveP.Quote), Line: read.EffectiveP.Line, Col: read.EffectiveP.Col, Anchor: strings.Clone(read.EffectiveP.Anchor), Computed: computed,
		}
		if day.IsZero() {
			x.Kind = gazette.NoDate // 自公布之日, but no day of publication is known
		}
		return x, !day.IsZero()
	}
	if claimsForce(doc.Class) {
		if day := c.defaultStart(doc); !day.IsZero() {
			return gazette.Effect{Kind: gazette.TakesEffect, From: day, Strength: gazette.ByRule, Computed: true}, true
		}
	}
	return gazette.Effect{Kind: gazette.NoDate, Strength: gazette.ByRule}, false
}

// lastOwnDay returns the effect of expiry, if the document has one.
func (c *Catalog) lastOwnDay(e *Entry, read *effect.Reading, start gazette.Date) (gazette.Effect, bool) {
	doc := e.Document
	stated, computed := read.Expires.Date, false
	if stated.IsZero() && !read.Expires.For.IsZero() && !start.IsZero() {
		stated, computed = read.Expires.For.LastDay(start), true
	}
	declared, counted := doc.Expires, false
	if declared.IsZero() && !doc.ValidFor.IsZero() && !start.IsZero() {
		declared, counted = doc.ValidFor.LastDay(start), true
	}
	switch {
	case !declared.IsZero():
		if !stated.IsZero() && stated != declared && !(computed && near(stated, declared)) {
			c.contradiction(e, "expires", read.ExpiresP, declared.String(), stated.String())
		}
		x := gazette.Effect{Kind: gazette.Expires, Until: declared, Strength: gazette.Declared, Computed: counted}
		if stated == declared {
			x.Quote, x.Line, x.Col, x.Anchor = strings.Clone(read.ExpiresP.Quote), read.ExpiresP.Line, read.ExpiresP.Col, strings.Clone(read.ExpiresP.Anchor)
		}
		return x, true
	case !stated.IsZero():
		return gazette.Effect{
			Kind: gazette.Expires, Until: stated, Strength: gazette.Own, Computed: computed,
			Quote: strings.Clone(read.ExpiresP.Quote), Line: read.ExpiresP.Line, Col: read.ExpiresP.Col, Anchor: strings.Clone(read.ExpiresP.Anchor),
		}, true
	}
	if doc.Expires.IsZero() && doc.ValidFor.IsZero() && read.Expires.IsZero() {
		return c.byRule(e, start)
	}
	return gazette.Effect{}, false
}

// reading is what the text of a document says of itself, until it is asked of
// another; of a 转载 nothing: its
// issuer's own publication decides.
func (c *Catalog) reading(e *Entry) *effect.Reading {
	if e.Document.Class == gazette.Reprint {
		return &effect.Reading{}
	}
	return c.unpack.OwnReading(e.Digest)
}

// anchored returns an anchor that the page has, or "".
func (e *Entry) anchored(id string) string {
	if id != "" && e.HasAnchor(id) {
		return strings.Clone(id) // the rest of the reading is not kept alive
	}
	return ""
}

// near allows for the other way of counting a term of years: from 2022-03-01
// to 2027-03-01 instead of 2027-02-28 (standards §5.4).
func near(a, b gazette.Date) bool { return a.AddDays(1) == b || b.AddDays(1) == a }

// byRule is the expiry that a rule of the jurisdiction gives to a document
// that states none. It is always computed, and says so.
func (c *Catalog) byRule(e *Entry, start gazette.Date) (gazette.Effect, bool) {
	for _, r := range c.Config.Validity.Rules {
		if !c.applies(r, e) {
			continue
		}
		years := r.Years
		switch {
		case e.Document.Kind == "通告" && r.NoticeYears > 0:
			years = r.NoticeYears
		case e.Trial() && r.TrialYears > 0:
			years = r.TrialYears
		}
		from := start
		switch r.From {
		case "signed":
			from = first(e.Document.Signed, e.Document.Printed)
		case "published":
			from = first(e.Document.Promulgated, e.Document.Published.Date)
		}
		if years == 0 || from.IsZero() {
			return gazette.Effect{}, false
		}
		return gazette.Effect{
			Kind: gazette.Expires, Until: gazette.Period{Years: years}.LastDay(from), Strength: gazette.ByRule,
			Computed: true, Basis: r.Name, Verify: r.OnExpiry != "expired",
		}, true
	}
	return gazette.Effect{}, false
}

func (c *Catalog) applies(r config.ValidityRule, e *Entry) bool {
	doc := e.Document
	if !slices.Contains(r.Classes, doc.Class) || len(r.Kinds) > 0 && !slices.Contains(r.Kinds, doc.Kind) {
		return false
	}
	if len(r.Issuers) == 0 && !c.Own(e) || len(r.Issuers) > 0 && !slices.ContainsFunc(doc.Issuers, func(i string) bool { return slices.Contains(r.Issuers, i) }) {
		return false
	}
	if !r.Since.IsZero() && e.Date.Before(r.Since) || !r.Before.IsZero() && !e.Date.Before(r.Before) {
		return false
	}
	return true
}

// dayOf turns a day as a text states it into a date: 自公布之日 counts from
// promulgated, else the issue that printed it; 自印发之日 from printed, else signed;
// never from published alone (design §2). N日后 is the N-th day after it
// (2021-02-22 and 30日后: 2021-03-24; some count one day more, standards §5.4).
// computed says that the day was counted, or is another one that stands for it.
func (c *Catalog) dayOf(e *Entry, w effect.When) (day gazette.Date, computed bool) {
	doc := e.Document
	switch {
	case w.NoYear:
		return w.InYearOf(first(doc.Signed, doc.Printed)), true
	case !w.Date.IsZero():
		day = w.Date
	case w.Event == effect.Publication:
		if day = doc.Promulgated; day.IsZero() && e.Issue != nil {
			day, computed = e.Issue.Digest.Issue.Date, true
		}
	case w.Event == effect.Printing:
		day, computed = first(doc.Printed, doc.Signed), doc.Printed.IsZero()
	case w.Event == effect.Adoption:
		day, computed = doc.Signed, true // adoption goes before signing
	case w.Event == effect.OwnStart:
		day = e.ActsFrom()
	}
	if !w.After.IsZero() {
		return day.Add(w.After), true
	}
	return day, computed
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
