package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
	"gongbao/internal/source"
)

type pdfCmd struct {
	Issue    string `placeholder:"YYYY-NN" xor:"what" help:"help.pdf-issue"`
	Document string `placeholder:"NUMBER" xor:"what" help:"help.pdf-document"`
	Labels   bool   `xor:"what" help:"help.pdf-labels"`
	Official bool   `help:"help.pdf-official"`
	For      string `enum:"screen,print,archive,proof" default:"screen" help:"help.pdf-for"`
	Crop     bool   `help:"help.pdf-crop"`
	Output   string `short:"o" placeholder:"FILE" help:"help.pdf-output"`
}

func (c *pdfCmd) Run(a *app) error {
	switch {
	case c.Issue == "" && c.Document == "" && !c.Labels:
		return usageError{"usage.pdf-what", nil}
	case c.Official && c.Document == "":
		return usageError{"usage.pdf-official", nil}
	case c.Crop && c.For != string(press.Print):
		return usageError{"usage.pdf-crop", nil}
	}
	s, err := a.loadPrinted("", true)
	if err != nil {
		return err
	}
	defer s.Close()
	p, fonts, findings := s.Press()
	job, err := c.job(a, s, p)
	if err != nil {
		return err
	}
	findings = append(slices.Clone(findings), about(s, job.entry)...)
	o := press.Options{Purpose: press.Purpose(c.For), Crop: c.Crop, Draft: job.draft()}
	if o.Draft && (o.Purpose == press.Print || o.Purpose == press.Archive) {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.draft"))
		return errFindings
	}
	var proof *proofs
	if o.Purpose == press.Proof && job.entry != nil {
		if proof, err = openProofs(a.Dir, job.entry.Path, c.Official); err != nil {
			return err
		}
		o.Proof, o.Before = proof.Number+1, proof.texts()
	}
	var laid *press.Laid
	if wrong, _ := diag.Count(findings); wrong == 0 {
		var found []diag.Finding
		if laid, found, err = job.lay(o); err != nil {
			return err
		}
		findings = append(findings, found...)
	}
	a.print(a.stderr, diag.Sort(findings), false)
	if wrong, _ := diag.Count(findings); wrong > 0 {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.refused"))
		return errFindings
	}
	if err := c.writeAll(a, laid, fonts, job.name); err != nil {
		return err
	}
	if proof != nil {
		if err := proof.keep(laid.Texts); err != nil {
			return err
		}
	}
	c.binding(a, s, laid)
	return nil
}

// writeAll writes the pages, and the covers beside them.
func (c *pdfCmd) writeAll(a *app, laid *press.Laid, fonts *font.Set, name string) error {
	if c.Output != "" {
		name = c.Output
	}
	if err := c.write(a, fonts, laid.Book, name); err != nil || laid.Cover == nil {
		return err
	}
	ext := filepath.Ext(name)
	return c.write(a, fonts, laid.Cover, strings.TrimSuffix(name, ext)+"-cover"+ext)
}

// thick is the number of pages up to which an issue is stapled through its fold.
const thick = 96

// binding says what the printing house asks: the width of the spine, or that
// there are too many pages to staple.
func (c *pdfCmd) binding(a *app, s *build.Site, laid *press.Laid) {
	switch {
	case laid.Cover == nil || a.Quiet:
	case s.Config.PDF.Binding == "perfect":
		fmt.Fprintln(a.stderr, a.strings.T("pdf.spine", press.Spine(laid.Inner), strconv.Itoa(laid.Inner), press.SheetThickness))
	case laid.Inner > thick:
		fmt.Fprintln(a.stderr, a.strings.T("pdf.thick", strconv.Itoa(laid.Inner)))
	}
}

// A job is what is printed; entry is nil for labels.
type job struct {
	entry *catalog.Entry
	name  string // of the file
	lay   func(press.Options) (*press.Laid, []diag.Finding, error)
}

// draft reports whether something of it is a draft.
func (j job) draft() bool {
	return j.entry != nil && (j.entry.Draft() || slices.ContainsFunc(j.entry.Printed(), func(e *catalog.Entry) bool { return e.Draft() }))
}

// job finds what the flags name.
func (c *pdfCmd) job(a *app, s *build.Site, p *press.Press) (job, error) {
	switch {
	case c.Labels:
		return job{nil, "labels.pdf", p.Labels}, nil
	case c.Issue != "":
		e := issueNamed(s.Catalog, c.Issue)
		if e == nil {
			fmt.Fprintln(a.stderr, a.strings.T("pdf.no-issue", c.Issue))
			return job{}, errFindings
		}
		name := fmt.Sprintf("%d-%02d.pdf", e.Digest.Issue.Year, e.Digest.Issue.No)
		return job{e, name, func(o press.Options) (*press.Laid, []diag.Finding, error) { return p.Issue(e, o) }}, nil
	}
	e, err := a.findOne(s.Catalog, c.Document)
	if err != nil {
		return job{}, err
	}
	lay := p.Document
	if c.Official {
		lay = p.Official
	}
	name := strings.TrimSuffix(filepath.Base(e.ID), "/index") + ".pdf"
	return job{e, name, func(o press.Options) (*press.Laid, []diag.Finding, error) { return lay(e, o) }}, nil
}

// about returns the errors of the site that are about what is printed: a text
// that may not be public must not be printed either. What is wrong elsewhere in
// content/ is for check.
func about(s *build.Site, e *catalog.Entry) []diag.Finding {
	files := map[string]bool{config.Name: true, source.Name("data/distribution.toml"): true}
	if e != nil {
		files[source.Name(e.Path)] = true
		for _, x := range e.Printed() {
			files[source.Name(x.Path)] = true
		}
	}
	var out []diag.Finding
	for _, f := range s.Findings {
		if f.Severity == diag.Error && files[f.Pos.File] && !strings.HasPrefix(f.Rule, "font-") {
			out = append(out, f)
		}
	}
	return out
}

// issueNamed finds an issue by year and number, 2023-06, or by its path.
func issueNamed(c *catalog.Catalog, name string) *catalog.Entry {
	for _, e := range c.Issues {
		is := e.Digest.Issue
		if name == fmt.Sprintf("%d-%02d", is.Year, is.No) || name == fmt.Sprintf("%d-%d", is.Year, is.No) {
			return e
		}
	}
	name = strings.TrimPrefix(filepath.ToSlash(name), "content/")
	for _, n := range []string{name, name + ".md", "issues/" + name + ".md"} {
		if e := c.Entry(n); e != nil && e.Type == gazette.TypeIssue {
			return e
		}
	}
	return nil
}

// write writes a book.
func (c *pdfCmd) write(a *app, fonts *font.Set, b *press.Book, name string) error {
	out, err := pdf.Write(b, fonts)
	if err != nil {
		return err
	}
	if err := replace(name, out); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.done", name, strconv.Itoa(len(b.Pages)), kilobytes(len(out))))
	}
	return nil
}

func kilobytes(n int) string { return strconv.Itoa((n+1023)/1024) + " KB" }
