package main

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"gongbao/internal/chromium"
)

// What a first visit to a document may cost (issue 8).
const (
	mostBytes    = 30 << 10
	mostRequests = 5
)

// gzipped compresses what text there is, as every web server does.
func gzipped(h http.Handler) http.Handler {
	h = withPolicy(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains([]string{"", ".html", ".css", ".js", ".json"}, path.Ext(r.URL.Path)) {
			h.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Range")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer func() { _ = z.Close() }()
		h.ServeHTTP(zipped{w, z}, r)
	})
}

type zipped struct {
	http.ResponseWriter
	to io.Writer
}

func (z zipped) WriteHeader(code int) {
	z.Header().Del("Content-Length")
	z.ResponseWriter.WriteHeader(code)
}
func (z zipped) Write(b []byte) (int, error) { return z.to.Write(b) }

// medianDocument returns the address of the document whose page has the median
// length of all documents of a site.
func medianDocument(t *testing.T, public string) string {
	t.Helper()
	type sized struct {
		address string
		bytes   int64
	}
	var all []sized
	err := filepath.WalkDir(filepath.Join(public, "documents"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "index.html" {
			return err
		}
		b, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(b), `name="ArticleTitle"`) {
			address, _ := filepath.Rel(public, name)
			all = append(all, sized{filepath.ToSlash(address), int64(len(b))})
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d documents, %v", len(all), err)
	}
	slices.SortFunc(all, func(a, b sized) int {
		return cmp.Or(cmp.Compare(a.bytes, b.bytes), strings.Compare(a.address, b.address))
	})
	return all[len(all)/2].address
}

// TestBrowserNothingComesLate waits on pages that offer to be taken along, and on
// a document, for all that comes after the page: nothing moves.
func TestBrowserNothingComesLate(t *testing.T) {
	browser := chromium.Start(t)
	public, pages := typedPages(t)
	url := chromium.Serve(t, public, withPolicy)
	for _, width := range []int64{390, 1280} {
		tab := openTab(t, browser, width, nil)
		for _, p := range pages {
			offers := p.name == "issue" || p.name == "topic"
			if !offers && p.name != "document in force" {
				continue
			}
			if err := chromedp.Run(tab, chromedp.Navigate(url+p.path)); err != nil {
				t.Fatal(err)
			}
			if offers {
				if err := chromium.Eventually(tab, `document.querySelector(".take .button:not([hidden])") !== null && !document.querySelector(".take").hidden`); err != nil {
					t.Fatalf("%s offers nothing: %v", p.path, err)
				}
			}
			var moved []string
			if await(t, tab, shifts, &moved); len(moved) > 0 {
				t.Errorf("%s (%s), %d px: %q", p.path, p.name, width, moved)
			}
		}
	}
}

// TestBrowserFirstLoadIsSmall opens the document of median length of the corpus
// in an empty browser: what comes over the wire until a second after it has
// loaded, heads included, in how many requests, and whether anything moves.
func TestBrowserFirstLoadIsSmall(t *testing.T) {
	ctx := chromium.Start(t)
	public := filepath.Join(importCorpus(t), "public")
	url := chromium.Serve(t, public, gzipped)
	var mu sync.Mutex
	var bytes float64
	asked := map[network.RequestID]string{} // what went over the wire
	chromedp.ListenTarget(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasSuffix(ev.Request.URL, "/favicon.ico") { // asked for where a page names no icon
				asked[ev.RequestID] = strings.TrimPrefix(ev.Request.URL, url)
			}
		case *network.EventRequestServedFromCache:
			delete(asked, ev.RequestID)
		case *network.EventResponseReceived:
			if ev.Response.FromDiskCache {
				delete(asked, ev.RequestID)
			}
		case *network.EventLoadingFinished:
			bytes += ev.EncodedDataLength
		}
	})
	address := medianDocument(t, public)
	var moved []string
	if err := chromedp.Run(ctx, network.Enable(), chromedp.EmulateViewport(390, 844), chromedp.Navigate(url+address), chromedp.Sleep(time.Second)); err != nil {
		t.Fatal(err)
	}
	await(t, ctx, shifts, &moved)
	mu.Lock()
	defer mu.Unlock()
	said := fmt.Sprintf("%s: %.0f bytes in %d requests %q, layout shifts %q", address, bytes, len(asked), slices.Sorted(maps.Values(asked)), moved)
	if bytes > mostBytes || len(asked) < 3 || len(asked) > mostRequests || len(moved) > 0 {
		t.Errorf("%s; want %d bytes, %d requests and none at most", said, mostBytes, mostRequests)
	}
	t.Log(said)
}
