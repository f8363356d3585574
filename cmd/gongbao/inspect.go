package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"gongbao/internal/diag"
	"gongbao/internal/importer"
	"gongbao/internal/markup"
)

type inspectCmd struct {
	Files  []string `arg:"" help:"help.inspect-files"`
	Format string   `enum:"text,json" default:"text" help:"help.format"`
}

func (c *inspectCmd) Run(a *app) error {
	files, over, err := expand(c.Files, func(string) bool { return false })
	if err != nil {
		return err
	}
	over.tell(a)
	p := markup.NewParser()
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	if c.Format == "text" {
		enc.SetIndent("", "  ")
	}
	failed := false
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			failed = true
			f := diag.New("file-unreadable", diag.Pos{File: name}, err.Error())
			a.print(a.stderr, []diag.Finding{f}, true)
			continue
		}
		if err := enc.Encode(importer.Inspect(p, filepath.ToSlash(name), raw, a.strings)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	if failed {
		return errFindings
	}
	return nil
}
