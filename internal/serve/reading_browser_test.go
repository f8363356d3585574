package serve_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongbao/internal/chromium"
)

// voices gives a browser without voices one that speaks Chinese and notes what
// it says; a sentence ends when window.ended is called.
const voices = `
window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
	getVoices: () => [{lang: "en-US", name: "a"}, {lang: "zh-CN", name: "b", localService: true}],
	addEventListener() {}, cancel() { window.canceled = (window.canceled || 0) + 1 },
	speak(u) { said.push(u.text); window.ended = () => u.onend() },
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text };
`

// copies notes what is copied: a headless browser has no clipboard to ask.
const copies = `Object.defineProperty(navigator, "clipboard", {value: {writeText(s) { window.copied = s; return Promise.resolve() }}});`

func tab(t *testing.T, ctx context.Context, scripts ...string) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	err := chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		for _, s := range scripts {
			if _, err := page.AddScriptToEvaluateOnNewDocument(s).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

func is(t *testing.T, ctx context.Context, what, condition string) {
	t.Helper()
	if err := chromium.Eventually(ctx, condition); err != nil {
		t.Errorf("%s: %v (%s)", what, err, condition)
	}
}

// TestBrowserSettings chooses every size, theme and view: it holds at once, on
// the next page before its first paint, and until it is reset.
func TestBrowserSettings(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	const doc = "documents/sfbf/2020/15/"
	for _, c := range []struct{ name, value, holds string }{
		{"size", "large", `getComputedStyle(document.documentElement).fontSize === "22px"`},
		{"size", "largest", `getComputedStyle(document.documentElement).fontSize === "30px"`},
		{"theme", "dark", `getComputedStyle(document.body).backgroundColor === "rgb(23, 25, 28)"`},
		{"theme", "contrast", `getComputedStyle(document.body).backgroundColor === "rgb(0, 0, 0)"`},
		{"theme", "light", `getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`},
		{"view", "simple", `!document.querySelector(".crumbs").offsetParent && !!document.querySelector("#text").offsetParent`},
		{"cursor", "large", `getComputedStyle(document.body).cursor.includes("cursor.svg")`},
	} {
		ctx := tab(t, ctx)
		radio := fmt.Sprintf(`document.querySelector('#settings [name="%s"][value="%s"]')`, c.name, c.value)
		if err := chromedp.Run(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(url+doc),
			chromedp.Click("#settings-open", chromedp.ByQuery),
			chromedp.Evaluate(radio+`.click()`, nil)); err != nil {
			t.Fatal(err)
		}
		is(t, ctx, c.name+"="+c.value+" at once", c.holds)
		// What the reader chose is there before anything is painted.
		if err := chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(`new MutationObserver((all, me) => { if (document.body) { window.before = {...document.documentElement.dataset}; me.disconnect() } }).observe(document, {childList: true, subtree: true})`).Do(ctx)
			return err
		}), chromedp.Navigate(url+"documents/sfbf/2023/12/")); err != nil {
			t.Fatal(err)
		}
		is(t, ctx, c.name+"="+c.value+" on the next page", c.holds)
		is(t, ctx, c.name+"="+c.value+" before the body", fmt.Sprintf(`window.before[%q] === %q`, c.name, c.value))
		if err := chromedp.Run(ctx, chromedp.Click("#settings-open", chromedp.ByQuery), chromedp.Click(`#settings [type="reset"]`, chromedp.ByQuery)); err != nil {
			t.Fatal(err)
		}
		is(t, ctx, c.name+" after reset", fmt.Sprintf(`!document.documentElement.hasAttribute("data-%s") && !localStorage.getItem("gongbao.%s") && document.querySelector('#settings [name="%s"]').checked`, c.name, c.name, c.name))
	}
}

// TestBrowserReadsAloud goes through the states: no voice, reading, paused, from
// an article, faster, ended. The text is the same afterwards.
func TestBrowserReadsAloud(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	const doc = "documents/sfbf/2020/15/"
	mute := tab(t, ctx, `Object.defineProperty(window, "speechSynthesis", {value: {getVoices: () => [{lang: "en-US"}], addEventListener() {}}})`)
	if err := chromedp.Run(mute, chromedp.Navigate(url+doc)); err != nil {
		t.Fatal(err)
	}
	is(t, mute, "without a Chinese voice there is no button", `!document.getElementById("aids").hidden && document.querySelector('[data-do="speak"]').hidden`)

	ctx = tab(t, ctx, voices)
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(url+doc), chromedp.Click(`[data-do="speak"]`, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "the first sentence", `said.length === 1 && [...document.querySelectorAll(".heard")].map(m => m.textContent).join("") === said[0] && !document.getElementById("speaking").hidden`)
	if err := chromedp.Run(ctx, chromedp.Evaluate(`window.whole = document.getElementById("text").textContent; ended(); ended(); ended()`, nil)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "one sentence after the other, never two at once", `said.length === 4 && new Set(said).size === 4 && [...document.querySelectorAll(".heard")].map(m => m.textContent).join("") === said[3]`)
	is(t, ctx, "marks change no character", `document.getElementById("text").textContent === whole`)
	press := func(what string) {
		t.Helper()
		if err := chromedp.Run(ctx, chromedp.Click(`[data-speak="`+what+`"]`, chromedp.ByQuery)); err != nil {
			t.Fatal(err)
		}
	}
	press("pause")
	is(t, ctx, "paused", `document.querySelector('[data-speak="pause"]').textContent === "继续"`)
	if err := chromedp.Run(ctx, chromedp.Evaluate(`ended()`, nil)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "a paused reading does not go on by itself", `said.length === 4`)
	press("pause")
	is(t, ctx, "it goes on with the same sentence", `said.length === 5 && said[4] === said[3]`)
	press("next")
	press("back")
	is(t, ctx, "forward and back", `said.length === 7 && said[6] === said[4] && said[5] !== said[4]`)
	press("stop")
	is(t, ctx, "ended", `document.getElementById("speaking").hidden && !document.querySelector(".heard") && document.getElementById("text").textContent === whole`)
	if err := chromedp.Run(ctx, chromedp.Navigate(url+doc+"#att_1__art_3")); err != nil {
		t.Fatal(err)
	}
	const part = `document.querySelector('[data-do="speak-part"]')`
	is(t, ctx, "the article has its tools", `!!`+part+`.offsetParent`)
	if err := chromedp.Run(ctx, chromedp.Evaluate(part+`.click()`, nil)); err != nil { // the page may still scroll under a mouse
		t.Fatal(err)
	}
	is(t, ctx, "from an article", `said.length > 0 && said[said.length - 1].startsWith("第三条")`)
}

