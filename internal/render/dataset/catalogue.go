package dataset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/sheet"
	"gongbao/internal/sqlite"
)

// A column of the catalogue. Label is its key in the words of the site, for people;
// programs get the name.
type column struct {
	name, label string
	value       func(d *Document, e *catalog.Entry) string
}

const between = "；" // of several values in one cell

var columns = []column{
	{"id", "field.id", func(d *Document, _ *catalog.Entry) string { return d.ID }},
	{"title", "meta.title", func(d *Document, _ *catalog.Entry) string { return d.Title }},
	{"number", "meta.number", func(d *Document, _ *catalog.Entry) string { return d.Number }},
	{"issuers", "meta.issuers", func(d *Document, _ *catalog.Entry) string { return strings.Join(d.Issuers, between) }},
	{"class", "meta.class", func(d *Document, _ *catalog.Entry) string { return d.Class }},
	{"kind", "meta.kind", func(d *Document, _ *catalog.Entry) string { return d.Kind }},
	{"form", "meta.form", func(d *Document, _ *catalog.Entry) string { return d.Form }},
	{"level", "meta.level", func(d *Document, _ *catalog.Entry) string { return d.Level }},
	{"signed", "meta.signed", func(d *Document, _ *catalog.Entry) string { return d.Signed }},
	{"printed", "meta.printed", func(d *Document, _ *catalog.Entry) string { return d.Printed }},
	{"promulgated", "meta.promulgated", func(d *Document, _ *catalog.Entry) string { return d.Promulgated }},
	{"published", "meta.published", func(d *Document, _ *catalog.Entry) string { return d.Published }},
	{"first_day", "meta.effective", func(_ *Document, e *catalog.Entry) string { return day(e.FirstDay()) }},
	{"last_day", "meta.last-day", func(_ *Document, e *catalog.Entry) string { return day(e.LastDay()) }},
	{"force", "meta.status", func(d *Document, _ *catalog.Entry) string { return d.Status.Force }},
	{"force_from", "data.force-from", func(d *Document, _ *catalog.Entry) string { return d.Status.From }},
	{"force_to", "data.force-to", func(d *Document, _ *catalog.Entry) string { return d.Status.To }},
	{"text", "meta.text", func(d *Document, _ *catalog.Entry) string { return d.Status.Text }},
	{"shelf", "meta.shelf", func(d *Document, _ *catalog.Entry) string { return d.Status.Shelf }},
	{"disclosure", "meta.disclosure", func(d *Document, _ *catalog.Entry) string { return d.Disclosure }},
	{"registration", "meta.registration", func(d *Document, _ *catalog.Entry) string { return d.Registration }},
	{"index", "meta.index", func(d *Document, _ *catalog.Entry) string { return d.Index }},
	{"topics", "meta.topics", func(d *Document, _ *catalog.Entry) string { return strings.Join(d.Topics, between) }},
	{"keywords", "meta.keywords", func(d *Document, _ *catalog.Entry) string { return strings.Join(d.Keywords, between) }},
	{"drafter", "meta.drafter", func(d *Document, _ *catalog.Entry) string { return d.Drafter }},
	{"origin", "meta.origin", func(_ *Document, e *catalog.Entry) string { return e.Document.Origin.Name }},
	{"issue", "meta.issue", func(d *Document, _ *catalog.Entry) string {
		if d.Issue == nil {
			return ""
		}
		return strconv.Itoa(d.Issue.Year) + "-" + strconv.Itoa(d.Issue.No)
	}},
	{"page", "field.page", func(d *Document, _ *catalog.Entry) string {
		if d.Issue == nil || d.Issue.Page == 0 {
			return ""
		}
		return strconv.Itoa(d.Issue.Page)
	}},
	{"address", "data.address", func(d *Document, _ *catalog.Entry) string { return cmp.Or(d.URL, d.Address) }},
}

func day(d gazette.Date, _ bool) string { return d.String() }

// documents calls f for every document that has a file, newest first, with what is
// said of it without its text.
func (s *Source) documents(f func(d *Document, e *catalog.Entry) bool) {
	for _, e := range s.Catalog.Documents {
		if e.Shelf == gazette.Withdrawn {
			continue
		}
		d := s.about(e)
		if !f(&d, e) {
			return
		}
	}
}

// csv is the catalogue for programs.
func (s *Source) csv() ([]byte, error) {
	rows := [][]string{make([]string, len(columns))}
	for i, c := range columns {
		rows[0][i] = c.name
	}
	s.documents(func(d *Document, e *catalog.Entry) bool {
		rows = append(rows, cells(d, e))
		return true
	})
	return sheet.CSV(rows)
}

