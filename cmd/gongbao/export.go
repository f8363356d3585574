package main

import (
	"fmt"
	"path/filepath"

	"gongbao/internal/markup"
	"gongbao/internal/render/export"
	"gongbao/internal/source"
)

type exportCmd struct {
	Document   exportDocumentCmd `cmd:"" default:"withargs" help:"help.export-document"`
	OpenSearch openSearchCmd     `cmd:"" name:"opensearch" help:"help.export-opensearch"`
}

type exportDocumentCmd struct {
	Document string `arg:"" help:"help.pdf-document"`
	Format   string `enum:"docx,md,txt" default:"docx" help:"help.format"`
	Output   string `short:"o" placeholder:"FILE" help:"help.pdf-output"`
}

func (c *exportDocumentCmd) Run(a *app) error {
	s, err := a.load("", true)
	if err != nil {
		return err
	}
	defer s.Close()
	e, err := a.findOne(s.Catalog, c.Document)
	if err != nil {
		return err
	}
	raw, err := s.Loader().File("content/" + e.Path)
	if err != nil {
		return err
	}
	f := source.Read(e.Path, raw)
	tree := markup.NewParser().Parse(f.Body, markup.Options{Official: true, Title: f.Document.Title, FirstLine: f.BodyLine})
	in := export.Source{Entry: e, Tree: tree, Body: f.Body, Sponsor: s.Config.Site.Sponsor}
	var out []byte
	switch c.Format {
	case "md":
		out = export.Markdown(in)
	case "txt":
		out = export.Text(in)
	default:
		if out, err = export.Word(in); err != nil {
			return err
		}
	}
	name := c.Output
	switch {
	case name == "-" || name == "" && c.Format != "docx":
		_, err = a.stdout.Write(out)
		return err
	case name == "":
		name = filepath.Base(e.ID) + "." + c.Format
	}
	if err := replace(name, out); err != nil {
		return err
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("export.done", name))
	}
	return nil
}
