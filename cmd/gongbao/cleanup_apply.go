package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/cleanup"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// apply writes what the sheets say into the decision, and freezes the 目录 of what
// is in force with it. Sheets of several drafters are applied together: all of
// them, or none.
func (c *legalCmd) apply(a *app, s *build.Site, w cleanup.Words) error {
	decision, err := a.decision(s.Catalog, c.Decision)
	if err != nil {
		return err
	}
	var plan cleanup.Plan
	var findings []diag.Finding
	from := map[string]string{} // of a target, the sheet
	for _, name := range c.Apply {
		rows, err := a.readSheet(name)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		p, found := cleanup.Apply(s.Catalog, decision, name, rows, w)
		findings = append(findings, found...)
		for _, r := range p.Relations {
			if other := from[r.Target]; other != "" {
				findings = append(findings, diag.New("sheet-twice", diag.Pos{File: name}, r.Target, other))
			}
			from[r.Target] = name
		}
		plan.Relations = append(plan.Relations, p.Relations...)
		plan.Decided += p.Decided
		plan.Amended += p.Amended
	}
	if a.refused(findings) {
		return errFindings
	}
	e := edits{root: a.Dir}
	for _, r := range plan.Relations {
		if err := e.change(decision.Path, func(b []byte) ([]byte, error) { return source.AddRelation(b, r) }); err != nil {
			return a.editError(err)
		}
	}
	if err := e.write(); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, w.T("cleanup.applied", source.Name(decision.Path), strconv.Itoa(len(plan.Relations)), strconv.Itoa(plan.Decided), strconv.Itoa(plan.Amended)))
	return c.directory(a, s.Catalog.AsOf, decision.Path, w)
}

// decision finds the document that took the decision: published on the day.
func (a *app) decision(c *catalog.Catalog, name string) (*catalog.Entry, error) {
	t, n := c.Find(nil, name)
	switch {
	case n > 1:
		return nil, errors.New(a.strings.T("accept.ambiguous", name, strconv.Itoa(n)))
	case t.Entry != nil && t.Entry.Type == gazette.TypeDocument && t.Entry.Shelf != gazette.Withdrawn && !t.Entry.Date.After(c.AsOf):
		return t.Entry, nil
	case t.Entry != nil:
		return nil, errors.New(a.strings.T("cleanup.not-published", name, c.AsOf.String()))
	}
	number, _ := gazette.ParseNumber(name)
	for _, d := range c.Skipped {
		skipped, _ := gazette.ParseNumber(d.Document.Number)
		if d.Title() == name || d.Path == name || !number.IsZero() && number.Key() == skipped.Key() {
			return nil, errors.New(a.strings.T("cleanup.not-published", name, c.AsOf.String()))
		}
	}
	return nil, errors.New(a.strings.T("cleanup.no-decision", name))
}

// directory reads the site again, with the decision, and writes the 目录 of the
// day once.
func (c *legalCmd) directory(a *app, day gazette.Date, decision string, w cleanup.Words) error {
	s, err := a.load(day.String(), false)
	if err != nil {
		return err
	}
	defer s.Close()
	path, page, count := cleanup.Directory(s.Catalog, s.Catalog.Entry(decision), w)
	err = create(filepath.Join(a.Dir, "content", filepath.FromSlash(path)), page)
	switch {
	case errors.Is(err, fs.ErrExist):
		frozen, err := os.ReadFile(filepath.Join(a.Dir, "content", filepath.FromSlash(path)))
		if err != nil {
			return err
		}
		if !bytes.Equal(frozen, page) {
			return errors.New(w.T("cleanup.directory.differs", source.Name(path), strconv.Itoa(count)))
		}
		fmt.Fprintln(a.stderr, w.T("cleanup.directory.kept", source.Name(path)))
	case err != nil:
		return err
	default:
		fmt.Fprintln(a.stderr, w.T("cleanup.directory.done", source.Name(path), strconv.Itoa(count)))
	}
	left := cleanup.Legal(s.Catalog, cleanup.Options{Years: c.Years})
	fmt.Fprintln(a.stderr, w.T("cleanup.left", strconv.Itoa(len(left))))
	return nil
}

// apply archives what a sheet says is to be archived. It never writes a status.
func (c *webCmd) apply(a *app, s *build.Site, w cleanup.Words) error {
	rows, err := a.readSheet(c.Apply)
	if err != nil {
		return err
	}
	paths, findings := cleanup.ApplyWeb(s.Catalog, filepath.ToSlash(c.Apply), rows, w)
	if a.refused(findings) {
		return errFindings
	}
	day := s.Catalog.AsOf
	e := edits{root: a.Dir}
	for _, p := range paths {
		if err := e.change(p, func(b []byte) ([]byte, error) { return source.SetDate(b, "archived", day) }); err != nil {
			return a.editError(err)
		}
	}
	if err := e.write(); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, w.T("cleanup.archived", strconv.Itoa(len(paths)), day.String()))
	return nil
}
