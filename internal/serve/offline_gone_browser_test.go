package serve_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestBrowserOfflineForgetsWhatWasWithdrawn: a page that was read and one that was
// taken along are withdrawn. Whoever opens any page of the site afterwards has
// neither of them on the device; everything else stays there.
func TestBrowserOfflineForgetsWhatWasWithdrawn(t *testing.T) {
	r := newReader(t)
	first := sample(t, nil)
	second := sample(t, func(root string) {
		for _, name := range []string{"2021/sfbf-22.md", "2023/sfbh-18.md"} {
			replaceIn(t, filepath.Join(root, "content/documents", filepath.FromSlash(name)), "+++\n", "+++\nwithdrawn = { date = 2026-11-23, reason = \"公开范围有误\" }\n")
		}
	})
	r.start(first)
	r.open(readDoc)
	r.wait("the worker", `!!navigator.serviceWorker.controller`)
	r.open(newDoc)
	r.waitKept("read", newDoc)
	r.open(readDoc)
	r.waitKept("read", readDoc)
	r.open(takenIssue)
	r.wait("the offer", `!!document.querySelector(".take .button:not([hidden])")`)
	r.click(".take .button")
	r.wait("taking along", `document.querySelector(".take-say").textContent.includes("已存在本机")`)
	r.waitKept("taken", takenDoc)
	taken := len(r.kept("taken"))

	r.start(second)
	r.open("index.html")
	for range 100 {
		if !slices.Contains(r.kept("read"), readDoc) && !slices.Contains(r.kept("taken"), takenDoc) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if got := r.kept("read"); slices.Contains(got, readDoc) || !slices.Contains(got, newDoc) {
		t.Errorf("read before: %q", got)
	}
	if got := r.kept("taken"); slices.Contains(got, takenDoc) || len(got) != taken-1 {
		t.Errorf("taken along, %d before: %q", taken, got)
	}

	// The page that says so may be kept as any other.
	r.open(readDoc)
	r.waitKept("read", readDoc)
	r.stop()
	r.open(readDoc)
	r.wait("the page that says so", `document.querySelector("h1").textContent === "文件已撤下"`)
}
