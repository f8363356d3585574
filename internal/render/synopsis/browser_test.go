package synopsis_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"gongbao/internal/chromium"
	"gongbao/internal/render/synopsis"
)

// TestBrowserFitsPhoneAndDesk opens the page on a narrow and a wide screen: the
// two texts stand below or beside each other, nothing runs over the edge, and
// the box hides what did not change.
func TestBrowserFitsPhoneAndDesk(t *testing.T) {
	ctx := chromium.Start(t)
	in := input(t, "zh-CN", "第一条 甲乙丙丁。\n\n"+old, "第一条 甲乙丙丁。\n\n"+new)
	page, err := synopsis.HTML(in)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, page, 0o644); err != nil {
		t.Fatal(err)
	}
	const measure = `(() => {
		const r = document.querySelector("tr.changed"), c = r.cells;
		const a = c[1].getBoundingClientRect(), b = c[2].getBoundingClientRect();
		const box = document.querySelector("#only"); box.checked = true;
		const hidden = [...document.querySelectorAll("tr.same")].every(x => x.getClientRects().length === 0);
		return {over: document.documentElement.scrollWidth - innerWidth, beside: b.left >= a.right - 1, below: b.top >= a.bottom - 1, hidden: hidden && document.querySelectorAll("tr.same").length > 0};
	})()`
	for _, width := range []int64{390, 1280} {
		var got struct {
			Over                  int
			Beside, Below, Hidden bool
		}
		err := chromedp.Run(ctx, emulation.SetDeviceMetricsOverride(width, 844, 1, false),
			chromedp.Navigate("file://"+file), chromedp.Evaluate(measure, &got))
		if err != nil {
			t.Fatal(err)
		}
		if got.Over > 0 || got.Beside != (width > 1000) || got.Below != (width < 1000) || !got.Hidden {
			t.Errorf("at %d: %+v", width, got)
		}
	}
}
