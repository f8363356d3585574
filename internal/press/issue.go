package press

import (
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/typeset"
)

// An issueLayout is an issue in the making.
type issueLayout struct {
	*setting
	issue    *catalog.Entry
	sections []section
	front    []typeset.Block // the editor's note
	locked   map[*catalog.Entry]*gazette.LockedDocument
	altered  bool // something of it is no longer as it was printed
}

// A section (栏目) with what it prints.
type section struct {
	title, mark string
	items       []*item
	lines       []contentsLine // of parts that are not documents
	blocks      []typeset.Block
}

// A contentsLine is a line of the contents.
type contentsLine struct{ title, note, mark string }

// Issue lays out an issue: cover, contents, texts, back. Folios count from the
// contents on; covers have none. An issue without documents has the covers and
// an empty contents page.
func (p *Press) Issue(e *catalog.Entry, o Options) (*Laid, []diag.Finding, error) {
	l := p.issue(e, o)
	if err := l.gather(); err != nil {
		return nil, nil, err
	}
	laid := &Laid{Texts: l.texts}
	pages, contents, at := l.pages(laid)
	for i := range pages {
		l.furniture(pages, i, contents, at)
	}
	l.proof(pages)
	l.coarse(pages)
	l.assemble(laid, pages, contents, at)
	l.sweep(name(e), laid.Book, laid.Cover)
	return laid, l.findings, nil
}

// Folios returns the first and last folio of what an issue prints, which are
// the same for all purposes. It leaves out what books have besides.
func (p *Press) Folios(e *catalog.Entry) (map[*catalog.Entry][2]int, error) {
	l := p.issue(e, Options{Purpose: Screen})
	l.onlyFolios = true
	if err := l.gather(); err != nil {
		return nil, err
	}
	laid := &Laid{}
	l.pages(laid)
	return laid.Pages, nil
}

func (p *Press) issue(e *catalog.Entry, o Options) *issueLayout {
	c := p.Catalog.Config.PDF
	if e.Lock != nil {
		c.Paper = e.Lock.Paper
	}
	return &issueLayout{setting: p.setting(IssueStyle(c.Paper, c.Columns), o), issue: e, locked: e.Locked(), altered: e.Altered()}
}

// rounds bounds how often contents and texts are set anew: the folios make the
// contents longer or shorter, and the contents move the folios.
const rounds = 4

// pages sets contents and texts. Contents that are shorter in the last round
// than the texts were told get blank pages: folios never lie.
func (l *issueLayout) pages(laid *Laid) (pages []typeset.Page, contents int, at map[string]place) {
	contents = len(l.contents(nil))
	for round := 0; ; round++ {
		body := l.setBody(contents + 1)
		laid.Pages = l.folios(where(body), contents)
		own := l.printed(laid.Pages)
		body = append(body, l.annualIndex(own, contents+len(body)+1)...)
		at = where(body)
		list := l.contents(l.pageNumbers(at, contents, own))
		if len(list) != contents && (round < rounds || len(list) > contents) {
			contents = len(list)
			if round >= rounds {
				contents++ // the greater of two numbers between which they swing
			}
			continue
		}
		for len(list) < contents {
			list = append(list, l.blank())
		}
		return append(list, body...), contents, at
	}
}

// indexMark names the annual index.
const indexMark = "index"

// gather sets the texts of all sections, then what the gazette adds to them.
func (l *issueLayout) gather() error {
	is := l.issue.Digest.Issue
	n := 0
	for i, entries := range l.issue.IssueEntries {
		sec := section{title: is.Sections[i].Title, mark: "s" + strconv.Itoa(i)}
		for _, e := range entries {
			if e == nil || e.Shelf == gazette.Withdrawn && l.locked[e] == nil {
				continue
			}
			it, err := l.item(e, "d"+strconv.Itoa(n)+".")
			if err != nil {
				return err
			}
			n++
			sec.items = append(sec.items, it)
		}
		if sec.items != nil {
			l.sections = append(l.sections, sec)
		}
	}
	if sec := l.corrections(); sec.blocks != nil {
		l.sections = append(l.sections, sec)
	}
	if is.Index {
		title := l.Words("print.index", strconv.Itoa(is.Year))
		l.sections = append(l.sections, section{title: title, mark: indexMark, lines: []contentsLine{{title: title, mark: indexMark}}})
	}
	return l.note()
}

