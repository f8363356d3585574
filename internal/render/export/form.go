package export

import (
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/docx"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// A Review is what the form of the review before publication says: the document,
// the steps of [gate] review, what the look at its files found, and what of
// that was cleared. AsOf is the day of the look.
type Review struct {
	Document *gazette.Document
	Files    int // published beside it: attachments, and what its text links and shows
	Steps    []string
	Findings []diag.Finding
	Cleared  []source.Cleared
	AsOf     gazette.Date
	Texts    diag.Strings
}

// Form returns the 公开（保密）审查表 as .docx, to be signed on paper. Steps that the
// document shows already are filled in. Values are masked, as in all findings.
func Form(r Review) ([]byte, error) {
	t, d := r.Texts, r.Document
	var rows [][]docx.Cell
	wide := func(key string, lines ...string) {
		c := docx.Cell{Span: 3}
		for _, l := range lines {
			c.Paragraphs = append(c.Paragraphs, docx.Text(l))
		}
		rows = append(rows, []docx.Cell{label(t.T(key)), c})
	}
	pair := func(first, a, second, b string) {
		rows = append(rows, []docx.Cell{label(t.T(first)), docx.TextCell(a), label(t.T(second)), docx.TextCell(b)})
	}
	wide("form.document", d.Title)
	pair("form.number", d.Number, "form.signed", d.Signed.Zh())
	wide("form.issuers", strings.Join(d.Issuers, "　"))
	pair("form.disclosure", string(d.Disclosure), "form.published", d.Published.Date.Zh())
	pair("form.drafter", d.Drafter, "form.attachments", strconv.Itoa(r.Files))
	wide("form.results", r.results()...)
	for _, step := range r.Steps {
		by, on := "", "　　　　年　　月　　日"
		for _, x := range d.Reviews {
			if x.Step == step {
				by = x.By
				if !x.On.IsZero() {
					on = x.On.Zh()
				}
			}
		}
		c := docx.Cell{Span: 3, Paragraphs: [][]docx.Run{
			docx.Text(t.T("form.opinion")), docx.Text(""), docx.Text(t.T("form.by", by, on)),
		}}
		rows = append(rows, []docx.Cell{label(step), c})
	}
	return docx.Write(docx.Document{Title: t.T("form.title"), Blocks: []docx.Block{
		{Table: &docx.Table{Widths: []int{4, 6, 4, 6}, Rows: rows}},
		{Runs: docx.Text(t.T("form.note", r.AsOf.Zh())), Flush: true},
	}})
}

func label(text string) docx.Cell {
	c := docx.TextCell(text)
	c.Align = docx.Center
	return c
}

// results are what was found, file by file, and what was cleared and why.
func (r *Review) results() []string {
	t := r.Texts
	var out []string
	for _, f := range r.Findings {
		at := strings.TrimPrefix(f.Pos.File, "content/")
		if f.Pos.Line > 0 {
			at += ":" + strconv.Itoa(f.Pos.Line)
		}
		out = append(out, at+"　"+t.Finding("rule."+f.Rule, f))
	}
	for _, c := range r.Cleared {
		what := strings.TrimRight(t.Pattern("rule."+c.Rule), "：: …")
		out = append(out, t.T("form.cleared", c.File, what, strconv.Itoa(c.Count), c.Reason, c.By, c.On.Zh()))
	}
	if out == nil {
		out = []string{t.T("form.nothing")}
	}
	return out
}
