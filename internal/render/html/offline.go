package html

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/gazette"
	"gongbao/internal/render"
)

// OfflinePage shows what is on the reader's device, and stands in for a page
// that is not there while there is no network.
const OfflinePage = "offline/index.html"

// workerFile in assets/ is the source of sw.js; it is published at the root only,
// since a service worker answers for its own folder.
const workerFile = "sw.js"

// packMost bounds what can be taken along in one go: a list of what is in it must
// come quickly, and phones have little room.
const packMost = 1000

func (s *Site) offline() bool { return s.cat.Config.Site.Offline }

// asset is the address of an asset from the root. It carries the hash, so that a
// page never meets a style sheet of another build.
func (s *Site) asset(name string) string { return "assets/" + name + "?v=" + s.assets[name].hash }

// Worker is the source of the service worker, as small as it gets.
func (s *Site) Worker() []byte {
	b, err := fs.ReadFile(s.in.Layouts, "assets/"+workerFile)
	if err != nil {
		return nil // the embedded one is always there
	}
	return minified(workerFile, b)
}

// Shell are the addresses of the assets that every page may need offline.
func (s *Site) Shell() []string {
	out := []string{s.asset("site.css"), s.asset("site.js"), s.asset("offline.js")}
	if s.in.Search != nil {
		out = append(out, s.asset("search.js"))
	}
	return out
}

// Late are files that are kept beside the shell as the network has them: the ways
// into the site and what the search on the device needs.
func (s *Site) Late() []string {
	out := []string{"index.html", "status.json"}
	if s.in.Search != nil {
		out = append(out, searchAddress+"index.html", "search/hant.bin", "assets/inflate.js")
	}
	if file := s.emblem(); file != "" {
		out = append(out, file)
	}
	return out
}

// Themes are the grounds of the light and the dark theme, "" where the style
// sheet does not say them.
func (s *Site) Themes() [2]string { return s.themes }

var ground = regexp.MustCompile(`--bg:\s*(#[0-9a-fA-F]{3,8})`)

// grounds finds the colour --bg of the light and the dark theme in a style sheet.
func grounds(css []byte) (out [2]string) {
	light, dark, _ := strings.Cut(string(css), "prefers-color-scheme: dark")
	for i, part := range []string{light, dark} {
		if m := ground.FindStringSubmatch(part); m != nil {
			out[i] = m[1]
		}
	}
	return out
}

func (s *Site) offlineChrome(c *Chrome) {
	if !s.offline() {
		return
	}
	c.Offline = Link{s.strings.T("offline.title"), c.Root + OfflinePage}
	c.Icon = c.Root + render.Icon(s.cat.Config.Site.Emblem)
	if !s.in.Preview {
		c.Worker = c.Root + workerFile
	}
	for i, scheme := range []string{"light", "dark"} {
		if s.themes[i] != "" {
			c.Themes = append(c.Themes, Meta{"(prefers-color-scheme: " + scheme + ")", s.themes[i]})
		}
	}
}

// allPacks are the packs of the site by the page that offers them, found once.
func (s *Site) allPacks() map[string]render.Pack {
	s.packing.Do(s.findPacks)
	return s.packs
}

// findPacks finds what can be taken along: issues, topics and issuers.
func (s *Site) findPacks() {
	s.packs = map[string]render.Pack{}
	if !s.offline() {
		return
	}
	for _, e := range s.cat.Issues {
		var es []*catalog.Entry
		for _, x := range slices.Concat(e.IssueEntries...) {
			if x != nil && !slices.Contains(es, x) {
				es = append(es, x)
			}
		}
		var extra []string
		if pdf := e.Digest.Issue.PDF; pdf != "" {
			extra = append(extra, e.Address+"files/"+pdf)
		} else {
			extra = append(extra, e.Address+"issue.pdf")
		}
		s.addPack(e.Address, s.issueTitle(e), append([]*catalog.Entry{e}, es...), nil, extra)
	}
	for _, l := range s.cat.Lists {
		if l.Taxonomy == "topics" || l.Taxonomy == "issuers" {
			pages := []string{l.Address + "index.html"}
			for n := s.innerPages(len(l.Entries)); n >= 1; n-- {
				pages = append(pages, pageFile(l.Address, n))
			}
			s.addPack(l.Address, s.listName(l), l.Entries, pages, nil)
		}
	}
}

