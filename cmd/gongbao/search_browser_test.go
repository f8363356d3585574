package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongbao/internal/chromium"
	"gongbao/internal/query"
)

// await evaluates JavaScript, waits for its promise, and decodes its value.
func await(t *testing.T, ctx context.Context, js string, to any) {
	t.Helper()
	err := chromedp.Run(ctx, chromedp.Evaluate(js, to, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	if err != nil {
		t.Fatalf("%.200s: %v", js, err)
	}
}

func quoteJS(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// caseLines are the cases of a table: what stands before and behind " | ".
func caseLines(t *testing.T, name string) [][2]string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		a, b, ok := strings.Cut(line, " | ")
		if !ok {
			a, b = strings.TrimSuffix(line, " |"), ""
		}
		out = append(out, [2]string{a, strings.TrimSpace(b)})
	}
	return out
}

// describeQuery writes a query as internal/query/testdata/queries.txt has it.
const describeQuery = `q => {
	const out = [q.terms.join("+")];
	if (q.number) out.push("number " + [q.number.series, q.number.year, q.number.serial].join("/"));
	if (q.issue) out.push("issue " + [q.issue.year, q.issue.no, q.issue.page].join("/"));
	if (q.article) out.push("article " + q.title + "/" + q.article);
	return out.join("; ");
}`

// TestBrowserSearchReadsAsGoDoes runs the tables of Go in the browser.
func TestBrowserSearchReadsAsGoDoes(t *testing.T) {
	ctx := chromium.Start(t)
	url := chromium.Serve(t, buildSample(t), nil)
	if err := chromedp.Run(ctx, chromedp.Navigate(url+"search/index.html")); err != nil {
		t.Fatal(err)
	}
	var ok bool
	await(t, ctx, `gongbaoSearch.needHant("關").then(() => true)`, &ok)
	for _, c := range caseLines(t, "../../internal/zh/testdata/stream.txt") {
		text := strings.NewReplacer("␣", " ", "⇥", "\u3000").Replace(c[0])
		var got string
		await(t, ctx, "gongbaoSearch.stream("+quoteJS(text)+")", &got)
		if got != c[1] {
			t.Errorf("stream(%q) = %q, want %q", text, got, c[1])
		}
	}
	for _, c := range caseLines(t, "../../internal/query/testdata/queries.txt") {
		var got string
		await(t, ctx, "("+describeQuery+")(gongbaoSearch.parse("+quoteJS(c[0])+"))", &got)
		if got != c[1] {
			t.Errorf("parse(%q) = %s, want %s", c[0], got, c[1])
		}
	}
}

// TestBrowserSearchPartsWordsAsGoDoes tries every character that may stand
// between two words.
func TestBrowserSearchPartsWordsAsGoDoes(t *testing.T) {
	ctx := chromium.Start(t)
	url := chromium.Serve(t, buildSample(t), nil)
	if err := chromedp.Run(ctx, chromedp.Navigate(url+"search/index.html")); err != nil {
		t.Fatal(err)
	}
	var got []int // code points that part words
	await(t, ctx, `Array.from({length: 0xfffe}, (_, c) => c).filter(c => (c < 0xd800 || c > 0xdfff) && gongbaoSearch.parse("甲" + String.fromCharCode(c) + "乙").terms.length > 1)`, &got)
	var want []int
	for c := range 0xfffe {
		if (c < 0xd800 || c > 0xdfff) && len(query.Parse("甲"+string(rune(c))+"乙").Terms) > 1 {
			want = append(want, c)
		}
	}
	if !slices.Equal(got, want) || len(want) < 10 {
		t.Errorf("the browser parts words at %x, Go at %x", got, want)
	}
}

// TestBrowserFoldsOnlyWhatNeedsIt: a query in simplified characters must not
// fetch the table of traditional ones, and every other must.
func TestBrowserFoldsOnlyWhatNeedsIt(t *testing.T) {
	ctx := chromium.Start(t)
	url := chromium.Serve(t, buildSample(t), nil)
	var got string
	if err := chromedp.Run(ctx, chromedp.Navigate(url+"search/index.html")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"停车场管理办法", "停车场管理办法"}, {"停車場", "停车场"}, {"乾隆", "干隆"}, {"於", "于"}, {"ａ（関）", "a関"},
	} {
		await(t, ctx, "gongbaoSearch.needHant("+quoteJS(c.text)+").then(() => gongbaoSearch.stream("+quoteJS(c.text)+"))", &got)
		if got != c.want {
			t.Errorf("%s folds to %s, want %s", c.text, got, c.want)
		}
	}
}

