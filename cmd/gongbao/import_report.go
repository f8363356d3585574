package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"gongbao/internal/importer"
	"gongbao/internal/sheet"
)

// writeReport writes one row for each text: what was read, what was not, what
// was taken out. The ending of the name chooses a workbook or CSV.
func writeReport(a *app, name string, texts []*importer.Imported) error {
	head := []string{"file", "title", "number", "kind", "issuers", "signed", "unread", "removed", "findings"}
	rows := [][]string{nil}
	for _, h := range head {
		rows[0] = append(rows[0], a.strings.T("import.report-"+h))
	}
	for _, im := range texts {
		d := &im.Derived.Document
		var removed, findings []string
		for _, r := range im.Cleaned {
			removed = append(removed, r.Cleaner+" "+strconv.Itoa(r.Line)+"："+r.Text)
		}
		for _, f := range im.Findings {
			findings = append(findings, a.strings.Finding("rule."+f.Rule, f))
		}
		rows = append(rows, []string{
			im.Name, d.Title, d.Number, d.Kind, strings.Join(d.Issuers, "、"), d.Signed.String(),
			strings.Join(im.Unread(), " "), strings.Join(removed, "\n"), strings.Join(findings, "\n"),
		})
	}
	var b []byte
	var err error
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		b, err = sheet.XLSX(sheet.Table{Name: a.strings.T("import.report"), Rows: rows, Widths: []float64{30, 50, 24, 10, 30, 12, 24, 60, 40}})
	} else {
		b, err = sheet.CSV(rows)
	}
	if err != nil {
		return err
	}
	return replace(name, b)
}
