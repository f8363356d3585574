package main

import (
	"fmt"

	"gongbao/internal/diag"
)

type checkCmd struct {
	Strict bool   `help:"help.strict"`
	List   bool   `help:"help.check-list"`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.as-of"`
	Format string `enum:"text,short,json,sarif,junit,md" default:"text" help:"help.format"`
}

func (c *checkCmd) Run(a *app) error {
	if c.Format == "md" && !c.List {
		return usageError{"usage.check-md", nil}
	}
	if c.List && c.Format == "md" {
		return diag.Document(a.stdout, a.strings)
	}
	if c.List {
		for _, r := range diag.Rules() {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\n", r.ID, r.Severity, a.strings.Pattern("rule."+r.ID), r.Source)
		}
		return nil
	}
	s, err := a.loadPrinted(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	_, more := s.Units() // layouts and links of the menu
	findings := diag.Sort(append(s.Findings, more...))
	return a.deliverFindings(findings, c.Strict, c.Format)
}