// queriesOf are queries of all kinds over the texts, at least n.
func queriesOf(texts []searchText, n int) []string {
	out := randomSubstrings(texts, n*3/5)
	r := rand.New(rand.NewPCG(7, 7))
	for len(out) < n {
		x := texts[r.IntN(len(texts))]
		title := []rune(x.meta.Title)
		out = append(out, x.meta.Title, string(title[r.IntN(len(title)):]), out[r.IntN(len(out))]+" "+string(title[:min(2, len(title))]))
		if x.meta.Number != "" {
			out = append(out, x.meta.Number)
		}
	}
	return append(out, "人民政府", "管理办法", "养", "的", "条例 处罚", "第三十六条", "2023", "法释〔2024〕6号", "彗星撞地球", "國務院令", "711号", "中华人民共和国公司法第五条")
}

// TestBrowserSearchAgreesWithGo compares the client with the reader in Go over
// the corpus: the same documents in the same order with the same scores.
func TestBrowserSearchAgreesWithGo(t *testing.T) {
	ctx := chromium.Start(t)
	public := filepath.Join(importCorpus(t), "public")
	url := chromium.Serve(t, public, nil)
	r := openSearch(t, public)
	texts := searchTexts(t, public, r)
	if err := chromedp.Run(ctx, chromedp.Navigate(url+"search/index.html")); err != nil {
		t.Fatal(err)
	}
	queries := queriesOf(texts, 250)
	for _, q := range queries {
		want, err := r.Search(q, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Total  int
			Docs   []int32
			Scores []int
		}
		await(t, ctx, `gongbaoSearch.run(`+quoteJS(q)+`, 10).then(r => ({total: r.total, docs: r.top.map(h => h.doc), scores: r.top.map(h => h.score)}))`, &got)
		var docs []int32
		var scores []int
		for _, d := range want.Top {
			docs, scores = append(docs, d.Doc), append(scores, d.Score)
		}
		if got.Total != want.Total || !slices.Equal(got.Docs, docs) || !slices.Equal(got.Scores, scores) {
			t.Errorf("%q: the browser has %d, %v %v, Go %d, %v %v", q, got.Total, got.Docs, got.Scores, want.Total, docs, scores)
		}
	}
	t.Logf("%d queries", len(queries))
	// What the page verifies is what the texts say.
	for _, q := range randomSubstrings(texts, 25) {
		var got []struct {
			Doc int32
			Is  bool
		}
		await(t, ctx, `gongbaoSearch.run(`+quoteJS(q)+`, 10).then(r => Promise.all(r.top.map(h => gongbaoSearch.verify(r.s, h).then(v => ({doc: h.doc, is: (v.got | h.f.heads) === r.s.all})))))`, &got)
		for _, g := range got {
			if texts[g.Doc].has(q) != g.Is {
				t.Errorf("%q: the browser finds it in %s: %v", q, texts[g.Doc].meta.Title, g.Is)
			}
		}
	}
}

