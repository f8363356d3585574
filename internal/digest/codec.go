package digest

import (
	"encoding/binary"
	"errors"
	"slices"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
)

// Append appends a digest and its fragment to buf, which may be nil, as the
// bytes that Decode and DecodeFragment read. The fragment's begin at the index
// fragment of record.
func Append(buf []byte, d *Digest, f *markup.Fragment) (record []byte, fragment int) {
	c := &codec{buf: buf}
	str(c, &d.detail)
	str(c, &d.reading)
	d.code(c)
	fragment = len(c.buf)
	codeFragment(c, f)
	return c.buf, fragment
}

var errTorn = errors.New("stored digest is damaged")

// Decode reads the digest that Append wrote. Damaged bytes give an error, never
// a panic.
func Decode(b []byte) (*Digest, error) {
	c := &codec{in: b, reading: true}
	d := &Digest{}
	d.detail, d.reading = c.alone(), c.alone()
	c.text = string(c.in) // of the strings that stay
	d.code(c)
	if !c.done() {
		return nil, errTorn
	}
	d.withdraw()
	return d, nil
}

// compact replaces the digest's strings by copies in one piece of memory: as
// they come, each keeps the whole text of its file alive. The detail is one
// piece already.
func (d *Digest) compact() {
	c := &codec{}
	d.code(c)
	r := &codec{in: c.buf, text: string(c.buf), reading: true}
	n := Digest{detail: d.detail, reading: d.reading}
	n.code(r)
	*d = n
}

// A codec reads or writes, so that each field is named once for both ways.
// Writing leaves the fields alone: digests of files that are no document share
// an empty one.
type codec struct {
	buf     []byte // written so far
	in      []byte // left to read
	text    string // ends as in does: strings are read from it and share its memory
	reading bool
	bad     bool
}

// done reports whether all was read and nothing was wrong.
func (c *codec) done() bool { return !c.bad && len(c.in) == 0 }

// fail ends reading: what follows is read as zero values.
func (c *codec) fail() { c.bad, c.in = true, nil }

// take returns the next n bytes of the input, which must have them.
func (c *codec) take(n int) []byte {
	b := c.in[:n:n]
	c.in = c.in[n:]
	return b
}

func (c *codec) uint(v *int) {
	if !c.reading {
		c.buf = binary.AppendUvarint(c.buf, uint64(*v))
		return
	}
	var x uint64
	for shift := 0; ; shift += 7 {
		if len(c.in) == 0 || shift > 63 {
			c.fail()
			*v = 0
			return
		}
		b := c.in[0]
		c.in = c.in[1:]
		x |= uint64(b&0x7f) << shift
		if b < 0x80 {
			break
		}
	}
	*v = int(x)
}

func (c *codec) bool(v *bool) {
	n := 0
	if *v {
		n = 1
	}
	c.uint(&n)
	if c.reading {
		*v = n == 1
	}
}

func str[T ~string](c *codec, v *T) {
	n := len(*v)
	c.uint(&n)
	if !c.reading {
		c.buf = append(c.buf, *v...)
		return
	}
	if n < 0 || n > len(c.in) {
		c.fail()
		*v = ""
		return
	}
	at := len(c.text) - len(c.in)
	c.take(n)
	*v = T(c.text[at : at+n])
}

// alone reads a string into memory of its own, so that it can be given back.
func (c *codec) alone() string {
	var b []byte
	c.bytes(&b)
	return string(b)
}

// word is str of what mostly is one of few words: these are read as the program
// has them, and comparing them needs nothing of the digest's memory.
func word[T ~string](c *codec, v *T, known []T) {
	str(c, v)
	if !c.reading {
		return
	}
	if i := slices.Index(known, *v); i >= 0 {
		*v = known[i]
	}
}

// bytes reads a part of the input itself, not a copy.
func (c *codec) bytes(v *[]byte) {
	if !c.reading {
		n := len(*v)
		c.uint(&n)
		c.buf = append(c.buf, *v...)
		return
	}
	n := 0
	c.uint(&n)
	switch {
	case n < 0 || n > len(c.in):
		c.fail()
		*v = nil
	case n == 0:
		*v = nil
	default:
		*v = c.take(n)
	}
}

