package typeset_test

import (
	"strings"
	"testing"
	"unicode"

	"gongbao/internal/typeset"
)

// widths are those of a Chinese font: Latin letters take half an em.
func widths(_ typeset.Font, r rune) int {
	if r < 0x2000 {
		return 500
	}
	return 1000
}

func em(n int) typeset.Length { return typeset.Length(n) * 10000 }

// set sets paragraphs of 10 pt, leading 15 pt, on lines of so many ems.
func set(t testing.TB, ems, gap int, paragraphs ...*typeset.Paragraph) []typeset.Page {
	t.Helper()
	var blocks []typeset.Block
	for _, p := range paragraphs {
		blocks = append(blocks, p)
	}
	s := typeset.Setter{Measure: widths, Gap: gap}
	return s.Set(blocks, typeset.Geometry{Width: em(ems), Height: 800000, Text: em(ems), Depth: 800000})
}

func para(text string) *typeset.Paragraph {
	return &typeset.Paragraph{Spans: []typeset.Span{{Text: text, Size: 10000}}, Leading: 15000}
}

// A printedLine is a line read back from a page.
type printedLine struct {
	text        string
	left, right typeset.Length
	y           typeset.Length
}

func linesOf(pages []typeset.Page) []printedLine {
	var out []printedLine
	for i := range pages {
		last := typeset.Length(-1)
		for _, r := range pages[i].Runs {
			if r.Y != last {
				out = append(out, printedLine{left: r.X, y: r.Y})
				last = r.Y
			}
			l := &out[len(out)-1]
			l.text += r.Text
			l.right = r.X + runWidth(r) - r.Track
		}
	}
	return out
}

func runWidth(r typeset.Run) typeset.Length {
	var w typeset.Length
	for _, c := range r.Text {
		if r.Half {
			w += r.Size/2 + r.Track
			continue
		}
		w += typeset.Length(widths(r.Font, c))*r.Size/1000 + r.Track
	}
	return w
}

// characters counts what is more than a mark.
func characters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.In(r, unicode.L, unicode.N, unicode.Co) || r == '—' || r == '…' {
			n++
		}
	}
	return n
}

func texts(ls []printedLine) []string {
	var out []string
	for _, l := range ls {
		out = append(out, l.text)
	}
	return out
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0x200b || r == 0x2060 {
			return -1
		}
		return r
	}, s)
}

const notFirst = "，。、；：！？）》〉」』】〕］｝”’…％℃‰·～"
const notLast = "（《〈「『【〔［｛“‘"

// violations returns what is wrong with the lines of one paragraph.
func violations(ls []printedLine, width typeset.Length) []string {
	var out []string
	for i, l := range ls {
		rs := []rune(l.text)
		if i > 0 && strings.ContainsRune(notFirst, rs[0]) {
			out = append(out, "begins: "+l.text)
		}
		if i < len(ls)-1 && strings.ContainsRune(notLast, rs[len(rs)-1]) {
			out = append(out, "ends: "+l.text)
		}
		if l.right > width+10 {
			out = append(out, "too long: "+l.text)
		}
		if i < len(ls)-1 && l.right < width-400 {
			out = append(out, "too short: "+l.text)
		}
		if i < len(ls)-1 {
			next := []rune(ls[i+1].text)
			a, b := rs[len(rs)-1], next[0]
			if a == b && strings.ContainsRune("—…", a) || unicode.IsDigit(a) && (unicode.IsDigit(b) || strings.ContainsRune("年月日万亿元％%条款项个人倍米吨", b)) ||
				unicode.IsDigit(b) && (a == '第' || a == '〕') {
				out = append(out, "parted: "+l.text+" | "+ls[i+1].text)
			}
		}
	}
	return out
}
