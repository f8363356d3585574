package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"

	"gongbao/internal/catalog"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/render"
	"gongbao/internal/render/html"
	"gongbao/internal/source"
)

// readMounts reads the mirrors that the site shows. What is wrong in them is not for
// this site to mend, and is not told; a mirror that is not there is.
func (s *Site) readMounts(ctx context.Context, w *walk) error {
	for _, m := range s.Config.Mounts {
		o := s.Options
		o.Root, o.Files, o.Progress = filepath.Join(o.Root, config.MirrorFolder, m.Code), nil, nil
		o.mount = &catalog.Mount{Code: m.Code, Title: m.Title}
		of, there := w.mirrors[m.Code]
		if there {
			there = isThere(filepath.Join(o.Root, config.Name))
		}
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
	c.PDF.Documents = "none"
	return c
}

// resolveMounts makes the catalogs of the mounts, and returns their documents as the
// site knows them. That is all of them that the site's own pages depend on: it counts
// as a register.
func (s *Site) resolveMounts() []*source.External {
	var out []*source.External
	for _, m := range s.mounts {
		m.Options.AsOf = s.Options.AsOf
		in := m.input()
		in.Mount = m.Options.mount
		m.Catalog = catalog.Resolve(in)
		out = append(out, m.Catalog.Externals()...)
	}
	if len(out) > 0 {
		h := sha256.New()
		for _, x := range out {
			fmt.Fprintf(h, "%q\n", []string{x.ID, x.Title, x.Number, x.Issuer, x.Force, x.Source, x.Address, x.Inner})
		}
		s.load.mounted = h.Sum(nil)
	}
	return out
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
		for _, u := range pages.MountUnits() {
			out = append(out, m.read(u))
		}
	}
	return out
}

// mountLists are the lists of the mounts that have documents.
func (s *Site) mountLists() (out []html.Mount) {
	for _, m := range s.mounts {
		for _, l := range m.Catalog.Lists {
			out = append(out, html.Mount{Title: l.Name, Address: l.Address})
		}
	}
	return out
}

// read is a unit that reads what stands in the mirror.
func (s *Site) read(u render.Unit) render.Unit {
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