func list[T any](c *codec, v *[]T, f func(*T)) {
	if c.reading {
		*v = nil
	}
	again(c, v, f)
}

// again is list that reads into the memory of v where that is large enough. f
// must set all of an element, and may be shown what was there before.
func again[T any](c *codec, v *[]T, f func(*T)) {
	n := len(*v)
	c.uint(&n)
	if c.reading {
		if n < 0 || n > len(c.in) { // every element takes a byte at least
			c.fail()
			n = 0
		}
		if n > cap(*v) {
			*v = make([]T, n)
		}
		*v = (*v)[:n]
	}
	for i := range *v {
		f(&(*v)[i])
	}
}

func (c *codec) strs(v *[]string) { list(c, v, func(s *string) { str(c, s) }) }

func (c *codec) date(v *gazette.Date) {
	n := int(v.Year)<<9 | int(v.Month)<<5 | int(v.Day)
	c.uint(&n)
	if c.reading {
		v.Year, v.Month, v.Day = int16(n>>9), uint8(n>>5&15), uint8(n&31)
	}
}

func (c *codec) dateTime(v *gazette.DateTime) {
	c.date(&v.Date)
	str(c, &v.Clock)
}

// fixed reads or writes a sum, whose length is known.
func (c *codec) fixed(sum []byte) {
	if !c.reading {
		c.buf = append(c.buf, sum...)
		return
	}
	if len(c.in) < len(sum) {
		c.fail()
		return
	}
	copy(sum, c.take(len(sum)))
}

func (d *Digest) code(c *codec) {
	str(c, &d.Path)
	word(c, &d.Type, types)
	c.bool(&d.Bundle)
	c.bool(&d.Front)
	if c.reading {
		d.Document, d.Article, d.Issue = noDocument, noArticle, noIssue
	}
	switch d.Type {
	case gazette.TypeDocument:
		part(c, &d.Document, codeDocument)
	case gazette.TypeIssue:
		part(c, &d.Issue, codeIssue)
		c.strs(&d.printed)
	default:
		part(c, &d.Article, codeArticle)
	}
	str(c, &d.Folded)
	str(c, &d.Inner)
	codeNumber(c, &d.Number)
	str(c, &d.numberKey)
	list(c, &d.Links, func(l *markup.ContentLink) { str(c, &l.Dest); codePlace(c, &l.At) })
	list(c, &d.Files, func(f *markup.FileRef) { str(c, &f.Path); c.bool(&f.Image); codePlace(c, &f.At) })
	c.bool(&d.Speaks)
	c.bool(&d.Answers)
	c.bool(&d.Outline)
	c.bool(&d.HasBody)
	c.uint(&d.Size)
	c.uint(&d.Articles)
	c.uint(&d.Width)
	c.uint(&d.Height)
	c.date(&d.TextDate)
	c.fixed(d.TextHash[:])
	c.fixed(d.BodyHash[:])
	c.fixed(d.Face[:])
	c.fixed(d.Ties[:])
	list(c, &d.Findings, func(f *diag.Finding) { codeFinding(c, f) })
	if c.reading {
		d.bare = d.isBare()
	}
}

// part reads the filled part of a digest into memory of its own.
func part[T any](c *codec, p **T, code func(*codec, *T)) {
	if c.reading {
		*p = new(T)
	}
	code(c, *p)
}

