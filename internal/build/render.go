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
	"gongbao/internal/markup"
	"gongbao/internal/publish"
	"gongbao/internal/render"
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

// File implements render.Loader. The root keeps links from leaving the site.
func (w *worker) File(path string) ([]byte, error) {
	return w.site.load.root.ReadFile(filepath.FromSlash(path))
}

// renderAll renders and stages the units that changed, wave by wave. files are
// what is known of others, which stay, and are completed.
func (s *Site) renderAll(ctx context.Context, units []render.Unit, p *publish.Publisher, files map[string]publish.File) ([]string, []diag.Finding, error) {
	var staged []string
	var findings []diag.Finding
	var mu sync.Mutex
	var done counter
	s.standing = p.Read
	s.built = func(path string) (render.Facts, bool) {
		mu.Lock()
		defer mu.Unlock()
		f, ok := files[path]
		return f.Facts, ok
	}
	for wave := 1; wave <= 3; wave++ {
		s.stages.next("render-" + strconv.Itoa(wave))
		err := each(ctx, len(units), func() func(int) error {
			loader := s.Loader()
			return func(i int) error {
				u := &units[i]
				if u.Wave != wave {
					return nil
				}
				if s.Options.Progress != nil {
					s.Options.Progress("render", done.take(), len(units))
				}
				old, stands := p.Old(u.Path)
				if s.Options.NoPDF && isPDF(u) {
					mu.Lock()
					defer mu.Unlock()
					if stands {
						files[u.Path] = old
						s.facts.Store(u.Path, old.Facts)
					}
					return nil
				}
				var inputs catalog.Print
				if u.Inputs != nil {
					inputs = u.Inputs()
				}
				key, known := old.Key, stands && inputs != catalog.Print{} && inputs == old.Inputs
				anew := u.Make != nil && (!stands || s.Options.NoCache) && !s.Options.Doubt // there is no key to compare with
				if !anew && (!known || s.Options.Doubt) {
					key = u.Key()
				}
				if known && key != old.Key {
					return fmt.Errorf("%s has another view, and its inputs are the same", u.Path)
				}
				fresh := !anew && !s.Options.NoCache && stands && key == old.Key && old.Facts.Sum != (render.Sum{}) // an older program kept no sums
				if !fresh && !s.Options.NoCache && stands && u.Stays != nil && old.Facts.Sum != (render.Sum{}) {
					fresh = u.Stays(old.Key)
				}
				out := render.Output{Facts: old.Facts}
				var found []diag.Finding
				wrong := 0
				if !fresh {
					if anew {
						key, out, found = u.Make(loader)
					} else {
						out, found = u.Render(loader)
					}
					out.Facts = out.Facts.With(out.Bytes)
					wrong, _ = diag.Count(found)
					if fresh = !s.Options.NoCache && wrong == 0 && p.Same(u.Path, out.Bytes); !fresh && wrong == 0 {
						if err := p.Stage(u.Path, out.Bytes); err != nil {
							return err
						}
					}
				}
				mu.Lock()
				defer mu.Unlock()
				files[u.Path] = publish.File{Key: key, Inputs: inputs, Facts: out.Facts}
				if wave == 1 {
					s.facts.Store(u.Path, out.Facts)
				}
				findings = append(findings, found...)
				if !fresh && wrong == 0 {
					staged = append(staged, u.Path)
				}
				return nil
			}
		})
		if err != nil {
			return staged, findings, err
		}
	}
	return staged, findings, nil
}
