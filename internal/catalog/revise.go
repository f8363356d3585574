package catalog

import (
	"reflect"
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// Replace puts another text of a file into the catalog in place of the one it
// was made with: d must be SameButText with it. It reports whether it could:
// what a sealed issue holds is compared with what was printed, and a file that
// the ledger does not know may be known by its text. Nobody may use the catalog
// meanwhile.
func (c *Catalog) Replace(d *digest.Digest) bool {
	e := c.byPath.get(d.Path)
	if e == nil || !d.SameButText(e.Digest) || c.fixed(e) {
		return false
	}
	e.Digest = d
	return true
}

// fixed reports whether more depends on the text of an entry than itself, or less:
// of what is withdrawn the catalog has not the digest of its file.
func (c *Catalog) fixed(e *Entry) bool {
	return e.Shelf == gazette.Withdrawn || e.Lock != nil || e.Issue != nil && e.Issue.Lock != nil || c.renames && c.Ledger.Get(PathID(e.Path)) == nil
}

// Revise puts the digest of a file that changed in more than its text into the
// catalog, if it can tell all that follows from it: then the catalog is what
// Resolve makes of the same digests, and Revise is true. Else nothing was
// changed. Nobody may use the catalog meanwhile.
//
// It takes changes of titles that nothing asked for but mentions, of the days
// on which a document begins and ends where no other document looks at them, of
// what sorts documents, of mentions, and of all that Resolve does not read.
// What it does not know is left to Resolve.
func (c *Catalog) Revise(d *digest.Digest) bool {
	e := c.byPath.get(d.Path)
	if e == nil || c.fixed(e) {
		return false
	}
	r := &revision{Catalog: c, e: e, after: *e, diff: d.Differs(e.Digest)}
	r.after.Digest = d
	if !r.sameFrame() || !r.findTitles() || !r.findForce() || !r.findLists() || !r.findFindings() {
		return false
	}
	r.apply()
	return true
}

// A revision is what follows from another digest of one entry. What is found out
// in it is not in the catalog before apply.
type revision struct {
	*Catalog
	e      *Entry
	after  Entry // what e becomes, but for Refs
	diff   digest.Difference
	titled bool // the title is another

	lost, won []title        // titles that e has no more, and has now
	askers    []*Entry       // whose mentions may mean others
	said      []diag.Finding // on its own force
	findings  []diag.Finding // all that the catalog has then
	moves     []move
	columns   []*List // to be made anew
}

// sameFrame reports whether all that Resolve reads of the entry is what it was,
// but for what the other steps look at: they are named here, and what is not
// named, or is new, counts as read.
func (r *revision) sameFrame() bool {
	was, now := r.e.Digest, r.after.Digest
	r.titled = was.Title() != now.Title()
	switch {
	case was.Type != now.Type || was.Type == gazette.TypeIssue || now.Title() == "":
	case was.Number != now.Number || was.NumberKey() != now.NumberKey() || was.TextDate != now.TextDate || dateOf(was) != dateOf(now):
	case was.Speaks != now.Speaks || was.Bare() != now.Bare() || r.diff.Anchors:
	case !slices.EqualFunc(was.Links, now.Links, sameLink) || !slices.EqualFunc(was.Files, now.Files, sameFile):
	case !reflect.DeepEqual(documentFrame(was), documentFrame(now)) || !reflect.DeepEqual(articleFrame(was), articleFrame(now)):
	case r.e.judged && (r.diff.Reading || r.titled && !r.sameRole(r.e, &r.after)):
	case r.named() && slugOf(r.e) != slugOf(&r.after):
	default:
		return true
	}
	return false
}

// named reports whether the address of the entry may depend on its slug.
func (r *revision) named() bool {
	n := r.e.Number
	return r.e.Type != gazette.TypeDocument || n.IsZero() || n.Series == "" || n.Order
}

// documentFrame is the front matter of a document without what Resolve does not
// read and what a revision looks at.
func documentFrame(d *digest.Digest) gazette.Document {
	x := *d.Document
	// Not read.
	x.Disclosure, x.Registration, x.Index, x.Origin, x.Reply = "", "", "", gazette.Origin{}, gazette.Reply{}
	x.Signer, x.Drafter, x.Contact, x.Summary = "", "", "", ""
	x.Addressees, x.CopyTo, x.Keywords, x.Tags, x.Ignore = nil, nil, nil, nil, nil
	x.TextNone, x.Abridged, x.Corrections, x.Reviews = false, false, nil, nil
	// findTitles, findForce, findLists
	x.Title = ""
	x.Effective, x.Expires, x.ValidFor = gazette.Date{}, gazette.Date{}, gazette.Period{}
	x.Kind, x.Form, x.Level, x.Topics = "", "", "", nil
	return x
}

// articleFrame is documentFrame for articles.
func articleFrame(d *digest.Digest) gazette.Article {
	x := *d.Article
	x.Title, x.Author, x.Period, x.Contact, x.Summary, x.Closes = "", "", "", "", "", gazette.Date{}
	x.Forms, x.Channels, x.Keywords, x.Tags, x.Ignore = nil, nil, nil, nil, nil
	return x
}

// findTitles finds who mentions the entry by a title that it had or has now. It
// reports whether nothing else asked for one.
func (r *revision) findTitles() bool {
	had, has := r.titles(r.e.Digest), r.titles(r.after.Digest)
	for i := range had {
		if t := had[i]; t.table != nil && !slices.Contains(has[:], t) && !slices.Contains(r.lost, t) {
			r.lost = append(r.lost, t)
		}
		if t := has[i]; t.table != nil && !slices.Contains(had[:], t) && !slices.Contains(r.won, t) {
			r.won = append(r.won, t)
		}
	}
	var sums []uint32
	for _, t := range slices.Concat(r.lost, r.won) {
		_, sum := t.table.look(t.key)
		sums = append(sums, sum)
	}
	if r.diff.Refs {
		r.askers = append(r.askers, r.e)
	}
	if len(sums) == 0 {
		return true
	}
	for _, a := range r.asked {
		if !slices.Contains(sums, a.sum) {
			continue
		}
		if a.by == other {
			return false
		}
		r.askers = append(r.askers, r.Entries[a.by])
	}
	slices.SortFunc(r.askers, func(a, b *Entry) int { return int(a.n - b.n) })
	r.askers = slices.Compact(r.askers)
	return true
}

// findForce finds what the entry says of its own force. It reports whether
// nothing else depends on that.
func (r *revision) findForce() bool {
	e, after := r.e, &r.after
	if e.Type != gazette.TypeDocument {
		return true
	}
	known := len(r.Findings)
	after.Amended = nil
	own := r.ownEffects(after, &slab[gazette.Effect]{})
	r.unpack = digest.Unpacker{}
	r.said = slices.Clone(r.Findings[known:])
	r.Findings = r.Findings[:known]
	others := slices.IndexFunc(e.Effects, func(x gazette.Effect) bool { return x.By != "" })
	if others < 0 {
		others = len(e.Effects)
	}
	same := slices.EqualFunc(own, e.Effects[:others], func(a, b gazette.Effect) bool { return reflect.DeepEqual(a, b) })
	if same && slices.Equal(after.Amended, e.Amended) {
		return true
	}
	if e.judged || len(e.Versions) > 0 || r.suspends && e.inSuspension() {
		return false
	}
	after.Effects = slices.Concat(own, e.Effects[others:])
	if len(e.Relations) > 0 {
		was, counted := actDay(e)
		if now, c := actDay(after); now != was || c != counted || e.ActsFrom() != after.ActsFrom() {
			return false
		}
	}
	after.Intervals = gazette.Intervals(after.Effects)
	after.State = gazette.StatusIn(after.Intervals, after.Effects, r.AsOf)
	return true
}

// inSuspension reports whether an entry suspends another or is suspended.
func (e *Entry) inSuspension() bool {
	return slices.ContainsFunc(e.Relations, func(x Relation) bool { return x.Kind == gazette.Suspends }) ||
		slices.ContainsFunc(e.Effects, func(x gazette.Effect) bool { return gazette.RelationKind(x.Kind) == gazette.Suspends })
}

// findFindings reports whether the findings at the file stay what they are, but
// for those on its own force, which are made anew.
func (r *revision) findFindings() bool {
	name := source.Name(r.e.Path)
	moved := r.diff.Places || !reflect.DeepEqual(r.e.Digest.Links, r.after.Digest.Links) || !reflect.DeepEqual(r.e.Digest.Files, r.after.Digest.Files)
	if moved && len(r.e.Aliases()) > 0 {
		return false // redirects say where they are written
	}
	r.findings = r.Findings
	if !moved && r.e.judged {
		return true // nothing that any of them says is another
	}
	mine := func(f diag.Finding) bool {
		return f.Pos.File == name && f.Rule == "effect-contradiction" && !r.e.judged
	}
	at := func(f diag.Finding) bool {
		return f.Pos.File == name || slices.ContainsFunc(f.Related, func(x diag.Related) bool { return x.Pos.File == name })
	}
	if moved && slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return at(f) && !mine(f) }) {
		return false
	}
	if len(r.said) > 0 || slices.ContainsFunc(r.Findings, mine) {
		r.findings = append(slices.DeleteFunc(slices.Clone(r.Findings), mine), r.said...)
	}
	return true
}

