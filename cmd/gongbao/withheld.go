package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/importer"
	"gongbao/internal/ledger"
	"gongbao/internal/sheet"
	"gongbao/internal/stats"
)

// withheld puts a document that is not public on record: number, attribute,
// reason, day of review. Its text never enters content/.
func (c *newCmd) withheld(a *app) error {
	attribute := gazette.Disclosure(c.Attribute)
	_, known := gazette.ParseNumber(c.Name)
	_, err := gazette.ParseDate(c.Review)
	if !known || err != nil || attribute != gazette.OnRequest && attribute != gazette.NotPublic ||
		c.Reason != "" && !slices.Contains(gazette.Reasons(), c.Reason) || attribute == gazette.NotPublic && c.Reason == "" {
		return usageError{"usage.withheld", nil}
	}
	if err := putWithheld(a.Dir, []ledger.Withheld{{Number: c.Name, Attribute: c.Attribute, Reason: c.Reason, Review: c.Review}}); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("new.withheld", c.Name))
	}
	return nil
}

// putWithheld appends lines to the record of what is not public.
func putWithheld(root string, lines []ledger.Withheld) error {
	now := time.Now().In(beijing).Format(time.RFC3339)
	for i := range lines {
		lines[i].At = now
	}
	b, err := ledger.AppendWithheld(lines)
	if err != nil {
		return err
	}
	return appendLines(filepath.Join(root, filepath.FromSlash(ledger.WithheldFile)), b)
}

// withhold puts texts that say that they are not public on record, and leaves
// them out: what was ever committed cannot be taken back. An error-level finding
// keeps a text from becoming a file.
func (c *importCmd) withhold(a *app, root string, texts []*importer.Imported) error {
	var lines []ledger.Withheld
	var known ledger.Ledger
	if b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(ledger.WithheldFile))); err == nil {
		known.Read(ledger.WithheldFile, b)
	}
	for _, im := range texts {
		d := &im.Derived.Document
		if !im.Usable() || d.Disclosure != gazette.OnRequest && d.Disclosure != gazette.NotPublic {
			continue
		}
		note := a.strings.T("import.withheld-nameless")
		if c.DryRun {
			note = ""
		} else if d.Number != "" {
			note = a.strings.T("import.withheld", d.Number)
			if w := (ledger.Withheld{Number: d.Number, Attribute: string(d.Disclosure)}); !slices.ContainsFunc(known.Withheld(), func(o ledger.Withheld) bool { return o.Number == w.Number }) {
				lines = append(lines, w)
			}
		}
		at := diag.Pos{File: im.Name, Line: im.Derived.Evidence["disclosure"].Line}
		im.Findings = append(im.Findings, diag.New("import-withheld", at, string(d.Disclosure), note))
	}
	if lines == nil || c.DryRun {
		return nil
	}
	return putWithheld(root, lines)
}

// withheld prints what is not public for the self-check, writes its sheet, or
// takes a filled-in one: all of it or, where a row is wrong, nothing.
func (c *statsCmd) withheld(a *app, cat *catalog.Catalog) error {
	var ws []ledger.Withheld
	if cat.Ledger != nil {
		ws = cat.Ledger.Withheld()
	}
	t := stats.Withheld(ws, cat.AsOf)
	switch {
	case c.Apply != "":
		b, err := readLimited(c.Apply)
		if err != nil {
			return err
		}
		rows, err := sheet.Read(b)
		if err != nil {
			return err
		}
		lines, wrong := stats.Reviewed(rows, ws, cat.AsOf)
		for _, w := range wrong {
			fmt.Fprintf(a.stderr, "%s:%d: %s\n", c.Apply, w.Row, a.strings.T(w.Key, w.Args...))
		}
		if len(wrong) > 0 {
			return errFindings
		}
		if len(lines) > 0 {
			if err := putWithheld(a.Dir, lines); err != nil {
				return err
			}
		}
		fmt.Fprintln(a.stderr, a.strings.T("withheld.applied", fmt.Sprint(len(lines))))
		return nil
	case c.Output != "":
		b, err := sheet.XLSX(t)
		if filepath.Ext(c.Output) == ".csv" {
			b, err = sheet.CSV(t.Rows)
		}
		if err != nil {
			return err
		}
		return replace(c.Output, b)
	}
	due := 0
	for _, w := range ws {
		if stats.Due(w, cat.AsOf) {
			due++
		}
		fmt.Fprintln(a.stdout, strings.Join([]string{w.Number, w.Attribute, w.Reason, w.Review}, "\t"))
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("withheld.count", fmt.Sprint(len(ws)), fmt.Sprint(due)))
	}
	return nil
}
