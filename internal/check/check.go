// Package check judges the catalog: the rules that need more than one file, or
// the words of the law. Rules about the form of one file stand where the file
// is read.
//
// Each rule is one function over the catalog; All runs them, adds what reading
// and resolving found, and drops what the site silences.
package check

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/duty"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/requests"
	"gongbao/internal/source"
)

type checker struct {
	cat      *catalog.Catalog
	findings []diag.Finding
}

func (c *checker) report(f diag.Finding) { c.findings = append(c.findings, f) }

// All returns every finding of a site, sorted. found is what loading found.
func All(cat *catalog.Catalog, found []diag.Finding) []diag.Finding {
	c := &checker{cat: cat, findings: slices.Concat(found, cat.Findings)}
	c.numbers()
	c.documents()
	c.series()
	c.cycles()
	c.effects()
	c.issues()
	c.sealed()
	c.imprints()
	c.ledger()
	c.withheld()
	c.reviews()
	c.findings = append(c.findings, duty.Findings(cat)...)
	c.complete()
	c.findings = append(c.findings, requests.Check(cat.Config.Report, &cat.Data.Requests)...)
	c.items()
	c.projects()
	return diag.Sort(maskLines(c.silence()))
}

// maskLines masks every finding on a line that has what must not be repeated:
// the line is shown for none of them.
func maskLines(fs []diag.Finding) []diag.Finding {
	type line struct {
		file string
		n    int
	}
	secret := map[line]bool{}
	for _, f := range fs {
		if f.Masked && f.Pos.Line > 0 {
			secret[line{f.Pos.File, f.Pos.Line}] = true
		}
	}
	for i := range fs {
		if secret[line{fs[i].Pos.File, fs[i].Pos.Line}] {
			fs[i].Masked = true
		}
	}
	return fs
}

// silence drops warnings that [check] or the file itself silences. Errors
// cannot be turned off; what looks like a secret can be cleared, with a reason.
func (c *checker) silence() []diag.Finding {
	c.dropCleared()
	kept := c.findings[:0]
	for _, f := range c.findings {
		if !c.cat.Silences(f, c.cat.Entry(strings.TrimPrefix(f.Pos.File, "content/"))) {
			kept = append(kept, f)
		}
	}
	return kept
}

// numbers reports one number on two works of one issuer (number-duplicate) and
// spellings outside the standard (number-form). Texts of one work share their
// number, and an order may print several documents.
func (c *checker) numbers() {
	first := map[string]*catalog.Entry{}
	for _, e := range c.cat.Entries {
		if e.Type != gazette.TypeDocument || e.Document.Number == "" {
			continue
		}
		if e.Number.IsZero() {
			c.report(diag.New("number-form", e.Pos("number"), e.Document.Number))
			continue
		}
		if e.Document.Number != e.Number.String() && !e.Number.Order && !e.Number.Annual {
			c.report(diag.New("number-form", e.Pos("number"), e.Document.Number))
		}
		if e.Number.Order || e.Number.Series == "" {
			continue
		}
		key := e.NumberKey()
		o := first[key]
		if o == nil {
			first[key] = e
			continue
		}
		if !o.SameWork(e) && sameIssuers(o, e) {
			f := diag.New("number-duplicate", e.Pos("number"), e.Document.Number)
			f.Related = []diag.Related{{Pos: o.Pos("number")}}
			c.report(f)
		}
	}
}

// sameIssuers reports whether two documents can be of one issuer: they share
// one, or one of them does not say.
func sameIssuers(a, b *catalog.Entry) bool {
	if len(a.Document.Issuers) == 0 || len(b.Document.Issuers) == 0 {
		return true
	}
	for _, x := range a.Document.Issuers {
		if slices.Contains(b.Document.Issuers, x) {
			return true
		}
	}
	return false
}

func (c *checker) documents() {
	for _, e := range c.cat.Documents {
		doc := e.Document
		if unread(e) {
			continue
		}
		if doc.Disclosure == "" && doc.Class != gazette.Reprint && doc.Class != gazette.Statute {
			f := diag.New("disclosure-missing", e.Start())
			if since := c.cat.Config.Gate.Since; !since.IsZero() && !e.Date.Before(since) {
				f.Severity = diag.Error
			}
			c.report(f)
		}
		if doc.Disclosure != "" && doc.Disclosure != gazette.Public && e.Shelf != gazette.Withdrawn {
			c.report(diag.New("disclosure-body", e.Pos("disclosure"), string(doc.Disclosure)))
		}
		for _, name := range doc.Issuers {
			if c.cat.Issuer(name) == nil {
				c.report(diag.New("issuer-unknown", e.Pos("issuers"), name))
			}
		}
		c.order(e, "printed", doc.Printed, "signed", doc.Signed)
		c.order(e, "published", doc.Published.Date, "signed", doc.Signed)
		c.order(e, "published", doc.Published.Date, "printed", doc.Printed)
		c.order(e, "expires", doc.Expires, "effective", doc.Effective)
		if !doc.Withdrawn.Date.IsZero() {
			c.withdrawn(e)
		}
	}
}