// apply puts what was found out into the catalog. What is replaced may still be
// read: slices are made anew.
func (r *revision) apply() {
	e, after := r.e, &r.after
	e.Digest, e.Level, e.Amended = after.Digest, after.Level, after.Amended
	e.Effects, e.Intervals, e.State = after.Effects, after.Intervals, after.State
	for _, t := range r.lost {
		es := t.table.put(t.key)
		*es = without(*es, e)
	}
	for _, t := range r.won {
		es := t.table.put(t.key)
		*es = with(*es, e, func(x *Entry) int32 { return x.n })
	}
	r.mentionAnew()
	for _, m := range r.moves {
		if m.adds {
			m.list.Entries = with(m.list.Entries, e, func(x *Entry) int32 { return x.rank })
		} else {
			m.list.Entries = without(m.list.Entries, e)
		}
	}
	for _, l := range r.columns {
		l.Entries = r.column(&r.Data.Columns[l.Order])
	}
	r.Findings = r.findings
	r.unpack = digest.Unpacker{}
}

// with is a list, in the order of a number, with one entry more.
func with(es []*Entry, e *Entry, order func(*Entry) int32) []*Entry {
	at, _ := slices.BinarySearchFunc(es, order(e), func(x *Entry, n int32) int { return int(order(x) - n) })
	return slices.Insert(slices.Clone(es), at, e)
}

