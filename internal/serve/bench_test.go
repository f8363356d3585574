package serve_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// BenchmarkSave measures the time from a save to the page that shows it, without
// the browser: an edit of a text, of front matter, and a new file.
func BenchmarkSave(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("documents=%d", n), func(b *testing.B) {
			v := open(b, n)
			doc := v.made.Documents[len(v.made.Documents)/2]
			text := v.read("content/" + doc)
			v.shows(address(doc), "", true)
			time.Sleep(time.Second) // until it is judged
			n := 0
			edit := func(name string, change func(mark string) string) {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						n++
						mark := fmt.Sprintf("第%d次保存", n)
						v.write("content/"+doc, change(mark))
						v.await(name, func(s state) bool { return true })
						if code, page := v.get(address(doc)); code != http.StatusOK || !strings.Contains(page, mark) {
							v.shows(address(doc), mark, true)
						}
						b.StopTimer()
						v.quiet()
						b.StartTimer()
					}
					b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/save")
				})
			}
			edit("body", func(mark string) string { return strings.Replace(text, "第二条　", "第二条　"+mark, 1) })
			edit("title", func(mark string) string { return strings.Replace(text, "title = \"", "title = \""+mark, 1) })
		})
	}
}

// quiet waits until no more messages come.
func (v *visit) quiet() {
	for {
		select {
		case <-v.messages:
		case <-time.After(700 * time.Millisecond):
			return
		}
	}
}
