package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongbao/internal/build"
	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/press"
	"gongbao/internal/render/share"
)

type shareCmd struct {
	Documents []string `arg:"" optional:"" placeholder:"NUMBER" help:"help.share-document"`
	On        string   `placeholder:"DATE" help:"help.share-on"`
	Output    string   `short:"o" placeholder:"DIR" help:"help.share-output"`
	Posted    string   `placeholder:"CHANNEL" xor:"record" help:"help.share-posted"`
	Deleted   string   `placeholder:"CHANNEL" xor:"record" help:"help.share-deleted"`
	At        string   `placeholder:"TIME" help:"help.share-at"`
	URL       string   `name:"url" placeholder:"URL" help:"help.share-url"`
}

// Run makes what editors of new media post of documents, or puts on record that
// they did.
func (c *shareCmd) Run(a *app) error {
	day, err := c.valid()
	if err != nil {
		return err
	}
	s, err := a.load("", true)
	if err != nil {
		return err
	}
	defer s.Close()
	es, err := c.documents(a, s.Catalog, day)
	if err != nil || len(es) == 0 {
		return err
	}
	if c.recording() {
		return c.record(a, s, es)
	}
	if c.published(a) {
		return usageError{"usage.share-output", []string{c.Output}}
	}
	for _, e := range es {
		if !a.mayShare(s, e) {
			return errFindings
		}
	}
	p, fonts, findings := s.Press()
	if errors, _ := diag.Count(findings); errors > 0 || fonts == nil {
		a.print(a.stderr, findings, false)
		return errFindings
	}
	if s.Config.BaseURL == "" {
		fmt.Fprintln(a.stderr, a.strings.T("share.no-address"))
	}
	for _, e := range es {
		dir := c.Output
		if dir == "" {
			dir = filepath.Join(a.Dir, shareFolder)
		}
		if c.Output == "" || len(es) > 1 || c.On != "" {
			dir = filepath.Join(dir, share.FolderOf(e))
		}
		if err := a.share(s, p, fonts, e, dir); err != nil {
			return err
		}
	}
	return nil
}

// valid returns the day of --on, the zero date without it.
func (c *shareCmd) valid() (day gazette.Date, err error) {
	switch {
	case (len(c.Documents) == 0) == (c.On == ""):
		return day, usageError{"usage.share-what", nil}
	case c.recording() && (c.Output != "" || c.On != ""), !c.recording() && (c.At != "" || c.URL != ""):
		return day, usageError{"usage.share-record", nil}
	case c.On != "":
		return dateOf("--on", c.On)
	}
	return day, nil
}

func (c *shareCmd) recording() bool { return c.Posted != "" || c.Deleted != "" }

// documents are those that are named, or that came out on a day.
func (c *shareCmd) documents(a *app, cat *catalog.Catalog, day gazette.Date) ([]*catalog.Entry, error) {
	var out []*catalog.Entry
	for _, name := range c.Documents {
		e, err := a.findOne(cat, name)
		if err != nil {
			return nil, err
		}
		if e.Type != gazette.TypeDocument {
			fmt.Fprintln(a.stderr, a.strings.T("share.no-document", name))
			return nil, errFindings
		}
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	if c.On == "" {
		return out, nil
	}
	for _, e := range cat.Documents {
		if e.Document.Published.Date == day && !e.Draft() && e.Shelf != gazette.Withdrawn && !e.Document.TextNone {
			out = append(out, e)
		}
	}
	if out == nil {
		fmt.Fprintln(a.stderr, a.strings.T("share.none", c.On))
	}
	return out, nil
}

// published reports whether the output would stand in the site or among its texts.
func (c *shareCmd) published(a *app) bool {
	return c.Output != "" && (within(filepath.Join(a.Dir, "content"), c.Output) || within(filepath.Join(a.Dir, "public"), c.Output))
}

// within reports whether name is dir or stands in it.
func within(dir, name string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if name, err = filepath.Abs(name); err != nil {
		return false
	}
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}

// mayShare reports whether a document is public and without errors. It says why
// not.
func (a *app) mayShare(s *build.Site, e *catalog.Entry) bool {
	if !a.isPublic(s.Catalog, e) {
		return false
	}
	findings := about(s, e)
	if len(findings) == 0 {
		return true
	}
	a.print(a.stderr, diag.Sort(findings), false)
	fmt.Fprintln(a.stderr, a.strings.T("share.refused", e.Title()))
	return false
}

// isPublic reports whether a document is public: no draft, not of a day to come, not
// withdrawn, with its text. It says why not.
func (a *app) isPublic(cat *catalog.Catalog, e *catalog.Entry) bool {
	switch {
	case e.Draft() || e.Document.Published.Date.After(cat.AsOf):
		fmt.Fprintln(a.stderr, a.strings.T("share.draft", e.Title()))
	case e.Shelf == gazette.Withdrawn:
		fmt.Fprintln(a.stderr, a.strings.T("share.withdrawn", e.Title()))
	case e.Document.TextNone:
		fmt.Fprintln(a.stderr, a.strings.T("share.no-text", e.Title()))
	default:
		return true
	}
	return false
}

// share writes the files of one document, share.json last.
func (a *app) share(s *build.Site, p *press.Press, fonts *font.Set, e *catalog.Entry, dir string) error {
	cards, pictures, findings := p.Cards(e)
	a.print(a.stderr, findings, false)
	l := s.Loader()
	text, err := l.Text(e.Path)
	if err != nil {
		return err
	}
	files, m, err := share.Make(share.Source{
		Entry: e, Tree: text.Tree, Config: &s.Config, Words: p.Words, Cards: cards, Pictures: pictures, Fonts: fonts, File: l.File,
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(path.Clean(f.Name)))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := replace(name, f.Bytes); err != nil {
			return err
		}
	}
	fmt.Fprintln(a.stdout, dir)
	a.limits(m)
	return nil
}

// limits says what of a share is longer than the forms of the channels take.
func (a *app) limits(m *share.Manifest) {
	name := strings.TrimSpace(m.Number + " " + m.Title)
	for _, x := range []struct {
		over  bool
		key   string
		n, of int
	}{
		{m.Characters >= share.ArticleLimit, "share.long-article", m.Characters, share.ArticleLimit},
		{m.Headline == "", "share.long-title", len([]rune(m.Title)), share.HeadlineLimit},
		{m.Short > share.ShortLimit, "share.long-short", m.Short, share.ShortLimit},
	} {
		if x.over {
			fmt.Fprintln(a.stderr, a.strings.T(x.key, name, strconv.Itoa(x.n), strconv.Itoa(x.of)))
		}
	}
}
