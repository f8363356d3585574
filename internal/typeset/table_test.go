package typeset_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/typeset"
)

func cell(text string) typeset.Cell {
	return typeset.Cell{Text: []*typeset.Paragraph{para(text)}, Align: typeset.Start}
}

// over makes a cell cover columns and rows.
func over(cols, rows int, text string) typeset.Cell {
	c := cell(text)
	c.Cols, c.Rows = cols, rows
	return c
}

func table(head int, rows ...[]typeset.Cell) *typeset.Table {
	return &typeset.Table{Head: head, Rows: rows, Leading: 15000, Pad: 5000, Line: 500}
}

// cells makes a row of a line of text: cells are parted by spaces.
func cells(text string) []typeset.Cell {
	var out []typeset.Cell
	for _, s := range strings.Fields(text) {
		out = append(out, cell(s))
	}
	return out
}

var tablePage = typeset.Geometry{Width: em(40), Height: em(60), Text: em(40), Depth: em(60)}

func setTable(t *typeset.Table, g typeset.Geometry) []typeset.Page {
	s := typeset.Setter{Measure: widths}
	return s.Set([]typeset.Block{t}, g)
}

// textOf is all that is printed on pages, in the order of the page.
func textOf(pages []typeset.Page) string {
	var b strings.Builder
	for i := range pages {
		for _, r := range pages[i].Runs {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// closed reports whether what stands on a page is a closed box: lines of the
// full width above and below, and everything between them.
func closed(p *typeset.Page, width typeset.Length) error {
	top, bottom := typeset.Length(1<<30), typeset.Length(-1)
	for _, r := range p.Rules {
		if r.X == 0 && r.Width == width {
			top, bottom = min(top, r.Y), max(bottom, r.Y)
		}
	}
	for _, r := range p.Rules {
		if r.X < 0 || r.X+r.Width > width || r.Y < top || r.Y+r.Height > bottom+500 {
			return fmt.Errorf("a line from %v, %v over %v × %v in a box from %v to %v", r.X, r.Y, r.Width, r.Height, top, bottom)
		}
	}
	for _, r := range p.Runs {
		if r.Y-8800 < top || r.Y > bottom {
			return fmt.Errorf("%q at %v in a box from %v to %v", r.Text, r.Y, top, bottom)
		}
	}
	return nil
}

func TestTablesGoOnOverPages(t *testing.T) {
	long := strings.Repeat("经营者应当按照规定报送材料。", 60)
	rows := func(n int, f func(i int) []typeset.Cell) [][]typeset.Cell {
		out := [][]typeset.Cell{cells("甲头 乙头")}
		for i := range n {
			out = append(out, f(i))
		}
		return out
	}
	plain := func(i int) []typeset.Cell { return cells(fmt.Sprintf("第%d行 内容", i)) }
	for _, c := range []struct {
		name string
		rows [][]typeset.Cell
	}{
		{"200 rows", rows(200, plain)},
		{"a tall row", rows(3, func(i int) []typeset.Cell { return []typeset.Cell{cell("条目"), cell(long)} })},
		{"a short cell over 40 rows", rows(60, func(i int) []typeset.Cell {
			if i == 0 {
				return []typeset.Cell{over(1, 40, "类别"), cell("0")}
			} else if i < 40 {
				return cells("内")
			}
			return plain(i)
		})},
		{"a long cell over 40 rows", rows(41, func(i int) []typeset.Cell {
			if i == 0 {
				return []typeset.Cell{over(1, 40, strings.Repeat(long, 4)), cell("0")}
			} else if i < 40 {
				return cells("内")
			}
			return plain(i)
		})},
		{"cells over two rows", rows(99, func(i int) []typeset.Cell {
			if i%2 == 0 {
				return []typeset.Cell{over(1, 2, "两行"), cell("内")}
			}
			return cells("内")
		})},
		{"chained cells", rows(99, func(i int) []typeset.Cell {
			if i == 0 {
				return []typeset.Cell{over(1, 2, "链"), over(1, 3, "环")}
			}
			if i%2 == 0 {
				return []typeset.Cell{over(1, 3, "链")}
			}
			return []typeset.Cell{over(1, 3, "环")}
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := setTable(table(1, c.rows...), tablePage)
			var want strings.Builder
			for _, row := range c.rows[1:] {
				for _, cell := range row {
					want.WriteString(cell.Text[0].Spans[0].Text)
				}
			}
			got := textOf(pages)
			if n := strings.Count(got, "甲头乙头"); n != len(pages) {
				t.Errorf("the head stands %d times on %d pages", n, len(pages))
			}
			if !sameRunes(strings.ReplaceAll(got, "甲头乙头", ""), want.String()) {
				t.Errorf("the text has changed")
			}
			for i := range pages {
				if err := closed(&pages[i], em(40)); err != nil {
					t.Errorf("page %d: %v", i+1, err)
				}
				for _, r := range pages[i].Rules {
					if r.Y+r.Height > tablePage.Depth {
						t.Errorf("page %d: a line down to %v", i+1, r.Y+r.Height)
					}
				}
			}
		})
	}
}

func sameRunes(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func TestCellsThatAreWrongAreCutNotLost(t *testing.T) {
	for _, c := range []struct {
		name string
		t    *typeset.Table
		want string
	}{
		{"no rows", table(1), ""},
		{"rows without cells", table(1, nil, nil), ""},
		{"a row without cells among others", table(0, cells("甲 乙"), nil, cells("丙 丁")), "甲乙丙丁"},
		{"cells without text", table(0, []typeset.Cell{{}, {}}, cells("甲 乙")), "甲乙"},
		{"rows of different length", table(1, cells("甲"), cells("乙 丙 丁"), cells("戊 己")), "甲乙丙丁戊己"},
		{"more columns than there are", table(0, []typeset.Cell{over(1<<30, 1, "甲")}, cells("乙 丙")), "甲乙丙"},
		{"more rows than there are", table(0, []typeset.Cell{over(1, 1<<30, "甲"), cell("乙")}, cells("丙")), "甲乙丙"},
		{"negative", table(-5, []typeset.Cell{over(-1, -1, "甲")}), "甲"},
		{"a cell that runs into another", table(0, []typeset.Cell{cell("甲"), over(1, 2, "乙"), cell("丙")}, []typeset.Cell{over(3, 1, "丁"), cell("戊")}), "甲乙丙丁戊"},
		{"out of the head", table(1, []typeset.Cell{over(1, 3, "甲"), cell("乙")}, cells("丙"), cells("丁")), "甲乙丙丁"},
		{"all head", table(9, cells("甲"), cells("乙")), "甲乙"},
	} {
		pages := setTable(c.t, tablePage)
		if got := textOf(pages); !sameRunes(got, c.want) {
			t.Errorf("%s: %q is printed, want %q", c.name, got, c.want)
		}
		for i := range pages {
			if err := closed(&pages[i], em(40)); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

func TestAHeadTallerThanTheColumnStandsOnce(t *testing.T) {
	head := cells(strings.Repeat("头", 4000) + " 乙")
	pages := setTable(table(1, head, cells("一 二")), tablePage)
	if n := strings.Count(textOf(pages), "头"); n != 4000 {
		t.Errorf("the head is printed %d/4000 times", n)
	}
	for i := range pages {
		for _, r := range pages[i].Runs {
			if r.Y > tablePage.Depth {
				t.Fatalf("page %d: %q stands at %v", i+1, r.Text, r.Y)
			}
		}
	}
}

// TestColumnsAreAsWideAsTheirText shows the widths of columns in ems.
func TestColumnsAreAsWideAsTheirText(t *testing.T) {
	long := strings.Repeat("很长的说明", 20)
	for _, c := range []struct {
		rows [][]typeset.Cell
		want string
	}{
		{[][]typeset.Cell{cells("一 一一一")}, "13 27"},
		{[][]typeset.Cell{cells("1 " + long + " 2")}, "2 37 2"},
		{[][]typeset.Cell{cells(long + " " + long)}, "20 20"},
		{[][]typeset.Cell{cells("市住房城乡建设局 12.50元/小时 " + long)}, "9 7 24"},
		{[][]typeset.Cell{cells("international 一 " + long)}, "8 2 30"},
		{[][]typeset.Cell{{over(2, 1, "共同的头"), cell("丙")}, cells("一 二 " + long)}, "3 3 35"},
	} {
		p := setTable(table(0, c.rows...), tablePage)[0]
		var xs []typeset.Length
		for _, r := range p.Rules {
			if r.Width == 500 && !slices.Contains(xs, r.X) {
				xs = append(xs, r.X)
			}
		}
		slices.Sort(xs)
		var got []string
		for i := range xs[1:] {
			got = append(got, fmt.Sprint((xs[i+1]-xs[i]+5000)/10000))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("columns of %s are %s ems, want %s", c.rows[len(c.rows)-1][0].Text[0].Spans[0].Text, s, c.want)
		}
	}
}

func TestATableTooWideIsSetSmaller(t *testing.T) {
	var row []typeset.Cell
	for i := range 60 {
		row = append(row, cell(fmt.Sprintf("列%d", i)))
	}
	tb := table(1, row, row, row)
	pages := setTable(tb, tablePage)
	for _, r := range pages[0].Runs {
		if r.X < 0 || r.X+runWidth(r) > em(40) {
			t.Errorf("%q stands from %v to %v", r.Text, r.X, r.X+runWidth(r))
		}
	}
	if size := row[0].Text[0].Spans[0].Size; size != 10000 || tb.Leading != 15000 {
		t.Errorf("the table that was given has changed: size %v, leading %v", size, tb.Leading)
	}
	if again := setTable(tb, tablePage); !reflect.DeepEqual(again, pages) {
		t.Error("the same table is set otherwise the second time")
	}
}

func TestNotesInTablesStandAtTheFootOfTheirPages(t *testing.T) {
	var rows [][]typeset.Cell
	for i := range 60 {
		c := cell("内容")
		if i%10 == 5 {
			c.Text = []*typeset.Paragraph{noted("有", note("注甲"))}
		}
		rows = append(rows, []typeset.Cell{cell("条"), c})
	}
	pages := setTable(table(1, rows...), tablePage)
	for i := range pages {
		text := textOf(pages[i : i+1])
		if marks, notes := strings.Count(text, "有")/10, strings.Count(text, "注")/10; marks != notes {
			t.Errorf("page %d has %d marks and %d notes", i+1, marks, notes)
		}
	}
}

func TestHostileTablesTakeNoTime(t *testing.T) {
	many := func(n int, f func(i int) []typeset.Cell) *typeset.Table {
		var rows [][]typeset.Cell
		for i := range n {
			rows = append(rows, f(i))
		}
		return table(1, rows...)
	}
	for name, tb := range map[string]*typeset.Table{
		"rows":    many(20000, func(int) []typeset.Cell { return cells("甲 乙 丙") }),
		"columns": many(3, func(int) []typeset.Cell { return cells(strings.Repeat("甲 ", 3000)) }),
		"text": many(2, func(int) []typeset.Cell {
			return []typeset.Cell{cell(strings.Repeat("很长，", 100000)), cell("乙")}
		}),
		"a word": many(2, func(int) []typeset.Cell { return []typeset.Cell{cell(strings.Repeat("a", 1<<20)), cell("乙")} }),
		"rows over rows": many(3000, func(i int) []typeset.Cell {
			return []typeset.Cell{over(1+i%3, 3000, "甲"), over(2, 2, "乙"), cell("丙")}
		}),
		"all head": {Head: 20000, Rows: many(20000, func(int) []typeset.Cell { return cells("甲") }).Rows, Leading: 15000},
	} {
		start := time.Now()
		setTable(tb, tablePage)
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func BenchmarkTable(b *testing.B) {
	var rows [][]typeset.Cell
	for i := range 2000 {
		rows = append(rows, cells(fmt.Sprintf("%d 城市道路改造提升工程第%d段 市住房城乡建设局 %d.5 按规定的期限报送材料", i, i, i*7)))
	}
	tb := table(1, rows...)
	b.ReportAllocs()
	for b.Loop() {
		setTable(tb, tablePage)
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
}
