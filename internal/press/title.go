package press

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// TitleParts cuts a title where its lines like to end; joined they are the title.
func TitleParts(title string, issuers []string) []string {
	return strings.Split(wishes(title, issuers), "\u200b")
}

// TitleLines cuts a title into lines of at most most characters, at the places
// where titles like to end a line (GB/T 9704-2012 7.3.1: 词意完整、排列对称、长短适宜),
// as few and as even as can be. A title without such places comes back whole.
func TitleLines(title string, issuers []string, most int) []string {
	parts := TitleParts(title, issuers)
	n := len(parts)
	start := make([]int, n+1) // characters before each part
	for i, p := range parts {
		start[i+1] = start[i] + utf8.RuneCountInString(p)
	}
	if start[n] <= most {
		return []string{title}
	}
	lines := (start[n] + most - 1) / most
	mean := float64(start[n]) / float64(lines)
	type step struct {
		lines, from int
		cost        float64
	}
	best := make([]step, n+1)
	for end := 1; end <= n; end++ {
		best[end].from = -1
		for from := range end {
			length := start[end] - start[from]
			if length > most || from > 0 && best[from].from < 0 {
				continue
			}
			s := step{best[from].lines + 1, from, best[from].cost + (float64(length)-mean)*(float64(length)-mean)}
			if b := best[end]; b.from < 0 || s.lines < b.lines || s.lines == b.lines && s.cost < b.cost {
				best[end] = s
			}
		}
	}
	if best[n].from < 0 {
		return []string{title}
	}
	var out []string
	for end := n; end > 0; end = best[end].from {
		out = append(out, strings.TrimSpace(strings.Join(parts[best[end].from:end], "")))
	}
	slices.Reverse(out)
	return out
}
