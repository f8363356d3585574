package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gongbao/internal/chromium"
)

// strict is the policy that every page must live with.
const strict = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"

var (
	inlineStyle = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	refresh     = []byte(`http-equiv="refresh" content="0;`)
)

// withPolicy sends the strict policy with everything. The style of 404.html
// stands in the page and is allowed by its hash, as a server would. A redirect
// waits for a day, so that there is time to look at it.
func withPolicy(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" { // what browsers ask for on their own
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Security-Policy", strict)
		if !strings.HasSuffix(r.URL.Path, ".html") {
			h.ServeHTTP(w, r)
			return
		}
		r.URL.Path = strings.TrimSuffix(r.URL.Path, "index.html")
		rec := httptest.NewRecorder()
		r.Header.Del("If-Modified-Since")
		h.ServeHTTP(rec, r)
		body := rec.Body.Bytes()
		if m := inlineStyle.FindSubmatch(body); m != nil && strings.HasSuffix(r.URL.Path, "/404.html") {
			sum := sha256.Sum256(m[1])
			w.Header().Set("Content-Security-Policy", strings.Replace(strict, "style-src 'self'", "style-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", 1))
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(rec.Code)
		_, _ = w.Write([]byte(strings.Replace(string(body), string(refresh), strings.Replace(string(refresh), "0;", "86400;", 1), 1)))
	})
}

// A tab is a window on the site that notes everything the browser complains of.
type tab struct {
	context.Context
	mu   sync.Mutex
	said []string
}

// openTab opens a tab of a browser. What the reader has chosen stands in
// localStorage before the first script runs, and the day is that of the build.
func openTab(t *testing.T, browser context.Context, width int64, chosen map[string]string) *tab {
	t.Helper()
	tab := &tab{}
	note := func(format string, args ...any) {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		tab.said = append(tab.said, fmt.Sprintf(format, args...))
	}
	ctx, end := chromedp.NewContext(browser)
	t.Cleanup(end)
	tab.Context = ctx
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			note("console.%s", ev.Type)
		case *runtime.EventExceptionThrown:
			note("exception: %s", ev.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			note("%s: %s %s", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL)
		}
	})
	set := `Date.now = function () { return Date.parse("2026-11-23T04:00:00Z"); };`
	for key, value := range chosen {
		set += fmt.Sprintf("try { localStorage.setItem(%q, %q) } catch (e) {}", "gongbao."+key, value)
	}
	scheme := "light"
	if chosen["theme"] == "dark" {
		scheme = "dark"
	}
	err := chromedp.Run(ctx, log.Enable(), emulation.SetFocusEmulationEnabled(true), chromedp.EmulateViewport(width, 900),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(set).Do(ctx)
			return err
		}))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// complaints are what was noted since the last call.
func (tab *tab) complaints() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	said := tab.said
	tab.said = nil
	return said
}

// A view is one way to look at all pages.
type view struct {
	name   string
	width  int64
	chosen map[string]string
	ask    map[string]any // what look.js is asked beside what it always looks at
	axe    bool
}

var views = []view{
	{"light", 390, map[string]string{"theme": "light"}, map[string]any{"targets": true, "focus": true}, true},
	{"dark", 390, map[string]string{"theme": "dark"}, nil, true},
	{"contrast", 390, map[string]string{"theme": "contrast"}, map[string]any{"focus": true}, true},
	{"wide", 1280, nil, map[string]any{"focus": true}, true},
	{"largest and simple", 390, map[string]string{"size": "largest", "view": "simple"}, map[string]any{"targets": true}, true},
	{"400 percent", 320, nil, nil, false},
	{"wide and largest", 1280, map[string]string{"size": "largest"}, nil, false},
}

// inline are the links that stand in a line of words and so may be lower than a
// thumb; look.js has the reason.
var inline = []string{
	".text a", // official text, its footnotes and tables
	".why-source a, .status-reason a:not([href^=\"tel:\"])", // 见《…》, 依据《…》
	".notice a",           // sentences
	".life > li > span a", // 刊登于2023年第1期
	".printed a",          // 刊载于2023年第1期第3页
}

