package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"gongbao/internal/catalog"
	"gongbao/internal/diag"
	"gongbao/internal/digest"
	"gongbao/internal/gazette"
	"gongbao/internal/markup"
	"gongbao/internal/publish"
	"gongbao/internal/render"
	"gongbao/internal/source"
)

type counter struct{ n atomic.Int64 }

func (c *counter) take() int { return int(c.n.Add(1)) - 1 }

func maxProcs() int { return runtime.GOMAXPROCS(0) }

// A worker is the Loader of one goroutine, which renders one unit after the
// other in the same memory.
type worker struct {
	site *Site
	page bytes.Buffer
	body []byte

	others map[*Site]*worker // for units of mounts
	parser *markup.Parser
	text   *render.Text // that was asked for last
}

// Loader returns a Loader for one goroutine.
func (s *Site) Loader() render.Loader { return &worker{site: s} }

// Buffer implements render.Loader.
func (w *worker) Buffer() *bytes.Buffer {
	w.page.Reset()
	return &w.page
}

// Fragment implements render.Loader. A body that is damaged in the memo is
// read anew: another run may have written there at the same time.
func (w *worker) Fragment(contentPath string) (*markup.Fragment, error) {
	s := w.site
	if of, path := s.at(contentPath); of != s {
		return w.in(of).Fragment(path)
	}
	key := s.load.keys[contentPath]
	f, damaged := s.memo.Fragment(&w.body, key)
	if damaged == nil {
		return f, nil
	}
	raw, err := s.load.root.ReadFile("content/" + contentPath)
	if err != nil {
		return nil, err
	}
	if memoKey(contentPath, raw) != key {
		return nil, errors.New("changed while the site was built")
	}
	_, f = digest.New(markup.NewParser(), contentPath, raw)
	return f, nil
}

// Text implements render.Loader.
func (w *worker) Text(contentPath string) (*render.Text, error) {
	if w.text != nil && w.text.Path == contentPath {
		return w.text, nil
	}
	raw, err := w.site.load.root.ReadFile("content/" + contentPath)
	if err != nil {
		return nil, err
	}
	if key, ok := w.site.load.keys[contentPath]; ok && memoKey(contentPath, raw) != key {
		return nil, errors.New("changed while the site was built")
	}
	if w.parser == nil {
		w.parser = markup.NewParser()
		w.parser.Reuse()
	}
	body, line := source.Body(contentPath, raw)
	o := markup.Options{FirstLine: line}
	if e := w.site.Catalog.Entry(contentPath); e != nil && e.Type == gazette.TypeDocument {
		o.Official = true
		if e.Front {
			o.Title = e.Title() // as the digest was made
		}
	}
	w.text = &render.Text{Path: contentPath, Body: body, Line: line, Tree: w.parser.Parse(body, o)}
	return w.text, nil
}

// File implements render.Loader. The root keeps links from leaving the site.
func (w *worker) File(path string) ([]byte, error) {
	return w.site.load.root.ReadFile(filepath.FromSlash(path))
}

// A rendering is what a build has rendered so far.
type rendering struct {
	site *Site
	p    *publish.Publisher
	done counter

	mu       sync.Mutex
	files    map[string]publish.File // of the units
	staged   []string
	findings []diag.Finding
}

// renderAll renders and stages the units that changed, wave by wave. Where others
// stay, which are not among the units, they are asked of the manifest.
func (s *Site) renderAll(ctx context.Context, units []render.Unit, p *publish.Publisher, othersStay bool) (*rendering, error) {
	r := &rendering{site: s, p: p, files: make(map[string]publish.File, len(units))}
	s.standing, s.standingIn = p.Read, p.Append
	s.built = func(path string) (render.Facts, bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		f, ok := r.files[path]
		if !ok && othersStay {
			f, ok = p.Known(path)
		}
		return f.Facts, ok
	}
	for wave := 1; wave <= 3; wave++ {
		s.stages.next("render-" + strconv.Itoa(wave))
		rows := rowsOf(units, wave)
		err := each(ctx, len(rows), func() func(int) error {
			loader := s.Loader()
			return func(i int) error {
				for k := range rows[i].n {
					if s.Options.Progress != nil {
						s.Options.Progress("render", r.done.take(), len(units))
					}
					if err := r.one(&units[rows[i].at+k], loader); err != nil {
						return err
					}
				}
				return nil
			}
		})
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// A row is units of one wave that are rendered one after the other.
type row struct{ at, n int }

// rowsOf are the rows of a wave: a unit, and those behind it that follow it.
func rowsOf(units []render.Unit, wave int) []row {
	var out []row
	for i := range units {
		switch u := &units[i]; {
		case u.Wave != wave:
		case u.Follows && len(out) > 0 && out[len(out)-1].at+out[len(out)-1].n == i:
			out[len(out)-1].n++
		default:
			out = append(out, row{i, 1})
		}
	}
	return out
}

// one renders and stages a unit, unless its file stands there already.
func (r *rendering) one(u *render.Unit, loader render.Loader) error {
	o := r.site.Options
	old, stands := r.p.Old(u.Path)
	if o.NoPDF && isPDF(u) {
		if stands {
			r.add(u, old, nil)
		}
		return nil
	}
	var inputs catalog.Print
	if u.Inputs != nil {
		inputs = u.Inputs()
	}
	f := publish.File{Key: old.Key, Inputs: inputs, Facts: old.Facts}
	known := stands && inputs != catalog.Print{} && inputs == old.Inputs
	anew := u.Make != nil && (!stands || o.NoCache) && !o.Doubt // there is no key to compare with
	if !anew && (!known || o.Doubt) {
		if f.Key = u.Key(); known && f.Key != old.Key {
			return fmt.Errorf("%s has another view, and its inputs are the same", u.Path)
		}
	}
	told := stands && !o.NoCache && old.Facts.Sum != (render.Sum{}) // an older program kept no sums
	if told && !anew && (f.Key == old.Key || u.Stays != nil && u.Stays(old.Key)) {
		r.add(u, f, nil)
		return nil
	}
	var out render.Output
	var found []diag.Finding
	if anew {
		f.Key, out, found = u.Make(loader)
	} else {
		out, found = u.Render(loader)
	}
	f.Facts = out.Facts.With(out.Bytes)
	wrong, _ := diag.Count(found)
	if wrong > 0 || !o.NoCache && r.p.Same(u.Path, out.Bytes) {
		r.add(u, f, found)
		return nil
	}
	if err := r.p.Stage(u.Path, out.Bytes); err != nil {
		return err
	}
	r.add(u, f, found, u.Path)
	return nil
}

// add takes up what is known of the file of a unit, and whether it was staged.
func (r *rendering) add(u *render.Unit, f publish.File, found []diag.Finding, staged ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files[u.Path] = f
	r.findings = append(r.findings, found...)
	r.staged = append(r.staged, staged...)
	if isPDF(u) {
		r.site.facts.Store(u.Path, f.Facts)
	}
}
