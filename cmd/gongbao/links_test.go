package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongbao/internal/publish"
)

// buildSample builds the sample site into a folder of its own.
func buildSample(t *testing.T) (public string) {
	t.Helper()
	public = t.TempDir()
	var out bytes.Buffer
	if code := run([]string{"-C", "../..", "-q", "build", "--no-cache", "--as-of", "2026-11-23", "--output", public}, &out, &out); code != exitDone {
		t.Fatalf("build = %d:\n%s", code, out.String())
	}
	return public
}

// TestEveryLinkLeadsSomewhere follows every relative address of every page, to
// the anchor, in the sample and in the site of the whole corpus.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Run("sample", func(t *testing.T) { checkLinks(t, buildSample(t), "../../.gongbao") })
	t.Run("corpus", func(t *testing.T) {
		checkLinks(t, filepath.Join(importCorpus(t), "public"), filepath.Join(importCorpus(t), ".gongbao"))
	})
}

type linkOf struct{ page, target, fragment string }

// checkLinks reads the pages of an output; the manifest of state knows how many
// pages a PDF has.
func checkLinks(t *testing.T, public, state string) {
	out, err := publish.Read(public, state)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]bool{} // file → ids
	var links []linkOf
	err = filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(public, name)
		if err != nil {
			return err
		}
		page := filepath.ToSlash(rel)
		ids[page] = map[string]bool{}
		if path.Ext(page) != ".html" || page == "404.html" { // its links go through base_url
			return nil
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		z := html.NewTokenizer(bytes.NewReader(b))
		for z.Next() != html.ErrorToken {
			tag := z.Token()
			for _, a := range tag.Attr {
				switch a.Key {
				case "id":
					if ids[page][a.Val] {
						t.Errorf("%s: id %q twice", page, a.Val)
					}
					ids[page][a.Val] = true
				case "href", "src":
					if l, ok := follow(t, page, a.Val); ok {
						links = append(links, l)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		anchors, ok := ids[l.target]
		if n, paged := strings.CutPrefix(l.fragment, "page="); ok && paged && path.Ext(l.target) == ".pdf" {
			f, _ := out.Facts(l.target)
			if page, err := strconv.Atoi(n); err != nil || page < 1 || page > f.Pages {
				t.Errorf("%s: no page %s in %s", l.page, n, l.target)
			}
		} else if !ok {
			t.Errorf("%s: no file %s", l.page, l.target)
		} else if l.fragment != "" && !anchors[l.fragment] {
			t.Errorf("%s: no anchor %s#%s", l.page, l.target, l.fragment)
		}
	}
	t.Logf("%d files, %d links", len(ids), len(links))
}

// follow resolves an address against its page; ok is false for other sites.
func follow(t *testing.T, page, href string) (linkOf, bool) {
	u, err := url.Parse(href)
	if err != nil {
		t.Errorf("%s: href %q: %v", page, href, err)
		return linkOf{}, false
	}
	if u.Scheme != "" || u.Host != "" {
		return linkOf{}, false
	}
	if strings.HasPrefix(u.Path, "/") {
		t.Errorf("%s: %q is not relative", page, href)
		return linkOf{}, false
	}
	target := page
	if u.Path != "" {
		target = path.Join(path.Dir(page), u.Path)
	}
	return linkOf{page, target, u.Fragment}, true
}
