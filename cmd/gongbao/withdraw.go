package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/lock"
	"gongbao/internal/markup"
	"gongbao/internal/pinyin"
	"gongbao/internal/scan"
	"gongbao/internal/source"
)

type withdrawCmd struct {
	Document  string `arg:"" help:"help.withdraw-document"`
	Reason    string `placeholder:"TEXT" help:"help.withdraw-reason"`
	Title     string `xor:"title" placeholder:"TEXT" help:"help.withdraw-title"`
	HideTitle bool   `xor:"title" help:"help.withdraw-hide-title"`
	KeepText  bool   `help:"help.withdraw-keep-text"`
	DryRun    bool   `help:"help.withdraw-dry-run"`
	AsOf      string `name:"as-of" placeholder:"DATE" help:"help.withdraw-as-of"`
}

// Run takes a document off the site: the front matter says so, text and files
// leave content/, the ledger has the event. What the document did to others is
// written into its front matter, because a repeal does not end with a page.
// Nothing is written where a part of it cannot be.
func (c *withdrawCmd) Run(a *app) error {
	c.Reason, c.Title = strings.Join(strings.Fields(c.Reason), " "), strings.Join(strings.Fields(c.Title), " ")
	if c.Reason == "" {
		return usageError{"usage.withdraw-reason", nil}
	}
	if len(scan.Decoded(c.Reason)) > 0 || len(scan.Decoded(c.Title)) > 0 {
		return errors.New(a.strings.T("withdraw.personal"))
	}
	if err := a.siteError(""); err != nil {
		return err
	}
	release, err := build.Lock(a.Dir, filepath.Join(a.Dir, "public"))
	if err != nil {
		return a.explain(err)
	}
	return errors.Join(c.withdraw(a), release())
}

func (c *withdrawCmd) withdraw(a *app) error {
	w, err := c.plan(a)
	if err != nil {
		return err
	}
	if w.empty() {
		fmt.Fprintln(a.stderr, a.strings.T("withdraw.already", w.texts[0].Title(), w.texts[0].Document.Withdrawn.Date.String()))
		return nil
	}
	w.print(a)
	if c.DryRun {
		fmt.Fprintln(a.stderr, a.strings.T("withdraw.dry-run"))
		return nil
	}
	if err := w.write(a); err != nil {
		return err
	}
	err = build.ForgetTexts(a.Dir)
	if errors.Is(err, lock.ErrHeld) {
		fmt.Fprintln(a.stderr, a.strings.T("withdraw.memo-held"))
		err = nil
	}
	err = errors.Join(err, w.look(a))
	w.explain(a, c.KeepText)
	return err
}

// A withdrawal is what is to be done to content/.
type withdrawal struct {
	site     *catalog.Catalog
	before   []diag.Finding
	texts    []*catalog.Entry
	title    string // in place of theirs; "" where it stays
	edits    edits
	remove   []string // files, as paths in content/
	articles []string // folders of gongbao share, as paths from the root of the site
	shared   []string // that stay, because other documents name them
	lost     []string // what texts did to others and front matter cannot say
	mentions []mention
	at       string
	lines    []ledger.Line
}

func (w *withdrawal) empty() bool {
	return len(w.edits.order)+len(w.remove)+len(w.articles)+len(w.lines) == 0
}

// plan finds out all that is to be done, and writes nothing.
func (c *withdrawCmd) plan(a *app) (*withdrawal, error) {
	s, err := a.load(c.AsOf, false)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	e, err := a.findPublished(s.Catalog, c.Document)
	if err != nil {
		return nil, err
	}
	w := &withdrawal{
		site: s.Catalog, before: s.Findings, texts: textsNamed(e, c.Document), title: c.Title,
		edits: edits{root: a.Dir}, at: recordedAt(c.AsOf),
	}
	if c.HideTitle {
		texts, err := diag.LoadStrings(s.Config.Site.Language)
		if err != nil {
			texts = a.strings
		}
		w.title = texts.T("withdraw.untitled")
	}
	for _, e := range w.texts {
		if err := w.add(a, e, c); err != nil {
			return nil, err
		}
		title := w.title
		if title == "" {
			title = e.Title()
		}
		if line, ok := s.Withdrawal(e, title, w.at); ok {
			w.lines = append(w.lines, line)
		}
	}
	if w.articles, err = w.findArticles(a); err != nil {
		return nil, err
	}
	if w.mentions, err = w.findMentions(a); err != nil {
		return nil, err
	}
	return w, w.rename()
}

// findPublished is findOne of what the site shows or showed. Of a file that it never
// showed, or that is no document, it says so.
func (a *app) findPublished(c *catalog.Catalog, name string) (*catalog.Entry, error) {
	p := strings.TrimPrefix(strings.TrimSpace(name), "content/")
	switch {
	case len(c.Matches(name)) > 0:
	case slices.ContainsFunc(c.Skipped, func(d *digest.Digest) bool { return d.Path == p }):
		fmt.Fprintln(a.stderr, a.strings.T("withdraw.unpublished", source.Name(p)))
		return nil, errFindings
	case c.Entry(p) != nil:
		fmt.Fprintln(a.stderr, a.strings.T("withdraw.no-document", source.Name(p)))
		return nil, errFindings
	}
	return a.findOne(c, name)
}

// textsNamed are the texts that a name of one of them stands for: a path or an id
// is that of one text; a number or a title that of a work, in all its texts.
func textsNamed(e *catalog.Entry, name string) []*catalog.Entry {
	p := strings.TrimPrefix(strings.TrimSpace(name), "content/")
	if p == e.Path || strings.TrimSuffix(p, ".md") == e.ID || len(e.Versions) == 0 {
		return []*catalog.Entry{e}
	}
	return slices.Clone(e.Versions)
}

