package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"gongbao/internal/diag"
	"gongbao/internal/ledger"
)

type recordCmd struct {
	AsOf string `name:"as-of" placeholder:"DATE" help:"${help_as-of}"`
}

// Run appends to content/data/ledger/<year>.ndjson. Nothing is recorded while
// there are errors: what cannot be published was not published.
func (c *recordCmd) Run(a *app) error {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	if errors, _ := diag.Count(s.Findings); errors > 0 {
		a.print(a.stderr, s.Findings, false)
		return errFindings
	}
	at := s.Catalog.AsOf.String() + "T00:00:00+08:00"
	if c.AsOf == "" {
		at = time.Now().In(beijing).Format(time.RFC3339)
	}
	lines := s.Record(at)
	if len(lines) == 0 {
		fmt.Fprintln(a.stderr, a.strings.T("record.none"))
		return nil
	}
	b, err := ledger.Append(lines)
	if err != nil {
		return err
	}
	name := filepath.Join(a.Dir, "content", "data", "ledger", at[:4]+".ndjson")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, a.strings.T("record.done", strconv.Itoa(len(lines))))
	return nil
}
