// Package build runs the pass from content to site:
//
//	content ─ load ─→ digests ─ Resolve ─→ catalog ─ check ─→ render ─→ publish
//
// It is the lowest package with a clock's day, a disk and goroutines; all below
// is pure. Same input, same bytes: build = f(content, config, layouts, as-of).
package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"gongbao/internal/catalog"
	"gongbao/internal/check"
	"gongbao/internal/config"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/font"
	"gongbao/internal/gazette"
	"gongbao/internal/memo"
	"gongbao/internal/publish"
	"gongbao/internal/render"
	"gongbao/internal/render/html"
	"gongbao/internal/render/search"
)

// Version is the tool's version. It is part of every key.
const Version = "0.1.0"

// Options say what to build.
type Options struct {
	Root    string       // the site's root: holds config.toml and content/
	Output  string       // "": public/ in Root
	AsOf    gazette.Date // the day for which the site is built; must be set
	Drafts  bool
	Doubt   bool // make every view, and fail where one is not what its inputs tell
	NoCache bool // neither read nor keep digests; render everything
	Keep    bool // read digests, but add none to those that are kept
	Strict  bool // warnings stop publication
	// Files is told how many content files there are before they are read, and in how
	// many forms for programs they will stand beside their pages; may be nil.
	Files func(n, forms int)
	// Details keeps places, anchors and readings of the digests for commands that
	// ask for them (status, cleanup); pages do not need them.
	Details bool
	// Folios lays out the issues whose pages are not sealed, so that the catalog
	// knows on which page each document stands.
	Folios bool
	// NoPDF neither makes nor removes PDFs: those that stand in the output stay.
	NoPDF bool
	// Preview makes pages of which nothing stays on a reader's device.
	Preview bool
	// Progress is told how many of how many files are done; may be nil.
	Progress func(stage string, done, total int)

	mount      *catalog.Mount                                 // of the mirror that is read; nil for a site of its own
	createTemp func(folder, pattern string) (*os.File, error) // nil: os.CreateTemp
}

// A Result is what a build did and found.
type Result struct {
	Findings  []diag.Finding
	Catalog   *catalog.Catalog // nil where it is the Same
	Published bool             // false where errors kept the old site
	publish.Result
	Summary
	Digested int      // files read anew
	Texts    bool     // nothing but texts had changed, and only their files were looked at
	Same     bool     // nothing had changed since the last run, and nothing was done
	Why      []Cause  // what had changed since the last run
	Strays   []string // files in an output without a manifest that the site does not have
	Stages   []Stage  // in their order
}

// A Summary says what is in a site that was built.
type Summary struct {
	Documents int          // public on the day
	Skipped   int          // drafts, and what is to be published later
	Next      gazette.Date // the next day on which a status changes, zero for none
	Changing  int          // documents whose status changes on it
}

// A Site is a loaded and resolved site: what check, list and the preview need.
type Site struct {
	Options  Options
	Config   config.Config
	Catalog  *catalog.Catalog
	Findings []diag.Finding
	Digested int

	stages *stages
	load   *loaded
	memo   *memo.Memo
	mounts []*Site

	pages      *html.Site     // nil before makers
	broken     []diag.Finding // of the layouts
	index      *search.Index
	scratches  *scratches                        // nil: the search is made in memory
	standing   func(path string) ([]byte, error) // reads what stands in the output; nil before it is known
	standingIn func(b []byte, path string) ([]byte, error)
	seed       []byte    // of the layouts
	fonts      *font.Set // nil until something is printed
	closeFonts func() error
	prints     []diag.Finding // about fonts
	words      html.Strings
	facts      sync.Map                               // path of a file of wave 1 → render.Facts
	built      func(path string) (render.Facts, bool) // of all files of earlier waves; nil in the preview
}

// Load reads and resolves a site. The caller must Close it.
func Load(ctx context.Context, o Options) (*Site, error) {
	w, err := walkContent(o.Root, time.Now())
	if err != nil {
		return nil, err
	}
	return open(ctx, o, w, &stages{})
}

