package build

import (
	"context"
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/memo"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

// A Preview is a site that changes while it is read. A change costs what it
// changes: a text costs its digest, and so does front matter of which the catalog
// can tell what follows (catalog.Revise); other front matter costs Resolve, and
// only a new, renamed or deleted file, a register or the config cost reading
// again. Pages are made when somebody asks for them; what is wrong is found
// afterwards, by a Resolve of all.
//
// All methods may be called from any goroutine; changes go one after the other.
type Preview struct {
	changing sync.Mutex // held by Update, Switch and Check
	memo     *memo.Memo

	mu sync.RWMutex // of what follows; only who holds changing changes it
	shown
	generation int                     // of what is shown
	units      map[string]*render.Unit // all files but the search, listed when one is asked for that is of no entry
	found      map[string]*render.Unit // the files of the search, listed then too
	moved      bool                    // files have changed since Resolve
	folios     map[string]map[string][2]int
}

// OpenPreview reads a site and judges it. The caller must Close it.
func OpenPreview(ctx context.Context, o Options) (*Preview, error) {
	o.Preview, o.Keep, o.Details, o.Folios = true, true, true, true
	m, err := o.openMemo(time.Now())
	if err != nil {
		return nil, err
	}
	p := &Preview{memo: m, folios: map[string]map[string][2]int{}}
	if err := p.read(ctx, o); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	return p, nil
}

// Close ends the preview. No page may be asked for afterwards.
func (p *Preview) Close() error {
	p.changing.Lock()
	defer p.changing.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.site.Close()
}

// read reads everything anew; the memo knows what did not change.
func (p *Preview) read(ctx context.Context, o Options) error {
	w, err := walkContent(o.Root, time.Now())
	if err != nil {
		return err
	}
	s, err := read(ctx, o, p.memo, w, &stages{})
	if err != nil {
		return err
	}
	old := p.site
	if old != nil && !sameFonts(old, s) {
		old = nil
	}
	return p.install(p.prepare(s, old, true))
}

func sameFonts(a, b *Site) bool { return maps.Equal(a.Config.PDF.Fonts, b.Config.PDF.Fonts) }

// Update takes up changes of files, named by their paths from the site's root;
// nil stands for any. It reports whether a page may look different.
func (p *Preview) Update(ctx context.Context, changed []string) (bool, error) {
	p.changing.Lock()
	defer p.changing.Unlock()
	digests, known, err := p.digest(changed)
	if err != nil {
		return false, err
	}
	s := p.site // only changed while changing is held
	if !known {
		return true, p.read(ctx, s.Options)
	}
	if len(digests) == 0 {
		return false, nil
	}
	if p.replace(digests) {
		return true, nil
	}
	n, err := s.again(digests)
	if err != nil {
		return false, err
	}
	return true, p.install(p.prepare(n, s, false))
}

// again is the site as it was read, with other digests in the place of some, to
// be resolved anew.
func (s *Site) again(digests []changedDigest) (*Site, error) {
	l := s.load.with(digests)
	var err error
	if l.root, err = os.OpenRoot(s.Options.Root); err != nil {
		return nil, err
	}
	n := &Site{Options: s.Options, Config: s.Config, stages: &stages{}, load: l, memo: s.memo}
	if n.mounts, err = s.againMounts(); err != nil {
		return nil, errors.Join(err, n.closeFiles())
	}
	return n, nil
}

// Switch shows the site of another day, with or without drafts. Nothing is read.
func (p *Preview) Switch(day gazette.Date, drafts bool) error {
	p.changing.Lock()
	defer p.changing.Unlock()
	n, err := p.site.again(nil)
	if err != nil {
		return err
	}
	n.Options.AsOf, n.Options.Drafts = day, drafts
	return p.install(p.prepare(n, p.site, false))
}

// A changedDigest is the digest of a file that changed, under its new key.
type changedDigest struct {
	*digest.Digest
	key digest.Hash
}

// digest makes the digests of the files that changed, without those whose bytes
// are what they were. known is false where that is not enough.
func (p *Preview) digest(changed []string) (out []changedDigest, known bool, err error) {
	if changed == nil {
		return nil, false, nil
	}
	s := p.site
	parser := markup.NewParser()
	for _, name := range changed {
		content, ok := strings.CutPrefix(name, "content/")
		old, has := s.load.keys[content]
		if !ok || !has || source.TypeOf(content) == "" {
			return nil, false, nil
		}
		info, err := s.load.root.Lstat(filepath.FromSlash(name))
		if err != nil || !info.Mode().IsRegular() {
			return nil, false, nil
		}
		raw, err := s.load.root.ReadFile(filepath.FromSlash(name))
		if err != nil {
			return nil, false, nil
		}
		key := memoKey(content, raw)
		if key == old {
			continue
		}
		d := p.memo.Digest(&memo.Reader{}, key)
		if d == nil {
			var f *markup.Fragment
			d, f = digest.New(parser, content, raw)
			if _, err := p.memo.Put(nil, key, d, f); err != nil {
				return nil, false, err
			}
		}
		out = append(out, changedDigest{d, key})
	}
	return out, true, nil
}

// replace puts digests into the catalog where it can tell what follows from them
// without being made anew. It reports whether it could; those that were put in
// before it could not are right either way.
func (p *Preview) replace(digests []changedDigest) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, c := p.site.load, p.site.Catalog
	put, revised := 0, false
	for _, d := range digests {
		if !c.Replace(d.Digest) {
			if !c.Revise(d.Digest) {
				break
			}
			revised = true
		}
		if at, ok := l.find(d.Path); ok {
			l.digests[at], l.keys[d.Path] = d.Digest, d.key
		}
		put++
	}
	if put == 0 {
		return false
	}
	p.moved = true
	p.generation++
	p.index.forget() // it has other texts
	p.found = nil
	if revised {
		p.units = nil
		if p.pages != nil {
			p.pages = p.pages.Again()
		}
	}
	return put == len(digests)
}

