package typeset_test

import (
	"strings"
	"testing"

	"gongbao/internal/typeset"
)

// column is a page with columns of so many lines of 10 ems.
func column(lines, columns int) typeset.Geometry {
	return typeset.Geometry{Width: em(100), Height: em(100), Text: em(11*columns - 1), Gutter: em(1), Columns: columns, Depth: typeset.Length(lines-1)*15000 + 10000}
}

// picture shows pages by the first characters of their lines: 一二 / 三 | 四 are
// two columns of one page and a column of the next.
func picture(pages []typeset.Page) string {
	var b strings.Builder
	for i := range pages {
		if i > 0 {
			b.WriteString(" | ")
		}
		last, col := typeset.Length(-1), typeset.Length(0)
		for _, r := range pages[i].Runs {
			if c := r.X / em(11); c != col {
				b.WriteString(" / ")
				last, col = -1, c
			}
			if r.Y != last {
				b.WriteString(string([]rune(r.Text)[:1]))
			}
			last = r.Y
		}
	}
	return b.String()
}

// wide is a paragraph with a line for each character.
func wide(text string) *typeset.Paragraph {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(strings.Repeat(string(r), 10))
	}
	return para(b.String())
}

func keep(text string) *typeset.Paragraph {
	p := wide(text)
	p.Keep = true
	return p
}

func whole(text string) *typeset.Paragraph {
	p := wide(text)
	p.Whole = true
	return p
}

// note is a footnote with lines of 10 pt.
func note(text string, of ...*typeset.Note) *typeset.Note {
	p := noted(text, of...)
	p.Leading = 10000
	return &typeset.Note{Blocks: []*typeset.Paragraph{p}}
}

// noted is a paragraph of which the first characters have notes.
func noted(text string, notes ...*typeset.Note) *typeset.Paragraph {
	p := wide(text)
	all := p.Spans[0].Text
	p.Spans = nil
	for _, n := range notes {
		size := len("一")
		p.Spans, all = append(p.Spans, typeset.Span{Text: all[:size], Size: 10000, Note: n}), all[size:]
	}
	p.Spans = append(p.Spans, typeset.Span{Text: all, Size: 10000})
	return p
}

func TestColumnsEndWhereTheyMay(t *testing.T) {
	type blocks []typeset.Block
	for _, c := range []struct {
		name           string
		lines, columns int
		blocks         blocks
		want           string
	}{
		{"as many lines as there is room for", 3, 1, blocks{wide("一"), wide("二"), wide("三"), wide("四")}, "一二三 | 四"},
		{"no first line alone", 3, 1, blocks{wide("一"), wide("二"), wide("三四五六")}, "一二 | 三四 | 五六"},
		{"no last line alone", 4, 1, blocks{wide("一二三四五"), wide("六")}, "一二三 | 四五六"},
		{"a heading stands with what follows", 3, 1, blocks{wide("一"), wide("二"), keep("三"), wide("四")}, "一二 | 三四"},
		{"a chain of headings too", 4, 1, blocks{wide("一"), keep("二"), keep("三"), keep("四"), wide("五")}, "一 | 二三四五"},
		{"a chain longer than a column is divided", 2, 1, blocks{keep("一"), keep("二"), keep("三"), keep("四"), keep("五")}, "一二 | 三四 | 五"},
		{"but not behind a first line", 4, 1, blocks{keep("一"), keep("二"), keep("三"), whole("四五六"), wide("七")}, "一二三 | 四五六七"},
		{"a heading at the end stands alone", 2, 1, blocks{wide("一"), keep("二")}, "一二"},
		{"a whole paragraph is not divided", 5, 1, blocks{wide("一"), wide("二"), whole("三四五六")}, "一二 | 三四五六"},
		{"a whole paragraph longer than a column is", 3, 1, blocks{wide("一"), whole("二三四五六七")}, "一 | 二三四 | 五六七"},
		{"columns stand beside each other", 2, 2, blocks{wide("一"), wide("二"), wide("三"), wide("四"), wide("五")}, "一二 / 三四 | 五"},
		{"a break ends a column", 2, 2, blocks{wide("一"), typeset.NewColumn, wide("二")}, "一 / 二"},
		{"or a page", 2, 2, blocks{wide("一"), typeset.NewPage, wide("二")}, "一 | 二"},
		{"or leads to a recto", 2, 2, blocks{wide("一"), typeset.NewRecto, wide("二"), typeset.NewRecto, typeset.NewRecto, wide("三")}, "一 |  | 二 |  | 三"},
		{"breaks at the ends are nothing", 3, 1, blocks{typeset.NewPage, typeset.NewColumn, wide("一"), typeset.NewPage, typeset.NewRecto}, "一"},
		{"a break behind a full column is none more", 2, 1, blocks{wide("一"), wide("二"), typeset.NewPage, wide("三")}, "一二 | 三"},
		{"nothing makes no page", 2, 1, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := typeset.Setter{Measure: widths}
			if got := picture(s.Set(c.blocks, column(c.lines, c.columns))); got != c.want {
				t.Errorf("pages are %s\nwant      %s", got, c.want)
			}
		})
	}
}

