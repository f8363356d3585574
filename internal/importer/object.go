package importer

import (
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

// An Object is what `inspect` prints of one file (design §7). Fields are added,
// never renamed. Empty texts and absent dates are null.
type Object struct {
	File        string              `json:"file"`
	Title       *string             `json:"title"`
	Number      *string             `json:"number"`
	Class       *string             `json:"class"`
	Kind        *string             `json:"kind"`
	Form        *string             `json:"form"`
	Issuers     []string            `json:"issuers"`
	Addressees  []string            `json:"addressees"`
	Signed      *string             `json:"signed"`
	Printed     *string             `json:"printed"`
	Promulgated *string             `json:"promulgated"`
	Published   *string             `json:"published"`
	Effective   *string             `json:"effective"`
	Expires     *Expiry             `json:"expires"`
	Disclosure  *string             `json:"disclosure"`
	Index       *string             `json:"index"`
	Signer      *string             `json:"signer"`
	Contact     *string             `json:"contact"`
	CopyTo      []string            `json:"copy_to"`
	Keywords    []string            `json:"keywords"`
	Topics      []string            `json:"topics"`
	Attachments []string            `json:"attachments"`
	Repeals     []RepealObject      `json:"repeals"`
	Extends     []ExtendObject      `json:"extends"`
	Suspends    []SuspendObject     `json:"suspends"`
	Relations   []RelationObject    `json:"relations"`
	Cites       []Cite              `json:"cites"`
	Outline     []OutlineObject     `json:"outline"`
	Evidence    map[string]Evidence `json:"evidence"`

	onPublication bool // a 题注 says so

	Markdown *string         `json:"markdown,omitempty"`
	Removed  []string        `json:"removed,omitempty"`
	Cleaned  []CleanedObject `json:"cleaned,omitempty"`
	Findings []string        `json:"findings,omitempty"`
}

// A CleanedObject is text that a cleaner took out.
type CleanedObject struct {
	Cleaner string `json:"cleaner"`
	Text    string `json:"text"`
	Line    int    `json:"line"`
}

// An Expiry is the end of validity: a day, or a length.
type Expiry struct {
	Date   string `json:"date,omitempty"`
	Years  int    `json:"years,omitempty"`
	Months int    `json:"months,omitempty"`
	Days   int    `json:"days,omitempty"`
}

// A RepealObject is a document that this one repeals.
type RepealObject struct {
	Title  *string `json:"title"`
	Number *string `json:"number"`
	Date   *string `json:"date"`
	Scope  string  `json:"scope"` // "whole" or "part"
}

// An ExtendObject is a document whose validity this one extends. Until is the
// new last day, as text, or the added time as an [Expiry].
type ExtendObject struct {
	Number *string `json:"number"`
	Title  *string `json:"title"`
	Until  any     `json:"until"`
}

// A SuspendObject is a document that this one suspends.
type SuspendObject struct {
	Number   *string  `json:"number"`
	Title    *string  `json:"title"`
	Articles []string `json:"articles"`
	Until    *string  `json:"until"`
}

// A RelationObject is one [[relations]] entry.
type RelationObject struct {
	Kind     string   `json:"kind"`
	Title    *string  `json:"title"`
	Number   *string  `json:"number"`
	Articles []string `json:"articles"`
	Path     *string  `json:"path,omitempty"` // where front matter names a file
}

// A Cite is a mention of another document.
type Cite struct {
	Number *string `json:"number"`
	Title  *string `json:"title"`
}

// An OutlineObject is a line of the structure.
type OutlineObject struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Depth int    `json:"depth"`
}

// An Evidence is where a value was read.
type Evidence struct {
	Text       string  `json:"text"`
	Line       int     `json:"line"`
	Confidence float64 `json:"confidence"`
}

func opt[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	v := string(s)
	return &v
}

func some(ss []string) []string {
	if ss == nil {
		return []string{}
	}
	return ss
}

// ObjectOf returns the object of an imported text, with the Markdown it became.
func ObjectOf(im *Imported, tree *markup.Tree, texts diag.Strings) Object {
	o := object(im.Name, &im.Derived.Document, im.Derived.Evidence, tree, im.line)
	o.Markdown = &im.Markdown
	o.Removed = im.Removed
	for _, r := range im.Cleaned {
		o.Cleaned = append(o.Cleaned, CleanedObject{r.Cleaner, r.Text, r.Line})
	}
	for _, f := range im.Findings {
		o.Findings = append(o.Findings, texts.Finding("rule."+f.Rule, f))
	}
	return o
}

