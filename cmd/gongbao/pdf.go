package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
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
	}
	s, err := a.loadPrinted("", true)
	if err != nil {
		return err
	}
	defer s.Close()
	var proof *proofs
	if c.For == string(press.Proof) && !c.Labels {
		if proof, err = openProofs(a.Dir, c.Issue+c.Document, c.Official); err != nil {
			return err
		}
	}
	laid, name, findings, err := c.lay(a, s, proof)
	if err != nil {
		return err
	}
	a.print(a.stderr, diag.Sort(findings), false)
	if wrong, _ := diag.Count(findings); wrong > 0 {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.refused"))
		return errFindings
	}
	if c.Output != "" {
		name = c.Output
	}
	if err := c.write(a, s, laid.Book, name); err != nil {
		return err
	}
	if proof != nil {
		if err := proof.keep(laid.Texts); err != nil {
			return err
		}
	}
	if laid.Cover == nil {
		return nil
	}
	ext := filepath.Ext(name)
	if err := c.write(a, s, laid.Cover, strings.TrimSuffix(name, ext)+"-cover"+ext); err != nil {
		return err
	}
	if s.Config.PDF.Binding == "perfect" && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.spine", press.Spine(laid.Inner), strconv.Itoa(laid.Inner), press.SheetThickness))
	}
	return nil
}

// lay lays out what the flags ask for; name is the file's.
func (c *pdfCmd) lay(a *app, s *build.Site, proof *proofs) (laid *press.Laid, name string, findings []diag.Finding, err error) {
	p, _, findings := s.Press()
	for _, f := range s.Findings { // what is wrong elsewhere in content/ is for check
		if f.Pos.File == config.Name && f.Severity == diag.Error && !slices.ContainsFunc(findings, func(g diag.Finding) bool { return g.Rule == f.Rule && g.Pos == f.Pos }) {
			findings = append(findings, f)
		}
	}
	if wrong, _ := diag.Count(findings); wrong > 0 {
		return nil, "", findings, nil
	}
	o := press.Options{Purpose: press.Purpose(c.For), Crop: c.Crop}
	if proof != nil {
		o.Proof, o.Before = proof.Number+1, proof.texts()
	}
	var found []diag.Finding
	switch {
	case c.Labels:
		laid, found, err = p.Labels(o)
		name = "labels.pdf"
	case c.Issue != "":
		e := issueNamed(s.Catalog, c.Issue)
		if e == nil {
			fmt.Fprintln(a.stderr, a.strings.T("pdf.no-issue", c.Issue))
			return nil, "", nil, errFindings
		}
		laid, found, err = p.Issue(e, o)
		name = fmt.Sprintf("%d-%02d.pdf", e.Digest.Issue.Year, e.Digest.Issue.No)
	default:
		es, err := a.find(s.Catalog, c.Document)
		if err != nil {
			return nil, "", nil, err
		}
		if len(es) > 1 {
			fmt.Fprintln(a.stderr, a.strings.T("find.several", c.Document))
			a.offer(es)
			return nil, "", nil, errFindings
		}
		lay := p.Document
		if c.Official {
			lay = p.Official
		}
		laid, found, err = lay(es[0], o)
		name = strings.TrimSuffix(filepath.Base(es[0].ID), "/index") + ".pdf"
		return laid, name, append(findings, found...), err
	}
	return laid, name, append(findings, found...), err
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

// write writes a book through a file beside it, so that nothing half-written
// stands under its name.
func (c *pdfCmd) write(a *app, s *build.Site, b *press.Book, name string) error {
	_, fonts, _ := s.Press()
	out, err := pdf.Write(b, fonts)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".new", out, 0o644); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("pdf.done", name, strconv.Itoa(len(b.Pages)), kilobytes(len(out))))
	}
	return nil
}

func kilobytes(n int) string { return strconv.Itoa((n+1023)/1024) + " KB" }