// TestBrowserSearchPageTellsTheTruth opens the page itself over the corpus, with
// queries whose lists prove little: when it has settled, what stands there is
// what the texts hold, however many candidates proved false on the way.
func TestBrowserSearchPageTellsTheTruth(t *testing.T) {
	ctx := chromium.Start(t)
	public := filepath.Join(importCorpus(t), "public")
	url := chromium.Serve(t, public, nil) + "search/index.html?q="
	r := openSearch(t, public)
	texts := searchTexts(t, public, r)
	r.Keep()
	var queries []string
	for _, q := range append(randomSubstrings(texts, 2000), "取水的地", "表大会主席团审", "工作区范") {
		res, err := r.Search(q, r.N)
		if err != nil {
			t.Fatal(err)
		}
		false2 := 0
		for _, d := range res.Top {
			if !texts[d.Doc].has(q) {
				false2++
			}
		}
		if false2 >= 2 && len(res.Top) <= 20 {
			queries = append(queries, q)
		}
	}
	if len(queries) < 10 {
		t.Fatalf("only %d queries have two false candidates", len(queries))
	}
	for _, q := range queries[:min(len(queries), 25)] {
		var want []string
		for _, x := range texts {
			if x.has(q) {
				want = append(want, x.meta.Title)
			}
		}
		searchPage(t, ctx, url+q)
		if len(want) > 10 {
			want = want[:10] // as many stand there
		}
		if err := chromium.Eventually(ctx, fmt.Sprintf(`document.querySelectorAll("#results > li").length === %d && !(%s)`, len(want), reading)); err != nil {
			t.Errorf("%q: %s results, %q; want %d: %v", q, evalString(t, ctx, `String(document.querySelectorAll("#results > li").length)`),
				evalString(t, ctx, `document.querySelector("#search-status").textContent`), len(want), want)
		}
	}
}

// TestBrowserSearchForgetsTheLast presses for more results of one search while its files are
// slow, and starts another: nothing of the first may stand under the second.
func TestBrowserSearchForgetsTheLast(t *testing.T) {
	ctx := chromium.Start(t)
	public := filepath.Join(importCorpus(t), "public")
	var slow, learn atomic.Bool
	var needed sync.Map // files of the second search: it would wait for one that is held
	held, let, served := make(chan bool, 100), make(chan bool), make(chan bool, 100)
	url := chromium.Serve(t, public, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// One is held: a browser has six connections to a host.
			meta := strings.Contains(r.URL.Path, "/meta/")
			if meta && learn.Load() {
				needed.Store(r.URL.Path, true)
			}
			_, second := needed.Load(r.URL.Path)
			wait := meta && !second && slow.CompareAndSwap(true, false)
			if wait {
				held <- true
				<-let
			}
			h.ServeHTTP(w, r)
			if wait {
				served <- true
			}
		})
	}) + "search/index.html?q="
	release := sync.OnceFunc(func() { close(let) })
	t.Cleanup(release)
	const ten = `document.querySelectorAll("#results > li").length === 10 && !(` + reading + `)`
	learn.Store(true)
	searchPage(t, ctx, url+"危险化学品")
	if err := chromium.Eventually(ctx, ten); err != nil {
		t.Fatal(err)
	}
	learn.Store(false)
	searchPage(t, ctx, url+"劳动 工资")
	slow.Store(true)
	if err := chromedp.Run(ctx, chromedp.Click("#more")); err != nil {
		t.Fatal(err)
	}
	select {
	case <-held:
	case <-ctx.Done():
		t.Fatal("no file of the first search alone was asked for")
	}
	if err := chromedp.Run(ctx, chromedp.Evaluate(`document.querySelector("#search-q").value = "危险化学品"; document.querySelector("#search").requestSubmit()`, nil)); err != nil {
		t.Fatal(err)
	}
	if err := chromium.Eventually(ctx, ten); err != nil {
		t.Fatal(err)
	}
	release()
	<-served
	var done bool
	await(t, ctx, `new Promise(done => setTimeout(() => done(true), 300))`, &done)
	if n := evalString(t, ctx, `String([...document.querySelectorAll("#results > li")].filter(li => !li.textContent.includes("危险化学品")).length)`); n != "0" {
		t.Errorf("%s results are of the search before: %s", n, evalString(t, ctx, `document.querySelector("#results").textContent`))
	}
}

