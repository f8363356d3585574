package dataset

import (
	"path"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// A Source is what documents are written from.
type Source struct {
	Catalog *catalog.Catalog
	// Facts says what is known of a file that was made before, by its path in the site;
	// false where there is no such file.
	Facts func(path string) (render.Facts, bool)
	// Size and Hash are those of a file that is copied as it is, by its path from the
	// site's root; nil for one that cannot be read.
	Size func(contentPath string) int64
	Hash func(path string) []byte
}

// formats are the files of the first wave that stand beside a page and come before
// index.json, by name.
var formats = []string{render.AkomaNtoso.File, render.Markdown.File, render.PlainText.File, render.PDFFile}

// Document is what is said of a document, without its text.
func (s *Source) Document(e *catalog.Entry) Document {
	o := s.about(e)
	o.TextHash = e.TextHash.String()
	for _, a := range e.AboutBy {
		o.About = append(o.About, reference(a))
	}
	s.files(e, &o)
	return o
}

// about is Document without what an edit of its text would change, and without what
// the catalogue has no place for.
func (s *Source) about(e *catalog.Entry) Document {
	doc, c := e.Document, s.Catalog
	o := Document{
		Schema: strings.Repeat("../", strings.Count(e.Address, "/")) + render.DataSchema, ID: e.ID, Path: e.Path, Address: e.Address,
		Title: doc.Title, Number: doc.Number, Class: string(doc.Class), Kind: doc.Kind, Form: doc.Form, Issuers: doc.Issuers,
		Signed: doc.Signed.String(), Printed: doc.Printed.String(), Promulgated: doc.Promulgated.String(),
		Published: doc.Published.String(), Effective: doc.Effective.String(), Expires: doc.Expires.String(), ValidFor: doc.ValidFor.String(),
		Disclosure: string(doc.Disclosure), Registration: doc.Registration, Index: doc.Index, Topics: doc.Topics, Level: e.Level,
		Addressees: doc.Addressees, CopyTo: doc.CopyTo, Signer: doc.Signer, Drafter: doc.Drafter, Contact: doc.Contact,
		Summary: doc.Summary, Keywords: doc.Keywords, Tags: doc.Tags, Aliases: doc.Aliases, Slug: doc.Slug, VersionOf: doc.VersionOf,
		Reprinted: doc.Reprinted, Abridged: doc.Abridged, Archived: doc.Archived.String(),
		Status: StatusOf(e),
	}
	if c.Config.BaseURL != "" {
		o.URL = c.Config.BaseURL + e.Address
	}
	if doc.TextNone {
		o.Text = "none"
	}
	if doc.Origin != (gazette.Origin{}) {
		o.Origin = &Origin{doc.Origin.Name, doc.Origin.URL}
	}
	if r := doc.Reply; !r.IsZero() {
		o.Reply = &Reply{r.To, r.Session, r.No, r.Undertaker, r.Result}
	}
	for _, x := range doc.Corrections {
		o.Corrections = append(o.Corrections, Correction{x.Date.String(), x.What})
	}
	s.validity(e, &o)
	s.relations(e, &o)
	for _, v := range e.Versions {
		o.Versions = append(o.Versions, Version{v.Address, v.TextDay().String(), v == e.Newest()})
	}
	if e.Issue != nil {
		i := e.Issue.Digest.Issue
		o.Issue = &Printed{e.Issue.Address, i.Year, i.No, i.Running, e.IssuePage, max(e.IssuePage, e.IssueLast)}
	}
	return o
}

// StatusOf is the status on the day of the catalog.
func StatusOf(e *catalog.Entry) Status {
	iv, force := e.State.Interval, forceName(e.State.Force)
	if e != e.Newest() && e.State.Force == gazette.NoForce {
		force = catalog.Superseded
	}
	return Status{Force: force, From: iv.From.String(), To: iv.To.String(), Text: string(e.State.Text), Shelf: string(e.Shelf)}
}

func forceName(f gazette.Force) string {
	if f == gazette.NoForce {
		return "none"
	}
	return string(f)
}

// validity writes the intervals and what they come from.
func (s *Source) validity(e *catalog.Entry, o *Document) {
	for _, iv := range e.Intervals {
		x := Interval{From: iv.From.String(), To: iv.To.String(), Force: forceName(iv.Force)}
		if iv.Cause >= 0 {
			x.Cause = &iv.Cause
		}
		o.Intervals = append(o.Intervals, x)
	}
	overruled := gazette.Overrules(e.Effects)
	for i, x := range e.Effects {
		f := Effect{
			Kind: string(x.Kind), From: x.From.String(), Until: x.Until.String(), Articles: x.Articles, Part: x.Part, Strength: x.Strength.String(),
			Quote: x.Quote, Anchor: x.Anchor, Computed: x.Computed, Basis: x.Basis, Proposed: x.Proposed, Overrule: string(overruled[i]),
		}
		if by := s.Catalog.Entry(x.By); by != nil && by != e {
			r := reference(by)
			f.By = &r
		}
		o.Effects = append(o.Effects, f)
	}
}

// relations writes what the document does to others, others to it, and whom it
// mentions.
func (s *Source) relations(e *catalog.Entry, o *Document) {
	for _, r := range e.Relations {
		x := Relation{
			Kind: string(r.Kind), Target: r.Relation.Target, From: r.Relation.From.String(), Until: r.Until.String(),
			Articles: r.Articles, Works: r.From.String(), Read: r.Read != nil, Document: target(r.Target),
		}
		if x.Works == x.From {
			x.Works = ""
		}
		o.Relations = append(o.Relations, x)
	}
	for _, r := range e.Inverse {
		o.AffectedBy = append(o.AffectedBy, Inverse{string(r.Kind), reference(r.By), r.Articles, r.From.String()})
	}
}

// cites writes the mentions of the text.
func cites(e *catalog.Entry, refs []markup.Ref, o *Document) {
	for i, r := range refs {
		x := Citation{Title: r.Title, Number: r.Number, Article: r.Article}
		if i < len(e.Refs) {
			x.Document = target(e.Refs[i])
		}
		o.Cites = append(o.Cites, x)
	}
}

func reference(e *catalog.Entry) Reference {
	r := Reference{ID: e.ID, Address: e.Address, Title: e.Called(), Number: e.Document.Number}
	if e.Type != gazette.TypeDocument {
		r.Type = string(e.Type)
	}
	return r
}

func target(t catalog.Target) *Reference {
	switch {
	case t.Entry != nil:
		r := reference(t.Entry)
		return &r
	case t.External != nil:
		return &Reference{ID: t.External.ID, Title: t.External.Title, Number: t.External.Number, Source: t.External.Source}
	}
	return nil
}

// files lists what stands beside the page: the other formats, attachments, and
// what the text shows or links.
func (s *Source) files(e *catalog.Entry, o *Document) {
	for _, name := range formats {
		if f, ok := s.Facts(e.Address + name); ok {
			o.Files = append(o.Files, File{e.Address + name, render.MediaType(name), int64(f.Size), f.Sum.String()})
		}
	}
	for _, a := range e.Attachments() {
		o.Attachments = append(o.Attachments, Attachment{a.File, a.Title})
	}
	for _, name := range beside(e) {
		at := contentPath(e, name)
		if hash := s.Hash(source.Name(at)); hash != nil {
			o.Files = append(o.Files, File{e.Address + "files/" + name, render.MediaType(name), s.Size(at), render.Sum(hash).String()})
		}
	}
}

// beside are the files that are copied beside the page, by their paths beside the
// content file.
func beside(e *catalog.Entry) []string {
	var names []string
	for _, a := range e.Attachments() {
		names = append(names, a.File)
	}
	for _, f := range e.Files {
		names = append(names, f.Path)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func contentPath(e *catalog.Entry, name string) string { return path.Join(path.Dir(e.Path), name) }
