package chart_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongbao/internal/chart"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text     string
		width, n int
		want     string // lines, joined by /
	}{
		{"停车管理办法", 6000, 2, "停车管理办法"},
		{"停车管理办法", 4000, 2, "停车管理/办法"},
		{"停车管理办法", 2000, 2, "停车/管…"},
		{"关于停车的通知（试行）", 7000, 2, "关于停车的通知/（试行）"},
		{"关于停车的通知（试行）", 8000, 2, "关于停车的通知/（试行）"},
		{"关于停车，的通知", 4000, 2, "关于停/车，的…"},
		{"a b\tc\n\u0007d", 9000, 2, "a b c d"},
		{"", 4000, 2, ""},
		{"示", 1, 2, "示"},
		{"abc", 620 * 2, 1, "…"},
	} {
		if got := strings.Join(chart.Wrap(c.text, c.width, c.n), "/"); got != c.want {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", c.text, c.width, c.n, got, c.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("示范市人民政府关于印发《停车管理办法》的通知", 9000, 2)
	f.Add("<svg onload=x> & \u202e\x00", 3000, 3)
	f.Fuzz(func(t *testing.T, text string, width, n int) {
		width, n = 2000+abs(width)%30000, 1+abs(n)%4
		lines := chart.Wrap(text, width, n)
		if len(lines) > n {
			t.Fatalf("%d lines, want at most %d", len(lines), n)
		}
		whole := strings.Join(strings.Fields(text), "")
		for i, l := range lines {
			if w := chart.Width(l); w > width {
				t.Errorf("line %q is %d wide, want at most %d", l, w, width)
			}
			if strings.ContainsAny(l, "\n\r\t\x00") || !utf8.ValidString(l) {
				t.Errorf("line %q", l)
			}
			if i < len(lines)-1 && strings.HasSuffix(l, chart.Ellipsis) && !strings.Contains(whole, chart.Ellipsis) {
				t.Errorf("cut before the last line: %q", lines)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return max(-n, 0) // the least int has no opposite
	}
	return n
}

func TestShareIsALength(t *testing.T) {
	for s, want := range map[chart.Share]string{0: "0%", 100: "1%", 1250: "12.5%", 1205: "12.05%", 5: "0.05%", 10000: "100%"} {
		if got := s.String(); got != want {
			t.Errorf("%d = %s, want %s", s, got, want)
		}
	}
}

func TestStackKeepsProportions(t *testing.T) {
	rows := [][]int{{100, 0, 100}, {0, 0, 0}, {1, 0, 0}, {50, 0, 0}}
	got := chart.Stack(rows)
	if len(got[0]) != 2 || got[0][0].At != 0 || got[0][1].Series != 2 || got[0][0].Size+got[0][1].Size != chart.All {
		t.Errorf("the longest bar is %+v, want all of the picture", got[0])
	}
	if got[1] != nil {
		t.Errorf("nothing is %+v", got[1])
	}
	if got[2][0].Size < 50 || got[2][0].Size > 150 {
		t.Errorf("one of 200 is %s long", got[2][0].Size)
	}
	if d := got[3][0].Size*4 - chart.All; d < -300 || d > 300 {
		t.Errorf("a quarter is %s long", got[3][0].Size)
	}
}

// Whatever the data: no part over another, none outside of the picture, none too
// short to be seen.
func TestStacksAndColumnsFit(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 5))
	for range 2000 {
		rows := make([][]int, 1+r.IntN(90))
		for i := range rows {
			for range 5 {
				rows[i] = append(rows[i], max(0, r.IntN(1+r.IntN(3000))-r.IntN(40)))
			}
		}
		right := chart.Share(0)
		for i, c := range chart.Columns(rows) {
			if c.At < right || c.Wide <= 0 || c.At+c.Wide > chart.All {
				t.Fatalf("column %+v after %s", c, right)
			}
			right = c.At + c.Wide
			end, n := chart.Share(0), 0
			for _, p := range c.Parts {
				if p.At != end || p.Size < 50 || rows[i][p.Series] == 0 {
					t.Fatalf("part %+v of %v after %s", p, rows[i], end)
				}
				end = p.At + p.Size
				n++
			}
			if want := len(slices.DeleteFunc(slices.Clone(rows[i]), func(v int) bool { return v == 0 })); end > chart.All || n != want {
				t.Fatalf("%d parts up to %s, want %d", n, end, want)
			}
		}
	}
	for _, none := range [][][]int{nil, {}, {{}}, {{0, 0}, {-3}}} {
		for _, c := range chart.Columns(none) {
			if c.Parts != nil {
				t.Errorf("%v has parts", none)
			}
		}
	}
}

func node(title string) chart.Node { return chart.Node{Label: "废止", Ways: []string{title}} }

func more(side chart.Side, n int) string { return fmt.Sprintf("其余%d件", n) }

func nodes(counts [chart.Sides]int, title func(i int) string) (out [chart.Sides][]chart.Node) {
	for s, n := range counts {
		for i := range n {
			out[s] = append(out[s], node(title(i)))
		}
	}
	return out
}

// fits checks what every graph must be.
func fits(t *testing.T, g chart.Graph) {
	t.Helper()
	boxes := append([]chart.Box{g.Middle}, g.Boxes...)
	for i, b := range boxes {
		if b.X < 1 || b.Y < 1 || b.X+b.W > g.W-1 || b.Y+b.H > g.H-1 || b.W < 100 || b.H < 44 {
			t.Errorf("box %d %+v is not inside %d × %d", i, b, g.W, g.H)
		}
		for _, o := range boxes[:i] {
			if b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H {
				t.Errorf("boxes %+v and %+v overlap", b, o)
			}
		}
		lines := b.Lines
		if b.Label.Text != "" {
			lines = append([]chart.Line{b.Label}, lines...)
		}
		last := b.Y
		for k, l := range lines {
			size := chart.TextSize
			if k == 0 && b.Label.Text != "" {
				size = chart.LabelSize
			}
			if l.Y-size < last || l.X < b.X || l.X*1000+chart.Width(l.Text)*size > (b.X+b.W)*1000 || l.Y+4 > b.Y+b.H {
				t.Errorf("line %+v of box %+v", l, b)
			}
			last = l.Y
		}
	}
	for _, p := range g.Paths {
		if p[0][0] != p[1][0] && p[0][1] != p[1][1] {
			t.Errorf("path %v is not straight", p)
		}
		for _, b := range boxes { // lines touch boxes and cross none
			x0, x1 := min(p[0][0], p[1][0]), max(p[0][0], p[1][0])
			y0, y1 := min(p[0][1], p[1][1]), max(p[0][1], p[1][1])
			if x1 > b.X && x0 < b.X+b.W && y1 > b.Y && y0 < b.Y+b.H {
				t.Errorf("path %v crosses box %+v", p, b)
			}
			if x0 < 0 || y0 < 0 || x1 > g.W || y1 > g.H {
				t.Errorf("path %v leaves the picture", p)
			}
		}
	}
}

func TestSurroundingsFit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	middle := chart.Node{Label: "本文件", Ways: []string{"示范市公共停车场管理办法"}}
	for range 3000 {
		counts := [chart.Sides]int{}
		for s := range counts {
			if r.IntN(3) > 0 {
				counts[s] = r.IntN(1 + r.IntN(40))
			}
		}
		in := nodes(counts, func(i int) string {
			return strings.Repeat([]string{"停车", "WM@ ", "《a》", "😀"}[r.IntN(4)], r.IntN(40)) + "x"
		})
		g := chart.Surround(middle, in, more)
		fits(t, g)
		if len(g.Boxes) > 12 {
			t.Fatalf("%v: %d boxes", counts, len(g.Boxes))
		}
		for s, n := range counts {
			sum := 0
			for _, b := range g.Boxes {
				if int(b.Side) == s {
					if b.More > 0 {
						sum += b.More
					} else {
						sum++
					}
				}
			}
			if sum != n {
				t.Fatalf("%v: side %d tells of %d documents", counts, s, sum)
			}
		}
		if !reflect.DeepEqual(g, chart.Surround(middle, in, more)) {
			t.Fatal("two runs have two pictures")
		}
		if t.Failed() {
			t.Fatalf("%v", counts)
		}
	}
}

func TestSurroundPrefersTheWholeTitle(t *testing.T) {
	in := [chart.Sides][]chart.Node{chart.Left: {{Ways: []string{"示范市人民政府关于印发停车办法的通知", "…停车办法…"}}, {Ways: []string{strings.Repeat("长", 99), "…停车办法…"}}}}
	g := chart.Surround(chart.Node{Ways: []string{"甲"}}, in, more)
	if got := g.Boxes[0].Lines[0].Text; got != "示范市人民政府关于印发停车办法的通知" {
		t.Errorf("a title that fits is %q", got)
	}
	if got := g.Boxes[1].Lines[0].Text; got != "…停车办法…" {
		t.Errorf("a title that does not is %q", got)
	}
	if g.Boxes[0].Y < g.Middle.Y+g.Middle.H {
		t.Error("what it changes stands above it")
	}
}

func FuzzSurround(f *testing.F) {
	f.Add("示范市", "关于印发《办法》的通知", uint16(0x1234))
	f.Fuzz(func(t *testing.T, middle, title string, counts uint16) {
		in := nodes([chart.Sides]int{int(counts & 15), int(counts >> 4 & 15), int(counts >> 8 & 15), int(counts >> 12)}, func(int) string { return title })
		fits(t, chart.Surround(node(middle), in, more))
	})
}

func TestTicksHaveRoom(t *testing.T) {
	for first := 1940; first < 1960; first++ {
		for n := 0; n < 400; n++ {
			ticks := chart.Ticks(first, first+n)
			if ticks[0].Year != first || ticks[len(ticks)-1].Year != first+n {
				t.Fatalf("%d to %d: %v", first, first+n, ticks)
			}
			for i, x := range ticks {
				if x.At < 0 || x.At > chart.All || i > 0 && i < len(ticks)-1 && x.At-ticks[i-1].At < 1400 {
					t.Fatalf("%d to %d: %v", first, first+n, ticks)
				}
			}
		}
	}
	if got := chart.Ticks(1949, 2026); len(got) < 5 || got[1].Year%10 != 0 {
		t.Errorf("1949 to 2026: %v", got)
	}
}
