package html

import (
	"encoding/json"
	"html/template"
	"path"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// A node is a thing of schema.org that is named elsewhere.
type node struct {
	Type  string `json:"@type,omitempty"`
	ID    string `json:"@id,omitempty"`
	Name  string `json:"name,omitempty"`
	URL   string `json:"url,omitempty"`
	Ident string `json:"identifier,omitempty"`
}

// Legislation is a document in the words of schema.org, as far as these have any:
// what they have not, and what is done to a document rather than by it, stands in
// index.json. The status is the interval that the page shows.
type legislation struct {
	Context      string      `json:"@context"`
	Type         string      `json:"@type"`
	ID           string      `json:"@id"`
	URL          string      `json:"url"`
	Identifier   []string    `json:"legislationIdentifier,omitempty"`
	Name         string      `json:"name"`
	Abstract     string      `json:"abstract,omitempty"`
	Kind         string      `json:"legislationType,omitempty"`
	Language     string      `json:"inLanguage"`
	Jurisdiction *node       `json:"legislationJurisdiction,omitempty"`
	Date         string      `json:"legislationDate,omitempty"`
	Published    string      `json:"datePublished,omitempty"`
	Version      string      `json:"legislationDateVersion,omitempty"`
	PassedBy     []node      `json:"legislationPassedBy,omitempty"`
	Responsible  *node       `json:"legislationResponsible,omitempty"`
	Covers       string      `json:"temporalCoverage,omitempty"`
	Force        string      `json:"legislationLegalForce,omitempty"`
	Access       string      `json:"conditionsOfAccess,omitempty"`
	Keywords     []string    `json:"keywords,omitempty"`
	Repeals      []node      `json:"legislationRepeals,omitempty"`
	Amends       []node      `json:"legislationAmends,omitempty"`
	Changes      []node      `json:"legislationChanges,omitempty"`
	Corrects     []node      `json:"legislationCorrects,omitempty"`
	Implements   []node      `json:"legislationEnsuresImplementationOf,omitempty"`
	Applies      []node      `json:"legislationApplies,omitempty"`
	Citation     []node      `json:"citation,omitempty"`
	PartOf       *periodical `json:"isPartOf,omitempty"`
	Encoding     []encoding  `json:"encoding,omitempty"`
	Subject      []node      `json:"subjectOf,omitempty"`
}

type periodical struct {
	Type   string `json:"@type"`
	ID     string `json:"@id"`
	Number string `json:"issueNumber"`
	Date   string `json:"datePublished,omitempty"`
	PartOf node   `json:"isPartOf"`
}

type encoding struct {
	Type   string `json:"@type"`
	URL    string `json:"contentUrl"`
	Format string `json:"encodingFormat"`
	Value  string `json:"legislationLegalValue,omitempty"`
}

// A Property is one statement of ELI in RDFa: the type of a thing, or what is
// said of it, in words or as the address of another. About is empty for the work.
type Property struct {
	About, Type, Name, Content, Resource string
}

// work is the address of a work: that of its newest text.
func (s *Site) work(e *catalog.Entry) string { return s.cat.Config.BaseURL + e.Newest().Address }

// legislation fills what programs read of the page of a document: schema.org, ELI,
// and the addresses of its other forms. Without a base_url there are no addresses
// to speak of.
func (s *Site) legislation(p *Page, e *catalog.Entry) {
	for _, f := range render.Formats() {
		if s.cat.Config.Data.Has(f.Name) {
			p.Alternates = append(p.Alternates, Feed{Type: f.Media, Href: f.File})
		}
	}
	if s.cat.Config.BaseURL == "" {
		return
	}
	b, err := json.Marshal(s.schemaOrg(e))
	if err != nil {
		return
	}
	p.Data, p.Work, p.Properties = template.JS(b), s.work(e), s.eli(e)
}

// schemaOrg is a document in the words of schema.org.
func (s *Site) schemaOrg(e *catalog.Entry) legislation {
	doc, cfg := e.Document, s.cat.Config
	base := cfg.BaseURL
	l := legislation{
		Context: "https://schema.org/", Type: "Legislation", ID: s.work(e), URL: base + e.Address, Name: doc.Title, Abstract: doc.Summary,
		Kind: string(doc.Class), Language: cfg.Site.Language, Date: madeOn(doc).String(), Published: doc.Published.Date.String(),
		Access: string(doc.Disclosure), Keywords: doc.Keywords, Version: e.TextDay().String(),
		Covers: coverage(e), Force: legalForce(e.State),
	}
	if code := cfg.Site.Division(); code != "" && s.cat.Own(e) {
		l.Jurisdiction = &node{Type: "AdministrativeArea", Ident: code}
	}
	for _, id := range []string{doc.Number, doc.Index, doc.Registration} {
		if id != "" {
			l.Identifier = append(l.Identifier, id)
		}
	}
	for _, name := range doc.Issuers {
		l.PassedBy = append(l.PassedBy, node{Type: "GovernmentOrganization", Name: name})
	}
	if doc.Drafter != "" {
		l.Responsible = &node{Type: "GovernmentOrganization", Name: doc.Drafter}
	}
	for _, r := range e.Relations {
		n := node{ID: s.relative(r)}
		switch {
		case n.ID == "":
			continue
		case r.Kind == gazette.Repeals, r.Kind == gazette.Lapses, r.Kind == gazette.Replaces:
			l.Repeals = append(l.Repeals, n)
		case r.Kind == gazette.Amends:
			l.Amends = append(l.Amends, n)
		case r.Kind == gazette.Corrects:
			l.Corrects = append(l.Corrects, n)
		case r.Kind.Changes():
			l.Changes = append(l.Changes, n)
		case r.Kind == gazette.Implements:
			l.Implements = append(l.Implements, n)
		case r.Kind == gazette.BasedOn, r.Kind == gazette.Transmits:
			l.Applies = append(l.Applies, n)
		default:
			l.Citation = append(l.Citation, n)
		}
	}
	if i := e.Issue; i != nil {
		l.PartOf = &periodical{"PublicationIssue", base + i.Address, itoa(i.Digest.Issue.No), i.Digest.Issue.Date.String(), node{Type: "Periodical", Name: cfg.GazetteName()}}
	}
	for _, f := range render.Formats() {
		if cfg.Data.Has(f.Name) {
			l.Encoding = append(l.Encoding, encoding{"LegislationObject", base + e.Address + f.File, f.Media, "https://schema.org/UnofficialLegalValue"})
		}
	}
	for _, a := range e.AboutBy {
		l.Subject = append(l.Subject, node{Type: "Article", Name: a.Title(), URL: base + a.Address})
	}
	return l
}

// issueFormats are the other forms of an issue.
func (s *Site) issueFormats(e *catalog.Entry) []File {
	var out []File
	add := func(f render.Format, made bool) {
		if made && s.cat.Config.Data.Has(f.Name) {
			out = append(out, s.format(f))
		}
	}
	add(render.EPUB, e.Digest.Issue.PDF == "" && len(e.IssueTexts()) > 0)
	add(render.JSON, true)
	add(render.AkomaNtoso, len(slices.Concat(e.IssueEntries...)) > 0)
	return out
}

// format is a form of an entry as its page offers it.
func (s *Site) format(f render.Format) File {
	return File{Title: s.strings.T("file." + f.Name), Href: f.File, Type: strings.ToUpper(strings.TrimPrefix(path.Ext(f.File), "."))}
}

// relative is the address of what a relation is to; "" where there is none.
func (s *Site) relative(r catalog.Relation) string {
	switch {
	case r.Target.Entry != nil:
		return s.work(r.Target.Entry)
	case r.External != nil:
		return sourceOf(r.Target)
	}
	return ""
}

// madeOn is the day on which a document was made.
func madeOn(doc *gazette.Document) gazette.Date {
	for _, d := range []gazette.Date{doc.Signed, doc.Promulgated, doc.Printed} {
		if !d.IsZero() {
			return d
		}
	}
	return gazette.Date{}
}

// coverage is the stretch of days in which the document is known to be in force, as
// an interval of ISO 8601; "" where none is known.
func coverage(e *catalog.Entry) string {
	from, to := gazette.Date{}, gazette.Date{}
	for _, iv := range e.Intervals {
		if iv.Force == gazette.InForce {
			if from.IsZero() {
				from = iv.From
			}
			to = iv.To
		}
	}
	switch {
	case from.IsZero():
		return ""
	case to.IsZero():
		return from.String() + "/.."
	}
	return from.String() + "/" + to.String()
}

// legalForce is the force in the words of schema.org, which know three; "" where
// none of them may be said.
func legalForce(st gazette.State) string {
	const base = "https://schema.org/"
	switch st.Force {
	case gazette.InForce:
		if st.Text == gazette.Partial {
			return base + "PartiallyInForce"
		}
		return base + "InForce"
	case gazette.NoForce, gazette.Unknown:
		return ""
	}
	return base + "NotInForce"
}

const eliOntology = "http://data.europa.eu/eli/ontology#"

// textFile is the address of a text as an expression of its work, beside the page.
const textFile = "index.html"

// eli is a document in the words of the European Legislation Identifier: what the
// work is (Page.Work), and that the page is a text of it.
func (s *Site) eli(e *catalog.Entry) []Property {
	doc, page := e.Document, s.cat.Config.BaseURL+e.Address
	var out []Property
	say := func(name, content string) {
		if content != "" {
			out = append(out, Property{Name: name, Content: content})
		}
	}
	point := func(name, to string) {
		if to != "" {
			out = append(out, Property{Name: name, Resource: to})
		}
	}
	say("id_local", doc.Number)
	say("type_document", string(doc.Class))
	if s.cat.Own(e) {
		say("jurisdiction", s.cat.Config.Site.Division())
	}
	for _, name := range doc.Issuers {
		say("passed_by", name)
	}
	say("responsibility_of", doc.Drafter)
	say("date_document", madeOn(doc).String())
	say("date_publication", doc.Published.Date.String())
	if day, _ := e.FirstDay(); !day.IsZero() {
		say("first_date_entry_in_force", day.String())
	}
	if day, _ := e.LastDay(); !day.IsZero() {
		say("date_no_longer_in_force", day.AddDays(1).String())
	}
	if f := legalForce(e.State); f != "" {
		_, word, _ := strings.Cut(f, ".org/")
		point("in_force", eliOntology+"InForce-"+strings.ToLower(word[:1])+word[1:])
	}
	for _, r := range e.Relations {
		point(eliNames[r.Kind][0], s.relative(r))
	}
	for _, r := range e.Inverse {
		point(eliNames[r.Kind][1], s.work(r.By))
	}
	point("is_realized_by", page+textFile)
	text := func(p Property) {
		p.About = textFile
		out = append(out, p)
	}
	text(Property{Type: "LegalExpression"})
	text(Property{Name: "title", Content: doc.Title})
	text(Property{Name: "language", Content: s.cat.Config.Site.Language})
	if day := e.TextDay(); !day.IsZero() {
		text(Property{Name: "version_date", Content: day.String()})
	}
	for _, f := range render.Formats() {
		if s.cat.Config.Data.Has(f.Name) {
			text(Property{Name: "is_embodied_by", Resource: f.File})
		}
	}
	return out
}

// eliNames are the properties of relations, from the document that acts and from the
// other.
var eliNames = map[gazette.RelationKind][2]string{
	gazette.Repeals: {"repeals", "repealed_by"}, gazette.Lapses: {"repeals", "repealed_by"}, gazette.Replaces: {"repeals", "repealed_by"},
	gazette.Amends: {"amends", "amended_by"}, gazette.Corrects: {"corrects", "corrected_by"},
	gazette.Extends: {"changes", "changed_by"}, gazette.Continues: {"changes", "changed_by"},
	gazette.Suspends: {"changes", "changed_by"}, gazette.Resumes: {"changes", "changed_by"},
	gazette.Implements: {"ensures_implementation_of", "implementation_ensured_by"}, gazette.BasedOn: {"based_on", "basis_for"},
	gazette.Transmits: {"applies", "applied_by"}, gazette.Interprets: {"cites", "cited_by"}, gazette.RepliesTo: {"cites", "cited_by"},
	gazette.Cites: {"cites", "cited_by"},
}
