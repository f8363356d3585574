package font_test

import (
	"path/filepath"
	"testing"

	"gongbao/internal/font"
)

func BenchmarkMake(b *testing.B) {
	for _, name := range []string{serif, sans, ming, wenkai} {
		b.Run(filepath.Base(name), func(b *testing.B) {
			size := 0
			for b.Loop() {
				b.StopTimer()
				s, _ := assign(b, nil, name)
				b.StartTimer()
				out, err := s.Make(font.Song, false, han(3000))
				if err != nil {
					b.Fatal(err)
				}
				size = len(out)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

func BenchmarkMakeAgain(b *testing.B) {
	s, _ := assign(b, nil, serif)
	for b.Loop() {
		if _, err := s.Make(font.Song, false, han(600)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdvance(b *testing.B) {
	s, _ := assign(b, nil, serif)
	text := []rune(sample)
	for b.Loop() {
		for _, c := range text {
			s.Advance(font.Song, c)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(text)), "ns/char")
}
