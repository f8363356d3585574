package deploy_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"gongbao/internal/deploy"
	"gongbao/internal/inventory"
)

// A storage speaks S3; it notes what it is asked for, and refuses when it shall.
type storage struct {
	*httptest.Server
	backend gofakes3.Backend
	mu      sync.Mutex
	log     []string          // method and key, of puts and deletions
	cache   map[string]string // Cache-Control of puts, by key
	fail    int               // after so many puts and deletions; 0 for never
}

func serveS3(t *testing.T) *storage {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("HOME", t.TempDir())
	s := &storage{backend: s3mem.New(), cache: map[string]string{}}
	if err := s.backend.CreateBucket("gazette"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(s.backend).Server()
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut || r.Method == http.MethodDelete {
			s.mu.Lock()
			key := strings.TrimPrefix(r.URL.Path, "/gazette/web/")
			s.log, s.cache[key] = append(s.log, r.Method+" "+key), r.Header.Get("Cache-Control")
			refuse := s.fail > 0 && len(s.log) > s.fail
			s.mu.Unlock()
			if refuse { // for good: what may pass is tried again by the client
				http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
				return
			}
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *storage) open(t *testing.T) deploy.Target {
	t.Helper()
	a, err := deploy.ParseAddress("s3://gazette/web?endpoint="+s.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	target, err := deploy.Open(t.Context(), a, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { target.Close() })
	return target
}

// objects are what the storage holds, and what it says of each.
func (s *storage) objects(t *testing.T) (site, map[string]map[string]string) {
	t.Helper()
	list, err := s.backend.ListBucket("gazette", &gofakes3.Prefix{}, gofakes3.ListBucketPage{})
	if err != nil {
		t.Fatal(err)
	}
	out, heads := site{}, map[string]map[string]string{}
	for _, c := range list.Contents {
		o, err := s.backend.GetObject("gazette", c.Key, nil)
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, o.Size)
		for n := 0; n < len(b); {
			m, err := o.Contents.Read(b[n:])
			if n += m; err != nil && n < len(b) {
				t.Fatal(err)
			}
		}
		o.Contents.Close()
		key := strings.TrimPrefix(c.Key, "web/")
		out[key], heads[key] = string(b), o.Metadata
	}
	return out, heads
}

// TestS3 deploys edits to storage that refuses in the middle from time to time, and
// looks at the order of requests.
func TestS3(t *testing.T) {
	s := serveS3(t)
	target := s.open(t)
	r := rand.New(rand.NewPCG(9, 9))
	now, broken := site{}, 0
	for round := range deploy.Rounds(40) {
		now = edited(r, now)
		s.log, s.fail = nil, 0
		if round%3 == 1 {
			s.fail = 1 + r.IntN(30)
		}
		_, err := deploy.Run(t.Context(), target, now.options(t))
		inOrder(t, round, s.log)
		if s.fail > 0 && err != nil {
			broken++
			continue
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		got, _ := s.objects(t)
		sameSite(t, fmt.Sprint("round ", round), public(got), now)
	}
	if broken < deploy.Rounds(5) {
		t.Errorf("the storage refused %d times", broken)
	}
	s.fail = 0
	if _, err := deploy.Run(t.Context(), target, now.options(t)); err != nil {
		t.Fatal(err)
	}
	d, err := deploy.Check(t.Context(), target, now.list(t), nil, nil)
	if err != nil || !d.Same() || d.Right != len(now) || len(d.Foreign) > 0 {
		t.Errorf("Check = %+v, %v", d, err)
	}
}

// inOrder checks the requests of a run: journal, files, pages, heads, the worker,
// deletions, the state.
func inOrder(t *testing.T, round int, log []string) {
	t.Helper()
	last, what := 0, ""
	for _, l := range log {
		method, key, _ := strings.Cut(l, " ")
		rank := 0
		switch {
		case strings.HasPrefix(key, inventory.Mark), key == "topics", key == "topics/index.html":
			continue // topics is a file, then a folder: it may have to go first
		case method == http.MethodDelete && path.Ext(key) == ".html":
			rank = 6
		case method == http.MethodDelete:
			rank = 7
		case key == "sw.js":
			rank = 5
		case key == "feed.xml":
			rank = 4
		case key == "index.html":
			rank = 3
		case path.Ext(key) == ".html":
			rank = 2
		}
		if rank < last {
			t.Fatalf("round %d: %s comes after %s", round, l, what)
		}
		last, what = rank, l
	}
	if i := slices.IndexFunc(log, func(l string) bool { return strings.HasSuffix(l, inventory.Mark+"deploying") }); len(log) > 1 && (i < 0 || i > 1) {
		t.Fatalf("round %d: the journal is request %d of %d", round, i, len(log))
	}
}

// What the storage says of files: readers ask anew for what may change, and get texts
// in the coding in which they are kept.
func TestS3Headers(t *testing.T) {
	s := serveS3(t)
	target := s.open(t)
	large := strings.Repeat("0123456789abcdef", 1<<20) // larger than what is read before it is put
	now := site{
		"index.html": strings.Repeat("<p>公报", 200), "assets/site.css": "body{}", "assets/icon.png": "png", "documents/a/files/附件 1.pdf": "pdf", "documents/a/index.akn.xml": "<akn/>", "large.mp4": large,
	}
	o := now.options(t)
	o.Compress = []string{"gz", "br"} // an object has one form: the first
	if _, err := deploy.Run(t.Context(), target, o); err != nil {
		t.Fatal(err)
	}
	got, heads := s.objects(t)
	for name, want := range map[string][3]string{
		"index.html":                 {"text/html; charset=utf-8", "no-cache", "gzip"},
		"assets/site.css":            {"text/css; charset=utf-8", "public, max-age=31536000, immutable", "gzip"},
		"assets/icon.png":            {"image/png", "public, max-age=3600", ""},
		"documents/a/files/附件 1.pdf": {"application/pdf", "public, max-age=3600", ""},
		"documents/a/index.akn.xml":  {"application/akn+xml", "no-cache", "gzip"},
		inventory.Mark + "deployed":  {"application/octet-stream", "no-cache", ""},
	} {
		h := heads[name]
		if have := [3]string{h["Content-Type"], s.cache[name], h["Content-Encoding"]}; have != want {
			t.Errorf("%s: %q, want %q", name, have, want)
		}
	}
	if deploy.Decode(t, got["index.html"], "gz") != now["index.html"] || got["large.mp4"] != large {
		t.Error("files are not what they were")
	}
	if d, err := deploy.Check(t.Context(), target, now.list(t), nil, nil); err != nil || !d.Same() || d.Right != len(now) {
		t.Errorf("Check = %+v, %v", d, err)
	}
	// A large file that turns out to be another is not put.
	now["large.mp4"] = large + "x"
	o = now.options(t)
	now["large.mp4"] = large + "y"
	_, err := deploy.Run(t.Context(), target, o)
	problem(t, err, "output-changed")
	if got, _ := s.objects(t); got["large.mp4"] != large {
		t.Error("a part of it was put")
	}
	o = now.options(t) // without compression
	if _, err := deploy.Run(t.Context(), target, o); err != nil {
		t.Fatal(err)
	}
	// The fake keeps the old coding where there is no new one; S3 does not.
	if got, _ := s.objects(t); got["index.html"] != now["index.html"] {
		t.Errorf("texts are still compressed: %.20q", got["index.html"])
	}
}

func TestS3AddressesHaveNoOtherOptions(t *testing.T) {
	a, err := deploy.ParseAddress("s3://gazette/web?secret=x", "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = deploy.Open(t.Context(), a, false)
	problem(t, err, "option")
}

// Without keys nobody is asked for any.
func TestS3WithoutKeys(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	home := t.TempDir()
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "credentials"))
	asked := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("somebody was asked") }))
	defer asked.Close()
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", asked.URL)
	for query, key := range map[string]string{"": "s3-keys", "&profile=none": "s3-keys"} {
		a, err := deploy.ParseAddress("s3://gazette/web?endpoint="+asked.URL+query, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = deploy.Open(t.Context(), a, false)
		problem(t, err, key)
	}
	if err := os.WriteFile(filepath.Join(home, "credentials"), []byte("[office]\naws_access_key_id = a\naws_secret_access_key = b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := deploy.ParseAddress("s3://gazette/web?profile=office&endpoint="+asked.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	target, err := deploy.Open(t.Context(), a, false)
	if err != nil {
		t.Fatalf("keys of a profile are not found: %v", err)
	}
	target.Close()
}
