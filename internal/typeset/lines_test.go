package typeset_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gongbao/internal/typeset"
)

// TestLinesEndWhereTheyMay shows paragraphs as they are set on lines of so many
// ems, a line of the page on a line of the picture.
func TestLinesEndWhereTheyMay(t *testing.T) {
	for _, c := range []struct {
		name string
		ems  int
		text string
		want string
	}{
		{"a stop goes up, with half its white", 6, "一二三四五六，七八九十甲乙丙丁", "一二三四五\n六，七八九十\n甲乙丙丁"},
		{"the last mark is cut before others", 6, "一二，三四五。六七八九", "一二，三四五。\n六七八九"},
		{"a bracket does not stay behind", 6, "一二三四五（六七）八九十", "一二三四五\n（六七）八九十"},
		{"two marks share their white", 6, "一二三》，四五六七八九", "一二三》，四五\n六七八九"},
		{"—— is not parted", 6, "一二三四五——六七八九", "一二三四五\n——六七八九"},
		{"…… is not parted and begins no line", 6, "一二三四五……六七八九", "一二三四\n五……六七八\n九"},
		{"连接号 begins no line", 6, "一二三四五六—七八九十甲", "一二三四五\n六—七八九十\n甲"},
		{"～ and · begin no line", 6, "一二三四五六～七八九十甲", "一二三四五\n六～七八九十\n甲"},
		{"／ neither begins nor ends one", 6, "一二三四五／六七八九", "一二三四\n五／六七八九"},
		{"a number stays with its unit", 14, "一二三四五六七八九十一二300万元五六七八", "一二三四五六七八九十一二\n300万元五六七八"},
		{"but a line is not torn apart", 6, "一二三四300万元五六七八", "一二三四300\n万元五六七八"},
		{"also behind a space", 6, "一二三四20 平方米五六七", "一二三四\n20 平方米五\n六七"},
		{"also a Latin one", 6, "一二三四五20 km六七八九十", "一二三四五\n20 km六七八\n九十"},
		{"第 stays with its number", 6, "一二三四五第12条六七八", "一二三四五\n第12条六七八"},
		{"〔2023〕12号 is not parted after 〕", 8, "示府发示府〔2023〕12号文件下发", "示府发示府\n〔2023〕12号文件\n下发"},
		{"% stays with its number", 6, "一二三四五85.5%六七八", "一二三四五\n85.5%六七八"},
		{"a Latin word stays whole", 6, "一二三四Windows五六", "一二三四\nWindows五六"},
		{"an address ends after its marks", 8, "见http://www.example.gov.cn/a/b?c=1处", "见http://www.\nexample.gov.cn/\na/b?c=1处"},
		{"what is longer than a line begins where it is", 6, "一二三aaaaaaaaaaaaaaaaaaaaaaaa四", "一二三aaaaaa\naaaaaaaaaaaa\naaaaaa四"},
		{"and no stop begins a line after it", 6, "aaaaaaaaaaaa。一二三四", "aaaaaaaaaaa\na。一二三四"},
		{"no line of one character: it goes up", 10, "一二，三四，五六七八。", "一二，三四，五六七八。"},
		{"no line of one character: another comes down", 10, "一二三四五六七八九十甲。", "一二三四五六七八九\n十甲。"},
		{"a line earlier gives way", 10, "一二三四五六七八九十甲乙丙丁戊己庚辛10亩子。", "一二三四五六七八九\n十甲乙丙丁戊己庚辛\n10亩子。"},
		{"not by a line with holes", 10, "一二三四五六七八九十甲乙丙丁300000平方米己。", "一二三四五六七八九十\n甲乙丙丁300000平方米\n己。"},
		{"U+2060 forbids", 6, "一二三四五六\u2060七八九十", "一二三四五\n六七八九十"},
		{"a space at the end vanishes", 6, "一二三四五六 七八九十", "一二三四五六\n七八九十"},
		{"a space after a bracket ends no line", 6, "一二三四五（ 六七八九", "一二三四五\n（ 六七八九"},
		{"marks of composition stay", 6, "一二三四五六\u0301七八", "一二三四五六\u0301\n七八"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := typeset.Setter{Measure: fuzzWidths}
			pages := s.Set([]typeset.Block{para(c.text)}, typeset.Geometry{Text: em(c.ems), Depth: em(100)})
			ls := texts(linesOf(pages))
			for i := range ls {
				ls[i] = strings.TrimRight(ls[i], " ")
			}
			if got := strings.Join(ls, "\n"); got != c.want {
				t.Errorf("lines are\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestTitlesAreBalanced shows titles on lines of 20 ems, as those of official
// papers are.
func TestTitlesAreBalanced(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"关于切实做好当前农业生产的紧急通知", "关于切实做好当前农业生产的紧急通知"},
		{"示范市人民政府关于进一步加强城市道路停车管理的意见", "示范市人民政府关于进一步加强\n城市道路停车管理的意见"},
		{"示范市民政局 示范市城市管理局关于助餐的通知", "示范市民政局\n示范市城市管理局\n关于助餐的通知"},
		{"示范市人民政府\u200b关于废止《示范市城市房屋拆迁管理办法》等5件规章的决定", "示范市人民政府关于废止\n《示范市城市房屋拆迁管理办法》\n等5件规章的决定"},
		{"示范市人民政府办公室关于印发示范市突发公共卫生事件应急预案的通知", "示范市人民政府办公室关于印发\n示范市突发公共卫生事件应急预案的通知"},
		{"一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九\n十一二三四五六七八九十一"},
		{strings.Repeat("一", 20), strings.Repeat("一", 20)},
	} {
		p := para(c.title)
		p.Align = typeset.Balanced
		if got := strings.Join(texts(linesOf(set(t, 20, 0, p))), "\n"); strings.ReplaceAll(got, " ", "") != c.want {
			t.Errorf("%s is set as\n%s\nwant\n%s", c.title, got, c.want)
		}
	}
}

func TestALongTitleHasNoTinyLine(t *testing.T) {
	for _, n := range []int{22, 41, 62, 81, 121, 300, 399, 401, 1500} {
		p := para(strings.Repeat("管理工作", n/4) + "甲乙丙"[:n%4*3])
		p.Align = typeset.Balanced
		ls := texts(linesOf(set(t, 20, 0, p)))
		for _, l := range ls {
			if k := len([]rune(l)); k < 2 || k < 3 && n <= 400 { // longer ones are not balanced
				t.Errorf("a title of %d characters has the line %q", n, l)
			}
		}
		if most := n/20 + 2; len(ls) > most {
			t.Errorf("a title of %d characters has %d lines, want at most %d", n, len(ls), most)
		}
	}
}

// TestSqueezedMarksStandAtTheEndFirst: of two marks that could be cut, that at
// the end of the line is.
func TestSqueezedMarksStandAtTheEndFirst(t *testing.T) {
	pages := set(t, 6, 0, para("一二，三四五。六七八九十甲"))
	var half []string
	for _, r := range pages[0].Runs {
		if r.Half {
			half = append(half, r.Text)
		}
	}
	if !slices.Equal(half, []string{"，", "。"}) && !slices.Equal(half, []string{"。"}) {
		t.Errorf("marks cut: %q, want the last one", half)
	}
	if ls := linesOf(pages); ls[0].text != "一二，三四五。" {
		t.Errorf("the first line is %q", ls[0].text)
	}
}

func TestLatinWordsAreNotSpread(t *testing.T) {
	pages := set(t, 10, 83, para("一二三四2023年五Windows六七八九十"))
	spread := false
	for _, r := range pages[0].Runs {
		latin := r.Text[0] < 0x80
		if latin && r.Track != 0 {
			t.Errorf("%q is spread by %v", r.Text, r.Track)
		}
		spread = spread || !latin && r.Track > 0
	}
	if ls := linesOf(pages); !spread || ls[0].right < em(10)-100 {
		t.Errorf("the first line %q ends at %v, want %v", ls[0].text, ls[0].right, em(10))
	}
}

func TestStopsHang(t *testing.T) {
	s := typeset.Setter{Measure: widths, Hang: true}
	g := typeset.Geometry{Text: em(6), Depth: em(100)}
	ls := linesOf(s.Set([]typeset.Block{para("一二三四五六。七八九十甲乙，丙丁")}, g))
	if got := strings.Join(texts(ls), "\n"); got != "一二三四五六。\n七八九十甲乙，\n丙丁" {
		t.Errorf("lines are\n%s", got)
	}
	if ls[0].right != em(7) {
		t.Errorf("the first line ends at %v, want its stop behind %v", ls[0].right, em(6))
	}
}

// TestHostileTextTakesNoTime: no text, however odd, makes the work grow with
// its square. Ten seconds are a hundred times what is needed.
func TestHostileTextTakesNoTime(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{"一", "a", " ", "，", "（", "\u200b", "\u2060", "\u0301", "0", "一，", "1 ", "a ", "一\u200b", "—", "…", "a/", "第1条", "\xff", "a\u0301 ", "（ "} {
		for _, align := range []typeset.Align{typeset.Justified, typeset.Balanced} {
			p := para("一" + strings.Repeat(unit, size/len(unit)))
			p.Align = align
			start := time.Now()
			set(t, 20, 83, p)
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("a megabyte of %q takes %v", unit, d)
			}
		}
	}
	zero := typeset.Setter{Measure: func(_ typeset.Font, r rune) int { return int(r-'一') * 10000 }}
	zero.Set([]typeset.Block{para(strings.Repeat("一", size/3) + "丁")}, typeset.Geometry{Text: em(20), Depth: em(80)})
}

func TestALineOfAnyLengthIsSet(t *testing.T) {
	s := typeset.Setter{Measure: widths}
	long := strings.Repeat("一", 1<<18) + strings.Repeat(" ", 1<<18)
	spans := []typeset.Span{{Text: long, Size: 10000}}
	if w := s.Width(spans); w <= 0 {
		t.Errorf("Width of a long line = %v", w)
	}
	runs := s.Line(spans, 0, 0)
	if len(runs) != 1 || len(strings.TrimRight(runs[0].Text, " ")) != 3<<18 {
		t.Errorf("Line sets %d runs", len(runs))
	}
	pages := set(t, 20, 0, &typeset.Paragraph{Spans: spans})
	n := 0
	for _, l := range linesOf(pages) {
		n += len(strings.TrimRight(l.text, " ")) / 3
	}
	if n != 1<<18 {
		t.Errorf("%d characters are printed, want %d", n, 1<<18)
	}
}
