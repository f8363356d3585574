package compare

import "slices"

// grams are the pairs of neighbouring keys, sorted; of a single key, itself.
func grams(keys []rune) []uint64 {
	if len(keys) == 1 {
		return []uint64{uint64(keys[0])}
	}
	var out []uint64
	for i := 1; i < len(keys); i++ {
		out = append(out, uint64(keys[i-1])<<32|uint64(keys[i]))
	}
	slices.Sort(out)
	return out
}

// similarity is the share of pairs that two texts have in common (Dice), 1
// for equal ones.
func similarity(a, b []uint64) float64 { return dice(common(a, b), a, b) }

func dice(common int, a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// common counts the pairs that both texts have.
func common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

func union(a, b []uint64) []uint64 {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return out
}