func codeDocument(c *codec, d *gazette.Document) {
	for _, s := range []*string{&d.Title, &d.Number, &d.Kind, &d.Form, &d.Registration, &d.Index, &d.Level,
		&d.Signer, &d.Drafter, &d.Contact, &d.Summary, &d.Origin.Name, &d.Origin.URL, &d.Slug, &d.VersionOf, &d.Withdrawn.Reason} {
		str(c, s)
	}
	word(c, &d.Class, classes)
	str(c, &d.Disclosure)
	for _, s := range []*[]string{&d.Issuers, &d.Topics, &d.Addressees, &d.CopyTo, &d.Keywords, &d.Tags, &d.Aliases, &d.Ignore} {
		c.strs(s)
	}
	for _, t := range []*gazette.Date{&d.Signed, &d.Printed, &d.Promulgated, &d.Effective, &d.Expires, &d.Archived, &d.Withdrawn.Date} {
		c.date(t)
	}
	c.dateTime(&d.Published)
	codePeriod(c, &d.ValidFor)
	for _, b := range []*bool{&d.TextNone, &d.Reprinted, &d.Abridged, &d.Draft} {
		c.bool(b)
	}
	list(c, &d.Attachments, func(a *gazette.Attachment) { str(c, &a.File); str(c, &a.Title) })
	list(c, &d.Relations, func(r *gazette.Relation) {
		str(c, &r.Kind)
		str(c, &r.Target)
		c.date(&r.From)
		c.date(&r.Until)
		c.strs(&r.Articles)
	})
	list(c, &d.Corrections, func(x *gazette.Correction) { c.date(&x.Date); str(c, &x.What) })
	list(c, &d.Reviews, func(x *gazette.Review) { str(c, &x.Step); str(c, &x.By); c.date(&x.On) })
	for _, s := range []*string{&d.Reply.To, &d.Reply.Session, &d.Reply.No, &d.Reply.Result} {
		str(c, s)
	}
	c.strs(&d.Reply.Undertaker)
}

func codeArticle(c *codec, a *gazette.Article) {
	for _, s := range []*string{&a.Title, &a.Author, &a.Feedback, &a.Period, &a.Contact, &a.Summary, &a.Slug} {
		str(c, s)
	}
	for _, s := range []*[]string{&a.About, &a.Forms, &a.Issuers, &a.Keywords, &a.Tags, &a.Aliases, &a.Ignore} {
		c.strs(s)
	}
	c.dateTime(&a.Published)
	c.date(&a.Opens)
	c.date(&a.Closes)
	c.date(&a.Archived)
	c.bool(&a.Draft)
	list(c, &a.Attachments, func(x *gazette.Attachment) { str(c, &x.File); str(c, &x.Title) })
	list(c, &a.Channels, func(x *gazette.Channel) {
		str(c, &x.Name)
		for _, n := range []*int{&x.Received, &x.Closed, &x.OnTime, &x.Satisfied} {
			c.uint(n)
		}
	})
}

func codeIssue(c *codec, s *gazette.Issue) {
	str(c, &s.Title)
	c.uint(&s.Year)
	c.uint(&s.No)
	c.uint(&s.Running)
	c.date(&s.Date)
	str(c, &s.PDF)
	c.uint(&s.Pages)
	c.bool(&s.Draft)
	c.bool(&s.Index)
	for _, l := range []*[]string{&s.Aliases, &s.Ignore, &s.Words} {
		c.strs(l)
	}
	list(c, &s.Sections, func(x *gazette.IssueSection) {
		str(c, &x.Title)
		list(c, &x.Documents, func(e *gazette.IssueEntry) {
			str(c, &e.Document)
			c.uint(&e.Page)
			c.uint(&e.Pages)
		})
	})
	list(c, &s.Imprint, func(l *gazette.ImprintLine) { str(c, &l.Key); str(c, &l.Text) })
}

func codeNumber(c *codec, n *gazette.Number) {
	str(c, &n.Raw)
	str(c, &n.Series)
	c.uint(&n.Year)
	c.uint(&n.Serial)
	c.bool(&n.Order)
	c.bool(&n.Annual)
}

func codeFinding(c *codec, f *diag.Finding) {
	str(c, &f.Rule)
	n := int(f.Severity)
	c.uint(&n)
	f.Severity = diag.Severity(n)
	codePos(c, &f.Pos)
	c.strs(&f.Args)
	list(c, &f.Related, func(r *diag.Related) { codePos(c, &r.Pos); str(c, &r.Note) })
	c.bool(&f.Masked)
}

func codePos(c *codec, p *diag.Pos) {
	str(c, &p.File)
	c.uint(&p.Line)
	c.uint(&p.Col)
	c.uint(&p.End)
}

func codePlace(c *codec, p *markup.Place) {
	line, col, end := int(p.Line), int(p.Col), int(p.End)
	c.uint(&line)
	c.uint(&col)
	c.uint(&end)
	*p = markup.Place{Line: int32(line), Col: uint16(col), End: uint16(end)}
}
