package compare

import (
	"math/rand/v2"
	"testing"
)

// TestPlacesAreTheFirst compares the table with a plain map, on texts of few
// letters, in which shingles come again.
func TestPlacesAreTheFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) []letter {
		out := make([]letter, n)
		for i := range out {
			out[i] = letter{r: []rune("甲乙𠀀")[min(r.IntN(3), r.IntN(3))], at: int32(i), line: 1, col: int32(i + 1)}
		}
		return out
	}
	found := 0
	var p places // one after the other
	for range 200 {
		of, text := some(shingle+r.IntN(300)), some(r.IntN(300))
		want := map[string]int{}
		runes := make([]rune, len(of))
		for i, l := range of {
			runes[i] = l.r
		}
		for i := range len(of) - shingle + 1 {
			if k := string(runes[i : i+shingle]); want[k] == 0 {
				want[k] = i + 1
			}
		}
		p.fill(of)
		for i := range text {
			at, size := p.stretch(text, i)
			if i+shingle > len(text) {
				continue
			}
			key := make([]rune, shingle)
			for j := range key {
				key[j] = text[i+j].r
			}
			if n := want[string(key)]; n == 0 && size != 0 || n > 0 && (at != n-1 || size < shingle) {
				t.Fatalf("%q is found at %d (%d letters), want %d", string(key), at, size, n-1)
			} else if n > 0 {
				found++
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d shingles were there", found)
	}
}
