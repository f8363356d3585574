package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongbao/layouts"
)

// A pageType is one kind of page a reader meets. Its page in the sample is the
// first one, by address, that its layout made and that holds all of has.
type pageType struct {
	name, layout string
	has          []string
	path         string // filled in by typedPages
}

// pageTypes are what all checks of pages go over.
var pageTypes = []pageType{
	{name: "home", layout: "home"},
	{name: "document in force", layout: "document", has: []string{`class="status in-force"`, `class="fold outline`, `class="prevnext`}},
	{name: "document with attachments", layout: "document", has: []string{`id="files"`, `id="formats"`}},
	{name: "document with a table", layout: "document", has: []string{`class="table"`}},
	{name: "document with a picture", layout: "document", has: []string{`<figure`}},
	{name: "document with reasons", layout: "document", has: []string{`class="why`, `<blockquote>`}},
	{name: "document of several texts", layout: "document", has: []string{`id="versions"`}},
	{name: "document with corrections", layout: "document", has: []string{`id="corrections"`}},
	{name: "document with interpretation", layout: "document", has: []string{`id="related"`}},
	{name: "document without badge", layout: "document", has: []string{`-id="status"`, `class="text"`}},
	{name: "repealed", layout: "document", has: []string{`class="status repealed"`}},
	{name: "replaced", layout: "document", has: []string{`class="status replaced"`}},
	{name: "expired", layout: "document", has: []string{`class="status expired"`}},
	{name: "lapsed", layout: "document", has: []string{`class="status lapsed"`}},
	{name: "pending", layout: "document", has: []string{`class="status pending"`}},
	{name: "suspended", layout: "document", has: []string{`class="status suspended"`}},
	{name: "unknown", layout: "document", has: []string{`class="status unknown"`}},
	{name: "partial", layout: "document", has: []string{`class="text-state"`}},
	{name: "stub", layout: "document", has: []string{`本站暂无本文件的文本`}},
	{name: "embed", layout: "document", has: []string{`class="embed"`}},
	{name: "issue", layout: "issue", has: []string{`class="more imprint"`, `class="prevnext`}},
	{name: "list", layout: "list", has: []string{`class="chips"`, `data-steps`}},
	{name: "data", layout: "data"},
	{name: "issues", layout: "list", has: []string{`class="calendar`}},
	{name: "topic", layout: "list", has: []string{`data-pack=`}},
	{name: "terms", layout: "terms"},
	{name: "terms in a tree", layout: "terms", has: []string{"terms nested"}},
	{name: "directory", layout: "directory"},
	{name: "completeness", layout: "complete"},
	{name: "items", layout: "items"},
	{name: "item", layout: "item", has: []string{`class="docs"`}},
	{name: "project", layout: "project"},
	{name: "bodies", layout: "bodies"},
	{name: "interpretation", layout: "article", has: []string{`class="about"`}},
	{name: "interpretation with a picture", layout: "article", has: []string{`class="about"`, `<figure`}},
	{name: "question", layout: "article", has: []string{`@questions/`}},
	{name: "consultation", layout: "article", has: []string{`@consultations/`}},
	{name: "response", layout: "article", has: []string{`@responses/`}},
	{name: "figures", layout: "article", has: []string{`class="table figures"`}},
	{name: "page", layout: "article", has: []string{`@pages/about`}},
	{name: "sitemap", layout: "sitemap"},
	{name: "offline", layout: "offline"},
	{name: "search", layout: "search"},
	{name: "not found", layout: "notfound"},
	{name: "redirect", layout: "redirect"},
	{name: "withdrawn", layout: "withdrawn"},
}

// typed is the sample, built once, with a page for every type.
var typed struct {
	once        sync.Once
	dir, public string
	pages       []pageType
	said        []string
}

// typedPages returns the folder of the built sample and a page of every type.
// Tests must not change it.
func typedPages(t *testing.T) (public string, pages []pageType) {
	t.Helper()
	typed.once.Do(makeTyped)
	for _, s := range typed.said {
		t.Error(s)
	}
	if t.Failed() {
		t.FailNow()
	}
	return typed.public, typed.pages
}

