package audit

import (
	"bytes"
	"unicode/utf8"

	"gongbao/internal/source"
)

// words are the site's list of words, found by their first characters.
type words struct {
	first [256]bool // the low byte of first characters, to ask before the map
	by    map[rune][]*source.Word
}

func newWords(list []source.Word) *words {
	w := &words{by: map[rune][]*source.Word{}}
	for i := range list {
		x := &list[i]
		if x.Wrong == "" {
			continue
		}
		r, _ := utf8.DecodeRuneInString(x.Wrong)
		w.first[byte(r)] = true
		w.by[r] = append(w.by[r], x)
	}
	return w
}

// at reports the words that stand at a place of the line, but where they are part
// of a longer one that is right.
func (w *words) at(r *reading, i int, first rune) {
	for _, x := range w.by[first] {
		if bytes.HasPrefix(r.text[i:], []byte(x.Wrong)) && !within(r.text, i, x) {
			note := x.Note
			if note == "" {
				note = x.Pos.String()
			}
			r.a.add("audit-word", r.place(i, i+len(x.Wrong)), r.entry, x.Wrong, x.Right, note)
		}
	}
}

// within reports whether the word at a place is part of one of its exceptions.
func within(text []byte, at int, x *source.Word) bool {
	for _, e := range x.Except {
		for from := max(0, at-len(e)+len(x.Wrong)); from <= at; from++ {
			if bytes.HasPrefix(text[from:], []byte(e)) && from+len(e) >= at+len(x.Wrong) {
				return true
			}
		}
	}
	return false
}
