package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"gongbao/internal/catalog"
	"gongbao/internal/source"
	"gongbao/internal/stats"
)

type statsCmd struct {
	Year   int    `placeholder:"YEAR" help:"help.stats-year"`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.stats-as-of"`
	Strict bool   `help:"help.stats-strict"`
	Format string `enum:"text,json,csv,md,xlsx" default:"text" help:"help.format"`

	Quarter string `placeholder:"YEAR-Q" help:"help.stats-quarter"`
	Report  bool   `help:"help.stats-report"`
	Printed bool   `help:"help.stats-printed"`

	Withheld bool   `help:"help.stats-withheld"`
	Output   string `short:"o" placeholder:"FILE" help:"help.stats-output"`
	Apply    string `placeholder:"SHEET" help:"help.stats-apply"`
}

// A statsObject is one line of `stats --format json`. Fields are added, never
// renamed.
type statsObject struct {
	Year             int            `json:"year"`
	Class            string         `json:"class"`
	On               string         `json:"on"`
	Made             int            `json:"made"`
	Ended            int            `json:"ended"`
	InForce          int            `json:"in_force"`
	Previous         int            `json:"previous"`
	Gap              int            `json:"gap"` // 0 where in_force = previous + made - ended
	MadeDocuments    []string       `json:"made_documents"`
	EndedDocuments   []string       `json:"ended_documents"`
	InForceDocuments []string       `json:"in_force_documents"`
	Reasons          []reasonObject `json:"reasons"`
}

type reasonObject struct {
	Path  string `json:"path"`
	Why   string `json:"why"`
	Delta int    `json:"delta"`
}

func (c *statsCmd) Run(a *app) error {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Withheld && (c.Printed || c.Report || c.Quarter != "") {
		return usageError{"usage.stats-printed", nil}
	}
	if c.Withheld {
		return c.withheld(a, s.Catalog)
	}
	if c.Apply != "" {
		return usageError{"usage.stats-withheld", nil}
	}
	if c.Report || c.Printed || c.Quarter != "" || c.Format == "md" || c.Format == "xlsx" {
		return c.report(a, s.Catalog)
	}
	if c.Output != "" {
		return usageError{"usage.stats-withheld", nil}
	}
	rows := []stats.Row(nil)
	switch last := int(s.Catalog.AsOf.Year); {
	case c.Year == 0:
		rows = stats.Years(s.Catalog)
	case c.Year < firstYear || c.Year > last:
		return usageError{"usage.stats-year", []string{strconv.Itoa(firstYear), strconv.Itoa(last), strconv.Itoa(c.Year)}}
	default:
		rows = stats.Year(s.Catalog, c.Year)
	}
	switch c.Format {
	case "json":
		err = a.statsJSON(rows)
	case "csv":
		err = a.statsCSV(rows)
	default:
		for _, r := range rows {
			a.statsText(r)
		}
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	for _, r := range rows {
		if c.Strict && r.Gap() != 0 {
			return errFindings
		}
	}
	return nil
}

// firstYear is the first that is counted.
const firstYear = 1949

func (a *app) statsJSON(rows []stats.Row) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	for _, r := range rows {
		o := statsObject{
			Year: r.Year, Class: string(r.Class), On: r.On.String(), Made: len(r.Made), Ended: len(r.Ended), InForce: len(r.InForce),
			Previous: r.Previous, Gap: r.Gap(), MadeDocuments: pathsOf(r.Made), EndedDocuments: pathsOf(r.Ended),
			InForceDocuments: pathsOf(r.InForce), Reasons: []reasonObject{},
		}
		for _, x := range r.Reasons {
			o.Reasons = append(o.Reasons, reasonObject{source.Name(x.Entry.Path), string(x.Why), x.Delta})
		}
		if err := enc.Encode(o); err != nil {
			return err
		}
	}
	return nil
}

func pathsOf(es []*catalog.Entry) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = source.Name(e.Path)
	}
	return out
}

func (a *app) statsCSV(rows []stats.Row) error {
	w := csv.NewWriter(a.stdout)
	var head []string
	for _, k := range []string{"year", "class", "previous", "made", "ended", "in-force", "gap"} {
		head = append(head, a.strings.T("stats."+k))
	}
	if err := w.Write(head); err != nil {
		return err
	}
	for _, r := range rows {
		line := []string{strconv.Itoa(r.Year), string(r.Class)}
		for _, n := range []int{r.Previous, len(r.Made), len(r.Ended), len(r.InForce), r.Gap()} {
			line = append(line, strconv.Itoa(n))
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// statsText writes one row, what breaks the identity, and with -v the documents
// of each figure.
func (a *app) statsText(r stats.Row) {
	t := a.strings
	made, ended, inForce := strconv.Itoa(len(r.Made)), strconv.Itoa(len(r.Ended)), strconv.Itoa(len(r.InForce))
	fmt.Fprintln(a.stdout, t.T("stats.row", strconv.Itoa(r.Year), string(r.Class), made, ended, inForce, r.On.String()))
	if gap := r.Gap(); gap != 0 {
		fmt.Fprintln(a.stdout, "  "+t.T("stats.broken", inForce, strconv.Itoa(r.Previous), made, ended, fmt.Sprintf("%+d", gap)))
	}
	if r.Gap() != 0 || a.Verb {
		for _, x := range r.Reasons {
			fmt.Fprintf(a.stdout, "  %+d  %s  ", x.Delta, t.T("stats.why."+string(x.Why)))
			a.statsEntry(x.Entry)
		}
	}
	if !a.Verb {
		return
	}
	for _, list := range []struct {
		key string
		es  []*catalog.Entry
	}{{"made", r.Made}, {"ended", r.Ended}, {"in-force", r.InForce}} {
		for _, e := range list.es {
			fmt.Fprintf(a.stdout, "    %s  ", t.T("stats."+list.key))
			a.statsEntry(e)
		}
	}
}

func (a *app) statsEntry(e *catalog.Entry) {
	fmt.Fprintf(a.stdout, "%s  %s  %s\n", source.Name(e.Path), e.Document.Number, e.Title())
}
