package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"gongbao/internal/diag"
	"gongbao/internal/extract"
	"gongbao/internal/importer"
	"gongbao/internal/markup"
	"gongbao/internal/source"
)

type importCmd struct {
	Files  []string `arg:"" help:"help.import-files"`
	Into   string   `placeholder:"DIR" help:"help.into"`
	DryRun bool     `name:"dry-run" help:"help.dry-run"`
	Format string   `enum:"text,json" default:"text" help:"help.format"`
	Accept bool     `name:"accept-changes" help:"help.import-accept"`
	Keep   []string `placeholder:"CLEANER" help:"help.import-keep"`
	Report string   `placeholder:"FILE" help:"help.import-report"`
	Items  bool     `help:"help.import-items"`
}

func (c *importCmd) Run(a *app) error {
	root := a.Dir
	if c.Into != "" {
		root = filepath.Join(a.Dir, c.Into)
		if filepath.IsAbs(c.Into) {
			root = c.Into
		}
	}
	if c.Items {
		return c.items(a, root)
	}
	for _, k := range c.Keep {
		if !slices.Contains(extract.Cleaners(), k) {
			return usageError{"usage.value", []string{"--keep", strings.Join(extract.Cleaners(), ", "), k}}
		}
	}
	tables := tables{}
	files, over, err := expand(c.Files, tables.holdList)
	if err != nil {
		return err
	}
	over.tell(a)
	known := knownTexts(root)
	lists := slices.Collect(func(yield func(string) bool) {
		for _, f := range files {
			if isList(f) && !yield(f) {
				return
			}
		}
	})
	files = tables.withoutScans(slices.DeleteFunc(files, isList), lists)
	texts, findings := c.read(a, files)
	skipped := 0
	if !c.DryRun {
		n, imported := len(texts), known.Sources()
		texts = slices.DeleteFunc(texts, func(im *importer.Imported) bool { return imported[im.SHA256] })
		skipped = n - len(texts)
	}
	importer.Duplicates(texts, known)
	if len(lists) > 0 {
		found, err := c.lists(a, root, lists, tables, known)
		if err != nil {
			return err
		}
		findings = append(findings, found...)
	}
	if err := c.withhold(a, root, texts); err != nil {
		return err
	}
	for _, im := range texts {
		findings = append(findings, im.Findings...)
	}
	if skipped > 0 && !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("import.known", strconv.Itoa(skipped)))
	}
	if c.DryRun && c.Format == "json" {
		if err := printObjects(a, texts); err != nil {
			return err
		}
	} else if len(files) == 0 && len(lists) > 0 {
		// the lists have been written
	} else if err := c.write(a, root, texts, over.count()+skipped); err != nil {
		return err
	}
	if c.Report != "" {
		if err := writeReport(a, c.Report, texts); err != nil {
			return err
		}
	}
	a.print(a.stderr, findings, true)
	a.remedies(findings)
	if c.Format == "text" {
		c.unread(a, texts)
	}
	if a.ctx.Err() != nil {
		return partly("import.interrupted")
	}
	if errors, _ := diag.Count(findings); errors > 0 {
		return errFindings
	}
	return nil
}

// remedies prints what to do, once for each rule: a folder has the same fault
// many times.
func (a *app) remedies(findings []diag.Finding) {
	if a.Quiet {
		return
	}
	seen := map[string]bool{}
	for _, f := range findings {
		if f.Severity == diag.Info || seen[f.Rule] {
			continue
		}
		seen[f.Rule] = true
		if key := "hint." + f.Rule; a.strings.Has(key) {
			fmt.Fprintf(a.stderr, "  %s: %s\n", f.Rule, a.strings.Finding(key, f))
		}
	}
}

// read reads the files on all cores, in their order. Where it is interrupted,
// what was read so far is imported: the next run passes that over.
func (c *importCmd) read(a *app, files []string) ([]*importer.Imported, []diag.Finding) {
	office := &converter{ctx: a.ctx}
	o := importer.Options{Accept: c.Accept, Off: c.Keep, Convert: office.convert}
	texts := make([]*importer.Imported, len(files))
	unread := make([]error, len(files))
	progress := a.progress()
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			p := markup.NewParser()
			for i := int(next.Add(1)) - 1; i < len(files) && a.ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				raw, err := readLimited(files[i])
				if err != nil {
					unread[i] = err
					continue
				}
				texts[i] = importer.Read(p, filepath.ToSlash(files[i]), raw, o)
				if n := int(done.Add(1)); progress != nil {
					progress("import", n, len(files))
				}
			}
		})
	}
	wg.Wait()
	a.clearProgress()
	var findings []diag.Finding
	for i, err := range unread {
		if err != nil {
			findings = append(findings, diag.New("file-unreadable", diag.Pos{File: files[i]}, err.Error()))
		}
	}
	return slices.DeleteFunc(texts, func(im *importer.Imported) bool { return im == nil }), findings
}

// importSize is the size in bytes up to which a file is read at all.
const importSize = 128 << 20

func readLimited(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s", info.Mode().Type())
	}
	if info.Size() > importSize {
		return nil, fmt.Errorf("%d MB", info.Size()>>20)
	}
	return os.ReadFile(name)
}

func printObjects(a *app, texts []*importer.Imported) error {
	p := markup.NewParser()
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	for _, im := range texts {
		tree := p.Parse([]byte(im.Markdown), markup.Options{Official: true, Title: im.Derived.Document.Title})
		if err := enc.Encode(importer.ObjectOf(im, tree, a.strings)); err != nil {
			return err
		}
	}
	return nil
}

// unread lists the texts of which something could not be read.
func (c *importCmd) unread(a *app, texts []*importer.Imported) {
	if a.Quiet {
		return
	}
	for _, im := range texts {
		if missing := im.Unread(); im.Usable() && len(missing) > 0 {
			fmt.Fprintln(a.stderr, a.strings.T("import.unread", im.Name, strings.Join(missing, " ")))
		}
	}
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
	count, err := c.put(a, root, edits)
	if err != nil {
		return err
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

// knownTexts reads the texts of a site: what was imported before is not imported
// again under another name.
func knownTexts(root string) importer.Texts {
	known := importer.Texts{}
	for _, folder := range []string{"documents", "interpretations", "questions", "consultations"} {
		_ = filepath.WalkDir(filepath.Join(root, "content", folder), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
				return nil // a folder that cannot be read is build's to report
			}
			b, err := os.ReadFile(p)
			if err != nil {
				return nil
			}
			rel, _ := filepath.Rel(filepath.Join(root, "content"), p)
			rel = filepath.ToSlash(rel)
			known[rel] = importer.KnownOf(source.Read(rel, b))
			return nil
		})
	}
	return known
}

// writeEdit writes a file whole or not at all: a torn one would be taken for
// what an editor made of it.
func writeEdit(root string, e importer.Edit) error {
	name := filepath.Join(root, filepath.FromSlash(e.Path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	text := e.Bytes
	switch old, err := os.ReadFile(name); {
	case e.Append && err == nil:
		text = slices.Concat(old, text)
	case err == nil:
		return &fs.PathError{Op: "write", Path: name, Err: fs.ErrExist}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return replace(name, text)
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
