package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gongbao/internal/diag"
	"gongbao/internal/importer"
	"gongbao/internal/source"
	"gongbao/internal/toml"
)

// items appends the rows of directories of public items (政务公开标准目录) to
// data/items.toml. What stands there stays as it is.
func (c *importCmd) items(a *app, root string) error {
	files, over, err := expand(c.Files, isList)
	if err != nil {
		return err
	}
	over.tell(a)
	data, err := readRegisters(root)
	if err != nil {
		return err
	}
	var findings []diag.Finding
	text, count := "", 0
	for _, name := range files {
		raw, err := readLimited(name)
		if err != nil {
			findings = append(findings, diag.New("file-unreadable", diag.Pos{File: name}, err.Error()))
			continue
		}
		more, n, found := importer.PlanItems(filepath.ToSlash(name), raw, data)
		findings = append(findings, found...)
		source.ReadData(data, filepath.Base(importer.ItemsFile), []byte(more)) // a second file knows of the first
		text, count = text+more, count+n
	}
	switch {
	case c.DryRun:
		fmt.Fprint(a.stdout, text)
	case count > 0:
		if err := a.appendItems(root, text, count); err != nil {
			return err
		}
	}
	if !a.Quiet && !c.DryRun {
		fmt.Fprintln(a.stderr, a.strings.T("import.items", strconv.Itoa(count)))
	}
	a.print(a.stderr, findings, true)
	a.remedies(findings)
	if errors, _ := diag.Count(findings); errors > 0 {
		return errFindings
	}
	return nil
}

// appendItems writes the register with n items more. It is read back first: a
// register that is not UTF-8, or whose items stand on one key, would not take
// them.
func (a *app) appendItems(root, text string, n int) error {
	name := filepath.Join(root, filepath.FromSlash(importer.ItemsFile))
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var before, after source.Data
	base := filepath.Base(name)
	had, _ := diag.Count(source.ReadData(&before, base, old))
	has, _ := diag.Count(source.ReadData(&after, base, slices.Concat(old, []byte(text))))
	_, inline := toml.LayoutOf(old).Keys["item"]
	if inline || has > had || len(after.Items) != len(before.Items)+n {
		return errors.New(a.strings.T("import.items-refused", importer.ItemsFile))
	}
	return writeEdit(root, importer.Edit{Path: importer.ItemsFile, Bytes: []byte(text), Append: true})
}
