package typeset_test

import (
	"testing"
	"unicode/utf8"

	"gongbao/internal/typeset"
)

// BenchmarkSet sets an issue of a hundred regulations, about 480,000
// characters, on the page of GB/T 9704 and on long lines.
func BenchmarkSet(b *testing.B) {
	const characters = 480_000
	var blocks []typeset.Block
	n := 0
	for _, l := range eachLaw(b) {
		if n >= characters {
			break
		}
		p := para(l.text)
		p.First = em(2)
		blocks = append(blocks, p)
		n += utf8.RuneCountInString(l.text)
	}
	for _, c := range []struct {
		name           string
		columns, lines int
	}{{"22x28", 28, 22}, {"38", 38, 40}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			g := typeset.Geometry{Width: em(c.columns), Height: em(100), Text: em(c.columns), Depth: typeset.Length(c.lines) * 15000}
			lines := 0
			for b.Loop() {
				s := typeset.Setter{Measure: widths, Gap: 83}
				lines = 0
				for _, p := range s.Set(blocks, g) {
					last := typeset.Length(-1)
					for _, r := range p.Runs {
						if r.Y != last {
							lines, last = lines+1, r.Y
						}
					}
				}
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(float64(n*b.N)/seconds, "characters/s")
			b.ReportMetric(float64(lines*b.N)/seconds, "lines/s")
		})
	}
}
