package press

import (
	"path"
	"slices"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// Inputs are what a layout depends on beside fonts, words and Version: plain
// data to be hashed. Bodies stand in them as hashes.
type Inputs struct {
	Form     string
	Base     string
	Gazette  string
	Site     [4]string // title, sponsor, emblem, hash of the emblem
	PDF      config.PDF
	Texts    []TextInputs
	Sections []string
	Lines    []string // of corrections and the annual index
	Imprint  []gazette.ImprintLine
	Places   []source.Place
}

// TextInputs are those of one text.
type TextInputs struct {
	Path, Address string
	Document      gazette.Document
	Article       [2]string // title and author
	Published     string
	Body          digest.Hash
	Files         []string // names and hashes
	Targets       []string
	Issue         [2]string // where it was printed
}

func (p *Press) inputs(form string) Inputs {
	site := p.Catalog.Config.Site
	in := Inputs{
		Form: form + strconv.Itoa(Version), Base: p.base(), Gazette: p.gazetteName(),
		Site: [4]string{site.Title, site.Sponsor, site.Emblem, ""}, PDF: p.Catalog.Config.PDF,
	}
	if site.Emblem != "" {
		in.Site[3] = string(p.Hash(site.Emblem))
	}
	return in
}

func (p *Press) textInputs(e *catalog.Entry) TextInputs {
	t := TextInputs{
		Path: e.Path, Address: e.Address, Document: *e.Document, Article: [2]string{e.Article.Title, e.Article.Author},
		Published: e.Published().String(), Body: e.BodyHash,
	}
	// What is no part of the paper must not print it again.
	t.Document.Reviews, t.Document.Ignore, t.Document.Relations = nil, nil, nil
	for _, f := range e.Files {
		if f.Image {
			name := path.Join(path.Dir(e.Path), f.Path)
			t.Files = append(t.Files, name, string(p.Hash("content/"+name)))
		}
	}
	for i := range e.Refs {
		to := ""
		if r := e.Refs[i]; r.Entry != nil {
			to = r.Entry.Address + "#" + r.Article
		}
		t.Targets = append(t.Targets, to)
	}
	t.Targets = append(t.Targets, e.Links...)
	return t
}

// DocumentInputs are what Document depends on.
func (p *Press) DocumentInputs(e *catalog.Entry) Inputs {
	in := p.inputs("document")
	t := p.textInputs(e)
	if e.Issue != nil {
		t.Issue = [2]string{p.shortNumber(e.Issue), strconv.Itoa(e.IssuePage)}
	}
	in.Texts = []TextInputs{t}
	return in
}

// IssueInputs are what Issue depends on. Folios of other issues, which the
// annual index and corrections say, are among them.
func (p *Press) IssueInputs(e *catalog.Entry) Inputs {
	in := p.inputs("issue")
	is := e.Digest.Issue
	in.Texts = append(in.Texts, p.textInputs(e))
	in.Lines = append(in.Lines, is.Title, is.Number(), is.Date.String())
	if e.Lock != nil {
		in.PDF.Paper = e.Lock.Paper
		in.Lines = append(in.Lines, sealedLines(e)...)
	}
	for i, entries := range e.IssueEntries {
		in.Sections = append(in.Sections, is.Sections[i].Title, strconv.Itoa(len(entries)))
		for _, x := range entries {
			if x != nil && x.Shelf != gazette.Withdrawn {
				in.Texts = append(in.Texts, p.textInputs(x))
			}
		}
	}
	for _, c := range p.corrected(e) {
		in.Lines = append(in.Lines, c.entry.Title(), c.at, c.what)
	}
	for _, r := range p.indexRows(e, nil) {
		in.Lines = append(in.Lines, r.section, r.title, r.number, r.at)
	}
	in.Imprint = p.Catalog.Imprint(e)
	for _, x := range p.Catalog.Data.Places {
		if x.Reading {
			in.Places = append(in.Places, x)
		}
	}
	return in
}

// A correction is a line of 更正.
type correction struct {
	entry    *catalog.Entry
	at, what string
}

// corrected are the corrections that an issue prints: of texts that earlier
// issues printed, made since the issue before this one.
func (p *Press) corrected(issue *catalog.Entry) []correction {
	var out []correction
	is := issue.Digest.Issue
	if is.Date.IsZero() {
		return nil
	}
	var since gazette.Date
	if issue.Prev != nil {
		since = issue.Prev.Digest.Issue.Date
	}
	for _, e := range slices.Backward(p.Catalog.Documents) {
		if e.Issue == nil || e.Issue == issue || e.Issue.Date.After(is.Date) {
			continue
		}
		for _, c := range e.Document.Corrections {
			if c.Date.After(is.Date) || !c.Date.After(since) && e.Issue != issue.Prev || !e.Mends(c) {
				continue
			}
			at := p.shortNumber(e.Issue)
			if e.IssuePage > 0 {
				at += p.Words("print.page", strconv.Itoa(e.IssuePage))
			}
			out = append(out, correction{e, at, c.What})
		}
	}
	return out
}

// An indexRow is a line of the annual index (年度总目录).
type indexRow struct{ section, title, number, at string }

// indexRows lists what the issues of the year printed up to this one; own are
// the folios of its own texts.
func (p *Press) indexRows(issue *catalog.Entry, own map[*catalog.Entry][2]int) []indexRow {
	var out []indexRow
	this := issue.Digest.Issue
	if !this.Index {
		return nil
	}
	for _, is := range slices.Backward(p.Catalog.Issues) {
		if is.Digest.Issue.Year != this.Year || is.Digest.Issue.No > this.No {
			continue
		}
		for i, entries := range is.IssueEntries {
			for j, e := range entries {
				if e == nil {
					continue
				}
				page := own[e][0]
				if is != issue {
					page = is.IssuePages[i][j][0]
				}
				at := p.Words("print.index-issue", strconv.Itoa(is.Digest.Issue.No))
				if page > 0 {
					at = p.Words("print.index-at", strconv.Itoa(is.Digest.Issue.No), strconv.Itoa(page))
				}
				out = append(out, indexRow{is.Digest.Issue.Sections[i].Title, e.Title(), e.Document.Number, at})
			}
		}
	}
	return out
}
