package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/compare"
	"gongbao/internal/gazette"
	"gongbao/internal/ledger"
	"gongbao/internal/markup"
	"gongbao/internal/source"
	"gongbao/internal/zh"
)

// A mention is a file of content/ that speaks of a withdrawn document: somebody
// must look at it, because it stays as it is.
type mention struct {
	path    string
	line    int // of the longest stretch that it has from the text; 0: none
	letters int
}

// leastName is how many letters a name must have to tell its document from others.
const leastName = 6

// findMentions finds the files that name one of the texts by number or title, or
// that are tied to it, and what they repeat of its text. Word files, pictures and
// PDFs are not looked into; the ledger is no text that anybody edits.
func (w *withdrawal) findMentions(a *app) ([]mention, error) {
	content := os.DirFS(filepath.Join(a.Dir, "content"))
	tied, own := map[string]bool{}, map[string]bool{}
	var names, bodies []string
	for _, e := range w.texts {
		own[e.Path] = true
		names = append(names, w.names(e)...)
		raw, err := fs.ReadFile(content, e.Path)
		if err != nil {
			return nil, err
		}
		body, _ := source.Body(e.Path, raw)
		bodies = append(bodies, string(body))
		for _, o := range tiedTo(w.site, e) {
			tied[o.Path] = true
		}
	}
	streams := make([]string, len(names))
	for i, n := range names {
		streams[i] = zh.Stream(n)
	}
	var out []mention
	err := fs.WalkDir(content, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || own[p] || isRecord(p) || slices.Contains(w.remove, p) || !slices.Contains([]string{".md", ".toml", ".ndjson", ".txt", ".csv"}, path.Ext(p)) {
			return err
		}
		raw, err := fs.ReadFile(content, p)
		if err != nil {
			return err
		}
		text, _, _ := zh.Decode(raw)
		stream := zh.Stream(string(text))
		if !tied[p] && !slices.ContainsFunc(streams, func(n string) bool { return strings.Contains(stream, n) }) {
			return nil
		}
		m := mention{path: p}
		its, first := source.Body(p, raw)
		for _, body := range bodies {
			if _, ps := compare.Copied(string(its), body, names, 1); len(ps) > 0 {
				if n := utf8.RuneCountInString(zh.Stream(ps[0].Text)); n > m.letters {
					m.line, m.letters = first+ps[0].Line-1, n
				}
			}
		}
		out = append(out, m)
		return nil
	})
	return out, err
}

// isRecord reports whether a file of content/ is one to which only programs add.
func isRecord(p string) bool {
	return path.Dir(source.Name(p)) == path.Dir(ledger.PostsFile) && source.Name(p) != ledger.WithheldFile
}

// names are what others call a document.
func (w *withdrawal) names(e *catalog.Entry) []string {
	var out []string
	for _, n := range []string{e.Document.Number, e.Title(), markup.InnerTitle(e.Title())} {
		if utf8.RuneCountInString(zh.Stream(n)) >= leastName {
			out = append(out, n)
		}
	}
	return out
}

// tiedTo are the entries that the catalog ties to a document.
func tiedTo(c *catalog.Catalog, e *catalog.Entry) []*catalog.Entry {
	out := slices.Concat(e.AboutBy, e.CitedBy, e.Versions, issuesOf(c, e))
	for _, r := range e.Inverse {
		out = append(out, r.By)
	}
	for _, r := range e.Relations {
		if r.Target.Entry != nil {
			out = append(out, r.Target.Entry)
		}
	}
	return out
}

// issuesOf are the issues that printed a document.
func issuesOf(c *catalog.Catalog, e *catalog.Entry) []*catalog.Entry {
	var out []*catalog.Entry
	for _, s := range c.Issues {
		if slices.Contains(s.Printed(), e) {
			out = append(out, s)
		}
	}
	return out
}

// rename gives others a name for the texts that does not go with their titles:
// what names them by title would name nothing any more. A file that cannot be
// edited so keeps nobody from withdrawing; it is among the mentions.
func (w *withdrawal) rename() error {
	for _, e := range w.texts {
		if w.title == "" || w.title == e.Title() {
			continue
		}
		forms := map[string]bool{}
		for _, n := range []string{e.Title(), markup.InnerTitle(e.Title())} {
			for _, form := range []string{"《" + n + "》", n} {
				if t, _ := w.site.Find(nil, form); n != "" && t.Entry != nil && t.Entry.SameWork(e) {
					forms[form] = true
				}
			}
		}
		for _, m := range w.mentions {
			o := w.site.Entry(m.path)
			if o == nil {
				continue
			}
			to := e.Path
			if t, n := w.site.Find(nil, e.Document.Number); o.Type != gazette.TypeIssue && n == 1 && t.Entry != nil && t.Entry.SameWork(e) {
				to = e.Document.Number
			}
			var edit source.EditError
			if err := w.renameIn(o, forms, to); err != nil && !errors.As(err, &edit) {
				return err
			}
		}
	}
	return nil
}

// renameIn replaces the names in one file. A bare title is a name in lists of
// issues only: elsewhere it may be somebody's own.
func (w *withdrawal) renameIn(o *catalog.Entry, forms map[string]bool, to string) error {
	raw, err := os.ReadFile(w.edits.name(o.Path))
	if err != nil {
		return err
	}
	changed := false
	for form := range forms {
		if o.Type != gazette.TypeIssue && !strings.HasPrefix(form, "《") {
			continue
		}
		out, hit, err := source.Rename(raw, form, to)
		if err != nil {
			return err
		}
		raw, changed = out, changed || hit
	}
	if !changed {
		return nil
	}
	return w.edits.change(o.Path, func([]byte) ([]byte, error) { return raw, nil })
}