// series reports a series whose issuer the register does not know (design §3).
func (c *checker) series() {
	for _, s := range c.cat.Data.Series {
		if s.Issuer != "" && c.cat.Issuer(s.Issuer) == nil {
			c.report(diag.New("issuer-unknown", s.Pos, s.Issuer))
		}
	}
}

// unread reports whether a file's content was never seen: then nothing can be
// said of what it leaves out.
func unread(e *catalog.Entry) bool {
	return slices.ContainsFunc(e.Digest.Findings, func(f diag.Finding) bool {
		return f.Rule == "file-empty" || f.Rule == "file-large" || f.Rule == "front-matter-open"
	})
}

// order checks 成文 ≤ 印发 ≤ 发布 (standards §6.1).
func (c *checker) order(e *catalog.Entry, key string, date gazette.Date, than string, other gazette.Date) {
	if !date.IsZero() && !other.IsZero() && date.Before(other) {
		c.report(diag.New("date-order", e.Pos(key), key+" "+date.String(), than+" "+other.String()))
	}
}

// cycles reports rings of repeals, replaces and amends: no document can undo
// the one that undoes it.
func (c *checker) cycles() {
	for _, kind := range []gazette.RelationKind{gazette.Repeals, gazette.Replaces, gazette.Amends} {
		state := map[*catalog.Entry]int{} // 1 on the way, 2 done
		var way []*catalog.Entry
		var visit func(e *catalog.Entry)
		visit = func(e *catalog.Entry) {
			state[e] = 1
			way = append(way, e)
			for _, r := range e.Relations {
				to := r.Target.Entry
				if r.Kind != kind || to == nil || to == e {
					continue
				}
				switch state[to] {
				case 0:
					visit(to)
				case 1:
					c.cycle(kind, way[slices.Index(way, to):])
				}
			}
			way = way[:len(way)-1]
			state[e] = 2
		}
		for _, e := range c.cat.Entries {
			if state[e] == 0 && len(e.Relations) > 0 {
				visit(e)
			}
		}
	}
}

func (c *checker) cycle(kind gazette.RelationKind, ring []*catalog.Entry) {
	names := make([]string, 0, len(ring)+1)
	for _, e := range ring {
		names = append(names, source.Name(e.Path))
	}
	names = append(names, names[0])
	next := ring[1%len(ring)]
	i := slices.IndexFunc(ring[0].Relations, func(r catalog.Relation) bool { return r.Kind == kind && r.Target.Entry == next })
	f := diag.New("relation-cycle", ring[0].Pos("relations."+strconv.Itoa(i)+".target"), string(kind), strings.Join(names, " → "))
	for _, e := range ring[1:] {
		f.Related = append(f.Related, diag.Related{Pos: e.Start()})
	}
	c.report(f)
}

// ledger reports a published text that changed without a correction, and a
// date of publication that contradicts the record. What was imported with its
// origin is history and exempt from the latter.
func (c *checker) ledger() {
	if c.cat.Ledger == nil {
		return
	}
	for _, e := range c.cat.Documents {
		r := c.cat.Ledger.Get(e.ID)
		if r == nil {
			continue
		}
		// What is withdrawn shows no text, and may come back without what was wrong in it.
		hidden := e.Shelf == gazette.Withdrawn || r.Last.Event == ledger.Withdrawn
		if !hidden && r.Last.TextHash != e.TextHash.String() && !corrected(e, r.TextAt) {
			f := diag.New("silent-edit", e.Start())
			f.Related = []diag.Related{{Pos: r.Last.Pos}}
			c.report(f)
		}
		said, was := e.Document.Published.String(), r.First.Published
		if was != "" && said != was && e.Document.Origin == (gazette.Origin{}) {
			f := diag.New("published-backdated", e.Pos("published"), said, was)
			f.Related = []diag.Related{{Pos: r.First.Pos}}
			c.report(f)
		}
	}
}

// corrected reports whether there is a correction since the text was recorded.
func corrected(e *catalog.Entry, recordedAt string) bool {
	day, _, _ := strings.Cut(recordedAt, "T")
	for _, x := range e.Document.Corrections {
		if x.Date.String() >= day {
			return true
		}
	}
	return false
}