// A gate holds requests for files of the search back until no more of them come,
// then lets all of them through: a round.
type gate struct {
	mu             sync.Mutex
	held           []chan bool
	requests       int
	rounds         int
	last           time.Time
	stop, finished chan bool
}

const quiet = 60 * time.Millisecond // no more requests come

func newGate() *gate {
	g := &gate{stop: make(chan bool), finished: make(chan bool)}
	go func() {
		defer close(g.finished)
		for tick := time.NewTicker(quiet / 6); ; {
			select {
			case <-g.stop:
				tick.Stop()
				return
			case <-tick.C:
				g.open()
			}
		}
	}()
	return g
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.held) == 0 || time.Since(g.last) < quiet {
		return
	}
	g.rounds++
	for _, c := range g.held {
		close(c)
	}
	g.held = nil
}

// take returns the rounds and requests since the last take.
func (g *gate) take() (rounds, requests int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rounds, requests = g.rounds, g.requests
	g.rounds, g.requests = 0, 0
	return rounds, requests
}

func (g *gate) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if filepath.Ext(r.URL.Path) == ".bin" {
			c := make(chan bool)
			g.mu.Lock()
			g.held, g.last = append(g.held, c), time.Now()
			g.requests++
			g.mu.Unlock()
			<-c
		}
		h.ServeHTTP(w, r)
	})
}

// TestBrowserSearchTakesThreeRounds counts how often the client waits for answers
// before it has the first ten titles, cold: three times, and at most once more
// where more titles hold the words than are shown, or where one was said to
// hold them and did not. A number is there after one.
func TestBrowserSearchTakesThreeRounds(t *testing.T) {
	ctx := chromium.Start(t)
	public := filepath.Join(importCorpus(t), "public")
	g := newGate()
	url := chromium.Serve(t, public, g.wrap) + "search/index.html"
	defer func() { close(g.stop); <-g.finished }()
	texts := searchTexts(t, public, openSearch(t, public))
	var all, requests []int
	for _, q := range randomSubstrings(texts, 40) {
		if err := chromedp.Run(ctx, chromedp.Navigate(url)); err != nil {
			t.Fatal(err)
		}
		g.take()
		var n int
		await(t, ctx, `gongbaoSearch.run(`+quoteJS(q)+`, 10).then(r => r.top.length)`, &n)
		rounds, asked := g.take()
		all, requests = append(all, rounds), append(requests, asked)
		if rounds > 4 {
			t.Errorf("%q takes %d rounds", q, rounds)
		}
	}
	t.Logf("rounds %s, requests %s", spread(all), spread(requests))
	if quantile(all, .9) > 3 {
		t.Errorf("rounds: %s", spread(all))
	}
	for _, x := range texts {
		if x.meta.Number == "" || !strings.Contains(x.meta.Number, "令") {
			continue
		}
		if err := chromedp.Run(ctx, chromedp.Navigate(url)); err != nil {
			t.Fatal(err)
		}
		g.take()
		var first string
		await(t, ctx, `gongbaoSearch.number(`+quoteJS(x.meta.Number)+`).then(hits => hits[0].meta.number)`, &first)
		if rounds, asked := g.take(); first != x.meta.Number || rounds > 1 || asked > 2 {
			t.Errorf("%s: %s after %d rounds and %d requests", x.meta.Number, first, rounds, asked)
		}
		break
	}
}

// noRanges answers with whole files, as some servers do.
func noRanges(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Range")
		h.ServeHTTP(w, r)
	})
}