// without is a list with one entry less; nil for none.
func without(es []*Entry, e *Entry) []*Entry {
	return filter(es, func(x *Entry) bool { return x != e })
}

// mentionAnew resolves the mentions of the askers, and puts right who is cited by
// whom.
func (r *revision) mentionAnew() {
	type change struct {
		gone map[*Entry]bool
		come []*Entry
	}
	cited := map[*Entry]*change{}
	of := func(e *Entry) *change {
		if cited[e] == nil {
			cited[e] = &change{gone: map[*Entry]bool{}}
		}
		return cited[e]
	}
	if len(r.askers) > 0 {
		again := make(map[int32]bool, len(r.askers))
		for _, a := range r.askers {
			again[a.n] = true
		}
		r.asked = slices.DeleteFunc(r.asked, func(a ask) bool { return again[a.by] })
	}
	for _, a := range r.askers {
		was := cites(a)
		r.mentions(a, &slab[Target]{})
		if a.Type != gazette.TypeDocument {
			continue
		}
		now := cites(a)
		for _, e := range was {
			if !slices.Contains(now, e) {
				of(e).gone[a] = true
			}
		}
		for _, e := range now {
			if !slices.Contains(was, e) {
				of(e).come = append(of(e).come, a)
			}
		}
	}
	for e, x := range cited {
		es := append(filter(e.CitedBy, func(a *Entry) bool { return !x.gone[a] }), x.come...)
		slices.SortFunc(es, func(a, b *Entry) int { return int(a.rank - b.rank) })
		e.CitedBy = es
	}
}

// cites are the entries that a text mentions, each once.
func cites(e *Entry) []*Entry {
	var out []*Entry
	for _, t := range e.Refs {
		if t.Entry != nil && t.Entry != e && !slices.Contains(out, t.Entry) {
			out = append(out, t.Entry)
		}
	}
	return out
}
