package html

import (
	"path"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/render"
)

// most bounds the citing documents that a page shows; all of them stand on a
// list of their own.
const most = 20

// documentUnits are the page of a document, its embedded form and its files.
func (s *Site) documentUnits(e *catalog.Entry) []render.Unit {
	if e.Shelf == gazette.Withdrawn {
		doc := e.Document
		return []render.Unit{s.grave(catalog.Grave{
			Address: e.Address, Title: doc.Title, Number: doc.Number,
			Date: doc.Withdrawn.Date.String(), Reason: doc.Withdrawn.Reason,
		})}
	}
	units := []render.Unit{s.entryUnit(e, "index.html", (*Site).documentPage)}
	if s.cat.Config.Site.Embed {
		units = append(units, s.entryUnit(e, "embed.html", (*Site).documentPage))
	}
	if len(e.CitedBy) > most {
		units = append(units, s.citedUnits(e)...)
	}
	return append(units, s.fileUnits(e)...)
}

// slots resolves the slots of a body for a page.
func (s *Site) slots(file string, e *catalog.Entry) func(markup.Slot) string {
	return func(slot markup.Slot) string {
		if slot.Link {
			if slot.Index < len(e.Links) && e.Links[slot.Index] != "" {
				if strings.HasPrefix(e.Links[slot.Index], "#") {
					return e.Links[slot.Index]
				}
				return rel(file, e.Links[slot.Index])
			}
			return ""
		}
		if slot.Index < len(e.Refs) {
			return s.href(file, e.Refs[slot.Index])
		}
		return ""
	}
}

// href is the address of a target, "" for one outside the catalog.
func (s *Site) href(file string, t catalog.Target) string {
	if t.Entry == nil {
		return outside(file, t)
	}
	to := t.Entry.Address + "index.html"
	if t.Article != "" {
		to += "#" + t.Article
	}
	return rel(file, to)
}

// outside is the address of a document outside the catalog: of its page in a mirror,
// else of its source.
func outside(file string, t catalog.Target) string {
	if t.External != nil && t.External.Address != "" {
		to := rel(file, t.External.Address+"index.html")
		if t.Article != "" {
			to += "#" + t.Article
		}
		return to
	}
	return sourceOf(t)
}

// sourceOf is the address of the source of a document outside the catalog, "" where
// that is none.
func sourceOf(t catalog.Target) string {
	if t.External != nil && (strings.HasPrefix(t.External.Source, "https://") || strings.HasPrefix(t.External.Source, "http://")) {
		return t.External.Source
	}
	return ""
}

// slotTargets is what the slots of a body lead to: part of the page's key.
func (s *Site) slotTargets(file string, e *catalog.Entry) []string {
	out := make([]string, 0, len(e.Refs)+len(e.Links))
	for _, t := range e.Refs {
		out = append(out, s.href(file, t))
	}
	return append(out, e.Links...)
}

func (s *Site) documentPage(file string, e *catalog.Entry) *Page {
	doc := e.Document
	p := s.page("document", file, doc.Title)
	if strings.HasSuffix(file, "embed.html") && p.Canonical != "" {
		p.Canonical = strings.TrimSuffix(p.Canonical, "embed.html")
	}
	s.articleMetas(p, e, doc.Title, strings.Join(doc.Issuers, " "), doc.Summary, doc.Keywords)
	p.Crumbs = s.crumbs(file, s.listCrumb(file, "documents"), doc.Title)
	v := &Document{
		Title: doc.Title, TitleParts: titleParts(doc.Title, doc.Issuers), Number: doc.Number, Badge: s.badge(file, e), Intervals: s.intervals(e),
		Notices: s.notices(file, e), Why: s.why(file, e), Rows: s.rows(file, e), Stub: doc.TextNone,
		Relations: s.relations(file, e), Related: s.related(file, e), History: s.history(file, e), Graph: s.graph(file, e),
		Prev: link(file, e.Prev, title(e.Prev)), Next: link(file, e.Next, title(e.Next)),
	}
	v.Old = e != e.Newest()
	v.Marks = s.marks(file, e)
	v.Answers = s.answers(file, e, v.Related)
	v.Near, v.NearMore = s.near(file, e)
	p.Aids = s.aids(p, e, v.Badge != nil)
	v.Attachments = s.files(e, e.Attachments())
	if f := s.printed(e.Address + render.PDFFile); f.Href != "" {
		f.Href = rel(file, f.Href)
		v.Formats = append(v.Formats, f)
	}
	for _, f := range render.Formats() {
		if s.cat.Config.Data.Has(f.Name) {
			v.Formats = append(v.Formats, s.format(f))
		}
	}
	for _, c := range doc.Corrections {
		v.Corrections = append(v.Corrections, Correction{c.Date.String(), c.What})
	}
	v.CitedBy, v.CitedByMore = s.citing(file, e)
	for _, o := range e.Versions {
		if o != e {
			v.Versions = append(v.Versions, s.docLink(file, o))
		}
	}
	if e.Issue != nil {
		v.Issue = link(file, e.Issue, s.issueTitle(e.Issue))
		if e.IssuePage > 0 {
			v.IssuePage = itoa(e.IssuePage)
			v.IssueAt = s.pageAt(file, e.Issue, e.IssuePage)
		}
	}
	p.Document, p.Feed = v, s.documentFeed(file, e)
	if s.ofMount(p, v, file, e); s.cat.Mount == nil && !strings.HasSuffix(file, "embed.html") {
		s.legislation(p, e)
	}
	return p
}