// TestBrowserSearchNeedsNoRanges: a server that sends whole files does no harm,
// nor does a browser that cannot unpack.
func TestBrowserSearchNeedsNoRanges(t *testing.T) {
	ctx := chromium.Start(t)
	public := buildSample(t)
	var want, got string
	for i, url := range []string{chromium.Serve(t, public, nil), chromium.Serve(t, public, noRanges)} {
		if err := chromedp.Run(ctx, chromedp.Navigate(url+"search/index.html")); err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			var gone bool
			await(t, ctx, `delete window.DecompressionStream`, &gone)
		}
		got = ""
		for _, q := range []string{"停车", "示范市", "管理办法", "示府办发202312", "停车 处罚", "车"} {
			var s string
			await(t, ctx, `gongbaoSearch.run(`+quoteJS(q)+`, 10).then(r => r.top.map(h => h.doc + h.meta.title + h.score).join())`, &s)
			got += s + "\n"
		}
		if i == 0 {
			want = got
		}
	}
	if got != want || len(want) < 200 {
		t.Errorf("with ranges:\n%s\nwithout:\n%s", want, got)
	}
}

// searchPage opens the search of the sample with a query string and waits until it
// has settled.
func searchPage(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	settled(t, ctx)
}

const reading = `document.querySelector("#search-status").textContent.includes("正在查找") || [...document.querySelectorAll(".passage")].some(p => p.textContent.includes("正在读取"))`

func settled(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromium.Eventually(ctx, `document.querySelector("#search-status") !== null && !(`+reading+`) && (document.querySelectorAll("#results > li").length > 0 || document.querySelector("#search-status").textContent !== "" || document.querySelector("#search-extra").textContent !== "")`); err != nil {
		t.Fatalf("the search does not settle: %v; status %q, results %s", err, evalString(t, ctx, `document.querySelector("#search-status").textContent`), evalString(t, ctx, `document.querySelector("#results").innerHTML`))
	}
}

func evalString(t *testing.T, ctx context.Context, js string) string {
	t.Helper()
	var s string
	await(t, ctx, js, &s)
	return s
}

const firstResult = `(document.querySelector("#results > li") || {textContent: ""}).textContent`

func TestBrowserSearchPage(t *testing.T) {
	ctx := chromium.Start(t)
	public := buildSample(t)
	url := chromium.Serve(t, public, nil) + "search/index.html"
	for _, c := range []struct {
		query, js string // js must hold
	}{
		{"?q=示府办发〔2023〕12号", firstResult + `.includes("印发示范市公共停车场管理办法")`},
		{"?q=示府办发202312", firstResult + `.includes("印发示范市公共停车场管理办法")`},
		{"?q=2023+12号", firstResult + `.includes("〔2023〕12号")`},
		{"?q=[2023]12", firstResult + `.includes("〔2023〕12号")`},
		{"?q=公共停車場", `document.querySelectorAll("#results > li").length > 3 && document.querySelector("#results mark").textContent === "公共停车场"`},
		{"?q=充电泊位", `[...document.querySelectorAll("#results > li > a")].some(a => /documents\/sfbf\/2023\/12\/index.html#att_1__art_5/.test(a.href))`},
		{"?q=充电泊位", `document.querySelector(".passage mark").textContent === "充电泊位"`},
		{"?q=示范市公共停车场管理办法第五条", `[...document.querySelectorAll("#results > li > a")].some(a => /sfbf\/2023\/12\/index.html#att_1__art_5$/.test(a.href))`},
		{"?q=2023年第1期", `document.querySelector("#search-extra a").href.endsWith("/issues/2023/01/index.html") && document.querySelector("#search-extra a").textContent === "2023年第1期"`},
		{"?q=2022年第2期第12页", `document.querySelector("#search-extra").textContent.includes("没有登记") && document.querySelector("#search-status").textContent.includes("找到2022年第2期")`},
		{"?q=%25&force=in-force", `document.querySelectorAll("#results > li").length === 0 && document.querySelectorAll(".advice li").length > 2`},
		{"?q=%24%26", `document.querySelector("#search-status").textContent.includes("$&")`},
		{"?q=停车&issuer=不存在", `document.querySelector("#search-status").textContent.includes("筛选条件")`},
		{"?q=车", `document.querySelectorAll("#results > li").length === 10 && !document.querySelector("#more").hidden`},
		{"?q=停车+充电", `document.querySelectorAll("#results > li").length > 0 && [...document.querySelectorAll("#results mark")].some(m => m.textContent === "充电")`},
		{"?q=量子纠缠", `document.querySelectorAll("#results > li").length === 0 && document.querySelectorAll(".advice li").length > 2`},
		{"?q=停车&force=in-force", `document.querySelector("[name=force]").checked && [...document.querySelectorAll("#results .badge")].every(b => b.classList.contains("in-force"))`},
		{"?q=停车&force=repealed", `document.querySelectorAll("#results > li.ended").length > 0 && document.querySelector("#results .badge").textContent === "已废止"`},
		{"?q=停车", `[...document.querySelectorAll("#results > li")].map(li => li.classList.contains("ended") ? 1 : 0).slice(0, 7).join("") === "0000000"`},
		{"?issuer=示范市城市管理局", `document.querySelectorAll("#results > li").length > 0`},
		{"?q=示范市城市管理局", `[...document.querySelectorAll("#search-extra a")].some(a => a.textContent.includes("全部文件"))`},
		{"?q=<b>停车</b>", `!document.querySelector("#search-status b")`},
	} {
		t.Run(c.query, func(t *testing.T) {
			searchPage(t, ctx, url+c.query)
			if err := chromium.Eventually(ctx, c.js); err != nil {
				t.Errorf("%s\nstatus %q\nresults %s\nextra %s", c.js, evalString(t, ctx, `document.querySelector("#search-status").textContent`),
					evalString(t, ctx, `document.querySelector("#results").innerHTML`), evalString(t, ctx, `document.querySelector("#search-extra").innerHTML`))
			}
		})
	}
}

