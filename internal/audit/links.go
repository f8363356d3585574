package audit

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/extract"
)

// An anchor is a place in another page that a page wants.
type anchor struct {
	to, id string
	pos    diag.Pos
	entry  *catalog.Entry
}

// link looks at an address as it stands at a place of a page; loads says that the
// page does not work without what is there.
func (a *auditor) link(p *page, at int, href string, loads bool) {
	href = strings.TrimSpace(href)
	if href == "" {
		return
	}
	rest, ours := a.ours(href)
	if !ours {
		a.foreign(p, at, href, loads)
		return
	}
	rest, id, _ := strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?")
	id = unescape(id)
	if rest == "" {
		if id != "" && id != "top" {
			p.within = append(p.within, inside{id, at})
		}
		return
	}
	to, ok := a.resolve(p.path, unescape(rest))
	if !ok {
		return // of the portal around the site
	}
	switch file := a.at(to); {
	case file == "":
		a.dead.count(to, p.entry, func() diag.Pos { return a.pos(p, at) })
	case path.Ext(file) == ".html" && id != "" && id != "top":
		if file == p.path {
			p.within = append(p.within, inside{id, at})
			return
		}
		a.wanted = append(a.wanted, anchor{file, id, a.pos(p, at), p.entry})
	}
	if p.path == "index.html" {
		if e := a.owner[strings.TrimSuffix(to, "index.html")]; e != nil && e.Since().After(p.newest) {
			p.newest = e.Since()
		}
	}
}

// ours returns an address without base_url where it begins with it, and reports
// whether it is one of this site.
func (a *auditor) ours(href string) (string, bool) {
	if base := a.cat.Config.BaseURL; base != "" && strings.HasPrefix(href, base) {
		return a.base + href[len(base):], true
	}
	if strings.HasPrefix(href, "//") {
		return href, false
	}
	colon := strings.IndexByte(href, ':')
	return href, colon < 0 || strings.ContainsAny(href[:colon], "/?#")
}

// basePath is the path of an absolute address, with a slash at both ends.
func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return "/"
	}
	return "/" + strings.TrimPrefix(u.EscapedPath(), "/")
}

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// resolve returns the path in the site of an address in one of its pages; false
// where it leaves the site.
func (a *auditor) resolve(from, to string) (string, bool) {
	folder := strings.HasSuffix(to, "/")
	if strings.HasPrefix(to, "/") {
		rest, ok := strings.CutPrefix(to, a.base)
		if !ok {
			return "", false
		}
		to = path.Clean("/" + rest)[1:]
	} else {
		to = path.Join(path.Dir(from), to)
	}
	if to == ".." || strings.HasPrefix(to, "../") {
		return "", false
	}
	if to == "" || to == "." {
		return "index.html", true
	}
	if folder {
		to += "/"
	}
	return to, true
}

// at returns the file that a server sends for a path, "" for none.
func (a *auditor) at(p string) string {
	if a.files[p] {
		return p
	}
	if index := path.Join(p, "index.html"); a.files[index] {
		return index
	}
	return ""
}

// foreign counts what leads to, or loads from, another site.
func (a *auditor) foreign(p *page, at int, href string, loads bool) {
	low := strings.ToLower(href[:min(len(href), 300)])
	rest, secure := strings.CutPrefix(low, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(low, "http://"); !plain {
			if rest, secure = strings.CutPrefix(low, "//"); !secure {
				return // mailto:, tel:, data:
			}
		}
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	pos := func() diag.Pos { return a.pos(p, at) }
	if loads {
		a.loaded.count(host, p.entry, pos)
		return
	}
	if !a.knownHost(host) {
		a.hosts.count(host, p.entry, pos)
	}
	if !secure {
		a.plain.count(host, p.entry, pos)
	}
}

// knownHost reports whether a link to a host needs no second look: governments, and
// what config.toml names itself.
func (a *auditor) knownHost(host string) bool {
	if strings.HasSuffix(host, ".gov.cn") {
		return true
	}
	c := a.cat.Config
	named := []string{c.BaseURL, c.Site.ReportURL}
	for _, m := range c.Site.Menu {
		named = append(named, m.To)
	}
	return slices.ContainsFunc(named, func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Host == host
	})
}

// noAnchor reports an anchor that is not in its page; at is the place of the link.
func (a *auditor) noAnchor(p *page, to, id string, at int) {
	a.add("audit-anchor", a.pos(p, at), p.entry, id, to)
}

// anchors looks for what pages want of others. Each wanted page is read again:
// there are few of them, and to keep all anchors of all pages would take more
// memory than the site's catalog.
func (a *auditor) anchors() error {
	slices.SortStableFunc(a.wanted, func(x, y anchor) int { return strings.Compare(x.to, y.to) })
	ids := map[string]bool{}
	for i, w := range a.wanted {
		if i == 0 || a.wanted[i-1].to != w.to {
			b, err := fs.ReadFile(a.in.Output, w.to)
			if err != nil {
				return fmt.Errorf("audit the output: %w", err)
			}
			clear(ids)
			for t := extract.NewTags(b); t.Next(); {
				ids[t.Attr("id")] = true
				if t.Name == "a" {
					ids[t.Attr("name")] = true
				}
			}
		}
		if !ids[w.id] {
			a.add("audit-anchor", w.pos, w.entry, w.id, w.to)
		}
	}
	a.wanted = nil
	return nil
}

// inStyle finds what a style sheet loads. Comments are not told apart: they name
// files for a reason, too.
var inStyle = regexp.MustCompile(`url\(\s*['"]?([^'")\s]+)['"]?\s*\)|@import\s+['"]([^'"]+)['"]`)

// style looks at what a style sheet loads.
func (a *auditor) style(name string) error {
	b, err := fs.ReadFile(a.in.Output, name)
	if err != nil {
		return fmt.Errorf("audit the output: %w", err)
	}
	p := &page{path: name, text: b, entry: a.entryOf(name)}
	for _, m := range inStyle.FindAllSubmatchIndex(b, -1) {
		at := m[2:4]
		if at[0] < 0 {
			at = m[4:6]
		}
		a.link(p, at[0], string(b[at[0]:at[1]]), true)
	}
	return nil
}