var mainBlock = regexp.MustCompile(`\{\{-? *define "main" *-?\}\}`)

// makeTyped builds the sample twice: once with layouts that leave their name on
// their pages, which tells the type of each, and once as it is.
func makeTyped() {
	fail := func(err error) bool {
		if err != nil {
			typed.said = append(typed.said, err.Error())
		}
		return err != nil
	}
	dir, err := os.MkdirTemp("", "gongbao-typed-")
	if fail(err) {
		return
	}
	root, marked := filepath.Join(dir, "site"), filepath.Join(dir, "marked")
	typed.dir, typed.public = dir, filepath.Join(dir, "public")
	if fail(os.MkdirAll(filepath.Join(root, "layouts"), 0o755)) || fail(os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content"))) {
		return
	}
	config, err := os.ReadFile("../../config.toml")
	if fail(err) || fail(os.WriteFile(filepath.Join(root, "config.toml"), config, 0o644)) {
		return
	}
	names, err := fs.Glob(layouts.FS, "*.html")
	if fail(err) {
		return
	}
	var made []string // layouts
	for _, name := range names {
		text, err := layouts.FS.ReadFile(name)
		if fail(err) {
			return
		}
		layout := strings.TrimSuffix(name, ".html")
		if at := mainBlock.FindIndex(text); at != nil {
			made = append(made, layout)
			text = slices.Insert(text, at[1], []byte(`<i data-layout="`+layout+`"></i>`)...)
		}
		if fail(os.WriteFile(filepath.Join(root, "layouts", name), text, 0o644)) {
			return
		}
	}
	var out strings.Builder
	for _, args := range [][]string{{"-C", root, "-q", "build", "--output", marked}, {"-C", "../..", "-q", "build", "--output", typed.public}} {
		if code := run(append(args, "--no-cache", "--as-of", "2026-11-23"), &out, &out); code != exitDone {
			typed.said = append(typed.said, out.String())
			return
		}
	}
	typed.pages = slices.Clone(pageTypes)
	unknown := map[string]bool{}
	err = filepath.WalkDir(marked, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		address, _ := filepath.Rel(marked, name)
		address, text := filepath.ToSlash(address), string(b)
		_, layout, ok := strings.Cut(text, `<i data-layout="`)
		layout, _, _ = strings.Cut(layout, `"`)
		if !ok {
			unknown[address] = true
		}
		for i := range typed.pages {
			if p := &typed.pages[i]; p.path == "" && p.layout == layout && p.fits(address, text) {
				p.path = address
			}
		}
		return nil
	})
	if fail(err) {
		return
	}
	for _, p := range typed.pages {
		if p.path == "" {
			typed.said = append(typed.said, "the sample has no page of type "+p.name)
		}
	}
	for _, layout := range made {
		if !slices.ContainsFunc(pageTypes, func(p pageType) bool { return p.layout == layout }) {
			typed.said = append(typed.said, "layout "+layout+" has no page type: it is not checked")
		}
	}
	for address := range unknown {
		typed.said = append(typed.said, address+" comes from no layout: it is not checked")
	}
}

// fits reports whether a page holds all that the type asks for: @ is where it
// stands, - what it must not hold.
func (p pageType) fits(address, text string) bool {
	embed := strings.HasSuffix(address, "/embed.html")
	if embed != (p.name == "embed") {
		return false
	}
	for _, want := range p.has {
		var ok bool
		switch {
		case want[0] == '@':
			ok = strings.HasPrefix(address, want[1:])
		case want[0] == '-':
			ok = !strings.Contains(text, want[1:])
		default:
			ok = strings.Contains(text, want)
		}
		if !ok {
			return false
		}
	}
	return true
}

func TestEveryLayoutHasAPageType(t *testing.T) {
	_, pages := typedPages(t)
	for _, p := range pages {
		t.Logf("%-30s %s", p.name, p.path)
	}
}
