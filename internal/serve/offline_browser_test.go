package serve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gongbao/internal/build"
	"gongbao/internal/chromium"
	"gongbao/internal/gazette"
)

// strict is the policy that the site must bear.
const strict = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"

// under is the folder of the server under which the site stands.
const under = "/gongbao/"

// A host is a web server that can be stopped, started again at the same address
// with another site, and asked what was fetched.
type host struct {
	t    *testing.T
	addr string
	srv  *http.Server

	mu      sync.Mutex
	dir     string
	assets  string // where the assets are from, if not from dir
	fetched map[string]int
	slow    time.Duration // before a page is answered
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	name := strings.TrimPrefix(r.URL.Path, under)
	if strings.HasSuffix(name, "/") || name == "" {
		name += "index.html"
	}
	dir, slow := h.dir, h.slow
	if h.assets != "" && strings.HasPrefix(name, "assets/") {
		dir = h.assets
	}
	if !strings.HasSuffix(r.URL.Path, "/index.html") { // is sent on to its folder
		h.fetched[name]++
	}
	h.mu.Unlock()
	if slow > 0 && strings.HasSuffix(name, ".html") {
		time.Sleep(slow)
	}
	w.Header().Set("Content-Security-Policy", strict)
	http.StripPrefix(strings.TrimSuffix(under, "/"), http.FileServer(http.Dir(dir))).ServeHTTP(w, r)
}

func (h *host) start(dir string) {
	h.t.Helper()
	h.mu.Lock()
	h.dir, h.assets, h.fetched, h.slow = dir, "", map[string]int{}, 0
	h.mu.Unlock()
	if h.srv != nil {
		return
	}
	if h.addr == "" {
		h.addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", h.addr)
	if err != nil {
		h.t.Fatal(err)
	}
	h.addr = l.Addr().String()
	h.srv = &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	go func(srv *http.Server) { _ = srv.Serve(l) }(h.srv)
	h.t.Cleanup(h.stop)
}

func (h *host) stop() {
	if h.srv != nil {
		_ = h.srv.Close()
		h.srv = nil
	}
}

func (h *host) url(path string) string { return "http://" + h.addr + under + path }

// pages are the pages that were fetched since the start, in order.
func (h *host) pages(prefix string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(h.fetched)), func(p string) bool {
		return !strings.HasPrefix(p, prefix) || !strings.HasSuffix(p, ".html")
	})
}

// sample builds the sample, as edit leaves it, and returns the output.
func sample(t *testing.T, edit func(root string)) string {
	t.Helper()
	root := t.TempDir()
	copySample(t, root)
	if edit != nil {
		edit(root)
	}
	out := filepath.Join(root, "public")
	r, err := build.Build(t.Context(), build.Options{Root: root, Output: out, AsOf: gazette.NewDate(2026, 11, 23), NoPDF: true})
	if err != nil || !r.Published {
		t.Fatal(err, r.Findings)
	}
	return out
}

func replaceIn(t *testing.T, name, from, to string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(b), from) {
		t.Fatalf("%s has no %q: %v", name, from, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(b), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A reader is a browser that reads the site of a host.
type reader struct {
	t   *testing.T
	ctx context.Context
	*host
	messages []string // in the console
}

func newReader(t *testing.T) *reader {
	ctx := chromium.Start(t)
	r := &reader{t: t, ctx: ctx, host: &host{t: t}}
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			r.messages = append(r.messages, fmt.Sprint(ev.Type))
		case *runtime.EventExceptionThrown:
			r.messages = append(r.messages, ev.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			r.messages = append(r.messages, ev.Entry.Text+" "+ev.Entry.URL)
		}
	})
	return r
}

func (r *reader) open(path string) {
	r.t.Helper()
	if err := chromedp.Run(r.ctx, chromedp.Navigate(r.url(path)), chromedp.WaitReady("body")); err != nil {
		r.t.Fatalf("open %s: %v", path, err)
	}
}

func (r *reader) wait(what, condition string) {
	r.t.Helper()
	if err := chromium.Eventually(r.ctx, condition); err != nil {
		var text string
		_ = chromedp.Run(r.ctx, chromedp.Evaluate(`location.href + "\n" + document.body.innerText.slice(0, 1500)`, &text))
		r.t.Fatalf("%s: %v in\n%s", what, err, text)
	}
}

