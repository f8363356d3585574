package pdf_test

import (
	"testing"

	"gongbao/internal/press"
	"gongbao/internal/render/pdf"
)

// BenchmarkWrite writes 1,000 pages: dense ones of 22 to 40 lines of 28 to 40
// characters, and those of GB/T 9704, of 22 lines of 28.
func BenchmarkWrite(b *testing.B) {
	const pages = 1000
	set := fontSet(b)
	dense, _ := volume(b, set, pages)
	official, _ := volumeOf(b, set, pages, func(int) (int, int) { return 22, 28 })
	b.Run("dense", func(b *testing.B) { benchmark(b, dense, set) })
	b.Run("official", func(b *testing.B) { benchmark(b, official, set) })
	archive := *official
	archive.Purpose = press.Archive
	b.Run("archive", func(b *testing.B) { benchmark(b, &archive, set) })
}

func benchmark(b *testing.B, book *press.Book, fonts pdf.Fonts) {
	pages, runs, chars, size := float64(len(book.Pages)), 0, 0, 0
	for i := range book.Pages {
		runs += len(book.Pages[i].Runs)
		for _, r := range book.Pages[i].Runs {
			chars += len([]rune(r.Text))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		size = len(write(b, book, fonts))
	}
	b.ReportMetric(pages*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(size)/pages, "bytes/page")
	b.ReportMetric(float64(runs)/pages, "runs/page")
	b.ReportMetric(float64(chars)/pages, "chars/page")
}
