package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gongbao/internal/chromium"
)

// readable gives what main says and where it leads, folded or not; not what a
// script takes out of hiding or adds to get about in the page.
const readable = `(() => {
	const out = [];
	for (const el of document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6, main p, main li, main dt, main dd, main th, main td, main summary, main label, main figcaption, main blockquote, main a, main img")) {
		if (el.closest("[hidden], noscript, .self, [id$=aids]") || el.querySelector("p, li, td")) continue;
		out.push(el.tagName + " " + (el.alt || el.textContent).replace(/\s+/g, " ").trim() + (el.href ? " " + el.getAttribute("href") : ""));
	}
	return out;
})()`

// TestBrowserNeedsNoScript: what a page says and where it leads is the same
// without JavaScript.
func TestBrowserNeedsNoScript(t *testing.T) {
	browser := chromium.Start(t)
	public, pages := typedPages(t)
	url := chromium.Serve(t, public, withPolicy)
	tab := openTab(t, browser, 390, nil)
	read := map[bool]map[string][]string{false: {}, true: {}}
	for _, script := range []bool{false, true} {
		if err := chromedp.Run(tab, emulation.SetScriptExecutionDisabled(!script)); err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			var lines []string
			if err := chromedp.Run(tab, chromedp.Navigate(url+p.path), chromedp.Evaluate(readable, &lines)); err != nil {
				t.Fatalf("%s: %v", p.path, err)
			}
			read[script][p.path] = lines
		}
	}
	for _, p := range pages {
		without, with := read[false][p.path], read[true][p.path]
		if len(without) == 0 {
			t.Errorf("%s (%s): nothing to read without JavaScript", p.path, p.name)
		}
		for _, line := range with {
			if !slices.Contains(without, line) && p.layout != "search" { // which says that it needs JavaScript
				t.Errorf("%s (%s): only with JavaScript: %s", p.path, p.name, line)
			}
		}
		for _, line := range without {
			if !slices.Contains(with, line) && p.layout != "search" {
				t.Errorf("%s (%s): only without JavaScript: %s", p.path, p.name, line)
			}
		}
	}
}

// focused is the place of the focus in the order of the document, what it stands
// on, and whether it can be seen on the screen.
const focused = `(() => {
	const el = document.activeElement, r = el.getBoundingClientRect();
	return {
		at: [...document.querySelectorAll("*")].indexOf(el), text: el.textContent.replace(/\s+/g, " ").trim(), href: el.getAttribute("href") || "", id: el.id, tag: el.tagName,
		on: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
	};
})()`

type focus struct {
	At                  int
	Text, Href, ID, Tag string
	On                  bool
}

// pressKey presses a key and says where the focus then is.
func pressKey(t *testing.T, ctx context.Context, key string) (f focus) {
	t.Helper()
	if err := chromedp.Run(ctx, chromedp.KeyEvent(key), chromedp.Evaluate(focused, &f)); err != nil {
		t.Fatal(err)
	}
	return f
}

// tabTo presses Tab until the focus stands on what is wanted. The focus goes
// through the page in the order of its document and is always on the screen.
func tabTo(t *testing.T, ctx context.Context, what string, want func(focus) bool) focus {
	t.Helper()
	last := focus{At: -1}
	for range 300 {
		f := pressKey(t, ctx, kb.Tab)
		if f.At <= last.At || f.Tag == "BODY" {
			t.Fatalf("on the way to %s the focus went from %+v to %+v", what, last, f)
		}
		if !f.On {
			t.Fatalf("on the way to %s the focus is off the screen: %+v", what, f)
		}
		if want(f) {
			return f
		}
		last = f
	}
	t.Fatalf("no way to %s", what)
	return focus{}
}