// Inspect returns the object of one file: front matter where there is one,
// else what the text says. name is the file as given.
func Inspect(p *markup.Parser, name string, raw []byte, texts diag.Strings) Object {
	f := source.Read("documents/"+strings.TrimPrefix(name, "/"), raw)
	if !f.Front {
		im := Read(p, name, raw, Options{})
		tree := p.Parse([]byte(im.Markdown), markup.Options{Official: true, Title: im.Derived.Document.Title})
		o := ObjectOf(im, tree, texts)
		o.Markdown, o.Removed, o.Cleaned = nil, nil, nil
		return o
	}
	tree := p.Parse(f.Body, markup.Options{FirstLine: f.BodyLine, Official: true, Title: f.Document.Title})
	doc := f.Document
	evidence := map[string]source.Evidence{}
	for key, pos := range f.Positions {
		if !strings.Contains(key, ".") {
			evidence[key] = source.Evidence{Text: key, Line: pos.Line, Confidence: 1}
		}
	}
	if kind, form := source.KindAndForm(doc.Title); true {
		if doc.Kind == "" && doc.Class != gazette.Statute {
			doc.Kind = kind
		}
		if doc.Form == "" {
			doc.Form = form
		}
	}
	o := object(name, &doc, evidence, tree, func(n int, text string) int { return n })
	for _, x := range f.Findings {
		o.Findings = append(o.Findings, texts.Finding("rule."+x.Rule, x))
	}
	return o
}

func object(name string, d *gazette.Document, evidence map[string]source.Evidence, tree *markup.Tree, line func(n int, text string) int) Object {
	o := Object{
		File: name, Title: opt(d.Title), Number: opt(d.Number), Class: opt(d.Class), Kind: opt(d.Kind), Form: opt(d.Form),
		Issuers: some(d.Issuers), Addressees: some(d.Addressees), Signed: opt(d.Signed.String()), Printed: opt(d.Printed.String()),
		Promulgated: opt(d.Promulgated.String()), Published: opt(d.Published.Date.String()), Effective: opt(d.Effective.String()),
		Disclosure: opt(d.Disclosure), Index: opt(d.Index),
		Signer: opt(d.Signer), Contact: opt(d.Contact), CopyTo: some(d.CopyTo), Keywords: some(d.Keywords), Topics: some(d.Topics), Attachments: []string{},
		Repeals: []RepealObject{}, Extends: []ExtendObject{}, Suspends: []SuspendObject{}, Relations: []RelationObject{}, Cites: []Cite{}, Outline: []OutlineObject{}, Evidence: map[string]Evidence{},
	}
	switch {
	case !d.Expires.IsZero():
		o.Expires = &Expiry{Date: d.Expires.String()}
	case !d.ValidFor.IsZero():
		o.Expires = &Expiry{Years: d.ValidFor.Years, Months: d.ValidFor.Months, Days: d.ValidFor.Days}
	}
	for _, a := range d.Attachments {
		name := a.File
		if name == "" {
			name = a.Title
		}
		o.Attachments = append(o.Attachments, name)
	}
	for _, r := range d.Relations {
		x := RelationObject{Kind: string(r.Kind), Articles: some(r.Articles)}
		if title, ok := strings.CutPrefix(r.Target, "《"); ok {
			x.Title = opt(strings.TrimSuffix(title, "》"))
		} else if strings.HasSuffix(r.Target, ".md") {
			x.Path = opt(r.Target)
		} else {
			x.Number = opt(r.Target)
		}
		o.Relations = append(o.Relations, x)
		if x.Path != nil {
			continue // what it names, the text has to say
		}
		switch r.Kind {
		case gazette.Repeals:
			scope := "whole"
			if len(r.Articles) > 0 {
				scope = "part"
			}
			o.Repeals = append(o.Repeals, RepealObject{x.Title, x.Number, opt(r.From.String()), scope})
		case gazette.Extends:
			o.Extends = append(o.Extends, ExtendObject{x.Number, x.Title, untilOf(effect.End{Date: r.Until})})
		case gazette.Suspends:
			o.Suspends = append(o.Suspends, SuspendObject{x.Number, x.Title, x.Articles, opt(r.Until.String())})
		}
	}
	for _, b := range tree.Blocks {
		text := b.PlainText()
		o.onPublication = o.onPublication || b.Role == markup.Amendment && (strings.Contains(text, "发布之日起施行") || strings.Contains(text, "公布之日起施行"))
	}
	o.read(d, effect.Read(tree, d.Title), line)
	for _, r := range tree.Refs {
		o.Cites = append(o.Cites, Cite{opt(r.Number), opt(r.Title)})
	}
	for _, e := range tree.Outline() {
		o.Outline = append(o.Outline, OutlineObject{e.ID, e.Text, e.Depth})
	}
	for k, e := range evidence {
		o.Evidence[k] = Evidence(e)
	}
	return o
}