func cells(d *Document, e *catalog.Entry) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.value(d, e)
	}
	return row
}

// workbook is the catalogue for people: with the words of the site.
func (s *Source) workbook(w Words) ([]byte, error) {
	t := sheet.Table{Name: w.T("data.documents"), Rows: [][]string{make([]string, len(columns))}}
	for i, c := range columns {
		t.Rows[0][i] = w.T(c.label)
		width := 14.0
		switch c.name {
		case "title", "address", "id":
			width = 48
		case "number", "issuers", "topics", "keywords":
			width = 26
		}
		t.Widths = append(t.Widths, width)
	}
	s.documents(func(d *Document, e *catalog.Entry) bool {
		row := cells(d, e)
		for i, c := range columns {
			switch prefix := map[string]string{"force": "force.", "text": "text.", "shelf": "shelf."}[c.name]; {
			case prefix == "":
			case w.Has(prefix + row[i]):
				row[i] = w.T(prefix + row[i])
			default:
				row[i] = "" // nothing is claimed
			}
		}
		t.Rows = append(t.Rows, row)
		return true
	})
	return sheet.XLSX(t)
}

// database is the catalogue with its relations, intervals and topics as tables.
func (s *Source) database() ([]byte, error) {
	type list = [][]any
	var issuers, intervals, relations, terms, issues list
	rows := func(yield func([]any) bool) {
		s.documents(func(d *Document, e *catalog.Entry) bool {
			for i, name := range d.Issuers {
				issuers = append(issuers, []any{d.ID, i + 1, name})
			}
			for i, iv := range d.Intervals {
				intervals = append(intervals, []any{d.ID, i + 1, iv.Force, iv.From, iv.To})
			}
			for i, r := range d.Relations {
				to, title := "", ""
				if r.Document != nil {
					to, title = r.Document.ID, r.Document.Title
				}
				relations = append(relations, []any{d.ID, i + 1, r.Kind, r.Target, to, title, cmp.Or(r.Works, r.From), r.Until, strings.Join(r.Articles, between), r.Read})
			}
			for _, t := range d.Topics {
				terms = append(terms, []any{d.ID, "topic", t})
			}
			for _, t := range d.Keywords {
				terms = append(terms, []any{d.ID, "keyword", t})
			}
			cs := cells(d, e)
			row := make([]any, len(cs))
			for i, c := range cs {
				row[i] = c
			}
			return yield(row)
		})
	}
	documents := sqlite.Table{Name: "documents", Primary: []string{"id"}, Index: []string{"number", "force", "signed"}, Rows: rows}
	for _, c := range columns {
		kind := "TEXT"
		if c.name == "page" {
			kind = "INTEGER"
		}
		documents.Columns = append(documents.Columns, sqlite.Column{Name: c.name, Type: kind})
	}
	for _, e := range s.Catalog.Issues {
		i := e.Digest.Issue
		issues = append(issues, []any{strconv.Itoa(i.Year) + "-" + strconv.Itoa(i.No), i.Year, i.No, i.Running, i.Title, i.Date.String(), e.Address})
	}
	later := func(l *list) func(yield func([]any) bool) { // filled while documents are written
		return func(yield func([]any) bool) { slices.Values(*l)(yield) }
	}
	return sqlite.Write([]sqlite.Table{
		documents,
		{Name: "issuers", Columns: named("document TEXT", "n INTEGER", "name TEXT"), Primary: []string{"document", "n"}, Index: []string{"name"}, Rows: later(&issuers)},
		{Name: "intervals", Columns: named("document TEXT", "n INTEGER", "force TEXT", "from TEXT", "to TEXT"), Primary: []string{"document", "n"}, Rows: later(&intervals)},
		{Name: "relations", Columns: named("document TEXT", "n INTEGER", "kind TEXT", "target TEXT", "target_document TEXT", "target_title TEXT",
			"from TEXT", "until TEXT", "articles TEXT", "read INTEGER"), Primary: []string{"document", "n"}, Index: []string{"target_document"}, Rows: later(&relations)},
		{Name: "terms", Columns: named("document TEXT", "kind TEXT", "term TEXT"), Index: []string{"document", "term"}, Rows: later(&terms)},
		{Name: "issues", Columns: named("id TEXT", "year INTEGER", "no INTEGER", "running INTEGER", "title TEXT", "date TEXT", "address TEXT"), Primary: []string{"id"}, Rows: later(&issues)},
	})
}

// named are columns, each as its name and type.
func named(list ...string) []sqlite.Column {
	out := make([]sqlite.Column, len(list))
	for i, s := range list {
		out[i].Name, out[i].Type, _ = strings.Cut(s, " ")
	}
	return out
}
