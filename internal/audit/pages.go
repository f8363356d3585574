package audit

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/extract"
	"gongbao/internal/gazette"
)

// A page is one page of the output while it is looked at.
type page struct {
	path  string
	text  []byte
	entry *catalog.Entry // whose page it is, or in whose folder it stands; nil for none
	own   bool           // it is the page of entry itself

	ids      map[string]bool
	within   []inside // fragments of the page itself that it links to
	metas    map[string]string
	metaAt   map[string]int
	redirect bool
	newest   gazette.Date // of the entries that it links to; only of the home page
}

type inside struct {
	id string
	at int
}

// pos is the place of an offset in a page.
func (a *auditor) pos(p *page, at int) diag.Pos {
	before := p.text[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	pos := a.file(p.path)
	pos.Line, pos.Col = 1+bytes.Count(before, []byte{'\n'}), 1+utf8.RuneCount(before[start:])
	return pos
}

// pages looks at all pages: first at each by itself, then at the anchors that
// pages want of others.
func (a *auditor) pages(paths []string) error {
	p := &page{ids: map[string]bool{}, metas: map[string]string{}, metaAt: map[string]int{}}
	for _, name := range paths {
		b, err := fs.ReadFile(a.in.Output, name)
		if err != nil {
			return fmt.Errorf("audit the output: %w", err)
		}
		clear(p.ids)
		clear(p.metas)
		clear(p.metaAt)
		*p = page{path: name, text: b, entry: a.entryOf(name), ids: p.ids, metas: p.metas, metaAt: p.metaAt, within: p.within[:0]}
		p.own = p.entry != nil && p.entry.Address+"index.html" == name
		a.tags(p)
		for _, w := range p.within {
			if !p.ids[w.id] {
				a.noAnchor(p, p.path, w.id, w.at)
			}
		}
		a.tagsOf(p)
		a.footer(p)
		if name == "index.html" {
			a.home(p)
		}
	}
	if err := a.anchors(); err != nil {
		return err
	}
	a.tallied("audit-link", &a.dead)
	a.tallied("audit-resource", &a.loaded)
	a.tallied("audit-host", &a.hosts)
	a.tallied("audit-http", &a.plain)
	a.footers()
	return nil
}

// tags reads the tags of a page.
func (a *auditor) tags(p *page) {
	for t := extract.NewTags(p.text); t.Next(); {
		if id := t.Attr("id"); id != "" {
			p.ids[id] = true
		}
		switch t.Name {
		case "a", "area":
			if t.Name == "a" {
				if name := t.Attr("name"); name != "" {
					p.ids[name] = true
				}
			}
			a.link(p, t.At, t.Attr("href"), false)
		case "form":
			a.link(p, t.At, t.Attr("action"), false)
		case "link":
			a.link(p, t.At, t.Attr("href"), loads(t.Attr("rel")))
		case "script", "iframe", "frame", "embed", "audio", "track", "input":
			a.link(p, t.At, t.Attr("src"), true)
		case "img", "source":
			a.link(p, t.At, t.Attr("src"), true)
			for _, s := range strings.Split(t.Attr("srcset"), ",") {
				s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
				a.link(p, t.At, s, true)
			}
		case "video":
			a.link(p, t.At, t.Attr("src"), true)
			a.link(p, t.At, t.Attr("poster"), true)
		case "object":
			a.link(p, t.At, t.Attr("data"), true)
		case "meta":
			a.meta(p, t)
		}
	}
}

// loads reports whether a browser loads what a <link> names.
func loads(rel string) bool {
	for _, r := range strings.Fields(strings.ToLower(rel)) {
		switch r {
		case "stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch":
			return true
		}
	}
	return false
}

func (a *auditor) meta(p *page, t *extract.Tags) {
	content := t.Attr("content")
	if strings.EqualFold(t.Attr("http-equiv"), "refresh") {
		if _, to, ok := strings.Cut(content, "url="); ok {
			p.redirect = true
			a.link(p, t.At, strings.Trim(to, `'" `), false)
		}
	}
	if name := t.Attr("name"); name != "" {
		if _, twice := p.metas[name]; !twice {
			p.metas[name], p.metaAt[name] = content, t.At
		}
	}
}

// plainPage reports whether a page is part of the site with its head and foot: not
// one that leads elsewhere, nor one to be shown in other sites.
func plainPage(p *page) bool { return !p.redirect && path.Base(p.path) != "embed.html" }