// open reads and resolves what was walked.
func open(ctx context.Context, o Options, w *walk, t *stages) (*Site, error) {
	t.next("read")
	m, err := o.openMemo(w.began)
	if err != nil {
		return nil, err
	}
	s, err := read(ctx, o, m, w, t)
	if err != nil {
		return nil, errors.Join(err, m.Close())
	}
	s.resolve()
	t.next("check")
	if s.Findings, err = s.check(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if o.Folios {
		t.next("paginate")
		if err := s.paginate(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	t.next("")
	if !o.Details {
		for _, d := range s.load.digests {
			d.Release()
		}
	}
	return s, nil
}

func (o Options) openMemo(began time.Time) (*memo.Memo, error) {
	mode := memo.ReadWrite
	switch {
	case o.NoCache:
		mode = memo.Fresh
	case o.Keep:
		mode = memo.ReadOnly
	}
	m, err := memo.Open(filepath.Join(o.Root, stateFolder), mode, began)
	if err != nil {
		return nil, fmt.Errorf("open the memo: %w", err)
	}
	return m, nil
}

// read reads a site without judging it.
func read(ctx context.Context, o Options, m *memo.Memo, w *walk, t *stages) (*Site, error) {
	l, err := load(ctx, o, m, w)
	if err != nil {
		return nil, err
	}
	t.count = len(l.digests)
	s := &Site{Options: o, Config: l.config, Digested: l.digested, stages: t, load: l, memo: m}
	if err := s.readMounts(ctx, w); err != nil {
		return nil, errors.Join(err, s.closeFiles())
	}
	return s, nil
}

// resolve makes the catalog.
func (s *Site) resolve() {
	s.stages.next("resolve")
	in := s.input()
	in.Mounts = s.resolveMounts()
	s.Catalog = catalog.Resolve(in)
	s.bridge()
	s.stages.count = len(s.load.digests)
}

// check judges the site.
func (s *Site) check(ctx context.Context) ([]diag.Finding, error) {
	copied, err := s.copied(ctx)
	if err != nil {
		return nil, err
	}
	return check.All(s.Catalog, slices.Concat(s.load.all(), copied)), nil
}

// input is what the catalog is made of.
func (s *Site) input() catalog.Input {
	return catalog.Input{
		Digests: s.load.digests, Data: &s.load.data, Ledger: &s.load.ledger, Config: s.Config,
		AsOf: s.Options.AsOf, Drafts: s.Options.Drafts, HasFile: s.load.hasFile, Locks: s.load.locks,
	}
}

// Close keeps what was read for the next run. Units must not be rendered
// afterwards.
func (s *Site) Close() error {
	err := errors.Join(s.memo.Close(), s.closeFiles())
	if s.closeFonts != nil {
		err = errors.Join(err, s.closeFonts())
	}
	return err
}

func (s *Site) closeFiles() error {
	err := s.load.root.Close()
	for _, m := range s.mounts {
		err = errors.Join(err, m.closeFiles())
	}
	return err
}

// Units returns every file of the site, unrendered.
func (s *Site) Units() ([]render.Unit, []diag.Finding) {
	site, findings := s.makers()
	if site == nil {
		return nil, findings
	}
	site.FindInputs(func(path string) digest.Hash { return s.load.keys[path] }, s.load.registerSum())
	units, more := s.unitsOf(site, s.index)
	return units, append(findings, more...)
}

// makers readies what makes pages and search; no pages where the layouts cannot
// be read.
func (s *Site) makers() (*html.Site, []diag.Finding) {
	if s.pages == nil {
		s.index = search.New(s.Catalog)
		s.index.Before = s.before()
		if s.scratches != nil {
			s.index.Scratch = s.scratches.open
		}
		if s.pages, s.broken = html.New(s.pagesInput(s.index.Config.JSON)); s.pages != nil {
			s.seed = s.pages.Seed()
		}
	}
	return s.pages, s.broken
}

func (s *Site) pagesInput(config func() string) html.Input {
	return html.Input{
		Catalog: s.Catalog, Layouts: s.layouts(), Version: Version,
		Size: s.load.size, FileHash: s.load.fileHash, Search: config, Facts: s.factsOf, Preview: s.Options.Preview,
		Mounts: s.mountLists(),
	}
}

func isThere(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Build runs the whole pass. An error means that it could not be done; what is
// wrong with the content is in Result.Findings, and nothing is published when
// one of them is an error. While another run writes the output it is a
// *LockedError.
func Build(ctx context.Context, o Options) (r Result, err error) {
	if o.Output == "" {
		o.Output = filepath.Join(o.Root, "public")
	}
	release, err := Lock(o.Root, o.Output)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	o.Folios = true
	aside, err := o.newScratches()
	if err != nil {
		return Result{}, err
	}
	t, began := &stages{}, time.Now()
	defer func() { t.next(""); r.Stages = t.list }()
	t.next("look")
	w, err := walkContent(o.Root, began)
	if err != nil {
		return Result{}, err
	}
	out, err := o.folders(began)
	if err != nil {
		return Result{}, err
	}
	l, ok := o.unchanged(w, out)
	if ok {
		_ = out.keep() // else the next run reads names again
		return Result{Findings: l.Findings, Published: true, Same: true, Summary: l.Summary, Result: publish.Result{Kept: l.Kept}}, nil
	}
	s, err := open(ctx, o, w, t)
	if err != nil {
		return Result{}, err
	}
	defer s.Close()
	s.scratches = aside
	r = Result{Catalog: s.Catalog, Digested: s.Digested, Summary: s.summary()}
	t.next("manifest")
	p, err := publish.Open(o.Output, filepath.Join(o.Root, stateFolder))
	if err != nil {
		return r, err
	}
	t.next("views")
	before, units, quick := s.onlyTexts(p, out)
	findings := before.Findings
	if r.Texts = quick; !quick {
		units, findings = s.Units()
	}
	r.Findings, r.Why = slices.Concat(s.Findings, findings), s.because(l)
	if stop := o.stops(&r); stop {
		return r, p.Discard()
	}
	if !quick {
		if err := s.claim(p); err != nil {
			return r, errors.Join(err, p.Discard())
		}
	}
	t.count = len(units)
	done, err := s.renderAll(ctx, units, p, quick)
	err = errors.Join(err, s.index.Close(), aside.failed())
	findings = append(findings, done.findings...)
	r.Findings = append(r.Findings, done.findings...)
	if err != nil {
		r.Findings = diag.Sort(r.Findings)
		return r, errors.Join(fmt.Errorf("render: %w", err), p.Discard())
	}
	if stop := o.stops(&r); stop {
		return r, p.Discard()
	}
	t.next("audit")
	if err := s.audit(p, done.staged); err != nil {
		return r, errors.Join(err, p.Discard())
	}
	t.next("publish")
	t.count = len(done.staged)
	commit := p.Commit
	if quick {
		commit = p.CommitSome
	}
	r.Result, err = commit(done.files, done.staged)
	if r.Published = err == nil; err != nil {
		return r, err
	}
	if r.Strays, err = strays(p); err != nil {
		return r, err
	}
	if err := s.keepTexts(); err != nil {
		return r, err
	}
	names := before.Output
	if quick {
		out.published(done.staged)
	} else if names, err = out.look(); err != nil {
		return r, err
	}
	if err := s.keepEdition(p, before, findings, names); err != nil {
		return r, err
	}
	if err := o.remember(&r, s.load.looked(), s.causes(), names, w); err != nil {
		return r, err
	}
	return r, errors.Join(out.keep(), o.forgetGone())
}

func (s *Site) summary() Summary {
	out := Summary{Documents: len(s.Catalog.Documents), Skipped: len(s.Catalog.Skipped)}
	if next := s.Catalog.Changes(); len(next) > 0 {
		out.Next, out.Changing = next[0].Day, len(next[0].Entries)
	}
	return out
}

// stops sorts the findings and reports whether one of them is an error.
func (o Options) stops(r *Result) bool {
	if o.Strict {
		r.Findings = diag.Strict(r.Findings)
	}
	r.Findings = diag.Sort(r.Findings)
	wrong, _ := diag.Count(r.Findings)
	return wrong > 0
}
