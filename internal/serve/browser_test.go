package serve_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gongbao/internal/build"
	"gongbao/internal/chromium"
	"gongbao/internal/gazette"
	"gongbao/internal/serve"
)

// preview serves a copy of the sample site and returns its root and address.
func preview(t *testing.T) (root, url string) {
	t.Helper()
	return previewOn(t, gazette.NewDate(2026, 11, 23))
}

// previewOn serves the sample as it was built on a day.
func previewOn(t *testing.T, day gazette.Date) (root, url string) {
	t.Helper()
	root = t.TempDir()
	copySample(t, root)
	listening := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- serve.Run(ctx, serve.Options{
			Build: build.Options{Root: root, AsOf: day}, Addr: "127.0.0.1:0",
			Listen: func(urls []string) { listening <- urls[0] },
		})
	}()
	t.Cleanup(func() {
		stop()
		<-done
	})
	select {
	case url = <-listening:
	case err := <-done:
		t.Fatal(err)
	}
	return root, url
}

func copySample(t *testing.T, root string) {
	t.Helper()
	const sample = "../.."
	for _, name := range []string{"config.toml", "content"} {
		err := filepath.WalkDir(filepath.Join(sample, name), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(sample, p)
			if err != nil {
				return err
			}
			to := filepath.Join(root, rel)
			if d.IsDir() {
				return os.MkdirAll(to, 0o755)
			}
			b, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			return os.WriteFile(to, b, 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// pages are one of each type.
var pages = []struct{ name, path, want string }{
	{"home", "", "示范市人民政府公报"},
	{"document", "documents/sfszf-ling/2026/19/", "示范市公共数据授权运营管理规定"},
	{"embed", "documents/sfszf-ling/2026/19/embed.html", "示范市公共数据授权运营管理规定"},
	{"issue", "issues/2023/01/", "2023年第1期"},
	{"list", "documents/", "政策文件"},
	{"terms", "years/", "按年份"},
	{"year", "years/2023/", "2023年"},
	{"interpretations", "interpretations/", "政策解读"},
	{"sitemap", "sitemap/", "站点地图"},
	{"about", "pages/about/", "关于本站"},
	{"offline", "offline/", "离线阅读"},
	{"notfound", "no/such/page/", "没有找到"},
}

// TestBrowserPages opens every type of page at 390 and 1280 px with and without
// JavaScript: the heading is there, nothing runs over the side, no message
// stands in the console, and a strict CSP holds.
func TestBrowserPages(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	var messages []string
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			messages = append(messages, fmt.Sprint(ev.Type))
		case *runtime.EventExceptionThrown:
			messages = append(messages, ev.ExceptionDetails.Error())
		}
	})
	for _, script := range []bool{false, true} {
		for _, width := range []int64{390, 1280} {
			for _, p := range pages {
				t.Run(fmt.Sprintf("%s/%d/script=%t", p.name, width, script), func(t *testing.T) {
					var heading string
					var over bool
					err := chromedp.Run(ctx,
						emulation.SetScriptExecutionDisabled(!script),
						chromedp.EmulateViewport(width, 900),
						chromedp.Navigate(url+p.path),
						chromedp.Text("h1", &heading, chromedp.ByQuery, chromedp.NodeReady),
						chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &over),
					)
					if err != nil {
						t.Fatal(err)
					}
					if !strings.Contains(strings.ReplaceAll(heading, "\n", ""), p.want) {
						t.Errorf("h1 = %q, want %q in it", heading, p.want)
					}
					if over {
						t.Errorf("the page is wider than %d px", width)
					}
				})
			}
		}
	}
	if len(messages) > 0 {
		t.Errorf("console messages: %q", messages)
	}
}

// TestBrowserPicksTheStatusOfItsDay opens a site that was built before a
// document expired: without JavaScript the page says what the build knew, with
// it the list and the document show what holds on the reader's day.
func TestBrowserPicksTheStatusOfItsDay(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := previewOn(t, gazette.NewDate(2023, 9, 1))
	for _, c := range []struct {
		path, selector string
	}{
		{"documents/", `a[href$="sfbf/2021/22/index.html"] + .facts .badge`},
		{"documents/sfbf/2021/22/", `#status .badge`},
	} {
		var off string
		if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(url+c.path),
			chromedp.Text(c.selector, &off, chromedp.ByQuery)); err != nil {
			t.Fatalf("%s: %v", c.path, err)
		}
		if off != "现行有效" {
			t.Errorf("%s without JavaScript: %q, want 现行有效", c.path, off)
		}
		if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(false), chromedp.Navigate(url+c.path)); err != nil {
			t.Fatal(err)
		}
		if err := chromium.Eventually(ctx, fmt.Sprintf(`document.querySelector(%q).textContent === "期满失效"`, c.selector)); err != nil {
			t.Errorf("%s with JavaScript does not come to 期满失效: %v", c.path, err)
		}
	}
}

