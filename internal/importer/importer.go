// Package importer turns texts as they are found, plain text with the broken
// lines of a scan or Markdown without front matter, into content files. It
// invents nothing: what the text does not say stays out of the front matter.
//
// Read takes one text apart; Plan names the files, ties the texts of one work
// and adds what the registers lack. Both are pure: the command writes.
package importer

import (
	"bytes"
	"path"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/effect"
	"gongbao/internal/extract"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// An Imported is one text, taken apart.
type Imported struct {
	Name     string // of the file, as given
	Derived  source.Derived
	Type     gazette.Type      // of what it is: most are documents
	Called   string            // what is no document: 政策解读
	Markdown string            // the body
	Files    []extract.Picture // that stand beside the text
	Removed  []string          // lines that stand in the front matter instead of the body
	Cleaned  []extract.Removed // what is no part of the text
	Refs     []markup.Ref
	TextDate gazette.Date // of this text: the newest date of its 题注
	SHA256   string
	Findings []diag.Finding

	// Listed are days of validity that the page lists and the text does not say,
	// by the key of the front matter: systems fill them in by themselves.
	Listed map[string]gazette.Date

	list bool // it is a page of links, no document

	// line turns a line of the Markdown, and a text that begins there, into the
	// line of the file.
	line func(n int, text string) int
}

// Usable reports whether the text can become a document: it could be read and
// it has a title.
func (im *Imported) Usable() bool {
	errors, _ := diag.Count(im.Findings)
	return errors == 0 && im.Derived.Document.Title != ""
}

// Read takes one file apart. Files that begin with a Markdown heading are
// Markdown, all others plain text.
func Read(p *markup.Parser, name string, raw []byte, o Options) *Imported {
	im := &Imported{Name: name, SHA256: sum(raw)}
	pos := diag.Pos{File: name}
	if len(raw) > 0 && !extract.IsText(name, raw) {
		if o.Convert != nil {
			if b := o.Convert(extract.Sniff(name, raw), raw); b != nil {
				name, raw = strings.TrimSuffix(name, path.Ext(name))+".docx", b
			}
		}
		if doc := im.readOffice(name, raw, o); doc != nil {
			im.finish(p, doc)
		}
		return im
	}
	if len(raw) > source.MaxSize {
		im.Findings = append(im.Findings, diag.New("file-large", pos, mb(len(raw))))
		return im
	}
	text, enc, badAt := zh.Decode(raw)
	if badAt >= 0 {
		im.Findings = append(im.Findings, diag.New("encoding-broken", pos, itoa(badAt+1)))
	} else if enc != zh.UTF8 && enc != zh.UTF8BOM {
		im.Findings = append(im.Findings, diag.New("encoding", pos, string(enc)))
	}
	if len(bytes.TrimSpace(text)) == 0 {
		im.Findings = append(im.Findings, diag.New("file-empty", pos))
		return im
	}
	if bytes.IndexByte(text, 0) >= 0 || badAt >= 0 {
		if badAt < 0 {
			im.Findings = append(im.Findings, diag.New("encoding-broken", pos, itoa(bytes.IndexByte(text, 0)+1)))
		}
		return im // not a text: a picture, an archive
	}
	var doc *document
	if isMarkdown(text) {
		doc = readMarkdown(string(text))
	} else {
		doc = readText(string(text), o.Off)
	}
	im.finish(p, doc)
	return im
}

// finish makes Markdown and facts of a document.
func (im *Imported) finish(p *markup.Parser, doc *document) {
	im.Removed = doc.removed
	im.Markdown = doc.markdown()
	doc.several(im)
	im.derive(p, doc)
}

// Options say how to read.
type Options struct {
	Accept bool     // tracked changes count as accepted
	Off    []string // cleaners that are switched off, see extract.Cleaners

	// Convert returns a file in a format of extract.Sniff as .docx, nil where
	// that is not needed or cannot be done. Several files may be converted at a
	// time. nil converts none.
	Convert func(format string, raw []byte) []byte
}

func isMarkdown(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return bytes.HasPrefix(line, []byte("# "))
		}
	}
	return false
}