// note sets the editor's note, the text of the issue's own file.
func (l *issueLayout) note() error {
	tree, err := l.parse(l.issue)
	if err != nil || len(tree.Blocks) == 0 {
		return err
	}
	f := &flow{setting: l.setting, entry: l.issue, prefix: "note.", tree: tree}
	f.quotes = 1
	f.body()
	l.front = append(f.blocks, f.rule())
	return nil
}

// item sets one document or article of the issue.
func (l *issueLayout) item(e *catalog.Entry, prefix string) (*item, error) {
	if e.Shelf == gazette.Withdrawn {
		return l.withdrawn(e, prefix), nil
	}
	it, err := l.text(e, prefix, imprintRoles)
	if err != nil {
		return nil, err
	}
	l.ending(it)
	return it, nil
}

// A part is what cannot be torn from what follows it: a text with the head of
// the section that it opens. item is nil for what is no document.
type part struct {
	item   *item
	blocks []typeset.Block
}

func (l *issueLayout) parts() []part {
	out := []part{{nil, l.front}}
	look := &l.style.Looks[SectionPart]
	for _, sec := range l.sections {
		if sec.mark == indexMark {
			continue // set when the folios are known
		}
		p := look.paragraph(look.span(sec.title))
		p.Mark = sec.mark
		head := []typeset.Block{p}
		for _, it := range sec.items {
			out = append(out, part{it, slices.Concat(head, it.blocks)})
			head = nil
		}
		out = append(out, part{nil, slices.Concat(head, sec.blocks)})
	}
	return out
}

// setBody sets the sections one after the other; number is the first folio.
func (l *issueLayout) setBody(number int) []typeset.Page {
	if l.altered {
		return l.setAltered(l.parts(), number)
	}
	return l.setParts(l.parts(), number)
}

func (l *issueLayout) setParts(parts []part, number int) []typeset.Page {
	var blocks []typeset.Block
	for _, p := range parts {
		blocks = append(blocks, p.blocks...)
	}
	g := l.style.Geometry
	g.First = number
	return l.setter.Set(blocks, g)
}

// folios are the first and last page of each text.
func (l *issueLayout) folios(at map[string]place, contents int) map[*catalog.Entry][2]int {
	out := map[*catalog.Entry][2]int{}
	for _, sec := range l.sections {
		for _, it := range sec.items {
			if _, ok := out[it.entry]; !ok {
				first, end := at[it.prefix], at[it.prefix+"end"]
				out[it.entry] = [2]int{contents + first.page + 1, contents + end.page + 1}
			}
		}
	}
	return out
}

// pageNumbers are the folios of all marks; own are those of the texts.
func (l *issueLayout) pageNumbers(at map[string]place, contents int, own map[*catalog.Entry][2]int) map[string]int {
	out := map[string]int{}
	for m, p := range at {
		out[m] = contents + p.page + 1
	}
	for _, sec := range l.sections {
		for _, it := range sec.items {
			if l.locked[it.entry] != nil {
				out[it.prefix] = own[it.entry][0]
			}
		}
	}
	return out
}

// corrections (更正) is the section that mends what earlier issues printed.
func (l *issueLayout) corrections() section {
	sec := section{title: l.Words("print.corrections"), mark: "corrections"}
	for _, c := range l.corrected(l.issue) {
		f := &flow{setting: l.setting, entry: c.entry, prefix: "corrections.", tree: &markup.Tree{}}
		text := l.Words("print.correction", c.entry.Title(), c.at, c.what)
		f.set(BodyPart, f.spans([]markup.Inline{{Kind: markup.Text, Text: text}}, BodyPart), "")
		sec.blocks = append(sec.blocks, f.blocks...)
	}
	if sec.blocks != nil {
		sec.lines = append(sec.lines, contentsLine{title: sec.title, mark: sec.mark})
	}
	return sec
}

