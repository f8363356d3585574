package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// acceptEffects writes effects that were read into the front matter of the
// documents that state them. Each id may name its target: ID=TARGET. Nothing is
// written where one of them cannot be.
func (a *app) acceptEffects(c *catalog.Catalog, ids []string) error {
	e := edits{root: a.Dir}
	var done []string
	for _, arg := range ids {
		id, name, named := strings.Cut(strings.TrimSpace(arg), "=")
		r, err := a.readEffect(c, id)
		if err != nil {
			return err
		}
		target := r.Target
		if named {
			if target, err = a.findTarget(c, r.By, name); err != nil {
				return err
			}
		}
		relation, err := a.relationOf(c, r, target)
		if err != nil {
			return err
		}
		if err := e.change(r.By.Path, func(b []byte) ([]byte, error) { return source.AddRelation(b, relation) }); err != nil {
			return a.editError(err)
		}
		done = append(done, fmt.Sprintf("%s  %s  %s  %s", source.Name(r.By.Path), relation.Kind, relation.Target, relation.From))
	}
	if err := e.write(); err != nil {
		return err
	}
	if !a.Quiet {
		for _, line := range done {
			fmt.Fprintln(a.stdout, strings.TrimSpace(line))
		}
		fmt.Fprintln(a.stderr, a.strings.T("accept.done", strconv.Itoa(len(done))))
	}
	return nil
}

// readEffect finds an effect by its id that the front matter does not state yet.
func (a *app) readEffect(c *catalog.Catalog, id string) (*catalog.ReadEffect, error) {
	for _, r := range c.Read {
		if r.ID() != id {
			continue
		}
		if r.Verdict == catalog.Stated {
			return nil, errors.New(a.strings.T("accept.declared", id))
		}
		return r, nil
	}
	return nil, errors.New(a.strings.T("accept.unknown", id))
}

func (a *app) findTarget(c *catalog.Catalog, by *catalog.Entry, name string) (catalog.Target, error) {
	t, n := c.Find(by, name)
	switch {
	case n > 1:
		return t, errors.New(a.strings.T("accept.ambiguous", name, strconv.Itoa(n)))
	case !t.Known() || t.Entry == by:
		return t, errors.New(a.strings.T("accept.no-target", name))
	}
	return t, nil
}

// relationOf is an effect as front matter states it. What would say more than
// the text does is refused: an end of cases or subjects is none of the whole.
func (a *app) relationOf(c *catalog.Catalog, r *catalog.ReadEffect, t catalog.Target) (gazette.Relation, error) {
	x := gazette.Relation{Kind: r.Kind, Target: c.Name(r.By, t), From: r.Day, Until: r.Last, Articles: r.Articles}
	switch {
	case !t.Known():
		return x, errors.New(a.strings.T("accept.which", r.ID(), r.Name()))
	case r.Part && len(r.Articles) == 0:
		return x, errors.New(a.strings.T("accept.part", r.ID(), r.Quote))
	case r.Kind == gazette.Extends && !r.Until.For.IsZero() && t.Entry != nil:
		if last, cause := gazette.LastDay(t.Entry.Effects); cause >= 0 && x.Until.IsZero() {
			x.Until = last.Add(r.Until.For)
		}
	}
	if r.Kind == gazette.Extends && x.Until.IsZero() {
		return x, errors.New(a.strings.T("accept.until", r.ID(), r.Quote))
	}
	return x, nil
}

// editError says in the user's language why a front matter cannot be edited.
func (a *app) editError(err error) error {
	var code source.EditError
	if !errors.As(err, &code) {
		return err
	}
	return errors.New(strings.Replace(err.Error(), string(code), a.strings.T(string(code)), 1))
}

// edits are changes of content files that are written together.
type edits struct {
	root  string
	order []string
	files map[string][]byte
}

// change edits a file of content/ in memory. Several changes of one file work
// one upon the other.
func (e *edits) change(path string, f func([]byte) ([]byte, error)) error {
	b, seen := e.files[path]
	if !seen {
		var err error
		if b, err = os.ReadFile(e.name(path)); err != nil {
			return err
		}
	}
	out, err := f(b)
	if err != nil {
		return fmt.Errorf("%s: %w", source.Name(path), err)
	}
	if e.files == nil {
		e.files = map[string][]byte{}
	}
	if !seen {
		e.order = append(e.order, path)
	}
	e.files[path] = out
	return nil
}

func (e *edits) name(path string) string {
	return filepath.Join(e.root, "content", filepath.FromSlash(path))
}

// write writes all files, each of them whole or not at all.
func (e *edits) write() error {
	for _, p := range e.order {
		if err := replace(e.name(p), e.files[p]); err != nil {
			return err
		}
	}
	return nil
}