// TestBrowserStepsThroughAllChanges opens a list of a site whose documents are
// suspended, resume and expire: years later its badges say what then holds.
func TestBrowserStepsThroughAllChanges(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := previewOn(t, gazette.NewDate(2026, 11, 24))
	for day, want := range map[string]string{"2026-11-25": "暂停执行", "2027-02-02": "现行有效", "2027-11-24": "期满失效"} {
		ctx, cancel := chromedp.NewContext(ctx)
		defer cancel()
		clock := fmt.Sprintf(`Date.now = () => Date.parse("%sT04:00:00Z")`, day)
		set := chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(clock).Do(ctx)
			return err
		})
		if err := chromedp.Run(ctx, set, chromedp.Navigate(url+"years/2024/")); err != nil {
			t.Fatal(err)
		}
		badge := `document.querySelector('.badge[data-steps*="2027-01-31"]').textContent`
		if err := chromium.Eventually(ctx, badge+fmt.Sprintf(` === %q`, want)); err != nil {
			t.Errorf("on %s the badge does not come to %s: %v", day, want, err)
		}
	}
}

// TestBrowserWithoutStatusFileGoesForwardOnly reads pages offline, where the day of
// the build is not known: time moves a status on, a slow clock takes nothing back.
func TestBrowserWithoutStatusFileGoesForwardOnly(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := previewOn(t, gazette.NewDate(2026, 11, 24))
	for _, c := range []struct{ day, path, selector, want string }{
		{"2027-11-24", "years/2024/", `.badge[data-steps*="2027-01-31"]`, "期满失效"},
		{"2020-01-01", "years/2024/", `.badge[data-steps*="2027-01-31"]`, "暂停执行"},
		{"2010-01-01", "documents/sfbf/2021/4/", "#status .badge", "现行有效"},
		{"2029-01-01", "documents/sfbf/2021/4/", "#status .badge", "期满失效"},
	} {
		ctx, cancel := chromedp.NewContext(ctx)
		defer cancel()
		offline := fmt.Sprintf(`Date.now = () => Date.parse("%sT04:00:00Z"); window.fetch = () => Promise.reject(new Error("offline"))`, c.day)
		set := chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(offline).Do(ctx)
			return err
		})
		// The script is done once a task after it has run: then what stands, stays.
		if err := chromedp.Run(ctx, set, chromedp.Navigate(url+c.path), chromedp.Evaluate(`setTimeout(() => { window.settled = true }, 200)`, nil)); err != nil {
			t.Fatal(err)
		}
		if err := chromium.Eventually(ctx, fmt.Sprintf(`window.settled && document.querySelector(%q).textContent === %q`, c.selector, c.want)); err != nil {
			t.Errorf("%s on %s does not come to %s: %v", c.path, c.day, c.want, err)
		}
	}
}

// TestBrowserAnchors follows the outline to an article.
func TestBrowserAnchors(t *testing.T) {
	ctx := chromium.Start(t)
	_, url := preview(t)
	var top float64
	err := chromedp.Run(ctx,
		chromedp.EmulateViewport(1280, 900),
		chromedp.Navigate(url+"documents/sfszf-ling/2026/19/"),
		chromedp.Click(`a[href="#att_1__art_10"]`, chromedp.ByQuery),
		chromedp.Evaluate(`document.getElementById("att_1__art_10").getBoundingClientRect().top`, &top),
	)
	if err != nil {
		t.Fatal(err)
	}
	if top < -1 || top > 900 {
		t.Errorf("article 10 stands at %v px after the click, want it in the window", top)
	}
}

// TestBrowserReloadsOnSave saves a file and waits for the page to show it.
func TestBrowserReloadsOnSave(t *testing.T) {
	ctx := chromium.Start(t)
	root, url := preview(t)
	name := filepath.Join(root, "content/pages/about.md")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Run(ctx, chromedp.Navigate(url+"pages/about/"), chromedp.WaitReady("h1")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(b, "\n\n保存以后应当看到的一句。\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	err = chromium.Eventually(ctx, `document.body.textContent.includes("保存以后应当看到的一句")`)
	if err != nil {
		t.Fatalf("the page did not reload: %v", err)
	}
	// A mistake shows above the page, with file and remedy, and goes when mended.
	if err := os.WriteFile(name, []byte("+++\ntitel = \"关于\"\n+++\n文\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const wrong = `(document.querySelector("[data-preview]")||{shadowRoot:null}).shadowRoot?.querySelector("#wrong")?.textContent`
	err = chromium.Eventually(ctx, `(`+wrong+`||"").includes("about.md:2:1")`)
	if err != nil {
		t.Fatalf("the mistake is not shown: %v", err)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	err = chromium.Eventually(ctx, `!`+wrong)
	if err != nil {
		t.Fatalf("the mended mistake stays: %v", err)
	}
}
