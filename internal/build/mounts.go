package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/render"
	"gongbao/internal/render/html"
)

// readMounts reads the mirrors that the site shows. What is wrong in them is not for
// this site to mend, and is not told; a mirror that is not there is.
func (s *Site) readMounts(ctx context.Context, w *walk) error {
	for _, m := range s.Config.Mounts {
		o := s.Options
		o.Root, o.Files, o.Progress = filepath.Join(o.Root, config.MirrorFolder, m.Code), nil, nil
		o.mount = &catalog.Mount{Code: m.Code, Title: m.Title}
		of := w.mirrors[m.Code]
		there := of != nil && of.readable() && isThere(filepath.Join(o.Root, config.Name))
		if !there {
			s.load.findings = append(s.load.findings, diag.New("mount-empty", m.Pos, m.Code))
			continue
		}
		l, err := load(ctx, o, s.memo, of)
		if err != nil {
			return err
		}
		l.ledger.Under(o.mount.Folder())
		o.mount.Title, o.mount.URL = cmp.Or(m.Title, l.config.GazetteName(), m.Code), l.config.BaseURL
		s.Digested += l.digested
		s.mounts = append(s.mounts, &Site{Options: o, Config: mountConfig(&s.Config, &l.config), stages: &stages{}, load: l, memo: s.memo})
	}
	return nil
}

// mountConfig is what a mount is shown by: as all pages of the site, and by the rules
// of its gazette.
func mountConfig(site, own *config.Config) config.Config {
	c := *site
	c.Site.Issuers, c.Validity = own.Site.Issuers, own.Validity
	c.Site.Embed, c.Site.Expiring, c.Feeds.Documents = false, false, false
	c.Data, c.Mounts = config.Data{}, nil
	c.Site.Contact, c.PDF.Documents = "", "none" // the site's people cannot answer for what others issued
	return c
}

// resolveMounts makes the catalogs of the mounts. What the site's own pages depend on
// of them is their documents as the site knows them: these count as a register.
func (s *Site) resolveMounts() (out []*catalog.Catalog) {
	h := sha256.New()
	for _, m := range s.mounts {
		m.Options.AsOf, m.Options.Drafts = s.Options.AsOf, s.Options.Drafts
		in := m.input()
		in.Mount = m.Options.mount
		m.Catalog = catalog.Resolve(in)
		out = append(out, m.Catalog)
		for _, x := range m.Catalog.Externals {
			fmt.Fprintf(h, "%q\n", []string{x.ID, x.Title, x.Number, x.Issuer, x.Force, x.Source, x.Address, x.Inner})
		}
	}
	if out != nil {
		s.load.mounted = h.Sum(nil)
	}
	return out
}

// addAll adds all that was read to a hash: texts of a mount count as what a site
// depends on.
func (l *loaded) addAll(h hash.Hash) {
	h.Write(l.registers.Sum(nil))
	h.Write(l.records.Sum(nil))
	own := render.Hash(l.config)
	h.Write(own[:])
	for _, d := range l.digests {
		key := l.keys[d.Path]
		h.Write(key[:])
	}
	l.addFiles(h)
}

// bridge leads from the mounts to the site, whose catalog is made.
func (s *Site) bridge() {
	for _, m := range s.mounts {
		m.Catalog.Bridge(s.Catalog)
		if !s.Options.Details {
			for _, d := range m.load.digests {
				d.Release()
			}
		}
	}
}

// mountUnits are the pages of the mounts.
func (s *Site) mountUnits(site *html.Site) []render.Unit {
	var out []render.Unit
	for _, m := range s.mounts {
		m.built = func(string) (render.Facts, bool) { return render.Facts{}, false }
		pages := site.Mounted(m.pagesInput(nil))
		for _, u := range distinct(pages.MountUnits()) {
			out = append(out, m.inMirror(u))
		}
	}
	return out
}

// distinct leaves out what would stand in the way of an earlier unit: addresses of a
// mirror are those that others gave, and a site must not fail for them.
func distinct(units []render.Unit) []render.Unit {
	files, folders := map[string]bool{}, map[string]bool{}
	return slices.DeleteFunc(units, func(u render.Unit) bool {
		name := strings.ToLower(u.Path)
		above := foldersOf(name)
		if files[name] || folders[name] || slices.ContainsFunc(above, func(dir string) bool { return files[dir] }) {
			return true
		}
		files[name] = true
		for _, dir := range above {
			folders[dir] = true
		}
		return false
	})
}

// foldersOf are the folders that a file stands in, the nearest first.
func foldersOf(name string) (out []string) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		out = append(out, dir)
	}
	return out
}

// mountLists are the lists of the mounts that have documents.
func (s *Site) mountLists() (out []html.Mount) {
	for _, m := range s.mounts {
		for _, l := range m.Catalog.Lists {
			out = append(out, html.Mount{Title: l.Name, Address: l.Address, Count: len(l.Entries)})
		}
	}
	return out
}

// at finds the site that holds a content file, by its path as Loaders know it
// (catalog.Entry.Source), and the path in content/ there.
func (s *Site) at(source string) (*Site, string) {
	for _, m := range s.mounts {
		if rest, ok := strings.CutPrefix(source, m.Options.mount.Folder()); ok {
			return m, rest
		}
	}
	return s, source
}

// contentKey is the key of a content file in the memo, by its path as Loaders know it.
func (s *Site) contentKey(source string) digest.Hash {
	of, path := s.at(source)
	return of.load.keys[path]
}

// inMirror is a unit of a mount, which reads what stands in its mirror.
func (s *Site) inMirror(u render.Unit) render.Unit {
	inner, whole := u.Render, u.Make
	u.Render = func(l render.Loader) (render.Output, []diag.Finding) { return inner(l.(*worker).in(s)) }
	if whole != nil {
		u.Make = func(l render.Loader) (render.Key, render.Output, []diag.Finding) { return whole(l.(*worker).in(s)) }
	}
	return u
}

// in is the worker as one that reads another site.
func (w *worker) in(s *Site) *worker {
	if w.others == nil {
		w.others = map[*Site]*worker{}
	}
	if w.others[s] == nil {
		w.others[s] = &worker{site: s}
	}
	return w.others[s]
}

// againMounts are the mounts as they were read, to be resolved anew.
func (s *Site) againMounts() (out []*Site, err error) {
	for _, m := range s.mounts {
		n, failed := m.again(nil)
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		out = append(out, n)
	}
	return out, err
}