// TestBrowserKeyboardAlone goes from the home page to an article of a document
// with Tab and Enter alone, past the head by the skip link.
func TestBrowserKeyboardAlone(t *testing.T) {
	browser := chromium.Start(t)
	public, _ := typedPages(t)
	url := chromium.Serve(t, public, withPolicy)
	for _, width := range []int64{390, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			tab := openTab(t, browser, width, nil)
			if err := chromedp.Run(tab, chromedp.Navigate(url+"index.html")); err != nil {
				t.Fatal(err)
			}
			skip := func() {
				t.Helper()
				if f := pressKey(t, tab, kb.Tab); f.Href != "#main" || !f.On {
					t.Fatalf("the first stop is %+v, want the skip link", f)
				}
				if f := pressKey(t, tab, kb.Enter); f.ID != "main" {
					t.Fatalf("the skip link leads to %+v", f)
				}
			}
			skip()
			const title = "示范市公共数据授权运营管理规定"
			tabTo(t, tab, title, func(f focus) bool { return strings.Contains(f.Text, title) && strings.Contains(f.Href, "documents/") })
			if err := chromedp.Run(tab, chromedp.KeyEvent(kb.Enter)); err != nil {
				t.Fatal(err)
			}
			if err := chromium.Eventually(tab, `document.readyState === "complete" && document.querySelector("h1").textContent.indexOf("`+title+`") >= 0 && location.pathname.indexOf("/documents/") === 0`); err != nil {
				t.Fatalf("Enter does not open the document: %v", err)
			}
			skip()
			if width == 390 { // the outline is folded there
				key := " "
				if f := tabTo(t, tab, "the outline", func(f focus) bool { return strings.Contains(f.ID, "outline") || strings.Contains(f.Href, "#outline") }); f.Tag == "A" {
					key = kb.Enter
				}
				if err := chromedp.Run(tab, chromedp.KeyEvent(key)); err != nil {
					t.Fatal(err)
				}
			}
			at := tabTo(t, tab, "article 10", func(f focus) bool { return strings.HasSuffix(f.Href, "art_10") })
			if err := chromedp.Run(tab, chromedp.KeyEvent(kb.Enter)); err != nil {
				t.Fatal(err)
			}
			if err := chromium.Eventually(tab, fmt.Sprintf(`location.hash === %q && (r => r.top > -2 && r.top < innerHeight)(document.querySelector(":target").getBoundingClientRect())`, at.Href)); err != nil {
				t.Errorf("Enter does not lead to article 10: %v", err)
			}
		})
	}
}

// notForPaper lists what a reader of paper has no use for, and colours of a screen.
const notForPaper = `[...document.querySelectorAll("nav, button, input, summary, form, .skip, .tools, .badge, .status, .foot-links")].filter(e => e.getClientRects().length)
	.map(e => e.outerHTML.slice(0, 120)).concat(/^rgba?\(255, 255, 255|^rgba\(0, 0, 0, 0\)/.test(getComputedStyle(document.body).backgroundColor) ? [] : ["a ground of " + getComputedStyle(document.body).backgroundColor])`

// statusWords are words that paper must not carry: they would be wrong one day.
var statusWords = regexp.MustCompile(`现行有效|已废止|期满失效|宣布失效|尚未施行|暂停执行|已被替代|待核实`)

// TestBrowserPrints makes PDFs of a document, an interpretation and an issue: the text, the
// address and where to look up the status stand there, no navigation and no status.
func TestBrowserPrints(t *testing.T) {
	browser := chromium.Start(t)
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("skipped: pdftotext is not there (.ci/need pdf)")
	}
	public, pages := typedPages(t)
	url := chromium.Serve(t, public, withPolicy)
	tab := openTab(t, browser, 1280, map[string]string{"theme": "dark", "size": "largest"})
	for _, p := range pages {
		if !slices.Contains([]string{"document in force", "repealed", "unknown", "issue", "interpretation"}, p.name) {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			var body, canonical, heading string
			var wrong []string
			var pdf []byte
			err := chromedp.Run(tab, chromedp.Navigate(url+p.path),
				chromedp.Evaluate(`[...document.querySelectorAll("article.text p, .contents .doc")].map(p => p.textContent).join("")`, &body),
				chromedp.Evaluate(`(document.querySelector("link[rel=canonical]") || {href: ""}).href`, &canonical),
				chromedp.Evaluate(`document.querySelector("h1").textContent`, &heading),
				emulation.SetEmulatedMedia().WithMedia("print"),
				chromedp.Evaluate(notForPaper, &wrong),
				emulation.SetEmulatedMedia(),
				chromedp.ActionFunc(func(ctx context.Context) (err error) {
					pdf, _, err = page.PrintToPDF().Do(ctx)
					return err
				}))
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(t.TempDir(), "page.pdf")
			if err := os.WriteFile(name, pdf, 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			got := squeeze(string(out))
			if !strings.Contains(got, squeeze(heading)) {
				t.Errorf("the heading %q is not on paper", heading)
			}
			// Lines of paper part words from what follows; all characters are there.
			counts := map[rune]int{}
			for _, r := range got {
				counts[r]++
			}
			missing := ""
			for _, r := range squeeze(body) {
				if counts[r]--; counts[r] < 0 && r > 0x2e80 {
					missing += string(r)
				}
			}
			if missing != "" || len(squeeze(body)) < 100 {
				t.Errorf("of the text is missing on paper: %q", missing)
			}
			if p.layout == "document" {
				if canonical == "" || !strings.Contains(got, squeeze(canonical)) {
					t.Errorf("the address %q is not on paper", canonical)
				}
				if !strings.Contains(got, "查看最新效力") {
					t.Errorf("paper does not say where the status is to be seen")
				}
			}
			for _, w := range wrong {
				t.Errorf("on paper: %s", w)
			}
			if w := statusWords.FindString(got); w != "" && !strings.Contains(body, w) {
				t.Errorf("a status on paper: %s", w)
			}
		})
	}
}
