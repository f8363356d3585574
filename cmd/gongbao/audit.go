package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongbao/internal/audit"
	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/publish"
)

type auditCmd struct {
	Strict bool   `help:"help.strict"`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"help.as-of"`
	Output string `placeholder:"DIR" help:"help.audit-output"`
	Format string `enum:"text,short,json,sarif,junit" default:"text" help:"help.format"`
}

// Run inspects the site that stands in the output. One that content/ has outrun is
// inspected all the same, with a word about it.
func (c *auditCmd) Run(a *app) error {
	if err := a.siteError(""); err != nil {
		return err
	}
	output := a.output(c.Output)
	if output == "" {
		output = filepath.Join(a.Dir, "public")
	}
	if builtOn(output) == "" {
		return errors.New(a.strings.T("audit.no-output", output))
	}
	release, err := build.Lock(a.Dir, output)
	if err != nil {
		return a.explain(err)
	}
	return errors.Join(c.audit(a, output), release())
}

// audit does the work of Run, alone with the output.
func (c *auditCmd) audit(a *app, output string) error {
	s, err := a.loadPrinted(c.AsOf, false)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.stale(a, s, output); err != nil {
		return err
	}
	root, err := os.OpenRoot(a.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	findings, err := audit.Site(audit.Input{Output: os.DirFS(output), Name: a.fromRoot(output), Root: root.FS(), Catalog: s.Catalog})
	if err != nil {
		return err
	}
	return a.deliverFindings(findings, c.Strict, c.Format)
}

// stale says when a build would change pages. The file that holds the day of the
// build alone does not count.
func (c *auditCmd) stale(a *app, s *build.Site, output string) error {
	units, _ := s.Units()
	out, err := publish.Read(output, filepath.Join(a.Dir, ".gongbao"))
	if err != nil {
		return err
	}
	for i := range units {
		if units[i].Path == "status.json" {
			units = append(units[:i:i], units[i+1:]...)
			break
		}
	}
	stale, err := s.Stale(a.ctx, units, out)
	if err == nil && stale != "" && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("audit.stale", output, stale))
	}
	return err
}

// fromRoot is a folder as findings name it: from the root of the site.
func (a *app) fromRoot(dir string) string {
	root, err := filepath.Abs(a.Dir)
	if err != nil {
		return filepath.ToSlash(dir)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return filepath.ToSlash(dir)
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return filepath.ToSlash(dir) // another drive
	}
	return filepath.ToSlash(rel)
}

// deliverFindings prints findings in one of the formats of check and audit; an
// error among them is errFindings.
func (a *app) deliverFindings(findings []diag.Finding, strict bool, format string) (err error) {
	if strict {
		findings = diag.Strict(findings)
	}
	switch format {
	case "json":
		err = diag.JSON(a.stdout, findings, a.strings)
	case "sarif":
		err = diag.SARIF(a.stdout, findings, a.strings)
	case "junit":
		err = diag.JUnit(a.stdout, findings, a.strings)
	default:
		a.print(a.stdout, findings, format == "short")
	}
	if err != nil {
		return err
	}
	if wrong, _ := diag.Count(findings); wrong > 0 {
		return errFindings
	}
	return nil
}