func title(e *catalog.Entry) string {
	if e == nil {
		return ""
	}
	return e.Called()
}

// articleMetas adds the tags of pages with content (standards §2.3). PubDate
// is the date of publication, with its time where there is one.
func (s *Site) articleMetas(p *Page, e *catalog.Entry, title, author, summary string, keywords []string) {
	add := func(name, content string) {
		if content != "" {
			p.Metas = append(p.Metas, Meta{name, content})
		}
	}
	column := s.strings.T("list." + e.Type.Folder())
	for _, name := range []string{"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} {
		add(name, column)
	}
	add("ArticleTitle", title)
	at := e.Published()
	if pub := at.Date.String(); pub != "" {
		if at.Clock != "" {
			pub += " " + at.Clock[:5]
		}
		add("PubDate", pub)
	}
	source := e.Document.Origin.Name
	if source == "" {
		source = s.cat.Config.Site.Title
	}
	add("ContentSource", source)
	add("Keywords", strings.Join(keywords, ","))
	add("Author", author)
	p.describe(summary, title, e.Document.Number, author, e.Date.String(), s.cat.Config.Site.Title)
	add("Url", p.Canonical)
}

// docLink shows an entry in a list.
func (s *Site) docLink(file string, e *catalog.Entry) DocLink {
	l := DocLink{Title: e.Called(), Href: rel(file, e.Address+"index.html"), Date: e.Date.String()}
	switch e.Type {
	case gazette.TypeDocument:
		l.Number = e.Document.Number
		if e.Shelf == gazette.Withdrawn {
			l.Note = s.strings.T("shelf.withdrawn")
			if l.Title == l.Number {
				l.Number = ""
			}
		} else {
			l.Badge = s.smallBadge(e)
		}
	case gazette.TypeIssue:
		l.Title = s.issueTitle(e)
		if e.Digest.Issue.Running > 0 {
			l.Number = s.strings.T("issue.running", itoa(e.Digest.Issue.Running))
		}
	case gazette.TypeInterpretation:
		l.Note = strings.Join(e.Article.Forms, s.strings.T("list.and"))
	}
	return l
}

// target shows what a name stands for; name is as written.
func (s *Site) target(file string, t catalog.Target, name string) DocLink {
	switch {
	case t.Entry != nil:
		return s.docLink(file, t.Entry)
	case t.External != nil:
		l := DocLink{Title: t.External.Title, Href: outside(file, t), Number: t.External.Number, Issuer: t.External.Issuer}
		if t.External.Address == "" {
			l.Note = s.strings.T("doc.external")
		}
		return l
	}
	return DocLink{Title: strings.Trim(name, "《》")}
}

// relations are what the document does to others, then what others do to it.
func (s *Site) relations(file string, e *catalog.Entry) []Group {
	var out []Group
	for _, kind := range gazette.RelationKinds() {
		var g Group
		g.Key = "relation." + string(kind)
		for _, r := range e.Relations {
			if r.Kind == kind {
				l := s.target(file, r.Target, r.Relation.Target)
				if len(r.Articles) > 0 {
					l.Note = s.strings.T("status.articles", strings.Join(r.Articles, "、"))
				}
				g.Items = append(g.Items, l)
			}
		}
		if g.Items != nil {
			out = append(out, g)
		}
	}
	for _, kind := range gazette.RelationKinds() {
		var g Group
		g.Key = "relation." + string(kind) + ".inverse"
		for _, r := range e.Inverse {
			if r.Kind == kind {
				l := s.docLink(file, r.By)
				if len(r.Articles) > 0 {
					l.Note = s.strings.T("status.articles", strings.Join(r.Articles, "、"))
				}
				g.Items = append(g.Items, l)
			}
		}
		if g.Items != nil {
			out = append(out, g)
		}
	}
	return out
}

