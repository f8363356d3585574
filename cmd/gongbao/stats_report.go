package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/sheet"
	"gongbao/internal/stats"
)

// report writes the figures of a quarter or a year for the report on openness, or
// how much of what departments made was printed.
func (c *statsCmd) report(a *app, cat *catalog.Catalog) error {
	year, quarter := c.Year, 0
	if c.Quarter != "" {
		y, q, ok := strings.Cut(c.Quarter, "-")
		var err, errQ error
		year, err = strconv.Atoi(y)
		quarter, errQ = strconv.Atoi(strings.TrimPrefix(q, "Q"))
		if !ok || err != nil || errQ != nil || quarter < 1 || quarter > 4 || c.Year != 0 {
			return usageError{"usage.stats-quarter", nil}
		}
	}
	last := int(cat.AsOf.Year)
	if year == 0 {
		year = last
	}
	if quarter > 0 && year == last && 3*quarter-2 > int(cat.AsOf.Month) {
		return usageError{"usage.stats-quarter", nil}
	}
	if year < firstYear || year > last {
		return usageError{"usage.stats-year", []string{strconv.Itoa(firstYear), strconv.Itoa(last), strconv.Itoa(year)}}
	}
	kind, of := "report.title", stats.ReportOf
	if c.Printed {
		kind, of = "report.printed", stats.PrintedOf
	}
	title := a.strings.T(kind+"-year", strconv.Itoa(year))
	if quarter > 0 {
		title = a.strings.T(kind+"-quarter", strconv.Itoa(year), strconv.Itoa(quarter))
	}
	b, err := c.encode(of(cat, year, quarter, a.strings.T), title, a.strings.T)
	if err != nil {
		return err
	}
	if c.Output != "" {
		return replace(c.Output, b)
	}
	if c.Format == "xlsx" {
		if info, err := os.Stdout.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return usageError{"usage.stats-xlsx", nil}
		}
	}
	if _, err := a.stdout.Write(b); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// A reportObject is what a report is for machines. Fields are added, never renamed.
type reportObject struct {
	Title     string           `json:"title"`
	From      string           `json:"from"`
	To        string           `json:"to"`
	Tables    []tableObject    `json:"tables"`
	Documents []documentsOfOne `json:"documents"`
}

type tableObject struct {
	Title string     `json:"title"`
	Note  string     `json:"note,omitempty"`
	Rows  [][]string `json:"rows"`
}

type documentsOfOne struct {
	Figure string   `json:"figure"`
	Paths  []string `json:"paths"`
}

func (c *statsCmd) encode(r stats.Report, title string, w stats.Words) ([]byte, error) {
	switch c.Format {
	case "json":
		o := reportObject{Title: title, From: r.From.String(), To: r.To.String(), Tables: []tableObject{}, Documents: []documentsOfOne{}}
		for _, t := range r.Tables {
			o.Tables = append(o.Tables, tableObject(t))
		}
		for _, d := range r.Documents {
			o.Documents = append(o.Documents, documentsOfOne{d.Figure, pathsOf(d.Entries)})
		}
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		err := enc.Encode(o)
		return []byte(b.String()), err
	case "csv":
		return sheet.CSV(r.Rows())
	case "xlsx":
		return sheet.XLSX(r.Sheets(w)...)
	}
	return []byte(r.Markdown(title, w)), nil
}
