package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/ledger"
	"gongbao/internal/publish"
)

type recordCmd struct {
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.record-as-of"`
	Output string `placeholder:"DIR" help:"help.record-output"`
}

// Run appends to content/data/ledger/<year>.ndjson what stands in the output.
// Nothing is recorded while there are errors, or while the output is not what
// content/ would make: what cannot be published was not published.
func (c *recordCmd) Run(a *app) error {
	if err := a.siteError(""); err != nil {
		return err
	}
	output := a.output(c.Output)
	if output == "" {
		output = filepath.Join(a.Dir, "public")
	}
	day := c.AsOf
	if day == "" {
		if day = builtOn(output); day == "" {
			fmt.Fprintln(a.stderr, a.strings.T("record.no-output", output))
			return errFindings
		}
	}
	release, err := build.Lock(a.Dir, output)
	if err != nil {
		return a.explain(err)
	}
	return errors.Join(c.record(a, day, output), release())
}

// record does the work of Run, alone with the output and the ledger.
func (c *recordCmd) record(a *app, day, output string) error {
	lines, at, err := c.lines(a, day, output)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		fmt.Fprintln(a.stderr, a.strings.T("record.none"))
		return nil
	}
	if err := appendLedger(a.Dir, at, lines); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, a.strings.T("record.done", strconv.Itoa(len(lines))))
	return nil
}

// builtOn returns the day for which the site in an output was built; "" where
// there is none.
func builtOn(output string) string {
	var status struct{ Built string }
	b, err := os.ReadFile(filepath.Join(output, "status.json"))
	if err != nil || json.Unmarshal(b, &status) != nil {
		return ""
	}
	return status.Built
}

// lines returns what is to be recorded, and the time of the record.
func (c *recordCmd) lines(a *app, day, output string) (lines []ledger.Line, at string, err error) {
	s, err := a.loadPrinted(day, false)
	if err != nil {
		return nil, "", err
	}
	defer s.Close()
	units, more := s.Units()
	findings := diag.Sort(append(s.Findings, more...))
	if errors, _ := diag.Count(findings); errors > 0 {
		a.print(a.stderr, findings, false)
		return nil, "", errFindings
	}
	out, err := publish.Read(output, filepath.Join(a.Dir, ".gongbao"))
	if err != nil {
		return nil, "", err
	}
	stale, err := s.Stale(a.ctx, units, out)
	if err != nil {
		return nil, "", err
	}
	if stale != "" {
		key := "record.stale"
		if !out.Has("index.html") {
			key = "record.no-output"
		}
		fmt.Fprintln(a.stderr, a.strings.T(key, output, stale))
		return nil, "", errFindings
	}
	at = recordedAt(c.AsOf)
	lines, err = s.Record(at, out)
	return lines, at, err
}

// recordedAt is the time of a record: now, or the day of --as-of.
func recordedAt(day string) string {
	if day == "" {
		return time.Now().In(beijing).Format(time.RFC3339)
	}
	return day + "T00:00:00+08:00"
}

// appendLedger writes behind the ledger of the year of the record.
func appendLedger(root, at string, lines []ledger.Line) error {
	b, err := ledger.Append(lines)
	if err != nil {
		return err
	}
	return appendLines(filepath.Join(root, "content", "data", "ledger", at[:4]+".ndjson"), b)
}