// TestBrowserSearchKeepsTheAddress types, filters, and goes back.
func TestBrowserSearchKeepsTheAddress(t *testing.T) {
	ctx := chromium.Start(t)
	url := chromium.Serve(t, buildSample(t), nil) + "search/index.html"
	searchPage(t, ctx, url+"?q=停车")
	step := func(what, js string, actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if err := chromium.Eventually(ctx, js+" && !("+reading+")"); err != nil {
			t.Fatalf("%s: not %s; address %s", what, js, evalString(t, ctx, "location.href"))
		}
	}
	step("facets come", `document.querySelector("#facets").hidden === false`)
	step("more", `document.querySelectorAll("#results > li").length > 10`, chromedp.Click("#more"))
	step("a facet", `location.search.includes("class=") && document.querySelectorAll("#results > li").length < 10 && document.querySelector('#facets a[aria-current="true"]') !== null`,
		chromedp.Evaluate(`[...document.querySelectorAll("#facets a")].find(a => a.textContent.includes("行政规范性文件")).click()`, nil))
	step("the switch", `location.search.includes("force=in-force")`, chromedp.Click("[name=force]"))
	step("typing", `new URLSearchParams(location.search).get("q") === "犬" && !location.search.includes("class=") && location.search.includes("force=in-force")`,
		chromedp.Evaluate(`document.querySelector("#search-q").value = ""`, nil), chromedp.SendKeys("#search-q", "犬"+kb.Enter))
	step("the arrow", `document.activeElement.closest("#results") !== null`, chromedp.SendKeys("#search-q", kb.ArrowDown))
	step("back", `new URLSearchParams(location.search).get("q") === "停车" && document.querySelector("#search-q").value === "停车"`, chromedp.NavigateBack())
	var over bool
	for _, width := range []int64{390, 1280} {
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 900), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &over)); err != nil || over {
			t.Errorf("%d px: wider than the screen: %v, %v", width, over, err)
		}
	}
}