func TestNotesStandAtTheFootOfTheirMarks(t *testing.T) {
	type blocks []typeset.Block
	same := note("注")
	inner := note("内")
	inner.Blocks[0].Spans[0].Note = inner // of itself
	for _, c := range []struct {
		name           string
		lines, columns int
		blocks         blocks
		want           string
	}{
		{"a note", 4, 1, blocks{noted("一", note("注")), wide("二"), wide("三"), wide("四")}, "一二注 | 三四"},
		{"two on one line, in order", 5, 1, blocks{noted("一", note("甲"), note("乙")), wide("二"), wide("三")}, "一二三甲乙"},
		{"on two lines, in order", 6, 1, blocks{noted("一", note("甲")), noted("二", note("乙")), wide("三")}, "一二三甲乙"},
		{"a note with two marks stands once", 6, 1, blocks{noted("一", same), noted("二", same)}, "一二注"},
		{"the note of a note stands behind it", 6, 1, blocks{noted("一", note("甲", inner)), wide("二")}, "一二甲内"},
		{"a line goes with its short note", 4, 1, blocks{wide("一"), wide("二"), noted("三", note("甲乙丙"))}, "一二 | 三甲乙丙"},
		{"a long note is divided", 6, 1, blocks{wide("一"), noted("二", note("甲乙丙丁戊己庚")), wide("三")}, "一二甲乙丙丁戊 | 三己庚"},
		{"a note longer than a page", 4, 1, blocks{noted("一", note("甲乙丙丁戊己庚辛壬癸子丑"))}, "一甲乙丙 | 丁戊己 | 庚辛壬 | 癸子丑"},
		{"the mark in the last line", 3, 1, blocks{wide("一"), wide("二"), noted("三", note("注")), wide("四")}, "一二 | 三注 | 四"},
		{"in columns", 3, 2, blocks{noted("一", note("甲")), noted("二", note("乙")), wide("三")}, "一甲 / 二乙 | 三"},
		{"carried into the next column", 4, 2, blocks{noted("一", note("甲乙丙丁戊"))}, "一甲乙丙 / 丁戊"},
		{"a break waits for the note", 4, 1, blocks{noted("一", note("甲乙丙丁戊")), typeset.NewPage, wide("二")}, "一甲乙丙 | 丁戊 | 二"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := typeset.Setter{Measure: widths}
			if got := picture(s.Set(c.blocks, column(c.lines, c.columns))); got != c.want {
				t.Errorf("pages are %s\nwant      %s", got, c.want)
			}
		})
	}
}

func TestNothingStandsUnderTheFoot(t *testing.T) {
	s := typeset.Setter{Measure: widths}
	g := column(10, 1)
	pages := s.Set([]typeset.Block{
		noted("一", note("甲乙丙丁戊己庚辛壬癸子丑")),
		&typeset.Picture{Name: "p", Width: em(100), Height: em(10000)},
		noted("二", note("甲")),
		&typeset.Drawing{Height: 30000, Foot: true, Rules: []typeset.Rule{{Width: 1000, Height: 30000}}},
		wide("三"),
	}, g)
	for i, p := range pages {
		for _, r := range p.Runs {
			if r.Y > g.Depth {
				t.Errorf("page %d: %q stands at %v, under %v", i+1, r.Text, r.Y, g.Depth)
			}
		}
		for _, c := range p.Pictures {
			if c.X < 0 || c.Width < 1 || c.X+c.Width > g.Text || c.Y+c.Height > g.Depth {
				t.Errorf("page %d: picture at %v, %v of %v × %v", i+1, c.X, c.Y, c.Width, c.Height)
			}
		}
		for _, r := range p.Rules {
			for _, n := range p.Runs {
				if r.Height == 30000 && (r.Y+r.Height > g.Depth || n.Y > r.Y && n.Y-8000 < r.Y+r.Height) {
					t.Errorf("page %d: the drawing at the foot stands at %v over %q at %v", i+1, r.Y, n.Text, n.Y)
				}
			}
		}
	}
}

func TestTailsStandAtTheRight(t *testing.T) {
	tail := func(text, page string) *typeset.Paragraph {
		p := para(text)
		p.Tail = []typeset.Span{{Text: page, Size: 10000, Link: "#x"}}
		return p
	}
	for _, c := range []struct{ text, page, want string }{
		{"一二", "9", "一二············9"},
		{"一二三四五六七八九十", "9", "一二三四五六七八 九十············9"},
		{"", "9", "9"},
		{"一", "第一二三四五六七八九十页", "一 第一二三四五六七八九十页"},
	} {
		ls := linesOf(set(t, 10, 0, tail(c.text, c.page)))
		if got := strings.Join(texts(ls), " "); got != c.want {
			t.Errorf("%q with %q is set as %q, want %q", c.text, c.page, got, c.want)
		}
		if last := ls[len(ls)-1]; len(c.page) == 1 && last.right != em(10) {
			t.Errorf("%q ends at %v, want %v", last.text, last.right, em(10))
		}
	}
	none := tail("一", "9")
	none.Tail[0].Size = 0
	set(t, 10, 0, none) // no room for a dot takes no end
}