// TestBrowserCopies copies addresses and citations of a document, of an article
// by its number and by the outline, of one text among several.
func TestBrowserCopies(t *testing.T) {
	ctx := tab(t, chromium.Start(t), copies)
	_, url := preview(t)
	const base = "https://gongbao.example.gov.cn/"
	copied := func(press, want string) {
		t.Helper()
		if err := chromedp.Run(ctx, chromedp.Evaluate(`window.copied = ""`, nil), chromedp.Click(press, chromedp.ByQuery)); err != nil {
			t.Fatalf("%s: %v", press, err)
		}
		is(t, ctx, press, fmt.Sprintf(`window.copied === %q`, want))
	}
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(url+"documents/sfbf/2020/15/")); err != nil {
		t.Fatal(err)
	}
	const cite = "《示范市人民政府办公室关于印发示范市既有住宅加装电梯办法的通知》（示府办发〔2020〕15号）"
	copied(`[data-do="cite"]`, cite+"。"+base+"documents/sfbf/2020/15/")
	if err := chromedp.Run(ctx, chromedp.Click(`a.self[href="#att_1__art_3"]`, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	copied(`[data-do="copy-part"]`, base+"documents/sfbf/2020/15/#att_1__art_3")
	copied(`[data-do="cite-part"]`, cite+"第三条。"+base+"documents/sfbf/2020/15/#att_1__art_3")
	// By keyboard: Enter on the outline, and the tools are the next stop.
	if err := chromedp.Run(ctx, chromedp.Focus(`#outline a[href="#att_1__art_5"]`, chromedp.ByQuery), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "the outline brings the tools", `document.getElementById("att_1__art_5").contains(document.getElementById("part-aids"))`)
	if err := chromedp.Run(ctx, chromedp.Evaluate(`window.copied = ""`, nil), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "tab and enter copy", fmt.Sprintf(`window.copied === %q`, base+"documents/sfbf/2020/15/#att_1__art_5"))
	is(t, ctx, "the outline marks where we are", `document.querySelector('#outline [aria-current]').hash === "#att_1__art_5"`)

	// Of several texts: the work, and this text, whose address leads here today.
	const order = "documents/sfszf-ling/2024/12/"
	if err := chromedp.Run(ctx, chromedp.Navigate(url+order+"#art_2")); err != nil {
		t.Fatal(err)
	}
	copied(`[data-do="copy-part"]`, base+order+"#art_2")
	var own string
	if err := chromedp.Run(ctx, chromedp.Click(`[data-do="copy-text"]`, chromedp.ByQuery), chromedp.Evaluate(`window.copied`, &own)); err != nil {
		t.Fatal(err)
	}
	path, ok := strings.CutPrefix(own, base+order)
	if !ok || path == "#art_2" {
		t.Fatalf("the address of this text is %q", own)
	}
	if err := chromedp.Run(ctx, chromedp.Navigate(url+order+path)); err != nil {
		t.Fatal(err)
	}
	is(t, ctx, "the text's own address leads to it, at the article", fmt.Sprintf(`location.pathname.replace("index.html", "") === "/%s" && location.hash === "#art_2"`, order))
}

// TestBrowserShares uses the browser's own sharing where there is one; inside
// WeChat it says how.
func TestBrowserShares(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	const doc = "documents/sfbf/2020/15/"
	own := tab(t, ctx, `navigator.share = d => { window.shared = d; return Promise.resolve() }`)
	if err := chromedp.Run(own, chromedp.Navigate(url+doc), chromedp.Click(`[data-do="share"]`, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	is(t, own, "shared", `window.shared && shared.url.endsWith("/documents/sfbf/2020/15/") && shared.title.startsWith("《") && !/有效|失效|废止/.test(shared.title)`)
	wechat := tab(t, ctx, copies, `Object.defineProperty(navigator, "userAgent", {value: "Mozilla/5.0 MicroMessenger/8.0"})`)
	if err := chromedp.Run(wechat, chromedp.Navigate(url+doc), chromedp.Click(`[data-do="share"]`, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	is(t, wechat, "inside WeChat", `document.getElementById("said").textContent.includes("···")`)
	bare := tab(t, ctx, `Object.defineProperty(navigator, "clipboard", {value: undefined}); document.execCommand = () => false`)
	if err := chromedp.Run(bare, chromedp.Navigate(url+doc), chromedp.Click(`[data-do="cite"]`, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	is(t, bare, "where nothing can be copied the words stand there", `document.getElementById("said").textContent.includes("示府办发〔2020〕15号")`)
}