// TestBrowserSearchSaysWhatIsBroken damages every file that a search reads: a
// message stands in the place of results, and nothing that is wrong.
func TestBrowserSearchSaysWhatIsBroken(t *testing.T) {
	ctx := chromium.Start(t)
	public := buildSample(t)
	damage := "" // path suffix → what is done
	how := 0
	wrap := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if damage == "" || !strings.Contains(r.URL.Path, damage) {
				h.ServeHTTP(w, r)
				return
			}
			switch how {
			case 0:
				http.NotFound(w, r)
			case 1: // a page in place of the file, as some servers answer
				fmt.Fprint(w, "<!DOCTYPE html><title>不在</title>")
			case 2, 3:
				rec := httptest.NewRecorder()
				r.Header.Del("Range")
				h.ServeHTTP(rec, r)
				b := rec.Body.Bytes()
				if how == 2 {
					b = b[:len(b)/2]
				} else {
					for i := range b {
						b[i] ^= byte(i)
					}
				}
				_, _ = w.Write(b)
			}
		})
	}
	url := chromium.Serve(t, public, wrap) + "search/index.html?q=停车"
	for _, file := range []string{"recent/state.bin", "recent/heads/", "archive/body/", "recent/body/", "archive/meta/", "recent/meta/"} {
		for how = range 4 {
			damage = file
			searchPage(t, ctx, url+fmt.Sprintf("&t=%d", how))
			said := evalString(t, ctx, `document.querySelector("#search-status").textContent`)
			results := evalString(t, ctx, `String(document.querySelectorAll("#results > li").length)`)
			if !strings.Contains(said, "缺失、损坏") || results != "0" {
				t.Errorf("%s, damage %d: %q, %s results", file, how, said, results)
			}
		}
	}
	damage = "interpretations/" // the pages themselves
	for how = range 2 {
		searchPage(t, ctx, url)
		if said := evalString(t, ctx, `document.querySelector("#results").textContent`); !strings.Contains(said, "未经核对") {
			t.Errorf("without pages: %q", said)
		}
	}
	damage = "hant.bin"
	for how = range 4 {
		searchPage(t, ctx, strings.Replace(url, "停车", "停車", 1)+fmt.Sprintf("&t=%d", how))
		if said := evalString(t, ctx, `document.querySelector("#search-status").textContent`); !strings.Contains(said, "缺失、损坏") {
			t.Errorf("without the table of characters, damage %d: %q", how, said)
		}
	}
}

// TestBrowserSearchWithoutScript finds every document by its number and by
// its title through links alone.
func TestBrowserSearchWithoutScript(t *testing.T) {
	ctx := chromium.Start(t)
	public := buildSample(t)
	url := chromium.Serve(t, public, nil)
	if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(url+"search/index.html")); err != nil {
		t.Fatal(err)
	}
	var text string
	if err := chromedp.Run(ctx, chromedp.Text("main", &text, chromedp.ByQuery)); err != nil || !strings.Contains(text, "按文号查找") || !strings.Contains(text, "JavaScript") {
		t.Errorf("without a script: %q, %v", text, err)
	}
	r := openSearch(t, public)
	linked := map[string]bool{}
	for _, way := range []string{"numbers", "titles"} {
		pages, _ := filepath.Glob(filepath.Join(public, "search", way, "*", "index.html"))
		for _, p := range pages {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			for i := range r.N {
				m, err := r.MetaOf(i)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(b), `"../../../`+m.Address+`index.html"`) {
					linked[way+m.Address] = true
				}
			}
		}
	}
	for i := range r.N {
		m, _ := r.MetaOf(i)
		withdrawn := m.Title == m.Number // called by its number, and found by that only
		if !linked["titles"+m.Address] && !withdrawn || m.Number != "" && !linked["numbers"+m.Address] {
			t.Errorf("%s (%s) is not listed", m.Title, m.Number)
		}
	}
}

// TestBrowserSearchFromAFile says that it needs the website.
func TestBrowserSearchFromAFile(t *testing.T) {
	ctx := chromium.Start(t)
	public := buildSample(t)
	if err := chromedp.Run(ctx, chromedp.Navigate("file://"+filepath.ToSlash(public)+"/search/index.html?q=停车")); err != nil {
		t.Fatal(err)
	}
	if said := evalString(t, ctx, `document.querySelector("#search-status").textContent`); !strings.Contains(said, "本机文件") {
		t.Errorf("from a file: %q", said)
	}
}
