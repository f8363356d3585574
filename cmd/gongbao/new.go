package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/render/html"
	"gongbao/internal/scaffold"
	"gongbao/layouts"
)

type newCmd struct {
	Kind string `arg:"" help:"help.new-kind"`
	Name string `arg:"" optional:"" help:"help.new-name"`

	Jurisdiction string `placeholder:"NAME" help:"help.new-jurisdiction"`
	Attribute    string `placeholder:"WORD" help:"help.new-attribute"`
	Reason       string `placeholder:"WORDS" help:"help.new-reason"`
	Review       string `placeholder:"DATE" help:"help.new-review"`
}

func (c *newCmd) Run(a *app) error {
	if c.Kind == "site" {
		return c.site(a)
	}
	if c.Kind == "withheld" {
		return c.withheld(a)
	}
	if c.Attribute != "" || c.Reason != "" || c.Review != "" { // a body that is not public must not be made
		return usageError{"usage.withheld", nil}
	}
	if kinds := scaffold.Kinds(); !slices.Contains(kinds, c.Kind) {
		return usageError{"usage.value", []string{"<kind>", "site, withheld, " + strings.Join(kinds, ", "), c.Kind}}
	}
	if c.Name == "" && c.Kind != "issue" {
		return usageError{"usage.new-title", []string{c.Kind}}
	}
	s, err := a.load("", false)
	if err != nil {
		return err
	}
	defer s.Close()
	var over fs.FS
	if info, err := os.Stat(filepath.Join(a.Dir, "layouts")); err == nil && info.IsDir() {
		over = os.DirFS(filepath.Join(a.Dir, "layouts"))
	}
	f, err := scaffold.Content(html.Overlay(over, layouts.FS), c.Kind, c.Name, s.Catalog.AsOf, s.Catalog)
	if err != nil {
		return err
	}
	if err := create(filepath.Join(a.Dir, filepath.FromSlash(f.Path)), f.Bytes); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, f.Path)
	return nil
}

// site makes an empty site in a folder that is not there or empty.
func (c *newCmd) site(a *app) error {
	if c.Name == "" {
		return usageError{"usage.new-dir", nil}
	}
	dir := c.Name
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.Dir, dir)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s: %w", c.Name, fs.ErrExist)
	}
	if known := scaffold.Jurisdictions(layouts.FS); c.Jurisdiction != "" && !slices.Contains(known, c.Jurisdiction) {
		return usageError{"usage.value", []string{"--jurisdiction", strings.Join(known, ", "), c.Jurisdiction}}
	}
	files, err := scaffold.Site(layouts.FS, strings.TrimSpace(filepath.Base(dir)), c.Jurisdiction)
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := create(name, f.Bytes); err != nil {
			return err
		}
		if f.Run {
			if err := os.Chmod(name, 0o755); err != nil {
				return err
			}
		}
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("new.done", c.Name))
	}
	return nil
}

// create writes a new file; one that is there is never overwritten.
func create(name string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