// shifts tells the layout shifts since the page began to load, with what moved.
const shifts = `new Promise(done => {
	const out = [], name = n => n && n.nodeType === 1 ? n.tagName + "." + n.className + "#" + n.id : String(n && n.textContent).slice(0, 20);
	new PerformanceObserver(list => list.getEntries().forEach(e => out.push(e.value.toFixed(4) + " " + e.sources.map(s => name(s.node) + " " + [s.previousRect.x, s.previousRect.y, s.previousRect.width] + "→" + [s.currentRect.x, s.currentRect.y, s.currentRect.width]).join(", ")))).observe({type: "layout-shift", buffered: true});
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(out), 50))); // a shift is told after its frame
})`

// moves tells the layout shifts of the page that stands open, however small, if
// there are some each time it is opened: what style or script moves, moves always;
// a busy machine now and then paints a table of which it has read a part.
func moves(t *testing.T, tab *tab, url string) (moved []string) {
	t.Helper()
	for n := range 3 {
		if n > 0 {
			if err := chromedp.Run(tab, chromedp.Navigate(url)); err != nil {
				t.Fatalf("%s: %v", url, err)
			}
		}
		if await(t, tab, shifts, &moved); len(moved) == 0 {
			break
		}
	}
	return moved
}

const runAxe = `axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
	resultTypes: ["violations", "incomplete"], preload: false}).then(r => {
	const tell = list => list.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 160) + " " + [].concat(n.any, n.all, n.none).map(c => c.message).join("; ").slice(0, 200)).join("\n\t\t"));
	return {violations: tell(r.violations), incomplete: tell(r.incomplete)};
})`

// TestBrowserProof opens a page of every type in every theme, narrow and wide,
// large and simple, under the strict policy: axe finds nothing, look.js finds
// nothing, and the browser has nothing to say.
func TestBrowserProof(t *testing.T) {
	browser := chromium.Start(t)
	axe, err := os.ReadFile("../../bin/tools/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("skipped: axe-core is not there (.ci/need axe)")
	}
	look, err := os.ReadFile("testdata/look.js")
	if err != nil {
		t.Fatal(err)
	}
	public, pages := typedPages(t)
	if err := chromedp.Run(browser); err != nil { // starts it, before several want it
		t.Fatal(err)
	}
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b pageType) int { return strings.Compare(a.path, b.path) })
	pages = slices.CompactFunc(pages, func(a, b pageType) bool { return a.path == b.path })
	pages = append(pages, pageType{name: "search that found", layout: "search", path: "search/index.html?q=停车"}, pageType{name: "search that found nothing", layout: "search", path: "search/index.html?q=量子纠缠"})
	for _, v := range views {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			tab := openTab(t, browser, v.width, v.chosen)
			url := chromium.Serve(t, public, withPolicy) // an origin of its own, so storage of its own
			for _, p := range pages {
				if err := chromedp.Run(tab, chromedp.Navigate(url+p.path)); err != nil {
					t.Fatalf("%s: %v", p.path, err)
				}
				if strings.Contains(p.path, "?q=") {
					settled(t, tab)
				}
				if !strings.Contains(p.path, "?q=") {
					for _, m := range moves(t, tab, url+p.path) {
						t.Errorf("%s (%s): the layout moves by %s", p.path, p.name, m)
					}
				}
				for key, value := range v.chosen {
					var ok bool
					await(t, tab, fmt.Sprintf(`document.documentElement.getAttribute("data-%s") === %q || (document.documentElement.setAttribute("data-%[1]s", %[2]q), false)`, key, value), &ok)
					if !ok && p.layout != "notfound" {
						t.Logf("%s: the page does not know %s = %s", p.path, key, value)
					}
				}
				for _, s := range tab.complaints() {
					t.Errorf("%s (%s): the browser says %s", p.path, p.name, s)
				}
				ask := map[string]any{"embed": p.name == "embed", "lang": "zh-CN", "inline": inline, "script": true}
				for k, a := range v.ask {
					ask[k] = a
				}
				var faults []string
				await(t, tab, string(look)+"("+quoteJS(ask)+")", &faults)
				for _, f := range faults {
					t.Errorf("%s (%s): %s", p.path, p.name, f)
				}
				if !v.axe {
					continue
				}
				var found struct{ Violations, Incomplete []string }
				await(t, tab, string(axe)+";"+runAxe, &found)
				for _, f := range found.Violations {
					t.Errorf("%s (%s): axe: %s", p.path, p.name, f)
				}
				for _, f := range found.Incomplete {
					t.Logf("%s (%s): axe is not sure: %s", p.path, p.name, f)
				}
				tab.complaints() // axe's own
			}
		})
	}
}
