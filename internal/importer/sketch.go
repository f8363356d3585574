package importer

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"gongbao/internal/zh"
)

// A Sketch is what a text is compared by: the smallest hashes of its sentences,
// in order. Two texts are as alike as the smallest hashes of both together are
// shared (Broder 1997, bottom-k). It is nil where a text is too short to tell.
type Sketch []uint64

const (
	sketchSize   = 64
	leastWords   = 5 // sentences; shorter papers are alike by their form
	sentenceSize = 8 // characters of a sentence that counts
	alike        = 0.9
	entry        = 4 // smallest hashes by which texts find each other: at 0.9 one pair in 10⁴ is missed
)

// SketchOf returns the sketch of a text.
func SketchOf(text string) Sketch {
	var out Sketch
	for s := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("。；！？\n", r) }) {
		s = zh.Fold(s)
		if utf8.RuneCountInString(s) < sentenceSize {
			continue
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(s)) // never fails
		out = append(out, mix(h.Sum64()))
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) < leastWords {
		return nil
	}
	return slices.Clone(out[:min(len(out), sketchSize)])
}

// mix spreads a hash: FNV's high bits are uneven on short texts.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return h
}

// Alike returns the share of sentences that two texts have in common, 0 to 1.
func (s Sketch) Alike(o Sketch) float64 {
	if len(s) == 0 || len(o) == 0 {
		return 0
	}
	both, all := 0, 0
	for i, k := 0, 0; all < sketchSize && (i < len(s) || k < len(o)); all++ {
		switch {
		case k == len(o) || i < len(s) && s[i] < o[k]:
			i++
		case i == len(s) || o[k] < s[i]:
			k++
		default:
			both++
			i++
			k++
		}
	}
	return float64(both) / float64(all)
}

// A shelf finds the texts that are nearly the same.
type shelf struct {
	texts []shelved
	by    map[uint64][]int
}

type shelved struct {
	name, title string
	sketch      Sketch
}

func (s *shelf) add(name, title string, sketch Sketch) {
	if s.by == nil {
		s.by = map[uint64][]int{}
	}
	for _, h := range sketch[:min(entry, len(sketch))] {
		s.by[h] = append(s.by[h], len(s.texts))
	}
	s.texts = append(s.texts, shelved{name, title, sketch})
}

// near returns the text that is most like one, and how much. pass leaves texts
// out.
func (s *shelf) near(sketch Sketch, pass func(title string) bool) (name string, share float64) {
	const most = 64 // texts that begin alike; a form that hundreds share says nothing
	for _, h := range sketch[:min(entry, len(sketch))] {
		at := s.by[h]
		for _, i := range at[max(0, len(at)-most):] {
			t := &s.texts[i]
			if v := sketch.Alike(t.sketch); v >= alike && v > share && !pass(t.title) {
				name, share = t.name, v
			}
		}
	}
	return name, share
}