// with is what was read, with other digests in the place of some.
func (l *loaded) with(digests []changedDigest) *loaded {
	n := &loaded{memo: l.memo, config: l.config, data: l.data, ledger: l.ledger, locks: l.locks, findings: l.findings, stampedAs: l.stampedAs, registers: l.registers, records: l.records,
		digests: slices.Clone(l.digests), keys: maps.Clone(l.keys), stamps: l.stamps}
	for _, d := range digests {
		if at, ok := n.find(d.Path); ok {
			n.digests[at], n.keys[d.Path] = d.Digest, d.key
		}
	}
	return n
}

// find returns where the digest of a content file stands.
func (l *loaded) find(path string) (at int, ok bool) {
	return slices.BinarySearchFunc(l.digests, path, func(d *digest.Digest, path string) int { return strings.Compare(d.Path, path) })
}

// entriesOf are folios by entry.
func (s *Site) entriesOf(known map[string][2]int) map[*catalog.Entry][2]int {
	out := make(map[*catalog.Entry][2]int, len(known))
	for name, pages := range known {
		if e := s.Catalog.Entry(name); e != nil {
			out[e] = pages
		}
	}
	return out
}

// Read calls f with a site that does not change meanwhile.
func (p *Preview) Read(f func(s *Site)) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	f(p.site)
}

// Render makes a file of the site: Unit.Path is "" where there is none of this
// name. A folder stands for its index.html.
func (p *Preview) Render(name string) (string, render.Output, []diag.Finding) {
	p.mu.RLock()
	u, known := p.find(name)
	if !known {
		p.mu.RUnlock()
		p.mu.Lock()
		p.list()
		p.mu.Unlock()
		p.mu.RLock()
		u, _ = p.find(name)
	}
	defer p.mu.RUnlock()
	if u == nil {
		return "", render.Output{}, nil
	}
	out, findings := u.Render(p.site.Loader())
	return u.Path, out, findings
}

// find finds a unit; known is false where all must be listed first.
func (p *Preview) find(name string) (u *render.Unit, known bool) {
	if p.pages == nil {
		return nil, true
	}
	if p.units != nil && p.found != nil {
		if u := p.units[name]; u != nil {
			return u, true
		}
		return p.found[name], true
	}
	if u := p.units[name]; u != nil {
		return u, true
	}
	if strings.HasPrefix(name, "assets/") {
		units := p.pages.AssetUnits()
		if i := slices.IndexFunc(units, func(u render.Unit) bool { return u.Path == name }); i >= 0 {
			return &units[i], true
		}
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		e := p.site.Catalog.At(dir + "/")
		if e == nil {
			continue
		}
		units := p.pages.EntryUnits(e)
		if i := slices.IndexFunc(units, func(u render.Unit) bool { return u.Path == name }); i >= 0 {
			return &units[i], true
		}
	}
	return nil, false
}

// list lists all files, by path.
func (p *Preview) list() {
	if p.pages == nil {
		return
	}
	if p.units == nil {
		p.units = byPath(p.site.pageUnits(p.pages))
	}
	if p.found == nil {
		p.found = byPath(p.index.get().Units())
	}
}

func byPath(units []render.Unit) map[string]*render.Unit {
	out := make(map[string]*render.Unit, len(units))
	for i := range units {
		out[units[i].Path] = &units[i]
	}
	return out
}