// add plans the withdrawal of one text. One that is withdrawn already keeps its
// day; only what of it still stands in content/ goes.
func (w *withdrawal) add(a *app, e *catalog.Entry, c *withdrawCmd) error {
	doc := *e.Document
	was := e.Shelf == gazette.Withdrawn
	titled := w.title != "" && w.title != doc.Title
	if !was {
		doc.Withdrawn = gazette.Withdrawal{Date: w.site.AsOf}
	}
	doc.Withdrawn.Reason = c.Reason
	if n := e.Number; titled && doc.Slug == "" && (n.IsZero() || n.Series == "" && !n.Order) {
		doc.Slug = pinyin.Slug(doc.Title) // the address stays
	}
	if titled {
		doc.Title = w.title
	}
	if c.KeepText {
		return w.keep(a, e, &doc, was, titled)
	}
	files, err := w.filesOf(a, e)
	if err != nil {
		return err
	}
	w.remove = append(w.remove, files...)
	if was && !e.Holds && !titled && e.Document.Withdrawn.Reason != "" {
		return nil
	}
	doc.Relations = append(dated(e), w.readBy(a, e)...)
	return w.edits.change(e.Path, func([]byte) ([]byte, error) { return source.Stub(&doc), nil })
}

// keep changes the front matter alone.
func (w *withdrawal) keep(a *app, e *catalog.Entry, doc *gazette.Document, was, titled bool) error {
	if was && !titled {
		return nil
	}
	err := w.edits.change(e.Path, func(b []byte) (out []byte, err error) {
		if out = b; !was {
			out, err = source.SetWithdrawn(out, doc.Withdrawn)
		}
		if titled && err == nil {
			out, err = source.SetString(out, "title", doc.Title)
		}
		if titled && err == nil && doc.Slug != e.Document.Slug {
			out, err = source.SetString(out, "slug", doc.Slug)
		}
		for _, r := range w.readBy(a, e) {
			if err == nil {
				out, err = source.AddRelation(out, r)
			}
		}
		return out, err
	})
	return a.editError(err)
}

// readBy are the relations that the text of a document states and its front matter
// does not: a text that is not shown is not read, either.
func (w *withdrawal) readBy(a *app, e *catalog.Entry) []gazette.Relation {
	var out []gazette.Relation
	for _, r := range w.site.Read {
		if r.By != e || r.Verdict == catalog.Stated {
			continue
		}
		x, err := a.relationOf(w.site, r, r.Target)
		switch {
		case r.Verdict == catalog.Certain && err == nil:
			out = append(out, x)
		case r.Verdict == catalog.Certain || r.Verdict == catalog.Proposed:
			w.lost = append(w.lost, r.Name())
		}
	}
	return out
}

// dated are the relations of a front matter with the days from which they work,
// which may follow from the text alone.
func dated(e *catalog.Entry) []gazette.Relation {
	out := slices.Clone(e.Document.Relations)
	for i := range out {
		if r := &out[i]; r.From.IsZero() && r.Kind.Changes() {
			r.From = e.Relations[i].From
		}
	}
	return out
}

// filesOf are the files of a document: all of its bundle, and what its front matter
// and its text name elsewhere, unless another document names it, too. No document
// is a file of another one, and no register is.
func (w *withdrawal) filesOf(a *app, e *catalog.Entry) ([]string, error) {
	named := map[string]bool{}
	content := filepath.Join(a.Dir, "content")
	if e.Bundle {
		err := fs.WalkDir(os.DirFS(content), path.Dir(e.Path), func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && source.TypeOf(p) == "" {
				named[p] = true
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	raw, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(e.Path)))
	if err != nil {
		return nil, err
	}
	whole, _ := digest.New(markup.NewParser(), e.Path, raw) // the catalog knows nothing of what was withdrawn before
	for _, p := range namedFiles(whole) {
		if info, err := os.Stat(filepath.Join(content, filepath.FromSlash(p))); err == nil && info.Mode().IsRegular() {
			named[p] = true
		}
	}
	others := slices.Clone(w.site.Skipped) // a draft keeps its files, too
	for _, o := range w.site.Entries {
		if !slices.Contains(w.texts, o) {
			others = append(others, o.Digest)
		}
	}
	for _, o := range others {
		for _, p := range namedFiles(o) {
			if named[p] {
				delete(named, p)
				w.shared = append(w.shared, p)
			}
		}
	}
	var out []string
	for p := range named {
		if !slices.Contains(w.remove, p) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out, nil
}

// namedFiles are the files that a document names, as paths in content/.
func namedFiles(d *digest.Digest) []string {
	var out []string
	add := func(name string) {
		if p := path.Join(path.Dir(d.Path), name); fs.ValidPath(p) && source.TypeOf(p) == "" && !strings.HasPrefix(p, "data/") {
			out = append(out, p)
		}
	}
	for _, x := range d.Attachments() {
		add(x.File)
	}
	for _, f := range d.Files {
		add(f.Path)
	}
	return out
}

// write changes content/: first what is shown, then the files, then the record.
func (w *withdrawal) write(a *app) error {
	if err := w.edits.write(); err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Join(a.Dir, "content"))
	if err != nil {
		return err
	}
	defer root.Close()
	for _, p := range w.remove {
		if err := root.Remove(filepath.FromSlash(p)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, p := range w.articles {
		if err := os.RemoveAll(filepath.Join(a.Dir, filepath.FromSlash(p))); err != nil {
			return err
		}
	}
	if len(w.lines) == 0 {
		return nil
	}
	return appendLedger(a.Dir, w.at, w.lines)
}
