package zh

import (
	"slices"
	"strings"
	"testing"
)

// TestCommonTable holds the table against what the notice of the State Council
// says of it: 8,105 characters in three levels.
func TestCommonTable(t *testing.T) {
	levels := strings.Split(strings.TrimSuffix(CommonTable, "\n"), "\n")
	seen := map[rune]bool{}
	var sizes []int
	for _, l := range levels {
		rs := []rune(l)
		sizes = append(sizes, len(rs))
		if !slices.IsSorted(rs) {
			t.Error("a level is not in the order of code points")
		}
		for _, r := range rs {
			if seen[r] {
				t.Errorf("%c stands there twice", r)
			}
			seen[r] = true
			if IsUncommon(r) {
				t.Errorf("%c is in the table and said to be outside", r)
			}
		}
	}
	if want := []int{3500, 3000, 1605}; !slices.Equal(sizes, want) {
		t.Errorf("levels of %d characters, want %d", sizes, want)
	}
}

func TestIsUncommon(t *testing.T) {
	for _, c := range []struct {
		s    string
		want bool
	}{
		{"的镕堃啰瞭", false},      // the last three are in the table since 2013
		{"國幷𠀀", true},         // traditional, a variant, a rare one
		{"喆淼𠳐", false},        // of names; the last is beyond the Basic Multilingual Plane
		{"〇々，。A１ア①〔〕", false}, // no Han, or a sign
		{"⼀\uf900", true},     // radicals and compatibility forms look alike and are found by no search
	} {
		for _, r := range c.s {
			if got := IsUncommon(r); got != c.want {
				t.Errorf("IsUncommon(%c %U) = %v, want %v", r, r, got, c.want)
			}
		}
	}
}
