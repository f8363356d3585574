package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/toml"
)

func (d *decoder) issue(t *toml.Table, s *gazette.Issue) {
	d.Require(t, "year", "no")
	d.String(t, "title", &s.Title)
	d.count(t, "year", &s.Year, 1900, 2199)
	d.count(t, "no", &s.No, 1, 999)
	d.count(t, "running", &s.Running, 1, 99999)
	d.date(t, "date", &s.Date)
	d.String(t, "pdf", &s.PDF)
	d.count(t, "pages", &s.Pages, 1, maxPage)
	d.Bool(t, "index", &s.Index)
	d.Bool(t, "draft", &s.Draft)
	d.Strings(t, "aliases", &s.Aliases)
	d.aliases(t, s.Aliases)
	d.Strings(t, "ignore", &s.Ignore)
	if s.PDF != "" && !SafePath(s.PDF) {
		d.finding("path-unsafe", t.KeyPos("pdf"), s.PDF)
		s.PDF = ""
	}
	d.says(t, "title", s)
	for i, sec := range d.Tables(t, "sections") {
		d.section(sec, i, s)
		d.says(sec, "title", s)
	}
	if im := d.Table(t, "imprint"); im != nil {
		d.imprint(im, s)
	}
	d.mark(t, "", "year", "no", "running", "date", "pdf", "imprint")
}

// maxPage is more than any issue has.
const maxPage = 99999

func (d *decoder) section(t *toml.Table, i int, s *gazette.Issue) {
	x := gazette.IssueSection{}
	d.Require(t, "title", "documents")
	d.String(t, "title", &x.Title)
	for _, v := range d.Values(t, "documents") {
		e := gazette.IssueEntry{}
		switch v.Kind {
		case toml.String:
			e.Document = v.Text
		case toml.Inline:
			d.Require(v.Table, "document")
			d.String(v.Table, "document", &e.Document)
			d.count(v.Table, "page", &e.Page, 1, maxPage)
			d.count(v.Table, "pages", &e.Pages, 1, maxPage)
			d.Unknown(v.Table)
		default:
			d.finding("key-type", v.Pos, "documents", "type.strings")
			continue
		}
		key := "sections." + strconv.Itoa(i) + ".documents." + strconv.Itoa(len(x.Documents))
		d.file.Positions[key] = v.Pos
		x.Documents = append(x.Documents, e)
	}
	d.Unknown(t)
	s.Sections = append(s.Sections, x)
}

// imprint reads the lines of the 版权页, in printed order. Numbers and dates may
// be written as such.
func (d *decoder) imprint(t *toml.Table, s *gazette.Issue) {
	for _, k := range gazette.ImprintKeys() {
		e := t.Entry(k)
		d.Skip(t, k)
		if e == nil {
			continue
		}
		var date gazette.Date
		l := gazette.ImprintLine{Key: k, Text: e.Value.Text}
		switch e.Value.Kind {
		case toml.String:
		case toml.Integer:
			n := 0
			d.count(t, k, &n, 0, maxCopies)
			l.Text = strconv.Itoa(n)
		case toml.Date:
			d.date(t, k, &date)
			l.Text = date.Zh()
		default:
			d.finding("key-type", e.Value.Pos, k, "type.string")
			continue
		}
		if l.Text == "" {
			continue
		}
		s.Imprint = append(s.Imprint, l)
		d.mark(t, "imprint.", k)
		d.says(t, k, s)
	}
	d.Unknown(t)
}

// says keeps the words of a value that a serial for internal use must not use of
// itself: whether this one is such a serial, config says.
func (d *decoder) says(t *toml.Table, key string, s *gazette.Issue) {
	e := t.Entry(key)
	if e == nil || e.Value.Kind != toml.String {
		return
	}
	for _, m := range gazette.PeriodicalWords(e.Value.Text) {
		d.file.word(m.Word, Within(e.Value.Pos, e.Value.Text, m))
	}
}

// maxWords is how many of an issue's words are kept: nobody reads more findings.
const maxWords = 50

// word adds one of Issue.Words with its place.
func (f *File) word(w string, pos diag.Pos) {
	if len(f.Issue.Words) == maxWords {
		return
	}
	f.Positions["words."+strconv.Itoa(len(f.Issue.Words))] = pos
	f.Issue.Words = append(f.Issue.Words, w)
}

// Within returns the place of a mention in a TOML string at pos: of the whole
// string, where escapes or line breaks make it longer than its text.
func Within(pos diag.Pos, text string, m gazette.Mention) diag.Pos {
	if pos.End-pos.Col != utf8.RuneCountInString(text)+2 {
		return pos
	}
	pos.Col += 1 + m.At
	pos.End = pos.Col + utf8.RuneCountInString(m.Word)
	return pos
}

// note looks for such words in the body of an issue (编者按). Titles in 《》 are
// those of documents: what they say is not said by the gazette.
func (f *File) note() {
	n := f.BodyLine
	for line := range bytes.Lines(f.Body) {
		for _, m := range gazette.PeriodicalWords(blankTitles(string(line))) {
			col := 1 + m.At
			f.word(m.Word, diag.Pos{File: Name(f.Path), Line: n, Col: col, End: col + utf8.RuneCountInString(m.Word)})
		}
		n++
	}
}

// blankTitles puts a full stop in place of every rune between 《 and 》.
func blankTitles(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '《':
			depth++
		case r == '》':
			depth = max(0, depth-1)
		case depth > 0 && r != '\n':
			return '。'
		}
		return r
	}, s)
}
