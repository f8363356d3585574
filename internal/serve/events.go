package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"

	"gongbao/internal/build"
	"gongbao/internal/gazette"
)

// A message tells an open page how the preview stands.
type message struct {
	Version int               `json:"version"` // of the pages: an older one is to be loaded again
	Wrong   string            `json:"wrong"`   // what is to be mended, "" for nothing
	AsOf    string            `json:"asOf"`
	Drafts  bool              `json:"drafts"`
	Local   bool              `json:"local"` // may switch
	Words   map[string]string `json:"words"`
}

// events tells a page how the preview stands, and again at each change
// (server-sent events).
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	rc := http.NewResponseController(w)
	words := map[string]string{}
	for _, k := range []string{"title", "day", "drafts", "apply", "close", "wrong"} {
		words[k] = s.o.Words("preview." + k)
	}
	for {
		m := message{Local: local(r), Words: words}
		s.site.Read(func(site *build.Site) { m.AsOf, m.Drafts = site.Options.AsOf.String(), site.Options.Drafts })
		s.mu.Lock()
		m.Version, m.Wrong = s.version, s.wrong
		wake := s.wake
		s.mu.Unlock()
		b, err := json.Marshal(m)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", b); err != nil || errors.Is(rc.Flush(), http.ErrNotSupported) {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-wake:
		}
	}
}

// switchTo shows the site of another day, with or without drafts. Only a page of
// the preview on this machine may ask for that.
func (s *server) switchTo(w http.ResponseWriter, r *http.Request) {
	origin, err := url.Parse(r.Header.Get("Origin"))
	if r.Method != http.MethodPost || !local(r) || err != nil || origin.Host != r.Host {
		http.Error(w, "403 Forbidden", http.StatusForbidden)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
	day, err := gazette.ParseDate(r.FormValue("asOf"))
	if err != nil {
		http.Error(w, s.o.Words("usage.date", "--as-of", r.FormValue("asOf")), http.StatusBadRequest)
		return
	}
	if err := s.site.Switch(day, r.FormValue("drafts") == "true"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.changed(true, nil)
	w.WriteHeader(http.StatusNoContent)
}

// serves reports whether a Host header names this preview: with others a page of
// a stranger could read drafts through a name of its own that points here.
func (s *server) serves(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return net.ParseIP(trimBrackets(name)) != nil || slices.Contains([]string{"localhost", s.host}, name)
}

func trimBrackets(s string) string {
	if len(s) > 2 && s[0] == '[' && s[len(s)-1] == ']' {
		return s[1 : len(s)-1]
	}
	return s
}

// addresses are where pages open that a listener serves: for one that listens
// everywhere, those of this machine in its networks first.
func addresses(a *net.TCPAddr) []string {
	at := func(ip string) string { return "http://" + net.JoinHostPort(ip, fmt.Sprint(a.Port)) + "/" }
	if !a.IP.IsUnspecified() {
		return []string{at(a.IP.String())}
	}
	var out []string
	found, err := net.InterfaceAddrs()
	if err == nil {
		for _, x := range found {
			if n, ok := x.(*net.IPNet); ok && n.IP.IsGlobalUnicast() && n.IP.To4() != nil {
				out = append(out, at(n.IP.String()))
			}
		}
	}
	return append(out, at("127.0.0.1"))
}
