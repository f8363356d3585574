package catalog

import (
	"cmp"
	"slices"
	"strconv"

	"gongbao/internal/gazette"
)

// A NewsKind says what a reader who follows a document is told.
type NewsKind string

// The kinds of news.
const (
	NewsPublished NewsKind = "published" // the first text
	NewsText      NewsKind = "text"      // a later text of the work
	NewsCorrected NewsKind = "corrected" // 更正
	NewsAbout     NewsKind = "about"     // interpretation, question, consultation or response
	NewsForce     NewsKind = "force"     // the force is another from a day on
	NewsWording   NewsKind = "wording"   // articles were changed or ended
	NewsWithdrawn NewsKind = "withdrawn" // 已撤下
)

// News is one thing that happened to a document. It never says which status
// follows: a feed reader keeps what it read (design §4).
type News struct {
	Kind NewsKind
	At   gazette.DateTime
	ID   string // never another for the same thing: it does not depend on addresses
	What string // of a correction
	Of   *Entry // the text of the work, or the article, that is the news
}

// Follows reports whether a list has a feed. Those by status have none: what is
// in them changes with the day, and their names would freeze a status. Nor have
// those that only sort (years, kinds …).
func (c *Catalog) Follows(l *List) bool {
	if c.Config.BaseURL == "" || c.Mount != nil { // feeds need absolute addresses
		return false
	}
	switch l.Taxonomy {
	case "issuers", "topics", "columns":
		return true
	case "":
		switch l.Address {
		case "in-force/", "not-in-force/", "upcoming/", "expiring/":
			return false
		}
		return true
	}
	return false
}

// Followed returns the document whose feed tells of e: the newest text of its
// work; nil where there is none.
func (c *Catalog) Followed(e *Entry) *Entry {
	if c.Config.BaseURL == "" || !c.Config.Feeds.Documents || e.Type != gazette.TypeDocument || e.Oldest().Came().IsZero() {
		return nil
	}
	return e.Newest()
}

// Came is when an entry was put online, else the day by which lists order it.
func (e *Entry) Came() gazette.DateTime {
	if p := e.Published(); !p.IsZero() {
		return p
	}
	return gazette.DateTime{Date: e.Date}
}

// News returns what has happened to a document and its work by the day of the
// catalog, newest first. Of a withdrawn one only that is told.
func (c *Catalog) News(e *Entry) []News {
	on := func(d gazette.Date) gazette.DateTime { return gazette.DateTime{Date: d} }
	if e.Shelf == gazette.Withdrawn {
		return []News{{Kind: NewsWithdrawn, At: on(e.Document.Withdrawn.Date), ID: e.ID + "!withdrawn", Of: e}}
	}
	var out []News
	for _, t := range e.texts() {
		if t.Shelf == gazette.Withdrawn || t.Came().IsZero() {
			continue
		}
		kind := NewsText
		if t == e.Oldest() {
			kind = NewsPublished
		}
		out = append(out, News{Kind: kind, At: t.Came(), ID: t.ID, Of: t})
	}
	for _, t := range e.texts() {
		out = append(out, t.corrected(c.AsOf)...)
		for _, a := range t.AboutBy {
			told := slices.ContainsFunc(out, func(n News) bool { return n.Of == a })
			if !told && a.Shelf != gazette.Withdrawn && !a.Came().IsZero() {
				out = append(out, News{Kind: NewsAbout, At: a.Came(), ID: t.ID + "!" + a.ID, Of: a})
			}
		}
	}
	out = append(out, c.changed(e)...)
	slices.SortStableFunc(out, func(a, b News) int { return b.At.Compare(a.At) })
	return out
}

// corrected are the corrections of a text. Two of one day are told apart by
// their order, so that a word mended in one is not told as another.
func (e *Entry) corrected(asOf gazette.Date) []News {
	var out []News
	n := map[gazette.Date]int{}
	for _, x := range e.Document.Corrections {
		if x.Date.IsZero() || x.Date.After(asOf) {
			continue
		}
		n[x.Date]++
		id := e.ID + "!corrected-" + x.Date.String()
		if n[x.Date] > 1 {
			id += "-" + strconv.Itoa(n[x.Date])
		}
		out = append(out, News{Kind: NewsCorrected, At: gazette.DateTime{Date: x.Date}, ID: id, What: x.What, Of: e})
	}
	return out
}

// changed are the changes of force and wording that had begun by the day of the
// catalog, after the document came out: what it was from the start is no news. A
// change is told from the day on which the document came out that makes it.
func (c *Catalog) changed(e *Entry) []News {
	came := e.Oldest().Came().Date
	var out []News
	tell := func(kind NewsKind, from gazette.Date, by string) {
		at := from
		if a := c.byPath.get(by); a != nil && a.Came().Date.After(at) {
			at = a.Came().Date
		}
		id := e.Oldest().ID + "!" + string(kind) + "-" + from.String()
		if from.IsZero() || from.After(c.AsOf) || !at.After(came) || slices.ContainsFunc(out, func(n News) bool { return n.ID == id }) {
			return
		}
		out = append(out, News{Kind: kind, At: gazette.DateTime{Date: at}, ID: id, Of: e})
	}
	for i, iv := range e.Intervals {
		if i == 0 && iv.Force == gazette.InForce {
			continue
		}
		by := ""
		if iv.Cause >= 0 && iv.Cause < len(e.Effects) {
			by = e.Effects[iv.Cause].By
		}
		tell(NewsForce, iv.From, by)
	}
	for _, x := range e.Effects {
		switch gazette.RelationKind(x.Kind) {
		case gazette.Amends:
		case gazette.Repeals, gazette.Lapses, gazette.Replaces:
			if len(x.Articles) == 0 && !x.Part {
				continue
			}
		default:
			continue
		}
		if !x.Proposed {
			tell(NewsWording, x.From, x.By)
		}
	}
	return out
}

// NewestCame returns the entries of a list that came last and are online, at
// most limit of them. It reads the list once.
func NewestCame(es []*Entry, limit int) []*Entry {
	var out []*Entry
	order := func(a, b *Entry) int {
		return cmp.Or(b.Came().Compare(a.Came()), cmp.Compare(a.Path, b.Path))
	}
	for _, e := range es {
		if e.Shelf != gazette.Online || e.Came().IsZero() || len(out) == limit && order(e, out[limit-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, e, order)
		if len(out) == limit {
			out = out[:limit-1]
		}
		out = slices.Insert(out, at, e)
	}
	return out
}
