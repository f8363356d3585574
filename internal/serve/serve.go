// Package serve shows a site on this machine while it is being written. Pages
// are rendered when they are asked for; nothing is written. When a file
// changes, open pages show it, where they were; what is wrong stands above the
// page until it is mended. Findings of severity error do not stop the preview.
package serve

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"gongbao/internal/build"
	"gongbao/internal/diag"
)

//go:embed reload.js
var reloadJS []byte

// Options say what to serve and where.
type Options struct {
	Build   build.Options
	Addr    string                        // host:port; port 0 picks one
	Listen  func(urls []string)           // called once it listens, with the addresses at which pages open
	Changed func(findings []diag.Finding) // called each time the site was judged
	Overlay func(diag.Finding) string     // a finding as text
	Words   func(key string, args ...string) string
}

// firstLook is how long a preview waits for the site to be judged before it says
// where it is: pages then have their folios. A large site is judged while its
// pages are read.
const firstLook = 3 * time.Second

// Run serves until ctx ends.
func Run(ctx context.Context, o Options) error {
	if o.Words == nil {
		o.Words = func(key string, _ ...string) string { return key }
	}
	p, err := build.OpenPreview(ctx, o.Build)
	if err != nil {
		return err
	}
	s := &server{o: o, site: p, wake: make(chan struct{}), check: make(chan struct{}, 1), ready: make(chan struct{})}
	var judging sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer func() {
		stop()
		judging.Wait()
		_ = p.Close() // only what was for this run
	}()
	watcher, err := newWatcher(o.Build.Root)
	if err != nil {
		return err
	}
	defer watcher.close()
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return err
	}
	s.host, _, _ = net.SplitHostPort(o.Addr)
	hs := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- hs.Serve(l) }()
	judging.Go(func() { s.judge(ctx) })
	s.ask()
	select {
	case <-s.ready:
	case <-ctx.Done():
	case <-time.After(firstLook):
	}
	if o.Listen != nil {
		o.Listen(addresses(l.Addr().(*net.TCPAddr)))
	}
	for {
		select {
		case <-ctx.Done():
			err := hs.Close()
			<-failed
			return err
		case err := <-failed:
			return err
		case changed := <-watcher.changes:
			again, err := p.Update(ctx, changed)
			if ctx.Err() == nil {
				s.changed(again, err)
			}
		}
	}
}

type server struct {
	o     Options
	site  *build.Preview
	host  string        // that was asked for, "" for any
	check chan struct{} // says that the site is to be judged

	judged sync.Once
	ready  chan struct{} // closed once the site was judged

	mu      sync.Mutex
	version int           // of the pages
	wrong   string        // findings of severity error as text, "" for none
	wake    chan struct{} // closed at the next change of the above
}

// changed wakes open pages after a change, and has the site judged.
func (s *server) changed(again bool, err error) {
	s.mu.Lock()
	if err != nil {
		s.wrong = err.Error()
	}
	if again {
		s.version++
	}
	s.notify()
	s.mu.Unlock()
	s.ask()
}

func (s *server) notify() {
	close(s.wake)
	s.wake = make(chan struct{})
}

func (s *server) ask() {
	select {
	case s.check <- struct{}{}:
	default: // it will be judged anyway
	}
}

// rest is how long nothing must change before a site is judged: who saves wants
// to see the page first.
const rest = 150 * time.Millisecond

// judge judges the site each time it is asked to, until ctx ends.
func (s *server) judge(ctx context.Context) {
	for first := true; ; first = false {
		select {
		case <-ctx.Done():
			return
		case <-s.check:
		}
		for waiting := !first; waiting; {
			select {
			case <-ctx.Done():
				return
			case <-s.check:
			case <-time.After(rest):
				waiting = false
			}
		}
		findings, err := s.site.Check(ctx)
		if ctx.Err() != nil {
			return
		}
		var bad []diag.Finding
		for _, f := range findings {
			if f.Severity == diag.Error {
				bad = append(bad, f)
			}
		}
		wrong := s.describe(bad)
		if err != nil {
			wrong = err.Error() + "\n" + wrong
		}
		s.mu.Lock()
		if s.wrong != wrong {
			s.wrong = wrong
			s.notify()
		}
		s.mu.Unlock()
		s.judged.Do(func() { close(s.ready) })
		if s.o.Changed != nil {
			s.o.Changed(findings)
		}
	}
}

// ServeHTTP renders the file asked for. Only files of the site exist here: a
// path is a name among its units, never one on the disk.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.serves(r.Host) {
		http.Error(w, "421 Misdirected Request", http.StatusMisdirectedRequest)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch name {
	case "-reload.js":
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(reloadJS)
		return
	case "-events":
		s.events(w, r)
		return
	case "-switch":
		s.switchTo(w, r)
		return
	case dutiesName:
		if !local(r) {
			http.NotFound(w, r) // it names what is not public
			return
		}
		s.duties(w)
		return
	}
	version := s.now()
	folder := name == "" || strings.HasSuffix(r.URL.Path, "/")
	ask, status := name, http.StatusOK
	if folder {
		ask = path.Join(name, "index.html")
	}
	file, out, findings := s.site.Render(ask)
	if file == "" && !folder && path.Ext(name) == "" {
		if file, _, _ := s.site.Render(path.Join(name, "index.html")); file != "" {
			http.Redirect(w, r, "/"+name+"/", http.StatusFound)
			return
		}
	}
	if file == "" {
		status = http.StatusNotFound
		if file, out, findings = s.site.Render("404.html"); file == "" {
			s.plain(w, status, version, s.o.Words("preview.nothing"))
			return
		}
	}
	if len(findings) > 0 {
		s.plain(w, http.StatusInternalServerError, version, s.describe(findings))
		return
	}
	kind := mime.TypeByExtension(path.Ext(file))
	b := out.Bytes
	if strings.HasPrefix(kind, "text/html") {
		b = dress(b, version)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", policy)
	w.WriteHeader(status)
	_, _ = w.Write(b)
}

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

func (s *server) now() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version
}

var plainPage = template.Must(template.New("plain").Parse(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>gongbao</title>
</head><body><pre style="font:14px/1.6 monospace;white-space:pre-wrap;margin:16px">{{.}}</pre></body></html>`))

// plain is a page that is not of the site. It gives way when the site has one.
func (s *server) plain(w http.ResponseWriter, status, version int, text string) {
	var b bytes.Buffer
	_ = plainPage.Execute(&b, text) // into memory
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy)
	w.WriteHeader(status)
	_, _ = w.Write(dress(b.Bytes(), version))
}

// dress adds the script of the preview to a page, at the end of its body.
func dress(b []byte, version int) []byte {
	add := fmt.Appendf(nil, `<script src="/-reload.js" data-version="%d" defer></script>`, version)
	if i := bytes.LastIndex(b, []byte("</body>")); i >= 0 {
		return bytes.Join([][]byte{b[:i], add, b[i:]}, nil)
	}
	return append(bytes.Clone(b), add...)
}

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
