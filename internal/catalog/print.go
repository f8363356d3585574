package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"gongbao/internal/digest"
	"gongbao/internal/gazette"
)

// A Print is a fingerprint of what a page can say: where it is what it was, the
// page is what it was, and its view need not be made to know that. It may differ
// where the view does not. The zero Print is of what cannot be told so cheaply.
type Print [16]byte

// Prints are the fingerprints of all entries of a catalog. They go outward in
// three steps, as pages look:
//
//   - the face of an entry is what others show of it: its front matter, its
//     address and status, and the titles of what its status comes from
//   - around it stand the faces of all that it is tied to
//   - its page also shows what stands around its articles, its subjects and its
//     other texts
type Prints struct {
	c             *Catalog
	faces, around []Print
}

// Prints makes the fingerprints. They say nothing of texts, and nothing of what
// is the same for the whole site.
func (c *Catalog) Prints() *Prints {
	p := &Prints{c: c, faces: make([]Print, len(c.Entries)), around: make([]Print, len(c.Entries))}
	alone := make([]Print, len(c.Entries)) // of what is known of each entry by itself
	var b []byte
	for i, e := range c.Entries {
		b = c.appendSelf(b[:0], e)
		alone[i] = printOf(b)
	}
	for i, e := range c.Entries {
		b = append(b[:0], alone[i][:]...)
		for _, x := range e.Effects {
			if x.By != "" {
				b = p.from(b, alone, c.byPath.get(x.By))
			}
		}
		for _, v := range e.Versions {
			b = p.from(b, alone, v)
		}
		p.faces[i] = printOf(b)
	}
	for i, e := range c.Entries {
		b = append(b[:0], p.faces[i][:]...)
		b = p.appendTies(b, e)
		p.around[i] = printOf(b)
	}
	return p
}

func printOf(b []byte) Print {
	h := sha256.Sum256(b)
	return Print(h[:len(Print{})])
}

// from appends the print of an entry in a list of them; e may be nil.
func (p *Prints) from(b []byte, list []Print, e *Entry) []byte {
	if e == nil {
		return append(b, 0)
	}
	b = append(b, 1)
	return append(b, list[e.n][:]...)
}

// appendSelf appends what is known of an entry alone.
func (c *Catalog) appendSelf(b []byte, e *Entry) []byte {
	b = append(b, e.Face[:]...)
	for _, s := range []string{e.ID, e.Address, e.Level, e.Own, string(e.Shelf)} {
		b = append(append(b, s...), 0)
	}
	b = appendDate(b, e.Date)
	b = binary.AppendVarint(b, int64(e.IssuePage))
	b = binary.AppendVarint(b, int64(e.IssueLast))
	b = fmt.Appendf(b, "%v %v %v", e.State, e.Pictures, e.Links)
	b = c.appendPhase(b, e.TextDay(), e.Date, e.Published().Date, e.Article.Opens, e.Article.Closes, e.Article.Archived,
		e.Document.Archived, e.Document.Withdrawn.Date)
	for _, iv := range e.Intervals {
		b = fmt.Appendf(b, "|%v", iv)
		b = c.appendPhase(b, iv.From, iv.To)
	}
	for _, x := range e.Effects {
		b = fmt.Appendf(b, "|%+v", x)
		b = c.appendPhase(b, x.From, x.Until)
	}
	for _, a := range e.Amended {
		b = fmt.Appendf(b, "|%+v", a)
	}
	for _, x := range e.Document.Corrections {
		b = c.appendPhase(b, x.Date)
	}
	return b
}

func appendDate(b []byte, d gazette.Date) []byte {
	return append(b, byte(d.Year>>8), byte(d.Year), d.Month, d.Day)
}

// appendPhase appends of each day whether it is to come, is here, or is over: all
// that a page may make of the day of the build.
func (c *Catalog) appendPhase(b []byte, days ...gazette.Date) []byte {
	for _, d := range days {
		switch n := d.Compare(c.AsOf); {
		case d.IsZero():
			b = append(b, 'z')
		case n < 0:
			b = append(b, '-')
		case n > 0:
			b = append(b, '+')
		default:
			b = append(b, '0')
		}
	}
	return b
}

// appendTies appends what an entry is tied to, with the faces of the entries.
func (p *Prints) appendTies(b []byte, e *Entry) []byte {
	target := func(t Target) {
		b = p.from(b, p.faces, t.Entry)
		if t.External != nil {
			b = append(append(b, t.External.ID...), 0)
		}
		b = append(append(b, t.Article...), 0)
	}
	many := func(es []*Entry) {
		b = binary.AppendUvarint(b, uint64(len(es)))
		for _, x := range es {
			b = p.from(b, p.faces, x)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(e.Refs)))
	for _, t := range e.Refs {
		target(t)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Relations)))
	for _, r := range e.Relations {
		target(r.Target)
		b = fmt.Appendf(b, "%+v", r.Relation)
		b = appendDate(b, r.From)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Inverse)))
	for _, r := range e.Inverse {
		b = p.from(b, p.faces, r.By)
		b = fmt.Appendf(b, "%s %v", r.Kind, r.Articles)
		b = appendDate(b, r.From)
	}
	b = binary.AppendUvarint(b, uint64(len(e.About)))
	for _, t := range e.About {
		target(t)
	}
	many(e.CitedBy)
	many(e.AboutBy)
	many(e.Versions)
	for _, x := range []*Entry{e.Issue, e.Prev, e.Next} {
		b = p.from(b, p.faces, x)
	}
	return b
}

// Page is the print of the page of an entry whose file holds content; zero for
// issues and for what registers tie to the entry, whose pages say more than
// Prints know.
func (p *Prints) Page(e *Entry, content digest.Hash) Print {
	if e.Type == gazette.TypeIssue || len(e.Projects)+len(e.sets) > 0 || e.Article.Feedback != "" {
		return Print{}
	}
	b := append(make([]byte, 0, 512), p.around[e.n][:]...)
	b = append(b, content[:]...)
	for _, t := range e.About {
		b = p.from(b, p.around, t.Entry)
	}
	for _, es := range [][]*Entry{e.AboutBy, e.Versions} {
		for _, x := range es {
			b = p.from(b, p.around, x)
		}
	}
	return printOf(b)
}

// List is the print of a list of entries as pages show them, with what else
// they show.
func (p *Prints) List(es []*Entry, with ...[]byte) Print {
	b := make([]byte, 0, 17*len(es)+256)
	for _, e := range es {
		b = p.from(b, p.faces, e)
	}
	for _, w := range with {
		b = binary.AppendUvarint(b, uint64(len(w)))
		b = append(b, w...)
	}
	return printOf(b)
}

// And joins a print with more; a zero Print stays one.
func (p Print) And(with ...[]byte) Print {
	if p == (Print{}) {
		return p
	}
	b := slices.Clone(p[:])
	for _, w := range with {
		b = binary.AppendUvarint(b, uint64(len(w)))
		b = append(b, w...)
	}
	return printOf(b)
}