// get awaits a value of the page.
func (r *reader) get(js string, to any) {
	r.t.Helper()
	err := chromedp.Run(r.ctx, chromedp.Evaluate(js, to, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err != nil {
		r.t.Fatalf("%.120s: %v", js, err)
	}
}

func (r *reader) click(selector string) {
	r.t.Helper()
	if err := chromedp.Run(r.ctx, chromedp.Click(selector, chromedp.ByQuery)); err != nil {
		r.t.Fatalf("click %s: %v", selector, err)
	}
}

// kept are the paths of what is in a cache of the site.
func (r *reader) kept(cache string) []string {
	r.t.Helper()
	var out []string
	r.get(fmt.Sprintf(`caches.open(%q).then(c => c.keys()).then(ks => ks.map(k => k.url.slice(location.origin.length + %d)).sort())`, "gongbao1 "+under+" "+cache, len(under)), &out)
	return out
}

func (r *reader) waitKept(cache, path string) {
	r.t.Helper()
	for range 200 {
		if slices.Contains(r.kept(cache), path) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatalf("%s is not kept; %s has %q", path, cache, r.kept(cache))
}

// saysKept checks that the page says that it is a copy, in its own style.
func (r *reader) saysKept(heading string) {
	r.t.Helper()
	r.wait("the kept page", fmt.Sprintf(`document.querySelector("h1").textContent.includes(%q)`, heading))
	r.wait("the style sheet of "+heading, `document.readyState === "complete" && document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 50`)
	var got struct {
		Kept, Note, Day string
		Shown           bool
	}
	r.get(`({
		kept: document.documentElement.getAttribute("data-kept") || "",
		note: (document.querySelector(".kept") || {innerText: ""}).innerText,
		day: (document.querySelector(".kept time") || {dateTime: ""}).dateTime,
		shown: !!document.querySelector(".kept") && document.querySelector(".kept").getClientRects().length > 0,
	})`, &got)
	if got.Kept == "" || got.Kept != got.Day || !strings.Contains(got.Note, "请联网核对") || !got.Shown {
		r.t.Errorf("%s: kept %q, note %q of %q, shown %t", heading, got.Kept, got.Note, got.Day, got.Shown)
	}
}

const (
	readDoc    = "documents/sfbf/2021/22/index.html"
	takenIssue = "issues/2023/01/index.html"
	takenDoc   = "documents/sfbh/2023/18/index.html"
	newDoc     = "documents/sfbf/2021/4/index.html"
)

// TestBrowserOffline reads a site with its server stopped: what was read, what was
// taken along, what is not there, and the search; then the site changes.
func TestBrowserOffline(t *testing.T) {
	r := newReader(t)
	first := sample(t, nil)
	r.start(first)

	// Online: the worker comes after the page, and keeps it all the same.
	r.open(readDoc)
	r.wait("the worker", `!!navigator.serviceWorker.controller`)
	r.waitKept("read", readDoc)
	r.waitKept("read", "search/index.html")
	r.waitKept("read", "search/hant.bin")
	r.open("documents/scgg/2021/6/index.html") // read from the network, by the worker
	r.waitKept("read", "documents/scgg/2021/6/index.html")
	var kept bool
	if r.get(`document.documentElement.hasAttribute("data-kept")`, &kept); kept {
		t.Error("a page from the network says that it is a copy")
	}
	r.open(takenDoc) // also taken along below: the newer copy is the one to show
	r.waitKept("read", takenDoc)
	r.open(takenIssue)
	r.wait("the offer", `!!document.querySelector(".take .button:not([hidden])")`)
	var offer string
	r.get(`document.querySelector(".take .button").textContent`, &offer)
	pack := readPack(t, first, "issues/2023/01/pack.json")
	if want := fmt.Sprintf("带走本期（8 篇，%d KB）", (pack.Bytes+512)/1024); offer != want {
		t.Errorf("the button says %q, want %q", offer, want)
	}
	r.click(".take .button")
	r.wait("taking along", `document.querySelector(".take-say").textContent.includes("已存在本机")`)
	if got := r.kept("taken"); len(got) != len(pack.Pages) {
		t.Errorf("taken: %q, want the %d of the pack", got, len(pack.Pages))
	}
	if len(r.messages) > 0 {
		t.Errorf("console messages: %q", r.messages)
	}
	r.get(`fetch("../../../no/such/page/index.html").then(() => fetch("../../../assets/site.css", {headers: {Range: "bytes=0-9"}})).then(() => 0)`, new(int))
	r.open("no/such/page/index.html")

	r.stop()
	r.open(readDoc)
	r.saysKept("示范市")
	var back string
	if r.get(`(dispatchEvent(new Event("online")), document.querySelector(".kept").innerText)`, &back); !strings.Contains(back, "网络已恢复") {
		t.Errorf("with the network back the copy says %q", back)
	}
	r.open("documents/sfbf/2021/22/") // the folder is the same page
	r.saysKept("示范市")
	r.open(takenDoc + "?from=share")
	r.saysKept("示范市")
	for _, cache := range []string{"read", "taken", "assets"} {
		for _, name := range r.kept(cache) {
			if strings.Contains(name, "no/such") || name == "assets/site.css" {
				t.Errorf("%s has %s", cache, name)
			}
		}
	}
	r.open(newDoc)
	r.wait("the page that stands in", `!!document.querySelector("#offline-missing:not([hidden])") && !!document.querySelector("#offline-packs a.doc")`)
	var stand struct {
		Missing, Packs, Read string
		Styled               bool
		Here                 string
	}
	r.get(`({
		missing: document.querySelector("#offline-missing").innerText, packs: document.querySelector("#offline-packs").innerText,
		read: document.querySelector("#offline-read").innerText, styled: document.styleSheets[0].cssRules.length > 50, here: location.pathname,
	})`, &stand)
	if !strings.Contains(stand.Missing, "documents/sfbf/2021/4/") || !strings.Contains(stand.Packs, "2023年第1期") || !strings.Contains(stand.Packs, "8 篇") || stand.Read == "" || !stand.Styled || stand.Here != under+newDoc {
		t.Errorf("instead of a page that is not kept: %+v", stand)
	}
	r.click("#offline-packs a.doc")
	r.saysKept("2023年第1期")

	r.search(t)

	// The site comes back with one document changed: only what differs is fetched.
	second := sample(t, func(root string) {
		name := filepath.Join(root, "content/documents/2023/sfbh-18.md")
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(b, "\n后来补上的一段。\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	want := changed(t, first, second, readPack(t, second, "issues/2023/01/pack.json"))
	if len(want) == 0 || len(want) >= len(pack.Pages) {
		t.Fatalf("%q changed", want)
	}
	r.start(second)
	r.open("offline/index.html")
	r.wait("the news", `/有更新/.test(document.querySelector("#offline-packs").innerText)`)
	r.wait("the update", `[...document.querySelectorAll("#offline-packs .button:not([hidden])")].some(b => /更新本机的副本/.test(b.textContent))`)
	r.click("#offline-packs .offer .button")
	r.wait("updating", `document.querySelector("#offline-packs .take-say").textContent.includes("已存在本机")`)
	if got := slices.DeleteFunc(r.pages(""), func(p string) bool { return p == "offline/index.html" }); !slices.Equal(got, want) {
		t.Errorf("updating fetched %q, want what changed: %q", got, want)
	}
	r.stop()
	r.open(takenDoc)
	r.saysKept("示范市")
	r.wait("the new text", `document.body.textContent.includes("后来补上的一段")`)

	// Removed, its pages are gone, and those that were read are not.
	r.start(second)
	r.open("offline/index.html")
	r.wait("the list", `!!document.querySelector("#offline-packs a.doc")`)
	r.click(`#offline-packs [aria-label="移除“2023年第1期”"]`)
	r.wait("removing", `/已移除/.test(document.querySelector("#offline-say").textContent) && document.activeElement.id === "offline-say"`)
	if got := r.kept("taken"); len(got) > 0 {
		t.Errorf("after removing: %q", got)
	}
	if got := r.kept("read"); !slices.Contains(got, readDoc) {
		t.Errorf("removing a pack removed what was read: %q", got)
	}
}

// search searches what is on the device, and opens what it found.
func (r *reader) search(t *testing.T) {
	t.Helper()
	r.open("search/index.html?q=" + "%E5%81%9C%E8%BD%A6") // 停车
	r.wait("the search on the device", `/^没有网络。在本机存有的 \d+ 篇里找到 [1-9]/.test(document.querySelector("#search-status").textContent)`)
	var found []string
	r.get(`[...document.querySelectorAll("#results a.doc")].map(a => a.pathname)`, &found)
	kept := append(r.kept("read"), r.kept("taken")...)
	for _, f := range found {
		if !slices.Contains(kept, strings.TrimPrefix(f, under)) {
			t.Errorf("the search found %s, which is not kept", f)
		}
	}
	var marks int
	if r.get(`document.querySelectorAll("#results mark").length`, &marks); marks == 0 {
		t.Error("no result shows where it has the word")
	}
	r.click("#results a.doc")
	r.saysKept("")
	for _, c := range []struct{ typed, want string }{
		{"示府办函〔2023〕18号", takenDoc}, // a number comes first
		{"2023 18号", takenDoc},
		{"停車", ""}, // traditional characters, with the table that is kept
		{"彗星撞地球", "none"},
	} {
		q, _ := json.Marshal(c.typed)
		r.get(fmt.Sprintf(`new Promise(done => { location.href = %q + encodeURIComponent(%s); done(0) })`, r.url("search/index.html?q="), q), new(int))
		r.wait(c.typed, fmt.Sprintf(`new URLSearchParams(location.search).get("q") === %s && /^没有网络。(在本机|本机存有)/.test((document.querySelector("#search-status") || {}).textContent)`, q))
		var top string
		r.get(`(document.querySelector("#results a.doc") || {pathname: "none"}).pathname`, &top)
		if top = strings.TrimPrefix(top, under); c.want != "" && top != c.want || c.want == "" && top == "none" {
			t.Errorf("%s finds %s first, want %q", c.typed, top, c.want)
		}
	}
}

type packFile struct {
	Fingerprint  string
	Bytes, Count int
	Pages        [][3]any
}

func readPack(t *testing.T, dir, name string) (p packFile) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// changed are the pages of a pack that two outputs do not have alike, in order.
func changed(t *testing.T, a, b string, p packFile) []string {
	t.Helper()
	var out []string
	for _, f := range p.Pages {
		name := f[0].(string)
		x, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(x) != string(y) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// TestBrowserOfflineKeepsStyleAndPage changes the style sheet between reading and
// going offline: an old page keeps its own. Then the network is slow, then the
// site does not want to be kept any more.
func TestBrowserOfflineKeepsStyleAndPage(t *testing.T) {
	r := newReader(t)
	r.start(sample(t, nil))
	r.open(readDoc)
	r.wait("the worker", `!!navigator.serviceWorker.controller`)
	r.waitKept("read", readDoc)
	before := r.kept("assets")
	r.start(sample(t, newLook(t)))
	r.open(newDoc)
	r.waitKept("read", newDoc)
	sheets := func() int {
		return len(slices.DeleteFunc(r.kept("assets"), func(n string) bool { return !strings.HasPrefix(n, "assets/site.css") }))
	}
	if got := sheets(); got != 2 {
		t.Errorf("%d style sheets are kept, want that of the old page and that of the new one; before: %q", got, before)
	}
	// The slow network: the copy comes after a while, and the page when it is there.
	r.mu.Lock()
	r.slow = 6 * time.Second
	r.mu.Unlock()
	at := time.Now()
	r.open(newDoc)
	r.saysKept("示范市")
	if took := time.Since(at); took < 3*time.Second || took > 6*time.Second {
		t.Errorf("the copy came after %v, want about 4 s", took)
	}
	r.stop()
	r.open(readDoc)
	r.saysKept("示范市")
	look := func() (has bool) {
		r.get(`[...document.styleSheets[0].cssRules].some(r => r.selectorText === ".newlook")`, &has)
		return has
	}
	if look() {
		t.Error("the old page has the style sheet of the new site")
	}
	r.open(newDoc)
	if r.saysKept("示范市"); !look() {
		t.Error("the new page has the style sheet of the old site")
	}
	// Read again online, the old page is a new one: its style sheet goes with it.
	r.start(r.dir)
	r.open(readDoc)
	r.wait("the network", `!document.documentElement.hasAttribute("data-kept")`)

	r.start(sample(t, func(root string) {
		replaceIn(t, filepath.Join(root, "config.toml"), "offline = true", "offline = false")
	}))
	r.open(newDoc)
	for range 100 {
		var left int
		r.get(`navigator.serviceWorker.getRegistrations().then(r => caches.keys().then(k => r.length + k.length))`, &left)
		if left == 0 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	var left []string
	r.get(`navigator.serviceWorker.getRegistrations().then(r => caches.keys().then(k => r.map(x => x.scope).concat(k)))`, &left)
	if len(left) > 0 {
		t.Errorf("a site that is not to be kept left %q", left)
	}
	var links int
	if r.get(`document.querySelectorAll("[href*='offline'], [data-worker]").length`, &links); links > 0 {
		t.Error("a site that is not to be kept speaks of it")
	}
}

// TestBrowserOfflineStops takes along and stops, and takes along while the server
// goes away: the first leaves nothing, the second goes on where it was.
func TestBrowserOfflineStops(t *testing.T) {
	r := newReader(t)
	dir := sample(t, nil)
	r.start(dir)
	r.open("topics/index.html")
	r.wait("the worker", `!!navigator.serviceWorker.controller`)
	r.open(takenIssue)
	r.wait("the offer", `!!document.querySelector(".take .button:not([hidden])")`)
	r.mu.Lock()
	r.slow = 400 * time.Millisecond
	r.mu.Unlock()
	r.click(".take .button")
	r.wait("the progress", `document.querySelector(".take progress").value > 0`)
	r.click(".take .button:not([hidden])") // 停止, which has the focus
	r.wait("stopping", `/已停止/.test(document.querySelector(".take-say").textContent)`)
	if got, packs := r.kept("taken"), r.kept("packs"); len(got) > 0 || len(packs) > 0 {
		t.Errorf("stopped, it left %q, %q", got, packs)
	}
	r.click(".take .button:not([hidden])")
	r.wait("the progress", `document.querySelector(".take progress").value > 1`)
	r.stop()
	r.wait("the fault", `/网络不通，没有存完/.test(document.querySelector(".take-say").textContent)`)
	have := len(r.kept("taken"))
	all := len(readPack(t, dir, "issues/2023/01/pack.json").Pages)
	if have == 0 || have >= all {
		t.Fatalf("%d of %d are there when the network went", have, all)
	}
	r.start(dir)
	r.open(takenIssue)
	r.wait("the rest", fmt.Sprintf(`/接着存完（还差 %d 项/.test((document.querySelector(".take .button:not([hidden])") || {}).textContent)`, all-have))
	r.mu.Lock()
	clear(r.fetched)
	r.mu.Unlock()
	r.click(".take .button")
	r.wait("taking along", `document.querySelector(".take-say").textContent.includes("已存在本机")`)
	if got := len(r.pages("")); got > all-have {
		t.Errorf("%d pages were fetched for the last %d", got, all-have)
	}

	// Attachments come along if they are asked for, and open without a network.
	r.click(".take .switch input")
	r.wait("the rest", `/更新本机的副本（3 项/.test((document.querySelector(".take .button:not([hidden])") || {}).textContent)`)
	r.click(".take .button")
	r.wait("taking along", `document.querySelector(".take-say").textContent.includes("已存在本机") && document.querySelector(".take .switch").hidden`)
	r.stop()
	r.open("documents/sdsg/2023/1/files/%E7%BC%96%E7%A0%81%E8%AF%B4%E6%98%8E.txt")
	want, err := os.ReadFile(filepath.Join(dir, "documents/sdsg/2023/1/files/编码说明.txt"))
	if err != nil {
		t.Fatal(err)
	}
	r.wait("the attachment", fmt.Sprintf(`document.body.textContent.trim() === %q`, strings.TrimSpace(string(want))))
	r.start(dir)

	// No room: said before anything is fetched.
	r.open("issues/2024/01/index.html")
	r.wait("the offer", `!!document.querySelector(".take .button:not([hidden])")`)
	r.get(`navigator.storage.estimate = () => Promise.resolve({quota: 2048, usage: 1024}), 0`, new(int))
	r.click(".take .button")
	r.wait("the fault", `/存不下：要用 .* KB，浏览器还能用 1 KB/.test(document.querySelector(".take-say").textContent)`)

	// Everything goes when it is asked for twice.
	r.open("offline/index.html")
	r.wait("the list", `!!document.querySelector("#offline-all .button")`)
	r.click("#offline-all .button")
	if got := r.kept("taken"); len(got) == 0 {
		t.Error("one press removed everything")
	}
	r.click("#offline-all .button")
	r.wait("clearing", `/已清除/.test(document.querySelector("#offline-say").textContent)`)
	if got := append(r.kept("taken"), r.kept("packs")...); len(got) > 0 || slices.Contains(r.kept("read"), takenIssue) {
		t.Errorf("after clearing: %q, %q", got, r.kept("read"))
	}
	r.stop()
	r.open("search/index.html?q=x") // the ways in stay
	r.wait("the search", `/本机也没有存下文件/.test(document.querySelector("#search-status").textContent)`)
}

// TestBrowserOfflineKeepsNothingMixed: while a site is being put up, a server has
// pages of one build and assets of another. Neither worker nor page is kept then.
func TestBrowserOfflineKeepsNothingMixed(t *testing.T) {
	r := newReader(t)
	first := sample(t, nil)
	second := sample(t, newLook(t))
	r.start(first)
	r.mu.Lock()
	r.assets = second
	r.mu.Unlock()
	r.open(readDoc)
	var state string
	r.get(`new Promise(done => navigator.serviceWorker.register("../../../../sw.js").then(reg => {
		const w = reg.installing; w.onstatechange = () => done(w.state);
	}))`, &state)
	if state != "redundant" {
		t.Errorf("with the style sheet of another build the worker is %s", state)
	}
	if got := r.kept("assets"); slices.ContainsFunc(got, func(n string) bool { return strings.HasPrefix(n, "assets/site.css") }) {
		t.Errorf("kept: %q", got)
	}
	r.start(first)
	r.open(readDoc)
	r.wait("the worker", `!!navigator.serviceWorker.controller`)
	// The other way round: the worker is there, the pages are newer than the assets.
	r.start(second)
	r.mu.Lock()
	r.assets = first
	r.mu.Unlock()
	r.open(newDoc)
	time.Sleep(time.Second)
	if got := r.kept("read"); slices.Contains(got, newDoc) {
		t.Errorf("a page is kept without its style sheet: %q", got)
	}
	r.start(second)
	r.open(newDoc)
	r.waitKept("read", newDoc)
}

// newLook gives the site a style sheet with one rule more.
func newLook(t *testing.T) func(root string) {
	return func(root string) {
		t.Helper()
		css, err := os.ReadFile("../../layouts/assets/site.css")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(root, "layouts/assets"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, "layouts/assets/site.css"), append(css, "\n.newlook { color: red; }\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBrowserOfflineInWeChat is told to open a browser.
func TestBrowserOfflineInWeChat(t *testing.T) {
	r := newReader(t)
	r.start(sample(t, nil))
	if err := chromedp.Run(r.ctx, emulation.SetUserAgentOverride("Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.40")); err != nil {
		t.Fatal(err)
	}
	r.open(takenIssue)
	r.wait("the advice", `/在浏览器打开/.test((document.querySelector(".take:not([hidden])") || {}).innerText) && !document.querySelector(".take .button")`)
	r.open("offline/index.html")
	r.wait("the advice", `/在浏览器打开/.test(document.querySelector("#offline-say").textContent)`)
}

// TestBrowserPreviewKeepsNothing: pages change while they are written.
func TestBrowserPreviewKeepsNothing(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	var n int
	err := chromedp.Run(ctx, chromedp.Navigate(url+takenIssue), chromedp.WaitReady("h1"), chromedp.Sleep(500*time.Millisecond),
		chromedp.Evaluate(`navigator.serviceWorker.getRegistrations().then(r => r.length)`, &n, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err != nil || n > 0 {
		t.Errorf("%d workers, %v", n, err)
	}
	resp, err := http.Get(url + "sw.js")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b := make([]byte, 4096)
	k, _ := resp.Body.Read(b)
	if !strings.Contains(string(b[:k]), "unregister()") {
		t.Errorf("sw.js of the preview: %q", b[:k])
	}
}