// related are the interpretations, questions, consultations and responses.
func (s *Site) related(file string, e *catalog.Entry) []Group {
	return s.byType(file, e.AboutBy, nil)
}

func (s *Site) byType(file string, es []*catalog.Entry, not *catalog.Entry) []Group {
	var out []Group
	for _, t := range gazette.Types() {
		g := Group{Key: "related." + t.Folder()}
		for _, a := range es {
			if a.Type == t && a != not {
				g.Items = append(g.Items, s.docLink(file, a))
			}
		}
		if g.Items != nil {
			out = append(out, g)
		}
	}
	return out
}

// rows is the metadata table (standards §6.1).
func (s *Site) rows(file string, e *catalog.Entry) []Row {
	doc := e.Document
	var out []Row
	add := func(key string, values ...Link) {
		var kept []Link
		for _, v := range values {
			if v.Text != "" {
				kept = append(kept, v)
			}
		}
		if kept != nil {
			out = append(out, Row{"meta." + key, kept})
		}
	}
	text := func(key, v string) { add(key, Link{Text: v}) }
	text("index", doc.Index)
	add("topics", s.terms(file, "topics", doc.Topics...)...)
	add("issuers", s.terms(file, "issuers", doc.Issuers...)...)
	text("number", doc.Number)
	add("class", s.terms(file, "classes", string(doc.Class))...)
	add("kind", s.terms(file, "kinds", doc.Kind)...)
	add("form", s.terms(file, "forms", doc.Form)...)
	text("signed", doc.Signed.String())
	text("printed", doc.Printed.String())
	text("promulgated", doc.Promulgated.String())
	text("published", doc.Published.Date.String())
	text("effective", s.counted(e.FirstDay()))
	if e.EndedByOthers() {
		text("last-day", s.counted(e.LastDay()))
	} else {
		text("expires", s.counted(e.LastDay()))
	}
	text("disclosure", string(doc.Disclosure))
	text("registration", doc.Registration)
	add("items", s.itemLinks(file, e)...)
	add("projects", s.projectLinks(file, e)...)
	text("drafter", doc.Drafter)
	text("signer", doc.Signer)
	if r, ok := doc.Answered(); ok {
		text("reply.session", r.Session)
		text("reply.no", s.strings.T("reply.no", r.No, r.To))
		text("reply.undertaker", strings.Join(r.Undertaker, " "))
		if r.Result != "" {
			text("reply.result", s.strings.T("reply.result", r.Result))
		}
	}
	text("keywords", strings.Join(doc.Keywords, " "))
	text("origin", doc.Origin.Name)
	text("summary", doc.Summary)
	return out
}

// terms links terms of a taxonomy to their lists.
func (s *Site) terms(file, taxonomy string, names ...string) []Link {
	var out []Link
	for _, name := range names {
		name = strings.ReplaceAll(name, "\\", "/")
		l := Link{Text: name}
		if list := s.cat.Term(taxonomy, name); list != nil {
			l.Href = rel(file, list.Address+"index.html")
		}
		out = append(out, l)
	}
	return out
}

func (s *Site) files(e *catalog.Entry, as []gazette.Attachment) []File {
	var out []File
	for _, a := range as {
		name := a.Title
		if name == "" {
			name = path.Base(a.File)
		}
		out = append(out, File{
			Title: name, Href: "files/" + a.File,
			Type: strings.ToUpper(strings.TrimPrefix(path.Ext(a.File), ".")),
			Size: size(s.in.Size(attachmentPath(e, a.File))),
		})
	}
	return out
}

// attachmentPath is the path in content/ of a file that an entry names.
func attachmentPath(e *catalog.Entry, file string) string { return path.Join(path.Dir(e.Path), file) }

func size(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 10<<10:
		return itoa(int(n+1023)>>10) + " KB"
	case n < 1<<20:
		return itoa(int(n>>10)) + " KB"
	}
	return itoa(int(n>>20)) + " MB"
}
