package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/diag"
	"gongbao/internal/extract"
	"gongbao/internal/importer"
)

// isList reports a table: it lists documents, or the contents of issues.
func isList(name string) bool { return slices.Contains([]string{"xlsx", "csv"}, ending(name)) }

// tables are files read as lists, by name: a folder is looked through before
// they are imported.
type tables map[string]listFile

type listFile struct {
	lists []importer.List
	err   error
}

func (t tables) read(name string) listFile {
	if f, ok := t[name]; ok {
		return f
	}
	var f listFile
	raw, err := readLimited(name)
	if err == nil {
		var sheets []extract.Table
		sheets, err = extract.Tables(name, raw)
		for _, s := range sheets {
			if l, ok := importer.ReadList(filepath.ToSlash(name), s.Rows); ok {
				f.lists = append(f.lists, l)
			}
		}
	}
	f.err = err
	t[name] = f
	return f
}

// holdList reports whether a file is a list.
func (t tables) holdList(name string) bool { return isList(name) && t.read(name).lists != nil }

// withoutScans leaves out the files that the contents of issues name: they are
// issues, not documents.
func (t tables) withoutScans(files, lists []string) []string {
	scans := map[string]bool{}
	for _, name := range lists {
		for _, l := range t.read(name).lists {
			for _, s := range l.Scans() {
				scans[filepath.Join(filepath.Dir(name), filepath.FromSlash(s))] = true
			}
		}
	}
	return slices.DeleteFunc(files, func(f string) bool { return scans[filepath.Clean(f)] })
}

// lists turns tables into stubs and historical issues.
func (c *importCmd) lists(a *app, root string, names []string, t tables, known importer.Texts) ([]diag.Finding, error) {
	data, err := readRegisters(root)
	if err != nil {
		return nil, err
	}
	site := importer.Site{Data: data, Exists: func(p string) bool {
		_, err := os.Lstat(filepath.Join(root, "content", filepath.FromSlash(p)))
		return err == nil
	}}
	var findings []diag.Finding
	count := 0
	for _, name := range names {
		file := t.read(name)
		if file.err != nil {
			findings = append(findings, diag.New("file-unreadable", diag.Pos{File: name}, file.err.Error()))
			continue
		}
		if file.lists == nil {
			findings = append(findings, diag.New("import-no-list", diag.Pos{File: name}))
		}
		for _, l := range file.lists {
			var edits []importer.Edit
			var more []diag.Finding
			if l.OfIssues() {
				edits, more = importer.PlanIssues(l, site, known, scans(name))
			} else {
				edits, more = importer.PlanList(l, site, known)
			}
			findings = append(findings, more...)
			n, err := c.put(a, root, edits)
			if err != nil {
				return findings, err
			}
			count += n
		}
	}
	if !a.Quiet {
		fmt.Fprintln(a.stderr, a.strings.T("import.stubs", strconv.Itoa(count)))
	}
	return findings, nil
}

// scans opens the files beside a list, and nothing else.
func scans(list string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		name, ok := importer.Beside(name)
		if !ok {
			return nil, fs.ErrPermission
		}
		root, err := os.OpenRoot(filepath.Dir(list))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return root.ReadFile(filepath.FromSlash(name))
	}
}

// order is when an edit is written: registers, what stands beside a text, texts.
func order(e importer.Edit) int {
	switch {
	case strings.HasPrefix(e.Path, "content/data/"):
		return 0
	case path.Ext(e.Path) != ".md":
		return 1
	}
	return 2
}

// put writes edits and returns how many files were made.
func (c *importCmd) put(a *app, root string, edits []importer.Edit) (int, error) {
	count := 0
	// A run that is cut off leaves no document whose series nobody knows, or whose picture lacks.
	slices.SortStableFunc(edits, func(a, b importer.Edit) int { return cmp.Compare(order(a), order(b)) })
	for _, e := range edits {
		if c.DryRun || a.Verb {
			fmt.Fprintln(a.stdout, e.Path)
		}
		if c.DryRun {
			continue
		}
		if err := writeEdit(root, e); err != nil {
			return count, err
		}
		if !e.Append {
			count++
		}
	}
	return count, nil
}