// derive reads the facts out of the body, and those that the header gave.
func (im *Imported) derive(p *markup.Parser, doc *document) {
	tree := p.Parse([]byte(im.Markdown), markup.Options{File: im.Name, Official: true, Title: doc.title})
	im.Refs, im.line = tree.Refs, doc.fileLine
	im.Derived = source.Derive(tree)
	for key, e := range im.Derived.Evidence {
		e.Line = doc.fileLine(e.Line, e.Text)
		im.Derived.Evidence[key] = e
	}
	d := &im.Derived.Document
	if d.Title = doc.title; d.Title != "" {
		im.Derived.Evidence["title"] = source.Evidence{Text: doc.title, Line: doc.titleLine, Confidence: 1}
	} else {
		im.Findings = append(im.Findings, diag.New("derived-missing", diag.Pos{File: im.Name}, "title", "title"))
	}
	if doc.number != "" {
		d.Number = doc.number
		im.Derived.Evidence["number"] = source.Evidence{Text: doc.numberText(), Line: doc.numberLine, Confidence: 1}
	}
	if doc.joint != nil && len(d.Issuers) < len(doc.joint) {
		d.Issuers = doc.joint
		im.Derived.Evidence["issuers"] = source.Evidence{Text: strings.Join(doc.joint, " "), Line: doc.titleLine, Confidence: 0.9}
	}
	if doc.issuers != nil && (d.Issuers == nil || doc.red && d.Issuers[0] != doc.issuers[0]) {
		d.Issuers = doc.issuers
		e := source.Evidence{Text: strings.Join(doc.issuers, " "), Line: doc.issuerLine, Confidence: 1}
		if doc.issuerText != "" {
			e.Text, e.Confidence = doc.issuerText, 0.8
		}
		im.Derived.Evidence["issuers"] = e
	}
	doc.apart(&im.Derived)
	doc.signer(&im.Derived)
	doc.contact(&im.Derived)
	im.Derived.Finish()
	if doc.order && d.Kind == "" {
		d.Kind = "令"
	}
	doc.conclude(&im.Derived)
	doc.annexes(&im.Derived)
	if im.Type, im.Called = doc.sort(); im.list { // what it says of others is no fact of its own
		im.Derived, im.Type, im.Called = source.Derived{}, gazette.TypeDocument, "目录"
		im.Derived.Document.Kind = im.Called
		im.Cleaned = doc.cleaned
		return
	}
	if im.Called != "" {
		d.Kind = im.Called
	}
	im.listed(doc, effect.Read(tree, d.Title))
	im.Cleaned = doc.cleaned
	im.TextDate = source.TextDate(tree)
}

// listed takes the days of validity that stood apart from a text that says none.
func (im *Imported) listed(doc *document, r effect.Reading) {
	said := map[string]bool{
		"effective": !im.Derived.Document.Effective.IsZero() || effectiveOf(r.Effective, &im.Derived.Document) != "",
		"expires":   !r.Expires.IsZero(),
	}
	for key, known := range said {
		if p, ok := doc.value(key); ok && !known && !day(p.value).IsZero() {
			if im.Listed == nil {
				im.Listed = map[string]gazette.Date{}
			}
			im.Listed[key] = day(p.value)
		}
	}
}

// A document is a text cut into header and paragraphs.
type document struct {
	title      string
	titleLine  int
	number     string
	numberLine int
	issuers    []string
	issuerLine int
	issuerLast int    // index of the last line of the head that names one
	issuerText string // as written, where it says less
	red        bool   // they stand in the red head, which counts more than a signature
	signedBy   pair   // 签发人
	mast       string // the head of an order: 东莞市人民政府令
	order      bool   // the text is that of an order (令)
	speaker    pair   // who presents the text
	linked     []extract.Link
	joint      []string // issuers in the title
	pairs      []pair   // labels and values that stood apart from the text
	cleaned    []extract.Removed
	removed    []string
	blocks     []block
}

// readMarkdown reads Markdown with its title in the first heading. The lines
// before <!-- INFO END --> are the 题注, one paragraph each.
func readMarkdown(text string) *document {
	d := &document{}
	info := strings.Contains(text, "<!-- INFO END -->")
	var para []line
	flush := func() {
		if len(para) > 0 {
			d.add(para...)
			para = nil
		}
	}
	for i, s := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(s)
		switch {
		case trimmed == "":
			flush()
		case trimmed == "<!-- INFO END -->":
			flush()
			info = false
		case d.title == "" && strings.HasPrefix(trimmed, "# "):
			d.title = strings.Join(strings.Fields(trimmed[2:]), " ")
			d.titleLine = i + 1
			d.removed = append(d.removed, strings.TrimSpace(trimmed[2:]))
		case info:
			d.add(line{text: escape(trimmed), n: i + 1})
		case strings.HasPrefix(trimmed, "#"):
			flush()
			d.add(line{text: trimmed, n: i + 1})
		default:
			para = append(para, line{text: keepMarks(strings.TrimRight(s, " \t")), n: i + 1})
		}
	}
	flush()
	return d
}

// keepMarks escapes a line but for what is surely meant: the rows of a table,
// and ** in pairs.
func keepMarks(s string) string {
	if strings.HasPrefix(strings.TrimSpace(s), "|") {
		return s
	}
	if n := strings.Count(s, "**"); n == 0 || n%2 != 0 || strings.Contains(s, "***") {
		return escape(s)
	}
	parts := strings.Split(s, "**")
	for i := range parts {
		parts[i] = escape(parts[i])
	}
	return strings.Join(parts, "**")
}

// add adds a block of lines that stay as they are.
func (d *document) add(lines ...line) {
	from := make([][]line, len(lines))
	for i := range lines {
		from[i] = lines[i : i+1]
	}
	d.blocks = append(d.blocks, block{strings.Join(texts(lines), "\n"), from})
}

// Folder returns the folder of content/ in which an imported text belongs.
func folder(im *Imported) string {
	d := &im.Derived.Document
	for _, date := range []gazette.Date{d.Signed, d.Promulgated, d.Printed} {
		if !date.IsZero() {
			return path.Join("documents", itoa(int(date.Year)))
		}
	}
	if n, ok := gazette.ParseNumber(d.Number); ok && n.Year > 0 {
		return path.Join("documents", itoa(n.Year))
	}
	return "documents/undated"
}

// numberText is the number as it stands on its line.
func (d *document) numberText() string { return strings.TrimPrefix(d.number, d.mast) }
