// Package serve shows a site on this machine while it is being written. Pages
// are rendered when they are asked for; nothing is written. When a file
// changes, the site is resolved again and open pages reload. Findings of
// severity error do not stop the preview: they stand above the page.
package serve

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"gongbao/internal/build"
	"gongbao/internal/diag"
	"gongbao/internal/render"
)

//go:embed reload.js
var reloadJS []byte

// Options say what to serve and where.
type Options struct {
	Build   build.Options
	Addr    string                        // host:port; port 0 picks one
	Listen  func(url string)              // called once it listens
	Changed func(findings []diag.Finding) // called after each reload
	Overlay func(diag.Finding) string     // a finding as text
	Words   func(key string, args ...string) string
}

// settle is how long the files must be quiet before the site is read again: an
// editor writes a file in several steps, a branch switch writes hundreds.
const settle = 80 * time.Millisecond

// Run serves until ctx ends.
func Run(ctx context.Context, o Options) error {
	o.Build.Preview = true
	o.Build.Keep = true // nothing is written but to a temporary folder
	s := &server{o: o, changed: make(chan struct{})}
	if err := s.reload(ctx); err != nil {
		return err
	}
	defer s.close()
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer watcher.Close()
	s.watch(watcher)
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return err
	}
	hs := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- hs.Serve(l) }()
	if o.Listen != nil {
		o.Listen("http://" + l.Addr().String() + "/")
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			err := hs.Close()
			<-failed
			return err
		case err := <-failed:
			return err
		case e := <-watcher.Events:
			if ignored(e.Name) {
				continue
			}
			if e.Has(fsnotify.Create) && isDir(e.Name) {
				s.watchTree(watcher, e.Name)
			}
			timer.Reset(settle)
		case <-watcher.Errors: // a lost event: read everything
			timer.Reset(settle)
		case <-timer.C:
			if err := s.reload(ctx); err != nil && ctx.Err() == nil {
				s.fail(err)
			}
		}
	}
}

// ignored are the files that editors write beside the one they edit.
func ignored(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".tmp")
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func (s *server) watch(w *fsnotify.Watcher) {
	_ = w.Add(s.o.Build.Root) // config.toml; not being told of changes is no reason to stop
	for _, dir := range []string{"content", "layouts"} {
		s.watchTree(w, filepath.Join(s.o.Build.Root, dir))
	}
}

func (s *server) watchTree(w *fsnotify.Watcher, dir string) {
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = w.Add(p)
		}
		return nil
	})
}

type server struct {
	o       Options
	mu      sync.RWMutex
	site    *build.Site
	units   map[string]*render.Unit
	errors  []diag.Finding
	failure error
	changed chan struct{} // closed at the next change
}

// reload reads the site again and wakes the open pages.
func (s *server) reload(ctx context.Context) error {
	site, err := build.Load(ctx, s.o.Build)
	if err != nil {
		return err
	}
	units, findings := site.Units()
	site.Preview(units)
	byPath := make(map[string]*render.Unit, len(units))
	for i := range units {
		byPath[units[i].Path] = &units[i]
	}
	findings = diag.Sort(append(findings, site.Findings...))
	var bad []diag.Finding
	for _, f := range findings {
		if f.Severity == diag.Error {
			bad = append(bad, f)
		}
	}
	s.mu.Lock()
	old := s.site
	s.site, s.errors, s.failure = site, bad, nil
	if len(byPath) > 0 {
		s.units = byPath // broken layouts: the last good pages stay
	}
	s.wake()
	s.mu.Unlock()
	if s.o.Changed != nil {
		s.o.Changed(findings)
	}
	if old != nil {
		return old.Close()
	}
	return nil
}

func (s *server) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *server) fail(err error) {
	s.mu.Lock()
	s.failure = err
	s.wake()
	s.mu.Unlock()
}

func (s *server) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.site != nil {
		_ = s.site.Close() // a temporary memo
	}
}

// ServeHTTP renders the file asked for. Only files of the site exist here: a
// path is a key of the table of units, never a name on the disk.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	switch name {
	case "-reload.js":
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(reloadJS)
		return
	case "-events":
		s.events(w, r)
		return
	case dutiesName:
		if !local(r) {
			http.NotFound(w, r) // it names what is not public
			return
		}
		s.duties(w)
		return
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, status := s.units[name], http.StatusOK
	if u == nil {
		if u = s.units[path.Join(name, "index.html")]; u != nil && name != "" && !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusFound)
			return
		}
	}
	if u == nil {
		u, status = s.units["404.html"], http.StatusNotFound
	}
	if u == nil {
		http.NotFound(w, r)
		return
	}
	out, findings := u.Render(s.site.Loader())
	if len(findings) > 0 {
		http.Error(w, s.describe(findings), http.StatusInternalServerError)
		return
	}
	kind := mime.TypeByExtension(path.Ext(u.Path))
	b := out.Bytes
	if strings.HasPrefix(kind, "text/html") {
		b = s.dress(b)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
	w.WriteHeader(status)
	_, _ = w.Write(b)
}

// dress adds the reload script and the errors to a page.
func (s *server) dress(b []byte) []byte {
	add := []byte(`<script src="/-reload.js" defer></script>`)
	if text := s.describe(s.errors); text != "" || s.failure != nil {
		if s.failure != nil {
			text = s.failure.Error() + "\n" + text
		}
		add = append(add, []byte(`<pre id="gongbao-errors" style="position:fixed;left:0;right:0;bottom:0;max-height:50%;overflow:auto;margin:0;padding:16px;background:#2b1416;color:#fff;font:14px/1.6 monospace;z-index:9">`+escape(text)+`</pre>`)...)
	}
	if i := bytes.LastIndex(b, []byte("</body>")); i >= 0 {
		return bytes.Join([][]byte{b[:i], add, b[i:]}, nil)
	}
	return append(bytes.Clone(b), add...)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escape(s string) string { return escaper.Replace(s) }

func (s *server) describe(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		if s.o.Overlay != nil {
			b.WriteString(s.o.Overlay(f))
		} else {
			fmt.Fprintf(&b, "%s: %s\n", f.Pos, f.Rule)
		}
	}
	return b.String()
}

// events tells a page when to reload (server-sent events).
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	rc := http.NewResponseController(w)
	s.mu.RLock()
	changed := s.changed
	s.mu.RUnlock()
	if _, err := fmt.Fprint(w, ": ready\n\n"); err != nil || errors.Is(rc.Flush(), http.ErrNotSupported) {
		return
	}
	select {
	case <-r.Context().Done():
	case <-changed:
		_, _ = fmt.Fprint(w, "data: reload\n\n")
		_ = rc.Flush()
	}
}
