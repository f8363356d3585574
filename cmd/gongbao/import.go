package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"gongbao/internal/diag"
	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

type importCmd struct {
	Files  []string `arg:"" help:"help.import-files"`
	Into   string   `placeholder:"DIR" help:"help.into"`
	DryRun bool     `name:"dry-run" help:"help.dry-run"`
	Format string   `enum:"text,json" default:"text" help:"help.format"`
}

func (c *importCmd) Run(a *app) error {
	root := a.Dir
	if c.Into != "" {
		root = filepath.Join(a.Dir, c.Into)
		if filepath.IsAbs(c.Into) {
			root = c.Into
		}
	}
	files, over, err := expand(c.Files)
	if err != nil {
		return err
	}
	over.tell(a)
	p := markup.NewParser()
	known := knownSums(root)
	skipped := 0
	var texts []*importer.Imported
	var findings []diag.Finding
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			findings = append(findings, diag.New("file-unreadable", diag.Pos{File: name}, err.Error()))
			continue
		}
		im := importer.Read(p, filepath.ToSlash(name), raw)
		if known[im.SHA256] && !c.DryRun {
			skipped++
			continue
		}
		findings = append(findings, im.Findings...)
		texts = append(texts, im)
	}
	if skipped > 0 && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("import.known", strconv.Itoa(skipped)))
	}
	if c.DryRun && c.Format == "json" {
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		for _, im := range texts {
			tree := p.Parse([]byte(im.Markdown), markup.Options{Official: true, Title: im.Derived.Document.Title})
			if err := enc.Encode(importer.ObjectOf(im, tree, a.strings)); err != nil {
				return err
			}
		}
	} else if err := c.write(a, root, texts, over.count()+skipped); err != nil {
		return err
	}
	a.print(a.stderr, findings, true)
	if errors, _ := diag.Count(findings); errors > 0 {
		return errFindings
	}
	return nil
}

// write plans and writes the texts. skipped is how many files were not even
// looked at, for the summary.
func (c *importCmd) write(a *app, root string, texts []*importer.Imported, skipped int) error {
	data, err := readRegisters(root)
	if err != nil {
		return err
	}
	edits := importer.Plan(texts, importer.Site{Data: data, Exists: func(p string) bool {
		_, err := os.Lstat(filepath.Join(root, "content", filepath.FromSlash(p)))
		return err == nil
	}})
	count := 0
	for _, e := range edits {
		if c.DryRun || a.Verb {
			fmt.Fprintln(a.stdout, e.Path)
		}
		if c.DryRun {
			continue
		}
		if err := writeEdit(root, e); err != nil {
			return err
		}
		if !e.Append {
			count++
		}
	}
	if !c.DryRun && !a.Quiet {
		key := "import.done"
		if skipped > 0 {
			key = "import.done-skipped"
		}
		fmt.Fprintln(a.stderr, a.strings.T(key, strconv.Itoa(count), strconv.Itoa(skipped)))
		if left := len(texts) - count; left > 0 {
			fmt.Fprintln(a.stderr, a.strings.T("import.left", strconv.Itoa(left)))
		}
	}
	return nil
}

// sourceSum finds the hash of its source in an imported file's front matter.
var sourceSum = regexp.MustCompile(`(?m)^source = \{.*sha256 = "([0-9a-f]{64})"`)

// knownSums returns the hashes of the sources that the site has already: what
// was imported before is not imported again under another name.
func knownSums(root string) map[string]bool {
	known := map[string]bool{}
	_ = filepath.WalkDir(filepath.Join(root, "content", "documents"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return nil // a folder that cannot be read is build's to report
		}
		if b, err := os.ReadFile(p); err == nil {
			if m := sourceSum.FindSubmatch(b); m != nil {
				known[string(m[1])] = true
			}
		}
		return nil
	})
	return known
}

func writeEdit(root string, e importer.Edit) error {
	name := filepath.Join(root, filepath.FromSlash(e.Path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	flags := os.O_WRONLY | os.O_CREATE
	if e.Append {
		flags |= os.O_APPEND
	} else {
		flags |= os.O_EXCL
	}
	f, err := os.OpenFile(name, flags, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(e.Bytes); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// readRegisters reads content/data/*.toml of a site; findings in them are
// check's to report.
func readRegisters(root string) (*source.Data, error) {
	var data source.Data
	names, err := filepath.Glob(filepath.Join(root, "content", "data", "*.toml"))
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			return nil, err
		}
		source.ReadData(&data, filepath.Base(n), b)
	}
	return &data, nil
}
