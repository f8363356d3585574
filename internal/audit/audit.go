// Package audit looks at a built site as an inspector would (国办秘函〔2019〕19号,
// standards §3): at the files that stand in the output, one after the other,
// and, for what can only be mended there, at the texts in content/.
//
// [Titles] runs at the end of each build: a site whose search does not find its
// documents is not published; the fault is the tool's, not the content's, hence
// an error and no finding. [Site] is the whole inspection, for the command.
//
// Nothing of the site is kept but the paths of its files and what was found. A
// fault that every page shares (a link of the menu, a missing tag) is one
// finding, with the first page that has it and how many do.
package audit

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/gazette"
	"gongbao/internal/source"
)

// Input is what is inspected.
type Input struct {
	Output  fs.FS  // the folder that was built
	Name    string // of that folder in findings, from the root of the site
	Root    fs.FS  // of the site: holds content/
	Catalog *catalog.Catalog
}

type auditor struct {
	in       Input
	cat      *catalog.Catalog
	findings []diag.Finding

	files map[string]bool           // every file of the output
	owner map[string]*catalog.Entry // by address
	lists map[string]bool           // addresses of pages that list
	base  string                    // path of base_url, with a final slash

	dead   tally // addresses that lead nowhere
	hosts  tally // of other sites
	plain  tally // of other sites, without encryption
	loaded tally // what pages load from other sites
	lost   tally // tags and lines of the footer that pages do not have
	wanted []anchor
}

// Site inspects a site. An error means that the output could not be read.
func Site(in Input) ([]diag.Finding, error) {
	a := &auditor{in: in, cat: in.Catalog, files: map[string]bool{}, owner: map[string]*catalog.Entry{}, lists: map[string]bool{}}
	for _, e := range a.cat.Entries {
		a.owner[e.Address] = e
	}
	for _, l := range a.cat.Lists {
		a.lists[l.Address] = true
		if l.Taxonomy != "" {
			a.lists[l.Taxonomy+"/"] = true
		}
	}
	a.base = basePath(a.cat.Config.BaseURL)
	pages, err := a.walk()
	if err != nil {
		return nil, err
	}
	if err := a.pages(pages); err != nil {
		return nil, err
	}
	a.columns()
	a.dates()
	a.search()
	if err := a.texts(); err != nil {
		return nil, err
	}
	return diag.Sort(a.findings), nil
}

// walk lists the files of the output, looks at those that are no pages, and
// returns the pages. Hidden files are no part of a site.
func (a *auditor) walk() (pages []string, err error) {
	var others, styles []string
	err = fs.WalkDir(a.in.Output, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		a.files[p] = true
		switch {
		case path.Ext(p) == ".css":
			styles = append(styles, p)
		case path.Ext(p) == ".html" && !strings.Contains(p, "/files/"):
			pages = append(pages, p)
		case known(p):
			others = append(others, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range styles {
		if err := a.style(p); err != nil {
			return nil, err
		}
	}
	for _, p := range others {
		if err := a.attachment(p); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// file is a place in the output.
func (a *auditor) file(p string) diag.Pos { return diag.Pos{File: path.Join(a.in.Name, p)} }

// add reports a finding unless the site or the document that it is about
// silences it; e is nil where it is about none. One in the output also names
// the file of content/ that the page is of.
func (a *auditor) add(rule string, pos diag.Pos, e *catalog.Entry, args ...string) {
	a.put(diag.New(rule, pos, args...), e)
}

func (a *auditor) put(f diag.Finding, e *catalog.Entry) {
	if a.cat.Silences(f, e) {
		return
	}
	if e != nil && f.Pos.File != source.Name(e.Path) {
		f.Related = append(f.Related, diag.Related{Pos: e.Start()})
	}
	a.findings = append(a.findings, f)
}

// entryOf is the document in whose folder a file of the output stands, or nil.
func (a *auditor) entryOf(p string) *catalog.Entry {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if e := a.owner[dir+"/"]; e != nil {
			return e
		}
	}
	return nil
}

// shown reports whether readers see the text of an entry.
func shown(e *catalog.Entry) bool { return e.Shelf != gazette.Withdrawn }

// A tally counts what occurs on many pages and keeps the first place of each.
type tally struct {
	at   map[string]int
	rows []counted
}

type counted struct {
	what   string
	pos    diag.Pos
	entry  *catalog.Entry // of the first place
	shared bool           // other documents have it too
	n      int
}

func (t *tally) count(what string, e *catalog.Entry, pos func() diag.Pos) {
	if i, ok := t.at[what]; ok {
		t.rows[i].n++
		t.rows[i].shared = t.rows[i].shared || t.rows[i].entry != e
		return
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	t.at[what] = len(t.rows)
	t.rows = append(t.rows, counted{what: what, pos: pos(), entry: e, n: 1})
}

// tallied reports what was counted; the arguments are the thing and the count. A
// document silences only what it alone has.
func (a *auditor) tallied(rule string, t *tally) {
	for _, r := range t.rows {
		f := diag.New(rule, r.pos, r.what, strconv.Itoa(r.n))
		if r.shared && r.entry != nil {
			f.Related = []diag.Related{{Pos: r.entry.Start()}}
			r.entry = nil
		}
		a.put(f, r.entry)
	}
}