func (s *Site) addPack(address, title string, es []*catalog.Entry, pages, extra []string) {
	count := 0
	for _, e := range es {
		if e.Type == gazette.TypeDocument && e.Shelf != gazette.Withdrawn {
			if count++; count > packMost {
				return
			}
		}
	}
	if count == 0 {
		return
	}
	s.packs[address+"index.html"] = render.Pack{
		Path: address + "pack.json", Page: address + "index.html", Title: title, Count: count,
		Pages: func() []string {
			out := slices.Clone(pages)
			for _, e := range es {
				if e.Shelf == gazette.Withdrawn {
					continue
				}
				out = append(out, e.Address+"index.html")
				for _, f := range e.Files {
					if f.Image {
						out = append(out, e.Address+"files/"+f.Path)
					}
				}
			}
			return unique(out)
		},
		Extra: func() []string {
			out := slices.Clone(extra)
			for _, e := range es {
				if e.Shelf == gazette.Withdrawn {
					continue
				}
				for _, a := range e.Attachments() {
					out = append(out, e.Address+"files/"+a.File)
				}
				for _, f := range e.Files {
					if !f.Image {
						out = append(out, e.Address+"files/"+f.Path)
					}
				}
				if e.Type == gazette.TypeDocument {
					out = append(out, e.Address+render.PDFFile)
				}
			}
			return unique(out)
		},
	}
}

// unique keeps the first of equal paths, in order.
func unique(paths []string) []string {
	seen := make(map[string]bool, len(paths))
	return slices.DeleteFunc(paths, func(p string) bool {
		was := seen[p]
		seen[p] = true
		return was
	})
}

// Packs are all packs of the site, by path.
func (s *Site) Packs() []render.Pack {
	packs := s.allPacks()
	out := make([]render.Pack, 0, len(packs))
	for _, p := range packs {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b render.Pack) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// take offers the pack of a page, nil where there is none.
func (s *Site) take(file string) *Take {
	p, ok := s.allPacks()[file]
	if !ok {
		return nil
	}
	kind := "list"
	if strings.HasPrefix(file, "issues/") {
		kind = "issue"
	}
	words := s.wordsUnder("offline.take.")
	words["take"] = words[kind]
	delete(words, "issue")
	delete(words, "list")
	return &Take{JS: root(file) + s.asset("offline.js"), Pack: rel(file, p.Path), Words: jsonWords(words), Offline: root(file) + OfflinePage}
}

// wordsUnder are the words whose keys begin with one of the prefixes, without it.
func (s *Site) wordsUnder(prefixes ...string) map[string]string {
	words := map[string]string{}
	for _, p := range prefixes {
		for k, v := range s.strings {
			if name, ok := strings.CutPrefix(k, p); ok {
				words[name] = v
			}
		}
	}
	return words
}

func jsonWords(words map[string]string) string {
	b, _ := json.Marshal(words) // maps of strings: sorted by key
	return string(b)
}

func (s *Site) offlineUnits() []render.Unit {
	if !s.offline() {
		return nil
	}
	return []render.Unit{s.unit(OfflinePage, func() *Page {
		name := s.strings.T("offline.title")
		p := s.page("offline", OfflinePage, name)
		p.NoIndex, p.Canonical = true, ""
		p.Crumbs = s.crumbs(OfflinePage, Link{}, name)
		p.Offline = &Offline{JS: "../" + s.asset("offline.js"), Words: jsonWords(s.wordsUnder("offline.take.", "offline.js."))}
		return p
	})}
}

// Gone are the addresses of what was withdrawn, also the former ones and those of
// mounts, and the files of the issues that printed it: copies of them that readers
// keep have its text.
func (s *Site) Gone() []string {
	out := goneFrom(s.cat)
	for _, m := range s.cat.Mounts {
		out = append(out, goneFrom(m)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func goneFrom(c *catalog.Catalog) (out []string) {
	withdrawn := func(e *catalog.Entry) bool { return e != nil && e.Shelf == gazette.Withdrawn }
	for _, e := range c.Documents {
		if withdrawn(e) {
			out = append(out, e.Address)
		}
	}
	for _, r := range c.Redirects {
		if withdrawn(r.To) {
			out = append(out, r.From)
		}
	}
	for _, g := range c.Graves {
		out = append(out, g.Address)
	}
	for _, e := range c.Issues {
		if slices.ContainsFunc(e.Printed(), withdrawn) {
			for _, name := range []string{render.IssuePDF, render.EPUB.File} {
				out = append(out, e.Address+name)
			}
			if pdf := e.Digest.Issue.PDF; pdf != "" {
				out = append(out, e.Address+"files/"+pdf)
			}
		}
	}
	return out
}
