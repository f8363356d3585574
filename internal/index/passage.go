package index

import (
	"bytes"
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongbao/internal/query"
	"gongbao/internal/zh"
)

// A Passage is a piece of text with marks at what was found: pairs of runes,
// from and to, in order, none over another.
type Passage struct {
	Text  string
	Marks [][2]int
}

const (
	passageRunes = 100 // of a passage at most, without the dots at its ends
	beforeRunes  = 30  // of them before the first mark
)

// hit shows a match. What the index says of its body is looked up there; if the
// body does not hold it the error is errDamaged.
func (x *Index) hit(q query.Query, m match) (Hit, error) {
	t := x.texts[m.place]
	h := Hit{Entry: t.Entry, Score: m.score}
	terms := q.Terms
	if m.article {
		terms = append(slices.Clone(terms), q.Title, strings.TrimPrefix(q.Whole, q.Title))
	}
	h.Title = passage(t.Called(), terms, true)
	if !t.HasBody {
		return h, nil
	}
	f, err := x.options.Loader.Fragment(t.Source())
	if err != nil {
		return h, err
	}
	best := pick{article: q.Article}
	if !m.article {
		best.article = ""
	}
	held := uint8(0)
	var stream []byte
	f.Blocks(func(anchor string, text []byte) {
		stream = appendStream(stream[:0], string(text))
		mask := holds(string(stream), q.Terms)
		held |= mask
		best.take(anchor, text, mask)
	})
	if m.body != held {
		return h, fmt.Errorf("%w: %s holds other terms", errDamaged, t.Source())
	}
	if h.Anchor = best.anchor; best.text != "" {
		h.Passage = passage(best.text, terms, false)
	}
	return h, nil
}

// A pick is the block that is shown: the first of the article that was asked
// for, else the first of those with the most terms.
type pick struct {
	article, anchor, text string
	rank                  int
}

// Ranks above the number of terms.
const (
	inner = 100 // the article of what a notice prints
	outer = 200 // the article of the text itself
)

func (p *pick) take(anchor string, text []byte, mask uint8) {
	rank, at := bits.OnesCount8(mask), anchor
	if p.article != "" {
		switch i := strings.Index("__"+anchor+"__", "__"+p.article+"__"); {
		case i == 0:
			rank, at = outer, p.article
		case i > 0:
			rank, at = inner, anchor[:i-2+len("__")+len(p.article)]
		}
	}
	if rank > p.rank {
		p.rank, p.anchor, p.text = rank, at, string(bytes.ToValidUTF8(text, []byte("\uFFFD")))
	}
}

// passage marks terms in a text, and cuts it to what stands around the first
// mark if whole is false. White space and control characters become blanks.
func passage(text string, terms []string, whole bool) Passage {
	runes := []rune(text)
	for i, r := range runes {
		if unicode.IsControl(r) || zh.IsSpace(r) {
			runes[i] = ' '
		}
	}
	p := Passage{Marks: marks(text, terms)}
	if whole || len(runes) <= passageRunes {
		p.Text = string(runes)
		return p
	}
	from := 0
	if len(p.Marks) > 0 {
		from = max(0, min(p.Marks[0][0]-beforeRunes, len(runes)-passageRunes))
	}
	return p.cut(runes, from, from+passageRunes)
}

// cut leaves the runes between from and to, with dots where something is gone.
func (p Passage) cut(runes []rune, from, to int) Passage {
	var out Passage
	shift := -from
	if from > 0 {
		out.Text = "…"
		shift++
	}
	out.Text += string(runes[from:to])
	if to < len(runes) {
		out.Text += "…"
	}
	for _, m := range p.Marks {
		if a, b := max(m[0], from), min(m[1], to); a < b {
			out.Marks = append(out.Marks, [2]int{a + shift, b + shift})
		}
	}
	return out
}

// marks returns where a text holds the terms, in runes of the text.
func marks(text string, terms []string) [][2]int {
	var stream []byte
	var at []int // rune of text, by byte of stream
	last, place := 0, 0
	zh.StreamEach(text, func(r rune, offset int) {
		place += utf8.RuneCountInString(text[last:offset])
		last = offset
		for range utf8.RuneLen(r) {
			at = append(at, place)
		}
		stream = utf8.AppendRune(stream, r)
	})
	var found [][2]int
	whole := string(stream)
	for _, term := range terms {
		for i := 0; term != ""; {
			j := strings.Index(whole[i:], term)
			if j < 0 {
				break
			}
			i += j + len(term)
			found = append(found, [2]int{at[i-len(term)], at[i-1] + 1})
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	out := [][2]int{}
	for _, m := range found {
		if n := len(out); n > 0 && m[0] < out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], m[1])
			continue
		}
		out = append(out, m)
	}
	return out
}
