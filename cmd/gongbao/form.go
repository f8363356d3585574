package main

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/render/export"
	"gongbao/internal/source"
)

type formCmd struct {
	Document string `arg:"" help:"help.pdf-document"`
	Output   string `short:"o" placeholder:"FILE" help:"help.pdf-output"`
}

// Run writes the form of the review before publication; drafts are what it is
// for.
func (c *formCmd) Run(a *app) error {
	s, err := a.load("", true)
	if err != nil {
		return err
	}
	defer s.Close()
	e, err := a.findOne(s.Catalog, c.Document)
	if err != nil {
		return err
	}
	r := export.Review{Document: e.Document, Files: filesBeside(e), Steps: s.Config.Gate.Review, AsOf: s.Catalog.AsOf, Texts: a.strings}
	if r.Steps == nil {
		r.Steps = []string{a.strings.T("form.step")}
	}
	for _, f := range s.Findings {
		if slices.Contains(source.ClearedRules(), f.Rule) && belongs(e, strings.TrimPrefix(f.Pos.File, "content/")) {
			r.Findings = append(r.Findings, f)
		}
	}
	for _, x := range s.Catalog.Data.Cleared {
		if belongs(e, x.File) {
			r.Cleared = append(r.Cleared, x)
		}
	}
	out, err := export.Form(r)
	if err != nil {
		return err
	}
	name := c.Output
	if name == "" {
		name = filepath.Base(e.ID) + "-" + a.strings.T("form.file") + ".docx"
	}
	if err := replace(name, out); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("export.done", name))
		if errors, _ := diag.Count(r.Findings); errors > 0 {
			fmt.Fprintln(a.stderr, a.strings.T("form.found", fmt.Sprint(errors)))
		}
	}
	return nil
}

// filesBeside counts the files that are published with a document.
func filesBeside(e *catalog.Entry) int {
	names := map[string]bool{}
	for _, x := range e.Attachments() {
		names[x.File] = true
	}
	for _, f := range e.Files {
		names[f.Path] = true
	}
	return len(names)
}

// belongs reports whether a file of content/ is a document or stands in its
// bundle.
func belongs(e *catalog.Entry, file string) bool {
	return file == e.Path || e.Bundle && strings.HasPrefix(file, path.Dir(e.Path)+"/")
}
