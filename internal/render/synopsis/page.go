package synopsis

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"gongbao/internal/compare"
)

//go:embed page.html
var pageText string

// A page is what the template gets.
type page struct {
	Lang, Heading, Summary, Note, Only string
	OldWord, NewWord, KindWord         string
	Old, New                           Head
	OldDetails, NewDetails             string
	Title                              compare.Row
	Rows                               []pageRow
}

type pageRow struct {
	compare.Row
	Word  string
	Label string
}

// HTML returns the comparison as one page, with every row in full. It needs no
// other file, no script and no network.
func HTML(in Input) ([]byte, error) {
	t := in.Texts
	p := page{
		Lang: in.Lang, Heading: t.T("diff.title"), Summary: in.summary(), Note: t.T("diff.note"), Only: t.T("diff.only"),
		OldWord: t.T("diff.old"), NewWord: t.T("diff.new"), KindWord: t.T("diff.kind"),
		Old: in.Old, New: in.New, OldDetails: in.Old.details(), NewDetails: in.New.details(), Title: in.Table.Title,
	}
	for _, r := range in.Table.Rows {
		p.Rows = append(p.Rows, pageRow{r, t.T("diff.kind." + string(r.Kind)), label(r)})
	}
	tmpl, err := template.New("page").Parse(pageText)
	if err != nil {
		return nil, fmt.Errorf("page.html: %w", err)
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, p); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
