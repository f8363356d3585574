package typeset

import "math"

// balanced bounds the length of a text that is balanced: the work grows with
// its square.
const balanced = 400

// balance breaks a title into as few lines as possible, of like length, at good
// places. GB/T 9704-2012 7.3.1: 回行时要做到词意完整，排列对称，长短适宜. It returns
// nil where the text is too long, or has no place to break.
func balance(gs []glyph, width Length) []line {
	if len(gs) > balanced {
		return nil
	}
	ends := []int{0}
	sum := make([]Length, len(gs)+1)
	for i := range gs {
		sum[i+1] = sum[i] + gs[i].width
		if i+1 == len(gs) || gs[i].last {
			ends = append(ends, i+1)
		}
	}
	em := largest(gs)
	for n := int(sum[len(gs)]/width) + 1; n <= len(ends)-1; n++ {
		if ls := balanceIn(gs, ends, sum, n, width, em); ls != nil {
			return ls
		}
	}
	return nil
}

// balanceIn finds the best n lines, or nil: by the square of what each differs
// from the mean, and by where it ends.
func balanceIn(gs []glyph, ends []int, sum []Length, n int, width, em Length) []line {
	mean := float64(sum[len(gs)]) / float64(n)
	best := make([][]float64, n+1)
	from := make([][]int, n+1)
	for k := range best {
		best[k] = make([]float64, len(ends))
		from[k] = make([]int, len(ends))
		for i := range best[k] {
			best[k][i] = math.Inf(1)
		}
	}
	best[0][0] = 0
	for k := 1; k <= n; k++ {
		for e := k; e < len(ends); e++ {
			for b := k - 1; b < e; b++ {
				w := sum[ends[e]] - sum[ends[b]]
				if w > width || math.IsInf(best[k-1][b], 1) {
					continue
				}
				off := (float64(w) - mean) / float64(em)
				cost := best[k-1][b] + math.Round(off*off*64) + penalty(gs, ends[e])
				if cost < best[k][e] {
					best[k][e], from[k][e] = cost, b
				}
			}
		}
	}
	e := len(ends) - 1
	if math.IsInf(best[n][e], 1) {
		return nil
	}
	ls := make([]line, n)
	for k := n; k > 0; k-- {
		b := from[k][e]
		ls[k-1] = line{from: ends[b], to: ends[e], width: width, last: true}
		e = b
	}
	return ls
}

// penalty is what it costs to end a line of a title before a glyph.
func penalty(gs []glyph, end int) float64 {
	switch {
	case end == len(gs), gs[end-1].class == wish:
		return 0
	case gs[end-1].class == closer || gs[end].class == open:
		return 64 * 4
	}
	return 64 * 16
}