// contents sets the pages of the contents; with nil the folios are left open:
// their width is that of three digits either way, so that the number of pages
// stays.
func (l *issueLayout) contents(numbers map[string]int) []typeset.Page {
	var blocks []typeset.Block
	size := l.style.Looks[BodyPart].Size
	leading := l.style.Looks[BodyPart].Leading
	head := l.style.Looks[TitlePart]
	head.Before, head.After = 0, leading
	blocks = append(blocks, head.paragraph(head.span(l.Words("print.contents"))))
	title := l.style.Looks[Level1Part]
	title.First, title.Before, title.After = 0, leading/2, leading/4
	entry := l.style.Looks[BodyPart]
	entry.Indent, entry.First, entry.Right, entry.Whole, entry.Align = 20, -10, 0, true, typeset.Start
	add := func(c contentsLine) {
		spans := entry.span(c.title)
		if c.note != "" {
			k := l.style.Looks[NumberPart]
			k.Size = size
			spans = append(spans, k.span(whole("（"+c.note+"）"))...)
		}
		p := entry.paragraph(spans)
		folio := "000"
		if n, ok := numbers[c.mark]; ok {
			folio = strconv.Itoa(n)
		}
		p.Tail = entry.span(folio)
		p.Tail[0].Link = "#" + c.mark
		p.Spans[0].Link = "#" + c.mark
		blocks = append(blocks, p)
	}
	for _, sec := range l.sections {
		if sec.items != nil {
			p := title.paragraph(title.span(sec.title))
			p.Spans[0].Link = "#" + sec.mark
			blocks = append(blocks, p)
		}
		for _, it := range sec.items {
			add(contentsLine{it.entry.Title(), it.entry.Document.Number, it.prefix})
		}
		for _, c := range sec.lines {
			p := title.paragraph(title.span(c.title))
			p.Tail = entry.span(strconv.Itoa(numbers[c.mark]))
			p.Spans[0].Link, p.Tail[0].Link = "#"+c.mark, "#"+c.mark
			blocks = append(blocks, p)
		}
	}
	g := l.style.Geometry
	if g.Columns > 1 { // contents stand across the page
		g.Columns = 1
	}
	return l.setter.Set(blocks, g)
}

// whole forbids line breaks in a text.
func whole(text string) string { return strings.Join(strings.Split(text, ""), "\u2060") }

// furniture adds running head and folio to a page between the covers.
func (l *issueLayout) furniture(pages []typeset.Page, i, contents int, at map[string]place) {
	p, g, number := &pages[i], l.style.Geometry, i+1
	left := g.Left(number)
	folio := &l.style.Looks[FolioPart]
	y := g.Top + g.Depth + typeset.MM(9)
	if number%2 == 1 {
		l.line(p, folio, strconv.Itoa(number), typeset.End, left+g.Text, y)
	} else {
		l.line(p, folio, strconv.Itoa(number), typeset.Start, left, y)
	}
	if l.altered && i == 0 {
		l.notAsPrinted(p, left+g.Text/2, y)
	}
	head := &l.style.Looks[HeadPart]
	y = g.Top - typeset.MM(7)
	p.Rules = append(p.Rules, typeset.Rule{X: left, Y: y + typeset.MM(1.5), Width: g.Text, Height: 400})
	text := l.Words("print.contents")
	if i >= contents {
		text = l.running(i-contents, at)
	}
	issue := l.gazetteName() + "　" + l.shortNumber(l.issue)
	if number%2 == 1 {
		l.line(p, head, text, typeset.End, left+g.Text, y)
		l.line(p, head, issue, typeset.Start, left, y)
	} else {
		l.line(p, head, issue, typeset.End, left+g.Text, y)
		l.line(p, head, text, typeset.Start, left, y)
	}
}

// shortNumber is 2023年第6期.
func (p *Press) shortNumber(e *catalog.Entry) string {
	is := e.Digest.Issue
	return p.Words("print.number", strconv.Itoa(is.Year), strconv.Itoa(is.No))
}

// running is the section that a page begins in or opens.
func (l *issueLayout) running(page int, at map[string]place) string {
	text := ""
	for _, sec := range l.sections {
		if p, ok := at[sec.mark]; ok && (text == "" || p.page < page || p.page == page && p.y <= l.style.Geometry.Top+typeset.MM(20)) {
			text = sec.title
		}
	}
	return text
}
